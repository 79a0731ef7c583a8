"""Gathers what the words of the pages give away, all lexicons in few passes over a page's text."""

from functools import cache

from xuncha.api import Clock, Page, day_of, page_probe
from xuncha_plugins.content import fillers, offers, typos, unfinished
from xuncha_plugins.content.lexicon import Automaton, Hits, has_chinese
from xuncha_plugins.content.words_facts import Unfinished, Wording

MOST_TEXT = 400_000
"""Characters of one page that are looked at; a page with more is a dump of data."""


@cache
def _automata() -> tuple[Automaton, ...]:
    """All words of all lexicons, compiled once.

    Typos apart: they begin with many characters, each so frequent that a common pattern would stop at every second one;
    two passes cost a fifth less.
    """
    promises = Automaton({"filler": fillers.triggers(), "unfinished": unfinished.triggers(), **offers.words()})
    return promises, Automaton({"typo": typos.wrong_forms()})


def _hits(text: str) -> Hits:
    return {family: hits for automaton in _automata() for family, hits in automaton.hits(text).items()}


@page_probe(provides=Wording, cost_us=65)
class WordsSeen:
    """Looks at each page's words; nearly all pages are done with after one pass."""

    def __init__(self, clock: Clock) -> None:
        self._today = day_of(clock())
        self._typos = typos.TypoTally()
        self._fillers = fillers.FillerTally()
        self._offers = offers.OfferTally()
        self._unfinished: list[Unfinished] = []
        self._complete = True

    def visit(self, page: Page) -> None:
        if page.problem:
            return
        text = page.text
        if len(text) > MOST_TEXT:
            text, self._complete = text[:MOST_TEXT], False
        for found in (fillers.title_filler(page), fillers.latin_filler(page, text)):
            if found:
                self._fillers.add(found)
        hits: Hits = {}
        if has_chinese(text):
            # The line break lets a word be asked for at the beginning of a line.
            text = f"\n{text}"
            if hits := _hits(text):
                self._look(page, text, hits)
        if "unfinished" not in hits:
            self._add_unfinished(unfinished.unworded_on(page, text))

    def conclude(self) -> Wording:
        complete = self._complete and self._typos.complete and self._fillers.complete and self._offers.complete
        return Wording(
            self._typos.typos(), self._fillers.fillers(), tuple(self._unfinished), self._offers.offers(), complete
        )

    def _look(self, page: Page, text: str, hits: Hits) -> None:
        for typo in typos.typos_in(page, text, hits.get("typo", ())):
            self._typos.add(typo)
        if "filler" in hits:
            self._look_for_fillers(page, text, hits)
        if "unfinished" in hits:
            self._add_unfinished(unfinished.unfinished_on(page, text, hits["unfinished"]))
        if hits.keys() & {"state", "period", "end", "validity", "extended"}:
            seen = day_of(page.fetched_at) if page.fetched_at else self._today
            self._offers.visit(page, text, hits, seen)

    def _add_unfinished(self, found: Unfinished | None) -> None:
        if found and len(self._unfinished) < unfinished.MOST_UNFINISHED:
            self._unfinished.append(found)
        elif found:
            self._complete = False

    def _look_for_fillers(self, page: Page, text: str, hits: Hits) -> None:
        if found := fillers.text_filler(page, text, hits["filler"]):
            self._fillers.add(found)
        for link in fillers.link_fillers(page):
            self._fillers.add(link)
