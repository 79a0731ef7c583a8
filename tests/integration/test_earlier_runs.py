"""Several real runs of one site, hours apart by an injected clock: what one can't tell, they can together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha import runs
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason

CHECKS = ("availability.home-opens", "availability.home-sampled")


@pytest.fixture
def scan_at(lab, known, tmp_path, request_for):
    """Scan a site some hours from now; gives the bundle."""

    def scan(hours, **sampled):
        now = lab.now.replace(hour=8) + timedelta(hours=hours)
        request = request_for(("culture",), include=CHECKS)
        around = replace(request.surroundings, clock=now)
        profile = with_params(request.profile, "availability.home-sampled", sampled)
        request = replace(request, surroundings=around, profile=profile)
        bundle, plan = runs.start(tmp_path / "runs", request, known, lambda: now)
        assert runs.carry_out(bundle, plan, 1, 1, lambda _progress: None, lambda: now).state == "finished"
        return bundle

    return scan


def with_params(profile, check, values):
    params = dict(profile.params[check])
    params |= {name: replace(params[name], value=value) for name, value in values.items()}
    return replace(profile, params={**profile.params, check: params})


@pytest.fixture
def closed(lab):
    """A site whose home page answers with an error for the time of the test."""
    lab.switch("culture", "home-down")
    yield "culture"
    lab.switch("culture", "home-down", on=False)


def outcome(bundle, check="availability.home-opens"):
    return next(one for one in bundle.read_outcomes(0) if one.check == check)


def test_a_home_page_that_failed_in_three_runs_over_hours_is_closed(closed, scan_at):
    statuses = [outcome(scan_at(hours)).status for hours in (0, 2.1, 4.2)]
    assert statuses == [Status.WARN, Status.WARN, Status.FAIL]


def test_runs_of_one_hour_are_no_failure_that_lasts(closed, scan_at):
    assert [outcome(scan_at(hours)).status for hours in (0, 0.5, 1.0)] == [Status.WARN] * 3


def test_a_few_runs_are_no_sampled_week(scan_at):
    for hours in (0, 2, 4):
        found = outcome(scan_at(hours), "availability.home-sampled")
    assert (found.status, found.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_VISITS)
    assert found.reason.params["have"].value == 3


def test_samples_of_several_runs_add_up_to_a_veto(lab, scan_at):
    rule = {"days": 1, "per_day": 4, "share": 0.25}
    scan_at(0)
    scan_at(2)
    lab.switch("culture", "home-down")
    scan_at(4)
    lab.switch("culture", "home-down", on=False)
    found = outcome(scan_at(6, **rule), "availability.home-sampled")
    assert (found.status, found.findings[0].params["total"].value) == (Status.FAIL, 4)


def test_judged_again_a_run_says_the_same_without_those_before_it(closed, scan_at, known, tmp_path):
    earlier = [scan_at(hours) for hours in (0, 2.1)]
    last = scan_at(4.2)
    for bundle in earlier:
        bundle.folder.rename(tmp_path / bundle.folder.name)
    again = runs.rejudge(last, tmp_path / "again", known).bundle
    assert outcome(again) == outcome(last)
    assert outcome(again).status is Status.FAIL


def test_a_damaged_run_is_left_out_and_noted(closed, scan_at):
    (scan_at(0).folder / "run.json").write_text("{")
    scan_at(2.1)
    last = scan_at(4.2)
    assert outcome(last).status is Status.WARN
    assert len(last.meta().notes) == 1
