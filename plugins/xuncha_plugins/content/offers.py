"""What pages offer as current (正在征集, 报名中 …), and when it ended by its own words (``offers.yaml``).

An offer counts as current only by a label, a badge or a link that says so, or under such a heading; what an article
tells of a past deadline is history. Where page and list are read together, the list says 正在征集 and the page when.
What was extended, here or by a notice of its own, ends later than it said at first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple, TypeVar

from xuncha.api import Link, Page, Table, dates_in, masked_excerpt, read_table
from xuncha_plugins.content.deadlines import deadline, extension, periods, short_periods, term_end
from xuncha_plugins.content.lexicon import Hit, Hits, alternation, line_of
from xuncha_plugins.content.words_facts import Offer

MOST_OFFERS = 500
MOST_LINKS = 1_000
MOST_DEADLINES = 5_000
_MOST_HITS = 200
_MOST_OF_ONE = 3
"""Labelled deadlines that one matter may have; a page with more is a list."""

_MOST_LINKS = 2_000
_LONGEST_ROW = 300
_MOST_TITLES = 3
"""A row links to its matter, to who holds it, to where to take part."""

_LONGEST_LINE = 160
_LONGEST_HEAD = 8
_SHORTEST_TITLE = 6
_DAYS = re.compile(r"[\d年月日时分:：/.至到~～—–\-( )（）\[\]【】]+")
_KIND_OF_PAPER = "的?(?:公告|通知|公示|启事|通告|方案|邀请函|问卷|表)?"
_QUOTED = re.compile("《([^《》]{3,60})")
_COMMON = re.compile(
    "关于|公开|征求|征集|意见|建议|公告|通知|公示|启事|活动|报名|延长|延期|顺延|推迟|延后|截止|时间|日期|期限|至|的|[\\W\\d_年月日]"
)
_SHORTEST_NAME = 4
_T = TypeVar("_T")
_BRACKETS = " \t[]【】（）()〔〕<>《》「」·•—-:：|"


class _Table(Table):
    states: tuple[str, ...]
    running: tuple[str, ...]
    ended: tuple[str, ...]
    headings: tuple[str, ...]
    periods: tuple[str, ...]
    ends: tuple[str, ...]
    valid_until: tuple[str, ...]
    validity: tuple[str, ...]
    matters: tuple[str, ...]
    works: tuple[str, ...]
    work_heads: tuple[str, ...]
    ledgers: tuple[str, ...]
    ledger_heads: tuple[str, ...]
    extended: tuple[str, ...]
    endless: tuple[str, ...]
    actions: tuple[str, ...]
    this: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    table: _Table
    label: re.Pattern[str]
    link: re.Pattern[str]
    ends: re.Pattern[str]
    labels: re.Pattern[str]
    ended: re.Pattern[str]
    state: re.Pattern[str]
    picture: re.Pattern[str]
    matters: re.Pattern[str]
    matter_last: re.Pattern[str]
    works: re.Pattern[str]
    work_heads: re.Pattern[str]
    ledgers: re.Pattern[str]
    ledger_heads: re.Pattern[str]
    extended: re.Pattern[str]
    endless: re.Pattern[str]
    actions: re.Pattern[str]
    valid: re.Pattern[str]
    this: re.Pattern[str]


@cache
def _rules() -> _Rules:
    table = read_table(_Table, __package__, "offers.yaml")
    state = alternation((*table.states, *table.running))
    return _Rules(
        table=table,
        label=re.compile(r"状\s?态\s{0,2}[:：]?\s{0,2}[\[【（(]?$"),
        link=re.compile(rf"[\[【（(〔]\s?({state})\s?[\]】）)〕]|^({state})\s?[:：|]"),
        ends=re.compile(rf"(?<!有效期)(?<!有效期限){alternation(table.ends)}"),
        labels=re.compile(rf"{alternation((*table.periods, *table.ends, *table.valid_until))}|状\s?态"),
        ended=re.compile(alternation(table.ended)),
        state=re.compile(state),
        picture=re.compile(rf"""alt=["']({state})["']"""),
        matters=re.compile(alternation(table.matters)),
        matter_last=re.compile(rf"{alternation(table.matters)}{_KIND_OF_PAPER}[”》」】）)]?\s*(?:$|[_|｜—–-])"),
        works=re.compile(alternation(table.works)),
        work_heads=re.compile(alternation(table.work_heads)),
        ledgers=re.compile(alternation(table.ledgers)),
        ledger_heads=re.compile(alternation(table.ledger_heads)),
        extended=re.compile(alternation(table.extended)),
        endless=re.compile(alternation(table.endless)),
        actions=re.compile(alternation(table.actions)),
        valid=re.compile(r"\s{0,2}[:：]?\s{0,2}(?:现行有效|有效|是)(?![期限至])"),
        this=re.compile(alternation(table.this)),
    )


