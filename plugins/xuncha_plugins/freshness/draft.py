"""A column while the crawl goes on: what its pages, its blocks on the home page and its articles have shown so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from xuncha.api import Column, Row
from xuncha_plugins.freshness.facts import ColumnSeen, ListSource, Look
from xuncha_plugins.freshness.kinds import KINDS
from xuncha_plugins.freshness.own import Own
from xuncha_plugins.freshness.tally import ArticleTally, Dated, RowTally, by_url, day_of, later
from xuncha_plugins.freshness.urls import MAX_URL, mark

MAX_WAITING = 30
"""Undated rows of a column that are remembered until their pages are seen."""

MAX_UNOPENED = 6
"""Of those nobody opened, so many are handed on."""

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
    by_url: date | None = None
    rows: RowTally = field(init=False)
    on_home: RowTally = field(init=False)
    articles: ArticleTally = field(init=False)
    waiting: Waiting = field(default_factory=Waiting)

    def __post_init__(self) -> None:
        self.rows, self.on_home = RowTally(self.observed), RowTally(self.observed)
        self.articles = ArticleTally(self.observed)

    def called(self, name: str) -> None:
        """Take a name over where there is none yet."""
        self.name = self.name or " ".join(name.split())[:MAX_NAME]

    def add_row(self, row: Row, *, on_home: bool = False) -> None:
        """Count a row of the column's list, or of its block on the home page."""
        day = day_of(row, self.observed)
        (self.on_home if on_home else self.rows).add(day, pinned=row.pinned)
        if day is None:
            self.waiting.add(row.target)
            self.by_url = later(self.by_url, by_url(row.target, self.observed))

    def concluded(self, read: Read, look: Look, kind: str, parent: str, since: date | None) -> ColumnSeen:
        """The column, with the articles that its undated rows lead to."""
        for one in self.waiting:
            if one in read:
                self.articles.add(read[one])
        declared = self.declared
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
            rows=self.rows.rows(),
            on_home=self.on_home.rows(),
            articles=self.articles.dates(),
            by_url=self.by_url,
            unopened=self.waiting.unopened(read),
            source=self.source,
            since=since,
        )
