from dataclasses import dataclass, field

import pytest

from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.registry import fact_name
from xuncha.store.bundle import SiteStats
from xuncha.worker.facts import JournalFacts, JournalProgress, stored_facts
from xuncha.worker.journal import Journal
from xuncha.worker.leavings import write


@dataclass(frozen=True, slots=True)
class Inner:
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    number: int = 0
    inner: Inner = field(default_factory=Inner)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Stricter:
    """What a later version of a plugin makes of ``Known``."""

    number: int
    added: str


TYPES = {fact_name(Known): Known}


def kept_and_recalled(tmp_path, value):
    first = Journal(tmp_path / "journal")
    JournalFacts(first).keep(Known, value)
    first.close()
    second = Journal(tmp_path / "journal")
    found = JournalFacts(second).recall(Known)
    second.close()
    return found


@pytest.mark.parametrize(
    "value", [Known(3, Inner(("一", "二")), complete=False), Gap(Reason.REFUSED, detail="connection refused")]
)
def test_a_fact_or_gap_comes_back_from_the_journal_as_it_was(tmp_path, value):
    assert kept_and_recalled(tmp_path, value) == value


def test_what_was_never_gathered_is_not_recalled(journal):
    assert JournalFacts(journal).recall(Known) is None


def stored(bundle, plan, facts, types=None):
    write(bundle, plan.sites[0], [], facts, SiteStats())
    return stored_facts(bundle, 0, TYPES if types is None else types)


def test_a_crawl_is_put_together_again_from_its_parts(bundle, plan, crawl):
    assert stored(bundle, plan, {Crawl: crawl}) == {Crawl: crawl}


def test_stored_facts_come_back_by_their_types(bundle, plan):
    known = Known(7, Inner(("x",)))
    assert stored(bundle, plan, {Known: known}) == {Known: known}


def test_stored_gaps_come_back_too(bundle, plan):
    gaps = {Crawl: Gap(Reason.REFUSED), Known: Gap(Reason.DEADLINE)}
    assert stored(bundle, plan, gaps) == gaps


def test_a_fact_whose_type_is_gone_is_left_out(bundle, plan, crawl):
    assert stored(bundle, plan, {Known: Known(), Crawl: crawl}, types={}) == {Crawl: crawl}


def test_a_fact_that_todays_type_cannot_read_is_missing(bundle, plan, crawl):
    found = stored(bundle, plan, {Known: Known(), Crawl: crawl}, types={fact_name(Known): Stricter})
    assert found[Stricter].reason is Reason.FACT_MISSING
    assert found[Crawl] == crawl


def test_a_site_of_which_nothing_is_stored_has_no_facts(bundle):
    assert stored_facts(bundle, 9, TYPES) == {}


def test_steps_of_a_probe_are_recalled_once_and_by_that_probe_only(tmp_path):
    first = Journal(tmp_path / "journal")
    JournalProgress(first, "a.probe").keep("one", Known(3))
    first.close()
    second = Journal(tmp_path / "journal")
    assert JournalProgress(second, "b.probe").recall("one", Known) is None
    assert JournalProgress(second, "a.probe").recall("one", Known) == Known(3)
    assert JournalProgress(second, "a.probe").recall("one", Known) is None
    second.close()


def test_a_name_that_is_no_text_does_not_cost_the_fact(tmp_path):
    assert kept_and_recalled(tmp_path, Known(3, Inner(("a\udcd6b", "制度")))).inner.words == ("a?b", "制度")
