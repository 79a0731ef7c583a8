"""Columns against their deadlines; blank columns; columns whose articles bear no date. One finding per column."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypedDict

from pydantic import Field

from xuncha.api import (
    Ask,
    ColumnLocator,
    Coverage,
    Crawl,
    Finding,
    Gap,
    NotApplicable,
    Params,
    Reason,
    SiteLocator,
    Unsure,
    ask,
    check,
    finding,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.freshness.facts import Columns, OpenedArticles, ScriptedLists
from xuncha_plugins.freshness.hindrance import hindrance
from xuncha_plugins.freshness.kinds import KINDS, DeadlineClass
from xuncha_plugins.freshness.standing import UNTOLD, Age, Standing, Standings, State, told_share
from xuncha_plugins.freshness.urls import column_key

Said = Finding | Ask | Unsure | NotApplicable | Coverage
FIRST_LEVEL = 1
TOO_SCRIPTED = 0.2
"""From this share of columns on that only a browser shows, nothing is said of them all."""

NAMED = 5
"""Columns that are named as examples."""

YOUNG = 365
"""A column that appeared less than so many days ago may still be filled."""


class FirstLevelParams(Params):
    """``days`` without anything new in a first-level column."""

    days: int = Field(ge=1)


class NewsParams(FirstLevelParams):
    """Columns of news: two weeks."""

    days: int = Field(default=14, ge=1)


class NoticeParams(FirstLevelParams):
    """Columns of notices or policy: 184 days are the longest six months."""

    days: int = Field(default=184, ge=1)


class OverdueParams(Params):
    """``days`` without anything new in the other columns of news, notices, policy, personnel and plans.

    ``other_days``: in those of finance, projects and statistics, for which only products set a deadline.
    """

    days: int = Field(default=366, ge=1)
    other_days: int = Field(default=366, ge=1)


def _first_level(check_id: str, deadline: DeadlineClass, kind: type[FirstLevelParams]) -> Callable[..., Iterator[Said]]:
    """A check that first-level columns with this deadline had something new in time."""

    def in_time(
        columns: Columns,
        lists: ScriptedLists | Gap,
        opened: OpenedArticles | Gap,
        crawl: Crawl,
        params: FirstLevelParams,
    ) -> Iterator[Said]:
        standings = Standings(columns, lists, opened)
        judged = [one for one in standings.judged() if _is_first(one)]
        limits = [(one, _limit(one, params.days)) for one in judged if one.deadline == deadline]
        if limits:
            yield from _overdue(limits, columns, crawl)
        elif any(one.column.outside and one.deadline == deadline for one in standings.all if _is_first(one)):
            yield not_applicable(Reason.LINKED_PLATFORM)
        else:
            yield from _none(judged, columns, crawl)

    return check(check_id, params=kind)(in_time)


news_columns = _first_level("freshness.news-columns", "news", NewsParams)
"""Something new within two weeks (2019 indicators, veto 栏目不更新 ①)."""

notice_columns = _first_level("freshness.notice-columns", "notice", NoticeParams)
"""Something new within six months (the same veto)."""


@check("freshness.overdue-columns", params=OverdueParams)
def overdue_columns(
    columns: Columns, lists: ScriptedLists | Gap, opened: OpenedArticles | Gap, crawl: Crawl, params: OverdueParams
) -> Iterator[Said]:
    """Columns that ought to be updated were, within a year or what the inventory says (veto 栏目不更新 ②)."""
    judged = list(Standings(columns, lists, opened).judged())
    limits = [*_should_update(judged, params)]
    yield from _overdue(limits, columns, crawl, reported=State.DATED) if limits else _none(judged, columns, crawl)


def _should_update(judged: list[Standing], params: OverdueParams) -> Iterator[tuple[Standing, int]]:
    """The columns that the two checks above leave, with the days that they have."""
    for one in judged:
        if _is_first(one) and one.deadline in ("news", "notice"):
            continue
        if one.deadline == "other-yearly":
            yield one, _limit(one, params.other_days)
        elif one.deadline or one.column.deadline_days:
            yield one, _limit(one, params.days)


def _is_first(one: Standing) -> bool:
    return one.column.level == FIRST_LEVEL


def _limit(one: Standing, days: int) -> int:
    """The days that the inventory declares win over those of the kind."""
    return one.column.deadline_days or days


def _overdue(
    limits: list[tuple[Standing, int]], columns: Columns, crawl: Crawl, *, reported: State = State.UNKNOWN
) -> Iterator[Said]:
    """Judge columns against their days; ``reported`` is what blank and undated ones count as.

    A first-level column without a row is not in time; among the many others these are few, and other checks tell.
    """
    ages = [one.age(columns.observed, days) for one, days in limits]
    for (one, days), age in zip(limits, ages, strict=True):
        if one.state is not State.BLANK and one.newest:
            yield from _said(one, days, age, columns)
    states = {**_STATES, Age.REPORTED: reported}
    yield from _told([states.get(age, State.DATED) for age in ages], columns, crawl)


_STATES = {Age.UNKNOWN: State.UNKNOWN, Age.NEEDS_BROWSER: State.NEEDS_BROWSER}
_ASKED = {Age.PINNED: "only-pinned", Age.FAINT: "unclear"}


def _doubt(one: Standing, days: int, columns: Columns) -> str:
    """Why a column that seems overdue is asked about rather than charged; empty where nothing speaks for it."""
    if _is_young(one, days, columns):
        return "young"
    if one.collects:
        return "collection"
    return "kind-unclear" if one.column.doubtful and not one.column.deadline_days else ""


def _is_young(one: Standing, days: int, columns: Columns) -> bool:
    """Whether a column is younger than so many days, as far as earlier runs tell."""
    since = one.column.since
    return since is not None and (columns.observed - since).days < days


class _About(TypedDict):
    name: str
    newest: date
    days: int
    limit: int


def _said(one: Standing, days: int, age: Age, columns: Columns) -> Iterator[Said]:
    newest = one.unpinned or one.newest
    if newest is None:
        return
    about = _About(name=_name(one), newest=newest, days=(columns.observed - newest).days, limit=days)
    if age is Age.OVERDUE and (doubt := _doubt(one, days, columns)):
        yield ask(_at(one), doubt, **about)
    elif age is Age.OVERDUE:
        yield finding(_at(one), "overdue", unverified=one.deadline == "other-yearly", **about)
    elif age in _ASKED:
        yield ask(_at(one), _ASKED[age], **about)


def _none(judged: list[Standing], columns: Columns, crawl: Crawl) -> Iterator[Said]:
    """No column of that kind was met: there is none, if the navigation could be read and every name told a kind."""
    if not columns.navigation:
        scripted = columns.home is not None and columns.home.scripted
        yield unsure(Reason.NEEDS_BROWSER if scripted else hindrance(crawl))
    elif untold := [one for one in judged if _may_publish(one) and not _is_home(one, columns)]:
        names = "、".join(f"“{_name(one)}”" for one in untold[:NAMED])
        yield ask(SiteLocator(), "kind-unknown", distinct="kind-unknown", count=len(untold), names=names)
    else:
        yield not_applicable(Reason.NOT_OFFERED)


def _is_home(one: Standing, columns: Columns) -> bool:
    """Whether it is the home page under another name, to which breadcrumbs and entries lead."""
    return columns.home is not None and column_key(one.column.url) == column_key(columns.home.url)


def _may_publish(one: Standing) -> bool:
    """Whether a column without a known kind lists what it publishes, as far as anybody saw."""
    listing = one.rows > 0 or one.state in UNTOLD
    return listing and not one.column.kind and KINDS.is_open(one.column.name)


def _told(states: list[State], columns: Columns, crawl: Crawl) -> Iterator[Said]:
    """How many columns something could be said of, and why too few, if so."""
    scripted = sum(state is State.NEEDS_BROWSER for state in states)
    told = sum(state not in UNTOLD for state in states)
    coverage = told_share(told, len(states), columns, crawl)
    if scripted > TOO_SCRIPTED * len(states):
        yield unsure(Reason.NEEDS_BROWSER, coverage=coverage)
    yield coverage


@check("freshness.blank-columns")
def blank_columns(
    columns: Columns, lists: ScriptedLists | Gap, opened: OpenedArticles | Gap, crawl: Crawl
) -> Iterator[Said]:
    """No column is blank (veto 栏目不更新 ③), as far as the server sends what it holds."""
    judged = list(Standings(columns, lists, opened).judged())
    if not judged:
        yield from _none(judged, columns, crawl)
        return
    for one in judged:
        if one.state is State.BLANK:
            yield _blank(one, young=_is_young(one, YOUNG, columns))
        elif one.state is State.NOTICE:
            yield ask(_at(one), "notice", name=_name(one))
        elif one.state is State.SCANT:
            yield ask(_at(one), "scant", name=_name(one), words=one.column.words)
    yield from _told([State.WORDS if one.rows else one.state for one in judged], columns, crawl)


def _blank(one: Standing, *, young: bool) -> Finding | Ask:
    if young:
        return ask(_at(one), "new", name=_name(one))
    if one.column.words:
        return finding(_at(one), "says-nothing", name=_name(one), words=one.column.words)
    return finding(_at(one), "blank", name=_name(one))


@check("freshness.undated-columns")
def undated_columns(
    columns: Columns, lists: ScriptedLists | Gap, opened: OpenedArticles | Gap, crawl: Crawl
) -> Iterator[Said]:
    """What a column publishes shows when it was published."""
    every = list(Standings(columns, lists, opened).judged())
    judged = [one for one in every if one.deadline or one.column.deadline_days]
    if not judged:
        yield from _none(every, columns, crawl)
        return
    for one in judged:
        if one.state is State.UNDATED and not one.column.doubtful:
            yield finding(_at(one), "undated", name=_name(one), rows=one.rows, articles=one.articles)
        elif one.state in _ASKED_UNDATED:
            yield ask(_at(one), "collection", name=_name(one), rows=one.rows)
        elif one.state is State.WRITTEN:
            yield warning(_at(one), "only-written", name=_name(one), articles=one.articles)
        elif one.in_url:
            yield warning(_at(one), "only-in-url", name=_name(one), articles=one.articles)
    yield from _told([one.state for one in judged], columns, crawl)


_ASKED_UNDATED = frozenset({State.UNDATED, State.LAWS})


def _at(one: Standing) -> ColumnLocator:
    return ColumnLocator(_name(one), one.column.url)


def _name(one: Standing) -> str:
    return one.column.name or "—"
