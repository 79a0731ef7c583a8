"""The home page shows something new within two weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    Gap,
    PageLocator,
    Params,
    Reason,
    Site,
    Unsure,
    ask,
    check,
    finding,
    unsure,
)
from xuncha_plugins.freshness.facts import Columns, HomeSeen, OpenedArticles, ScriptedLists
from xuncha_plugins.freshness.hindrance import hindrance
from xuncha_plugins.freshness.standing import UNTOLD, Standings
from xuncha_plugins.freshness.tally import latest

Said = Finding | Ask | Unsure | Coverage


class HomeParams(Params):
    """``days`` without anything new on the home page."""

    days: int = Field(default=14, ge=1)


@check("freshness.home-updated", params=HomeParams)
def home_updated(
    site: Site,
    columns: Columns,
    lists: ScriptedLists | Gap,
    opened: OpenedArticles | Gap,
    crawl: Crawl,
    params: HomeParams,
) -> Iterator[Said]:
    """Within two weeks the home page had something new; if it only leads on, all pages of the second level.

    (2019 indicators, veto 首页不更新.) Something new is enough to pass. That nothing is new is said only where
    everything that could be new was read.
    """
    home = columns.home
    if home is None:
        yield unsure(hindrance(crawl))
        return
    standings = Standings(columns, lists, opened)
    only_leads_on = site.navigation_home or not (home.gathers or home.scripted)
    newest, pinned = _newest(home, standings, only_leads_on=only_leads_on)
    since = columns.observed - timedelta(days=params.days)
    if newest and newest >= since:
        yield Coverage(1, 1, complete=True)
    elif pinned and pinned >= since:
        yield ask(PageLocator(home.url, 0), "only-pinned", pinned=pinned, limit=params.days)
    elif reason := _unread(home, standings, only_leads_on=only_leads_on):
        yield unsure(reason)
    elif newest is None:
        yield ask(PageLocator(home.url, 0), "undated", limit=params.days)
    else:
        key = "second-level-stale" if only_leads_on else "stale"
        days = (columns.observed - newest).days
        yield finding(PageLocator(home.url, 0), key, newest=newest, days=days, limit=params.days)


def _newest(home: HomeSeen, standings: Standings, *, only_leads_on: bool) -> tuple[date | None, date | None]:
    """The newest date, and the newest of what is pinned."""
    opened = standings.home_articles()
    newest = latest((home.newest, opened.newest, opened.guessed))
    if not only_leads_on:
        return newest, home.pinned
    below = latest((newest, home.second_level, *(one.unpinned for one in standings.all)))
    return below, latest((home.pinned, *(one.newest for one in standings.all)))


def _unread(home: HomeSeen, standings: Standings, *, only_leads_on: bool) -> Reason | None:
    """Why something new could have been overlooked; None where it could not."""
    if home.scripted:
        return Reason.NEEDS_BROWSER
    if home.unread:
        return Reason.TOO_FEW_PAGES
    if only_leads_on:
        untold = any(one.state in UNTOLD or one.hidden for one in standings.judged())
        return Reason.TOO_FEW_PAGES if untold or not home.second_pages or home.second_undated else None
    opened = standings.home_articles().opened
    return Reason.TOO_FEW_PAGES if home.undated > opened and not _enough(home, opened) else None


def _enough(home: HomeSeen, opened: int) -> bool:
    """Whether the undated rows of the home page were looked into: each list shows its newest first."""
    return opened >= min(len(home.unopened), 3)
