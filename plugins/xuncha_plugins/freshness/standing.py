"""How a column stands, once everything that is known of it is put together. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from xuncha.api import Coverage, Crawl, Gap
from xuncha_plugins.freshness.facts import (
    ArticleDates,
    Columns,
    ColumnSeen,
    ListRead,
    Look,
    OpenedArticles,
    Rows,
    ScriptedLists,
)
from xuncha_plugins.freshness.kinds import KINDS, DeadlineClass
from xuncha_plugins.freshness.tally import both, latest, merged

ENOUGH_ARTICLES = 3
"""Before a column is called undated so many of its articles were opened, or all that it lists."""

DEEP_ENOUGH = 3
"""A crawl goes level by level: once it reached this one, every page of the levels where columns lie was opened."""

MAX_ABOVE = 10


class State(StrEnum):
    """What can be said of a column, leaving its deadline aside."""

    DATED = "dated"
    UNDATED = "undated"
    BLANK = "blank"
    WORDS = "words"
    NOTICE = "notice"
    SCANT = "scant"
    WRITTEN = "written"
    LAWS = "laws"
    UNKNOWN = "unknown"
    NEEDS_BROWSER = "needs-browser"


UNTOLD = frozenset({State.UNKNOWN, State.NEEDS_BROWSER})
COLLECTED = 0.6
"""A column in which laws and rules are such a share of the rows is a collection of them."""


class Age(StrEnum):
    """What can be said of a column against its deadline.

    ``PINNED``: only something pinned is recent; ``FAINT``: it seems overdue, but no list and no article says so;
    ``REPORTED``: it is blank or undated, which other checks tell, and nothing is known of its age.
    """

    FRESH = "fresh"
    OVERDUE = "overdue"
    PINNED = "pinned"
    FAINT = "faint"
    REPORTED = "reported"
    UNKNOWN = "unknown"
    NEEDS_BROWSER = "needs-browser"


@dataclass(frozen=True, slots=True)
class Standing:
    """A column with its state.

    ``newest`` is the newest date that anything showed, ``unpinned`` leaves pinned rows aside, ``firm`` is what dated
    rows of its own lists and opened articles say. ``hidden`` is set where something that could be newer was not seen.
    ``in_url`` tells that articles have a date in their URL and show none.
    """

    column: ColumnSeen
    state: State
    newest: date | None = None
    unpinned: date | None = None
    firm: date | None = None
    hidden: State | None = None
    rows: int = 0
    laws: int = 0
    articles: int = 0
    in_url: bool = False

    @property
    def collects(self) -> bool:
        """Whether its rows are the titles of laws and rules."""
        return self.laws >= COLLECTED * max(self.rows, 1)

    @property
    def deadline(self) -> DeadlineClass:
        """The class of its deadline; empty where its kind has none."""
        return KINDS.deadlines.get(self.column.kind, "")

    def age(self, observed: date, days: int) -> Age:
        """How it stands against a deadline of so many days."""
        since = observed - timedelta(days=days)
        if self.unpinned and self.unpinned >= since:
            return Age.FRESH
        if self.newest and self.newest >= since:
            return Age.PINNED
        if self.state in UNTOLD or self.hidden:
            return Age((self.hidden or self.state).value)
        if self.newest is None:
            return Age.UNKNOWN if self.state in _SILENT else Age.REPORTED
        return Age.OVERDUE if self.firm else Age.FAINT


class Standings:
    """The standings of all columns of a site."""

    def __init__(self, columns: Columns, lists: ScriptedLists | Gap, opened: OpenedArticles | Gap) -> None:
        self.columns = columns
        self._lists = {} if isinstance(lists, Gap) else {one.url: one for one in lists.lists}
        self._opened = {} if isinstance(opened, Gap) else {one.url: one.dates for one in opened.articles}
        alone = {column.url: self._alone(column) for column in columns.columns}
        below = _below(columns.columns)
        self.all = tuple(_with(one, [alone[url] for url in below.get(one.column.url, ())]) for one in alone.values())

    def judged(self) -> Iterator[Standing]:
        """Without other websites, archives, closed topics and what the inventory exempts."""
        for one in self.all:
            column = one.column
            if not (column.outside or column.exempt or column.past):
                yield one

    def home_articles(self) -> ArticleDates:
        """What the articles said that were opened for the home page."""
        home = self.columns.home
        return self._opened.get(home.url, ArticleDates()) if home else ArticleDates()

    def _alone(self, column: ColumnSeen) -> Standing:
        listed = self._lists.get(column.url)
        opened = self._opened.get(column.url, ArticleDates())
        articles = both(column.articles, opened)
        return _standing(column, listed, articles, opened)


def _standing(column: ColumnSeen, listed: ListRead | None, articles: ArticleDates, opened: ArticleDates) -> Standing:
    rows = listed.rows if listed and not listed.further else _both_rows(column.rows, listed)
    look = Look.ROWS if listed else column.look
    by_url = latest((column.by_url, listed.by_url if listed else None))
    firm = latest((rows.newest, articles.newest))
    unpinned = latest((firm, column.on_home.newest, articles.guessed, by_url))
    if rows.pinned == rows.count:  # so nothing else is there that could be newer
        firm = latest((firm, rows.pinned_newest, articles.pinned_newest))
    newest = latest((unpinned, rows.pinned_newest, column.on_home.pinned_newest, articles.pinned_newest))
    state = _state(look, rows, articles, newest, veiled=column.veiled)
    shown = rows.dated or articles.visible or articles.guessed or column.on_home.dated
    return Standing(
        column,
        state,
        newest,
        unpinned,
        firm,
        _HIDDEN.get(look) or _hidden_above(column, opened),
        rows.count,
        rows.laws,
        articles.opened,
        in_url=state is State.DATED and not shown and articles.opened >= min(ENOUGH_ARTICLES, max(rows.count, 1)),
    )


def _hidden_above(column: ColumnSeen, opened: ArticleDates) -> State | None:
    """What may be newer: an empty list, and undated rows above the dated ones, unless their articles tell."""
    if column.obscure:
        return State.NEEDS_BROWSER
    told = not column.leading_outside and opened.dated >= min(column.leading, ENOUGH_ARTICLES)
    return None if told else State.UNKNOWN


_HIDDEN = {Look.UNREAD: State.UNKNOWN, Look.SCRIPTED: State.NEEDS_BROWSER}


def _both_rows(rows: Rows, listed: ListRead | None) -> Rows:
    return merged(rows, listed.rows) if listed else rows


def _state(look: Look, rows: Rows, articles: ArticleDates, newest: date | None, *, veiled: bool) -> State:
    if newest or rows.dated or articles.dated:
        return State.DATED
    return _without_date(rows, articles, veiled=veiled) if look is Look.ROWS else _BY_LOOK[look]


def _without_date(rows: Rows, articles: ArticleDates, *, veiled: bool) -> State:
    """How a column stands whose rows have no date, by what its articles say instead."""
    if articles.opened < min(ENOUGH_ARTICLES, max(rows.count - rows.pinned, 1)):
        return State.UNKNOWN
    if veiled or articles.veiled:
        return State.NEEDS_BROWSER
    if rows.laws >= COLLECTED * rows.count:
        return State.LAWS
    return State.WRITTEN if articles.written else State.UNDATED


_BY_LOOK = {
    Look.UNREAD: State.UNKNOWN,
    Look.SCRIPTED: State.NEEDS_BROWSER,
    Look.BLANK: State.BLANK,
    Look.WORDS: State.WORDS,
    Look.NOTICE: State.NOTICE,
    Look.SCANT: State.SCANT,
}
_SILENT = frozenset({State.WORDS, State.NOTICE, State.SCANT})
"""What tells nothing of a column's age, and is no fault that another check tells."""


