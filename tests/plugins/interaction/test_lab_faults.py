"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace

import pytest

from xuncha.lab import content, district, identity, records
from xuncha.lab.faults import expectations
from xuncha.lab.layout import Setting

FAULTS = ["channel-missing", "letters-unanswered", "letters-late", "letters-evasive", "activities-stale"]


@pytest.fixture(scope="module")
def answered(gathered, now, checks):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        home = f"https://{spec.host}/"
        outside = lambda host: f"https://{host}"  # noqa: E731
        true = identity.true_identity(spec, spec, home, outside)
        setting = Setting(spec, identity.shown_identity(true, spec.faults), home[:-1], now, outside)
        every = content.resources(setting).items()
        bodies = {home[:-1] + path: one.body for path, one in every if "html" in one.media_type}
        found = gathered(bodies, records.as_site(spec, spec, (home,), now), now=now)
        outcomes = {(check, found.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


def expected(fault):
    return {pair for pair in expectations([fault]) if pair[0].startswith("interaction.") and pair[1].value != "pass"}


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_a_fault_is_found_and_no_other_check_accuses(answered, flavour, fault):
    found = answered(replace(district.CLEAN, flavour=flavour).having(fault))
    accused = {pair for pair in found if pair[1].value in ("fail", "warn", "manual")}
    assert accused == expected(fault)


def test_where_script_builds_the_lists_nobody_is_accused(answered):
    found = answered(district.CLEAN.having("scripted"))
    assert {status.value for _, status in found} <= {"inconclusive"}
