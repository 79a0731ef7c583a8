"""Every fault of the lab is found by the check that it names, and by no other, however the footer comes in."""

from dataclasses import replace
from datetime import datetime

import pytest

from xuncha.lab import district, identity, records
from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import Status
from xuncha.page import parse_page
from xuncha_plugins.icp import consistency, filing_checks, mark_checks, police_checks

NOW = datetime(2026, 11, 22, tzinfo=SHANGHAI)
CHECKS = [
    value
    for module in (filing_checks, police_checks, mark_checks, consistency)
    for value in vars(module).values()
    if hasattr(value, "__xuncha__")
]


@pytest.fixture
def accused(judged, lab_setting, lab_pages):
    """The (check, status) pairs of findings on the home page of a lab site and what it is made of."""

    def run(spec):
        home = f"https://{spec.host}/"
        bodies = lab_pages(lab_setting(spec, NOW))
        paths = [""] if spec.footer == "inline" or "scripted" in spec.faults else ["", "include/footer.html"]
        pages = [parse_page(bodies[home + path], url=home + path) for path in paths]
        site = records.as_site(spec, spec, home, NOW)
        outcomes = {(check.__xuncha__.id, judged(check, *pages, on=site).status) for check in CHECKS}
        return {pair for pair in outcomes if pair[1] is not Status.PASS}

    return run


def accusations(pairs):
    return {pair for pair in pairs if pair[1] in {Status.FAIL, Status.WARN}}


@pytest.mark.parametrize("footer", ["inline", "fragment", "iframe"])
@pytest.mark.parametrize("fault", sorted(identity.EDITS))
def test_a_fault_is_found_and_nothing_else(accused, expected, fault, footer):
    found = accused(replace(district.CLEAN, footer=footer).having(fault))
    assert accusations(found) == expected("icp", fault)


@pytest.mark.parametrize("footer", ["inline", "fragment", "iframe"])
def test_on_a_clean_site_nothing_is_found(accused, footer):
    assert accused(replace(district.CLEAN, footer=footer)) == set()


def test_a_footer_that_scripts_build_leaves_it_open(accused, expected):
    found = accused(district.CLEAN.having("scripted"))
    assert not accusations(found)
    assert expected("icp", "scripted") <= found
