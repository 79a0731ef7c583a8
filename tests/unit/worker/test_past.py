"""What a probe recalls of earlier runs: the stored facts of the same site, and nothing that can't be trusted."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from xuncha.model.crawl import Crawl
from xuncha.plan import EarlierRun
from xuncha.registry import fact_name
from xuncha.store.bundle import Bundle, SiteStats
from xuncha.worker import past as pasts
from xuncha.worker.leavings import write
from xuncha.worker.past import past

ENDED = datetime(2026, 8, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    number: int = 0


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a later version of a plugin makes of ``Known``."""

    count: int


@pytest.fixture
def stored(bundle, plan, crawl):
    """A sealed run whose first site has the facts ``Known(7)`` and ``crawl``."""
    write(bundle, plan.sites[0], [], {Crawl: crawl, Known: Known(7)}, SiteStats())
    bundle.set_state("finished", ENDED)
    bundle.seal()
    pasts._manifest.cache_clear()
    return bundle


def run_in(bundle: Bundle):
    return EarlierRun(str(bundle.folder), ENDED, {0: 0})


def recalled(bundle, plan, fact=Known):
    return list(past([run_in(bundle)], plan.sites[0], fact))


def test_a_stored_fact_comes_with_the_moment_at_which_its_run_ended(stored, plan):
    assert recalled(stored, plan) == [(ENDED, Known(7))]


def test_a_crawl_is_put_together_from_its_parts(stored, plan, crawl):
    assert recalled(stored, plan, Crawl) == [(ENDED, crawl)]


def test_a_site_that_the_run_did_not_settle_has_no_past(stored, plan):
    assert list(past([run_in(stored)], plan.sites[1], Known)) == []


def test_facts_of_another_entry_are_not_the_sites_own(stored, plan):
    moved = replace(plan.sites[0].site, urls=("http://new.example/",))
    assert list(past([run_in(stored)], replace(plan.sites[0], site=moved), Known)) == []


def test_facts_that_today_have_another_form_are_left_out(stored, plan, monkeypatch):
    monkeypatch.setattr(pasts, "fact_name", lambda _fact: fact_name(Known))
    assert recalled(stored, plan, Renamed) == []


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_what_is_no_longer_as_it_was_is_left_out_and_said(stored, plan, caplog, harm):
    path = stored.facts_file(0, "a")
    path.write_bytes(path.read_bytes() + b"\0") if harm == "changed" else path.unlink()
    assert recalled(stored, plan) == []
    assert "not recalled" in caplog.text


def test_a_file_that_was_cut_is_left_out_where_no_manifest_vouches_for_it(stored, plan, caplog):
    (stored.folder / "manifest.json").unlink()
    path = stored.facts_file(0, "a")
    path.write_bytes(path.read_bytes()[:-8])
    assert recalled(stored, plan) == []
    assert "damaged" in caplog.text


def test_nothing_is_read_before_it_is_asked_for(stored, plan):
    read = iter(past([run_in(stored), EarlierRun("/nonexistent", ENDED, {0: 0})], plan.sites[0], Known))
    assert next(read).fact == Known(7)


def test_recalling_stops_when_it_becomes_too_much(stored, plan, monkeypatch):
    size = stored.facts_file(0, "a").stat().st_size
    monkeypatch.setattr(pasts, "MOST_BYTES", 2 * size)
    assert len(list(past([run_in(stored)] * 5, plan.sites[0], Known))) == 2
