from dataclasses import dataclass
from datetime import timedelta

import pytest

from xuncha.api import Clock, Gap, Page, Params, Past, Reason, Site, page_probe
from xuncha.declare import page_probe_fault
from xuncha.gather.page_probes import PageGatherer
from xuncha.gather.probes import BoundProbe
from xuncha.page import parse_page
from xuncha.testing import NOW, SITE, earlier, gather

PAGES = [parse_page(b"<title>%d</title>" % number, url=f"http://www.a.gov.example/{number}") for number in (1, 2)]


@dataclass(frozen=True, slots=True)
class Titles:
    site: str
    titles: tuple[str, ...]
    at: str = ""


class Most(Params):
    most: int = 10


@page_probe(provides=Titles, params=Most)
class Reader:
    def __init__(self, site: Site, params: Most, clock: Clock) -> None:
        self.site, self.params, self.clock, self.seen = site, params, clock, []

    def visit(self, page: Page) -> None:
        self.seen.append(page.title)

    def conclude(self) -> Titles | Gap:
        return Titles(self.site.id, tuple(self.seen[: self.params.most]), self.clock().isoformat())


def made(**methods):
    return page_probe(provides=Titles)(type("Made", (), {"visit": lambda _, __: None, **methods}))


def test_a_page_probe_sees_every_page_and_ends_in_its_fact():
    assert gather(Reader, *PAGES) == Titles("a", ("1", "2"), NOW.isoformat())


def test_a_page_probe_receives_its_parameters():
    assert gather(Reader, *PAGES, params=Most(most=1)).titles == ("1",)


def test_a_page_probe_that_raises_leaves_a_gap_that_names_it():
    gap = gather(made(visit=lambda _, page: page.nothing, conclude=lambda _: None), *PAGES)
    assert (gap.reason, "nothing" in gap.detail) == (Reason.RAISED, True)


def test_after_it_raised_a_page_probe_sees_no_more_pages():
    seen = []

    def visit(_, page):
        seen.append(page.url)
        raise ValueError

    gather(made(visit=visit, conclude=lambda _: None), *PAGES)
    assert len(seen) == 1


def test_what_is_neither_the_fact_nor_a_gap_breaks_the_contract():
    assert gather(made(conclude=lambda _: 1), *PAGES).reason is Reason.BROKE_CONTRACT


def test_a_page_probe_that_runs_out_of_memory_is_no_fault_of_the_site():
    def greedy(_):
        raise MemoryError

    assert gather(made(conclude=greedy)).reason is Reason.MEMORY


def test_a_page_probe_that_was_set_aside_is_not_even_made():
    spec = made(__init__=lambda _: 1 / 0, conclude=lambda _: None).__xuncha__
    probe = PageGatherer(BoundProbe(spec, spec.params()), {Site: SITE}, set_aside=Reason.WORKER_KILLED)
    assert probe.conclude().reason is Reason.QUARANTINED


def asks_for_the_network(self, net: str) -> None: ...


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (page_probe(provides=Titles)(lambda page: page), "is not a class"),
        (made(), "has no method conclude"),
        (made(conclude=print, __init__=asks_for_the_network), "asks for net"),
    ],
)
def test_a_page_probe_that_cannot_be_run_is_refused_when_it_is_loaded(declared, words):
    assert words in page_probe_fault(declared.__xuncha__)


@page_probe(provides=Titles)
class Remembers:
    def __init__(self, past: Past[Titles]) -> None:
        self.newest = next(iter(past), None)

    def visit(self, page: Page) -> None: ...

    def conclude(self) -> Titles | Gap:
        return self.newest.fact if self.newest else Gap(Reason.FACT_MISSING)


def test_a_page_probe_recalls_the_newest_fact_first():
    old, new = Titles("a", ("old",)), Titles("a", ("new",))
    past = earlier((NOW - timedelta(days=2), old), (NOW - timedelta(days=1), new))
    assert gather(Remembers, past=past) == new


def test_a_page_probe_without_a_past_is_handed_an_empty_one():
    assert gather(Remembers) == Gap(Reason.FACT_MISSING)