def words() -> dict[str, tuple[str, ...]]:
    """The words to look for, by family."""
    table = _rules().table
    return {
        "state": tuple({*table.states, *table.running, *table.headings}),
        "ended": table.ended,
        "extended": table.extended,
        "period": table.periods,
        "end": table.ends,
        "until": table.valid_until,
        "validity": table.validity,
    }


class _OfferedLink(NamedTuple):
    """A link whose words, or the heading of whose list, offer what it leads to as current."""

    page: str
    depth: int
    target: str
    text: str
    line: int | None
    state: str
    sure: bool
    seen: date


class OfferTally:
    """Looks at the pages one by one, and joins what lists offer with what the offered pages say of their end."""

    def __init__(self) -> None:
        self._offers: list[Offer] = []
        self._links: list[_OfferedLink] = []
        self._ended: dict[str, date] = {}
        self._extended: set[str] = set()
        self.complete = True

    def visit(self, page: Page, text: str, hits: Hits, seen: date) -> None:
        """Note what one page offers on the day ``seen``, and the end of the matter that it is about."""
        look = _Look(page, text, hits, seen)
        for name in look.extended_names():
            self._note_extended(name)
        if 0 < len(look.ends) <= _MOST_OF_ONE:
            self._note_end(page, look.end)
        for offer in look.offers():
            if offer.ended < seen:
                self._add(self._offers, offer, MOST_OFFERS)
        for link in look.links():
            self._add(self._links, link, MOST_LINKS)

    def offers(self) -> tuple[Offer, ...]:
        """What was found on pages, and the links that offer what another page says is over."""
        told = {offer.target or offer.url for offer in self._offers}
        joined: dict[str, Offer] = {}
        for link in self._links:
            ended = self._ended.get(link.target)
            if ended and ended < link.seen and link.target not in told:
                joined.setdefault(link.target, _of_link(link, ended))
        found = (offer for offer in (*self._offers, *joined.values()) if not self._goes_on(offer))
        return tuple(replace(offer, sure=False) if self._was_extended(offer) else offer for offer in found)

    def _goes_on(self, offer: Offer) -> bool:
        """Whether the page that an offer leads to names a later end than the list does."""
        own = self._ended.get(offer.target) if offer.target else None
        return own is not None and own >= offer.seen

    def _was_extended(self, offer: Offer) -> bool:
        """Whether the site says of a matter of this name that it was extended."""
        name = _name(offer.title) if self._extended else ""
        return bool(name) and any(name in one or one in name for one in self._extended)

    def _note_extended(self, name: str) -> None:
        if len(self._extended) < MOST_LINKS:
            self._extended.add(name)
        else:
            self.complete = False

    def _add(self, kept: list[_T], one: _T, most: int) -> None:
        if len(kept) < most:
            kept.append(one)
        else:
            self.complete = False

    def _note_end(self, page: Page, ended: date) -> None:
        for url in {page.url, page.requested}:
            if len(self._ended) < MOST_DEADLINES:
                self._ended[url] = ended
            else:
                self.complete = False


def _of_link(link: _OfferedLink, ended: date) -> Offer:
    text = masked_excerpt(link.text, 80)
    return Offer(link.page, link.depth, text, link.state, ended, link.seen, link.sure, link.target, link.line)


