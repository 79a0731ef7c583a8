"""Home pages whose pictures were approved, then tampered with so that their HTML stays as it was; a real Chromium."""

from dataclasses import replace

import pytest

from xuncha import runs
from xuncha.browser.program import BrowserSettings
from xuncha.cli.demo.before import approve_before, own_seal
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.district import CLEAN
from xuncha.lab.faults import COMPARING
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.result import build_result

pytestmark = pytest.mark.acceptance

SITES = {"overlay-drawn": {"replaced", "lettered"}, "banner-exchanged": {"covered"}, "body-replaced": {"replaced"}}
"""What is done to each site, named after it, and what is asked then: of large letters, their words are told as well."""


def site(fault):
    return replace(CLEAN, id=fault, host=f"{fault}.gov.example", platform="", volume=1, faults=frozenset({fault}))


@pytest.fixture(scope="module")
def visits(known, chromium, tmp_path_factory):
    """The results of a visit as long as nothing had happened, and of one afterwards."""
    folder = tmp_path_factory.mktemp("looks")
    profile = at_full_speed(load_profile("notice", roots()), renders=6, pictures=2)
    include = tuple(Pattern(glob, profile.include[0].place) for glob in COMPARING)
    profile = replace(profile, include=include, budgets=replace(profile.budgets, pages=3))
    with Lab(map(site, SITES)) as lab, own_seal(folder):
        around = Surroundings(
            nameservers=(lab.nameserver,), open_addresses=("127.0.0.0/8",), ca_file=str(lab.ca_file), clock=lab.now,
            browser=BrowserSettings(chromium),
        )  # fmt: skip
        request = runs.Request(profile, load_framework("notice", roots()), lab.sites, around, jobs=1)
        approved = approve_before(lab, request, known, folder)
        request = replace(request, surroundings=replace(around, baselines=approved.workspace))
        with lab.before():
            unharmed = visited(folder / "unharmed", request, known)
        return unharmed, visited(folder / "harmed", request, known)


def visited(folder, request, known):
    bundle, plan = runs.start(folder, request, known)
    runs.carry_out(bundle, plan, 1, 2, lambda _: None)
    return build_result(bundle)


def asked(result):
    """The keys of what is asked about each site, and which checks found anything at all."""
    outcomes = {one.id: [outcome for outcome in one.outcomes if outcome.findings] for one in result.sites}
    return {
        one: {(outcome.check, found.message.key) for outcome in found_by for found in outcome.findings}
        for one, found_by in outcomes.items()
    }


def test_of_a_page_that_is_as_it_was_nothing_is_asked(visits):
    assert asked(visits[0]) == {one: set() for one in SITES}


def test_what_pictures_show_is_asked_though_the_html_is_as_it_was(visits):
    expected = {one: {("integrity.picture-changed", key) for key in keys} for one, keys in SITES.items()}
    assert asked(visits[1]) == expected


def test_both_pictures_lie_side_by_side(visits):
    assert [len(one.gallery.compared) for one in visits[1].sites] == [1] * len(SITES)
    assert all(pair.before and pair.now for one in visits[1].sites for pair in one.gallery.compared)
