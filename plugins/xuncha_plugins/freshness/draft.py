"""A column while the crawl goes on: what its pages, its blocks on the home page and its articles have shown so far."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from xuncha.api import Column, Row
from xuncha_plugins.freshness.facts import ArticleDates, ColumnSeen, ListSource, Look, Rows
from xuncha_plugins.freshness.kinds import KINDS
from xuncha_plugins.freshness.own import Own
from xuncha_plugins.freshness.tally import ArticleTally, Dated, RowTally, by_url, day_of, later, latest, merged
from xuncha_plugins.freshness.urls import MAX_URL, mark

MAX_WAITING = 30
"""Undated rows of a column that are remembered until their pages are seen."""

MAX_UNOPENED = 6
"""Of those nobody opened, so many are handed on."""

MAX_LEADING = 10
"""Undated rows above the first dated one that are remembered, of one column."""

MAX_PINNED = 100
"""Pinned rows that are remembered of a list."""

MAX_HOME_ROWS = 300
"""Of a column's blocks on the home page."""

MAX_BOXES = 12
"""Lists of one column of which it is unclear whose they are; further ones count as its own."""

MAX_NAME = 60

Read = Mapping[int, Dated]
"""What pages said of their dates, by the mark of their URL."""


class Waiting:
    """Undated rows whose own pages may tell their date."""

    def __init__(self) -> None:
        self._urls: dict[int, str] = {}

    def add(self, url: str) -> None:
        """Remember a row."""
        if 0 < len(url) <= MAX_URL and len(self._urls) < MAX_WAITING:
            self._urls.setdefault(mark(url), url)

    def __iter__(self) -> Iterator[int]:
        return iter(self._urls)

    def __contains__(self, one: int) -> bool:
        return one in self._urls

    def unopened(self, read: Read, pinned: Collection[int]) -> tuple[str, ...]:
        """Some of those that nobody has opened; what is pinned tells nothing of the others."""
        return tuple(url for one, url in self._urls.items() if one not in read and one not in pinned)[:MAX_UNOPENED]


class Listed:
    """Rows that stand for a column, with the undated ones whose own pages may tell more.

    ``leading`` are the undated rows above the first dated one: something newer may hide there. ``pinned`` are the
    marks of what is pinned and does not stand in its usual place as well.
    """

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self.tally = RowTally(observed)
        self.pinned: set[int] = set()
        self.waiting = Waiting()
        self.leading: list[str] = []
        self.by_url: date | None = None

    def add(self, rows: Sequence[Row]) -> None:
        """Count the rows of one list."""
        days = [day_of(row, self._observed) for row in rows]
        pairs = list(zip(rows, days, strict=True))
        first = next((at for at, (row, day) in enumerate(pairs) if day and not row.pinned), 0)
        if len(self.pinned) < MAX_PINNED:
            self.pinned |= pinned_of(rows)
        for at, (row, day) in enumerate(pairs):
            self.tally.add(day, pinned=row.pinned, title=row.text)
            if day is None:
                self.wait_for(row)
                if at < first and not row.pinned and len(self.leading) < MAX_LEADING:
                    self.leading.append(row.target[:MAX_URL])

    def wait_for(self, row: Row) -> None:
        """Remember an undated row until its page is seen, and what its URL says."""
        self.waiting.add(row.target)
        day = by_url(row.target, self._observed)
        if row.pinned:
            self.tally.pin(day)
        else:
            self.by_url = later(self.by_url, day)


def pinned_of(rows: Sequence[Row]) -> set[int]:
    """The marks of what a list pins; what it shows in its usual place too is not among them."""
    if not any(row.pinned for row in rows):
        return set()
    usual = {row.target for row in rows if not row.pinned}
    return {mark(row.target) for row in rows if row.pinned and row.target not in usual}