def _name(title: str) -> str:
    """What tells a matter from others of its kind: the paper that its title quotes, else what is left of the title."""
    quoted = _QUOTED.search(title)
    name = quoted[1] if quoted else _COMMON.sub("", title.partition("_")[0])
    return name if len(name) >= _SHORTEST_NAME else ""


class _Look:
    """One look at one page on which words of the lexicon stand."""

    def __init__(self, page: Page, text: str, hits: Hits, seen: date) -> None:
        self._page = page
        self._text = text
        self._hits = hits
        self._seen = seen
        self._rules = _rules()
        known = {*self._rules.table.states, *self._rules.table.running}
        self._states = [hit for hit in hits.get("state", ())[:_MOST_HITS] if hit.word in known]
        self.ends = [end for label in self._labels() if (end := self._end(label))]

    @property
    def end(self) -> date:
        """The last of the page's own deadlines, extensions included; only where it has some."""
        last = max(self.ends)
        return max(last, extension(self._text, last) or last) if self._is_extended else last

    @property
    def _is_extended(self) -> bool:
        return bool(self._hits.get("extended"))

    def extended_names(self) -> Iterator[str]:
        """The names of matters of which a title or a line of the page says that they were extended."""
        hits = self._hits.get("extended", ())[:_MOST_HITS]
        for line in dict.fromkeys((self._page.title, *(line_of(self._text, hit) for hit in hits))) if hits else ():
            if len(line) <= _LONGEST_LINE and self._rules.extended.search(line) and (name := _name(line)):
                yield name

    def offers(self) -> Iterator[Offer]:
        """What the page itself shows to be current and over."""
        shown = [hit for hit in self._states if self._is_labelled(hit) or self._is_badge(hit)]
        rows = list(self._rows("tr, li")) if self._states or self._pictured else []
        yield from rows or self._blocks(shown)
        if not rows:
            if whole := self._whole(shown):
                yield whole
            elif self._page.depth == 0:
                yield from self._banners()
        yield from self._validity()

    def links(self) -> Iterator[_OfferedLink]:
        """The links that offer what they lead to as current."""
        if not self._hits.get("state"):
            return
        for link in self._page.links:
            if link.kind == "a" and link.target and (match := self._rules.link.search(link.text[:_LONGEST_LINE])):
                state = match[1] or match[2]
                yield self._link(link.target, link.text, link.line, state, sure=True)
        if any(hit.word in self._rules.table.headings for hit in self._hits["state"]):
            yield from self._under_headings()

    def _under_headings(self) -> Iterator[_OfferedLink]:
        """Rows of lists called 正在征集. Which list a tab's name belongs to is not certain."""
        for listing in self._page.lists:
            name = next((name for name in (listing.heading, listing.name) if name in self._rules.table.headings), "")
            for row in listing.rows if name else ():
                yield self._link(row.target, row.text, row.line, name, sure=False)

    def _link(self, target: str, text: str, line: int | None, state: str, *, sure: bool) -> _OfferedLink:
        page = self._page
        return _OfferedLink(page.url, page.depth, target, text[:_LONGEST_LINE], line, state, sure, self._seen)

    def _rows(self, css: str, titles: int = _MOST_TITLES) -> Iterator[Offer]:
        """Rows with a state and an end of their own, and links to no more than so many matters."""
        heads: list[str] = []
        for row in self._page.select(css):
            state = self._pictured.get((row.line, row.text))
            text = f"{row.text}\n{state}" if state else row.text
            cells = text.split("\n")
            if any(map(self._is_end_head, cells)) and not dates_in(text):
                heads = cells
            elif len(text) <= _LONGEST_ROW and self._rules.state.search(text):
                ends = {*periods(text), *self._labelled_ends(text)} or self._headed_ends(heads, cells)
                if len(ends) == 1 and (offer := self._in_row(text, row.line, ends.pop(), titles)):
                    yield offer

    def _blocks(self, shown: list[Hit]) -> Iterator[Offer]:
        """Rows that are boxes: each holds one title, one state and one period, and whatever holds it holds more."""
        found: dict[str, Offer] = {}
        if any(self._is_badge(hit) for hit in shown):
            for offer in self._rows("div, dl", titles=1):
                found.setdefault(offer.target, offer)
        return (offer for target, offer in found.items() if target)

    @cached_property
    def _pictured(self) -> dict[tuple[int | None, str], str]:
        """The rows whose state is a picture, by its alternative text."""
        states = set(self._rules.picture.findall(self._page.html)) if self._hits.keys() & {"period", "end"} else ()
        if len(states) > _MOST_OF_ONE:
            return {}
        rows = {state: self._page.select(f'tr:has(img[alt="{state}"]), li:has(img[alt="{state}"])') for state in states}
        return {(row.line, row.text): state for state, found in rows.items() for row in found}

    def _headed_ends(self, heads: list[str], cells: list[str]) -> set[date]:
        """What stands under a head such as 结束时间, where no cell of the row is empty."""
        under = zip(heads, cells, strict=True) if len(heads) == len(cells) else ()
        return {day.date for head, cell in under if self._is_end_head(head) for day in dates_in(cell)}

    def _is_end_head(self, cell: str) -> bool:
        return len(cell) <= _LONGEST_HEAD and self._rules.ends.search(cell) is not None

    def _in_row(self, text: str, line: int | None, ended: date, titles: int) -> Offer | None:
        links = [link for link in self._titles if link.text in text]
        if len({link.text for link in links}) > titles:
            return None
        # Of links with the same words, the one that stands in this row.
        link = max(links, key=lambda one: (len(one.text), -abs((one.line or 0) - (line or 0))), default=None)
        title, target = (link.text, link.target) if link else ("", "")
        state = self._row_state(text, title)
        if not state or self._rules.endless.search(text):
            return None
        ended = max(ended, extension(text, ended) or ended)
        sure = not self._rules.extended.search(text) and not self._is_ledger
        return self._offer(title or text, state, ended, sure=sure, target=target, line=line)

    @cached_property
    def _titles(self) -> list[Link]:
        links = self._page.links[:_MOST_LINKS]
        return [link for link in links if link.kind == "a" and len(link.text) >= _SHORTEST_TITLE]

    def _row_state(self, text: str, title: str) -> str:
        """The one state that a row shows beside its title and its days, or in brackets."""
        states = {match[0] for match in self._rules.state.finditer(text)}
        if len(states) != 1 or self._rules.ended.search(text):
            return ""
        state = states.pop()
        beside = self._rules.actions.sub("", text.replace(title, "") if title else text)
        beside = _DAYS.sub("", self._rules.labels.sub("", beside))
        shown = state in beside.strip(_BRACKETS).split("\n") or self._rules.link.search(text)
        offered = self._is_offer(state, title or text.partition("\n")[0], text)
        return state if shown and offered else ""

    def _labelled_ends(self, text: str) -> Iterator[date]:
        for label in self._rules.ends.finditer(text):
            if end := deadline(text, label.end(), ends=True):
                yield end

    def _whole(self, shown: list[Hit]) -> Offer | None:
        """The page as one matter: a state of its own and its own deadline."""
        if not (shown and 0 < len(self.ends) <= _MOST_OF_ONE) or self._shows_end():
            return None
        labelled = next((hit for hit in shown if self._is_labelled(hit)), None)
        hit = labelled or shown[0]
        if not self._is_offer(hit.word, self._page.title) or self._is_endless:
            return None
        sure = labelled is not None and not self._is_extended
        return self._offer(self._page.title, hit.word, self.end, sure=sure)

    def _banners(self) -> Iterator[Offer]:
        """A line of the home page that offers something and tells its end."""
        lines = {line_of(self._text, hit): hit for hit in self._states}
        for line, hit in lines.items():
            if len(line) > _LONGEST_LINE or self._rules.endless.search(line) or self._rules.extended.search(line):
                continue
            ends = [*periods(line), *self._labelled_ends(line)] or short_periods(line)
            if ends and self._may_be_offer(hit.word, line) and not self._rules.ended.search(line):
                target = next((link.target for link in self._page.links[:_MOST_LINKS] if link.text == line), "")
                yield self._offer(line, hit.word, max(ends), sure=False, target=target)

    def _validity(self) -> Iterator[Offer]:
        """A document that is called valid, and that itself says until when."""
        called = [hit for hit in self._hits.get("validity", ()) if self._rules.valid.match(self._text, hit.end)]
        if not called:
            return
        own = [hit for hit in self._hits.get("until", ()) if self._speaks_of_itself(hit)]
        ends = [end for hit in own if (end := self._end(hit))]
        if last := max(ends, default=None) or term_end(self._text):
            last = max(last, extension(self._text, last) or last)
            offer = self._offer(self._page.title, called[0].word, last, sure=False)
            yield replace(offer, validity=True)

    def _speaks_of_itself(self, hit: Hit) -> bool:
        before = self._text[max(0, hit.start - 60) : hit.start]
        return self._rules.this.search(before) is not None

    def _labels(self) -> list[Hit]:
        """What labels deadlines; how long a document is valid is another question."""
        return [*self._hits.get("period", ()), *self._hits.get("end", ())][:_MOST_HITS]

    def _end(self, label: Hit) -> date | None:
        return deadline(self._text, label.end, ends=label.word not in self._rules.table.periods)

    def _shows_end(self) -> bool:
        """Whether the page says somewhere of itself that this is over."""
        return any(self._is_labelled(hit) or self._is_badge(hit) for hit in self._hits.get("ended", ())[:_MOST_HITS])

    @property
    def _is_endless(self) -> bool:
        """Whether the title or a line with a deadline says that the matter goes on whatever that day."""
        lines = (line_of(self._text, label) for label in self._labels())
        return any(self._rules.endless.search(line) for line in (self._page.title, *lines))

    @cached_property
    def _linked(self) -> frozenset[str]:
        return frozenset(link.text for link in self._page.links)

    def _is_labelled(self, hit: Hit) -> bool:
        return self._rules.label.search(self._text[max(0, hit.start - 10) : hit.start]) is not None

    def _is_badge(self, hit: Hit) -> bool:
        """Whether a word stands alone on its line, and is no link such as that of a menu."""
        line = line_of(self._text, hit)
        return line.strip(_BRACKETS) == hit.word and line not in self._linked

    def _is_offer(self, state: str, title: str, row: str = "") -> bool:
        """Whether a state offers something to the public; 进行中 alone may be said of building works too."""
        if state in self._rules.table.states:
            return True
        return self._rules.matter_last.search(title) is not None and not self._is_of_works(title + row)

    def _may_be_offer(self, state: str, line: str) -> bool:
        """The same of a line that says more than a title, enough to ask."""
        return state in self._rules.table.states or self._rules.matters.search(line) is not None

    def _is_of_works(self, words: str) -> bool:
        """Whether these words, or the head of a table of the page, speak of building works."""
        works = any(self._rules.work_heads.search(head) for head in self._heads)
        return works or self._is_ledger or self._rules.works.search(words) is not None

    @cached_property
    def _is_ledger(self) -> bool:
        """Whether the page lists what the office itself has to do, by its title or the heads of its tables."""
        heads = any(self._rules.ledger_heads.search(head) for head in self._heads)
        return heads or self._rules.ledgers.search(self._page.title) is not None

    @cached_property
    def _heads(self) -> list[str]:
        heads = self._page.select("th, thead td, tr:first-child > td")
        return [head.text for head in heads if len(head.text) <= _LONGEST_HEAD]

    def _offer(
        self, title: str, state: str, ended: date, *, sure: bool = True, target: str = "", line: int | None = None
    ) -> Offer:
        page = self._page
        return Offer(page.url, page.depth, masked_excerpt(title, 80), state, ended, self._seen, sure, target, line)
