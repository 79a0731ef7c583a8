"""A column while the crawl goes on: what its pages, its blocks on the home page and its articles have shown so far."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from xuncha.api import Column, Row
from xuncha_plugins.freshness.facts import ColumnSeen, ListSource, Look
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

    def unopened(self, read: Read) -> tuple[str, ...]:
        """Some of those that nobody has opened."""
        return tuple(url for one, url in self._urls.items() if one not in read)[:MAX_UNOPENED]


class Listed:
    """Rows that stand for a column, with the undated ones whose own pages may tell more.

    ``leading`` are the undated rows above the first dated one: something newer may hide there.
    """

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self.tally = RowTally(observed)
        self.waiting = Waiting()
        self.leading: list[str] = []
        self.by_url: date | None = None

    def add(self, rows: Sequence[Row]) -> None:
        """Count the rows of one list."""
        days = [day_of(row, self._observed) for row in rows]
        pairs = list(zip(rows, days, strict=True))
        first = next((at for at, (row, day) in enumerate(pairs) if day and not row.pinned), 0)
        for at, (row, day) in enumerate(pairs):
            self.tally.add(day, pinned=row.pinned, title=row.text)
            if day is None:
                self.waiting.add(row.target)
                self.by_url = later(self.by_url, by_url(row.target, self._observed))
                if at < first and not row.pinned and len(self.leading) < MAX_LEADING:
                    self.leading.append(row.target[:MAX_URL])


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
    on_home: RowTally = field(init=False)
    articles: ArticleTally = field(init=False)
    listed: Listed = field(init=False)
    boxes: dict[int, Listed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.on_home = RowTally(self.observed)
        self.articles = ArticleTally(self.observed)
        self.listed = Listed(self.observed)

    def called(self, name: str) -> None:
        """Take a name over where there is none yet."""
        self.name = self.name or " ".join(name.split())[:MAX_NAME]

    def add_home_row(self, row: Row) -> None:
        """Count a row of its block on the home page."""
        day = day_of(row, self.observed)
        self.on_home.add(day, pinned=row.pinned)
        if day is None:
            self.listed.waiting.add(row.target)
            self.listed.by_url = later(self.listed.by_url, by_url(row.target, self.observed))

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
        for one in dict.fromkeys(one for part in listed for one in part.waiting):
            if one in read:
                self.articles.add(read[one])
        declared = self.declared
        leading = [url for part in listed for url in part.leading]
        untold = [url for url in leading if not (url and mark(url) in read and read[mark(url)].day)]
        unopened = (url for part in listed for url in (*part.leading, *part.waiting.unopened(read)))
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
            on_home=self.on_home.rows(),
            articles=self.articles.dates(),
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