@dataclass(slots=True)
class Draft:
    """A column that becomes a ``ColumnSeen``. ``key`` is that of ``column_key``; ``url`` as it was first met."""

    key: str
    url: str
    observed: date
    name: str = ""
    level: int | None = None
    tag: str = ""
    parent: str = ""
    outside: bool = False
    seen: bool = False
    scripted: bool = False
    source: ListSource | None = None
    declared: Column | None = None
    own: Own | None = None
    veiled: bool = False
    proved: bool = True
    foreign: bool = False
    hollow: bool = False
    unread: set[int] = field(default_factory=set)
    on_home: list[tuple[int, date | None, bool]] = field(default_factory=list)
    opened: set[int] = field(default_factory=set)
    listed: Listed = field(init=False)
    boxes: dict[int, Listed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.listed = Listed(self.observed)

    def called(self, name: str) -> None:
        """Take a name over where there is none yet."""
        self.name = self.name or " ".join(name.split())[:MAX_NAME]

    def add_home_row(self, row: Row) -> None:
        """Count a row of its block on the home page."""
        day = day_of(row, self.observed)
        if len(self.on_home) < MAX_HOME_ROWS:
            self.on_home.append((mark(row.target), day, row.pinned))
        if day is None:
            self.listed.wait_for(row)

    def add_headline(self, url: str) -> None:
        """Remember an article that its page shows outside of lists: it may be newer than their rows."""
        if len(self.listed.leading) < MAX_LEADING and url not in self.listed.leading:
            self.listed.leading.append(url[:MAX_URL])

    def add_box(self, box: int, rows: Sequence[Row]) -> bool:
        """Count the rows of a list of which it is unclear whose it is; whether ``box``, its signature, is new."""
        if box in self.boxes:
            return False
        listed = self.listed
        if len(self.boxes) < MAX_BOXES:
            listed = self.boxes[box] = Listed(self.observed)
        listed.add(rows)
        return True

    def expects(self, *marks: int) -> bool:
        """Whether a page is one that an undated row leads to."""
        return any(one in listed.waiting for listed in (self.listed, *self.boxes.values()) for one in marks)

    @property
    def pinned(self) -> set[int]:
        """The marks of what its lists pin."""
        return self.listed.pinned.union(*(one.pinned for one in self.boxes.values()))

    def speaking(self, is_shared: Callable[[int], bool]) -> list[Listed]:
        """The lists that speak for the column: its own, and those of which it is unclear unless others show them."""
        return [self.listed, *(one for box, one in self.boxes.items() if not is_shared(box))]

    def concluded(
        self,
        read: Read,
        listed: Sequence[Listed],
        *,
        look: Look,
        kind: str,
        doubtful: bool,
        parent: str,
        since: date | None,
        words: str,
        is_own: Callable[[str], bool],
    ) -> ColumnSeen:
        """The column by the lists that speak for it, with the articles that their undated rows lead to."""
        pinned = self.pinned
        declared = self.declared
        leading = [url for part in listed for url in part.leading]
        untold = [url for url in leading if not (url and mark(url) in read and read[mark(url)].day)]
        unopened = (url for part in listed for url in (*part.leading, *part.waiting.unopened(read, pinned)))
        rows = [part.tally.rows() for part in listed]
        name = (declared.name if declared else "") or self.name
        return ColumnSeen(
            name=name,
            url=(declared.url if declared else "") or self.url,
            level=declared.level if declared and declared.level is not None else self.level,
            kind=kind,
            parent=parent,
            declared=declared is not None,
            deadline_days=declared.deadline_days if declared else None,
            exempt=declared.exempt if declared else "",
            outside=self.outside,
            past=KINDS.is_past(name),
            look=look,
            rows=reduce(merged, rows),
            on_home=self._rows_on_home(pinned),
            articles=self._articles(read, listed, pinned),
            by_url=latest(part.by_url for part in listed),
            unopened=tuple(dict.fromkeys(url for url in unopened if url and mark(url) not in read))[:MAX_UNOPENED],
            source=self.source,
            since=since,
            leading=len(untold),
            leading_outside=sum(not (url and is_own(url)) for url in untold),
            veiled=self.veiled,
            obscure=self.hollow or (self.foreign and not self.listed.tally.rows().count),
            doubtful=doubtful,
            words=words,
        )

    def _rows_on_home(self, pinned: Collection[int]) -> Rows:
        """What its list pins is pinned on the home page too, whatever that shows."""
        tally = RowTally(self.observed)
        for one, day, is_pinned in self.on_home:
            tally.add(day, pinned=is_pinned or one in pinned)
        return tally.rows()

    def _articles(self, read: Read, listed: Sequence[Listed], pinned: Collection[int]) -> ArticleDates:
        """Its articles that were opened, and those that its undated rows lead to."""
        tally = ArticleTally(self.observed)
        for one in self.opened.union(*(part.waiting for part in listed)):
            if one in read:
                tally.add(read[one], pinned=one in pinned)
        return tally.dates()
