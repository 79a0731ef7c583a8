"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace

import pytest

from xuncha.lab import district, records

FAULTS = ["channel-missing", "letters-unanswered", "letters-late", "letters-evasive", "activities-stale"]


@pytest.fixture(scope="module")
def answered(gathered, now, checks, lab_setting, lab_pages):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        setting, home = lab_setting(spec, now), f"https://{spec.host}/"
        found = gathered(lab_pages(setting), records.as_site(spec, spec, (home,), now), now=now)
        outcomes = {(check, found.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("flavour", ["trs", "jcms", "table2008"])
def test_a_fault_is_found_and_no_other_check_accuses(answered, expected, flavour, fault):
    found = answered(replace(district.CLEAN, flavour=flavour).having(fault))
    accused = {pair for pair in found if pair[1].value in ("fail", "warn", "manual")}
    assert accused == expected("interaction", fault)


def test_where_script_builds_the_lists_nobody_is_accused(answered):
    found = answered(district.CLEAN.having("scripted"))
    assert {status.value for _, status in found} <= {"inconclusive"}