def _below(columns: Iterable[ColumnSeen]) -> dict[str, list[str]]:
    """All columns below each, by URL."""
    every = list(columns)
    parents = {one.url: one.parent for one in every}
    found: dict[str, list[str]] = {}
    for one in every:
        above, met = one.parent, {one.url}
        while above in parents and above not in met and len(met) < MAX_ABOVE:
            found.setdefault(above, []).append(one.url)
            met.add(above)
            above = parents[above]
    return found


def _with(one: Standing, below: list[Standing]) -> Standing:
    """A channel is as fresh as the freshest column below it; where one of those was not seen, something is hidden."""
    if not below:
        return one
    every = [one, *below]
    hidden = next((other.hidden for other in every if other.hidden), None)
    newest = latest(other.newest for other in every)
    if newest is None:
        state = State.WORDS if one.state in (State.BLANK, State.NOTICE) else one.state
        return replace(one, state=state, hidden=hidden)
    return replace(
        one,
        state=State.DATED,
        newest=newest,
        unpinned=latest(other.unpinned for other in every),
        firm=latest(other.firm for other in every),
        hidden=hidden,
    )


def told_share(told: int, every: int, columns: Columns, crawl: Crawl) -> Coverage:
    """Columns that something could be said of. What lies beyond the end of a crawl that was cut short is unknown."""
    if crawl.complete or columns.depth >= DEEP_ENOUGH:
        complete = crawl.complete and told == every and columns.complete
        return Coverage(max(told, 0 if every else 1), max(every, 1), complete)
    opened = sum(page.opened for page in crawl.pages)
    unseen = max(every, 1) * max(crawl.known - opened, 0) // max(opened, 1)
    return Coverage(told, every + unseen + 1, complete=False)
