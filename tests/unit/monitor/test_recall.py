"""What a later run is handed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.monitor.plan import PlanFolder
from xuncha.monitor.recall import recalled


@pytest.fixture
def sampled(week):
    found = week(days=2)
    found.go_on()
    return found


@pytest.fixture
def seen(sampled):
    """What was sampled of the site, as it stood so many days after the plan's begin."""

    def of(site=sampled.sites[0], days=3.0):
        return recalled(sampled.folder.folder.parent, site, sampled.plan.begun + timedelta(days=days)).samples

    return of


def test_everything_before_the_moment_is_recalled(seen):
    assert (len(seen()), len(seen(days=0.5))) == (48, 12)


def test_what_is_older_than_a_month_is_not(seen):
    assert not seen(days=40)


def test_a_site_nobody_monitors_has_no_samples(seen, site):
    assert not seen(site("b"))


def test_a_site_with_another_home_page_has_none(seen, sampled):
    assert not seen(replace(sampled.sites[0], urls=("http://www.new.gov.example/",)))


def test_a_file_changed_after_the_seal_is_left_out(seen, sampled):
    sampled.folder.seal()
    path = sampled.folder.samples(sampled.sites[0])
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    assert not seen()


def test_sealed_and_whole_it_is_recalled(seen, sampled):
    sampled.folder.seal()
    assert len(seen()) == 48


def test_the_file_of_another_site_is_left_out(seen, sampled, site):
    other = site("b")
    sampled.folder.samples(sampled.sites[0]).rename(sampled.folder.samples(other))
    assert not seen(other)


def test_samples_of_two_plans_are_one_series(seen, sampled):
    later = PlanFolder.create(sampled.folder.folder.parent, replace(sampled.plan, id="20261118-000000-abcd"))
    later.samples(sampled.sites[0]).write_bytes(sampled.folder.samples(sampled.sites[0]).read_bytes())
    assert len(seen()) == 48
