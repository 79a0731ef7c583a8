"""Checks of the entry: it opens, it opened in the sampled week, and no provider blocks it for want of filing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pydantic import Field

from xuncha.api import (
    Coverage,
    Crawl,
    Finding,
    Gap,
    PageLocator,
    PageRecord,
    Params,
    Reason,
    Share,
    State,
    Unsure,
    Url,
    check,
    finding,
    hindrance,
    state,
    unsure,
    warning,
)
from xuncha_plugins.availability.facts import HomeVisits, Visit
from xuncha_plugins.availability.verdicts import failing_streak, spaced
from xuncha_plugins.availability.visiting import filing_block

Said = Finding | Unsure | Coverage

_ANSWERED = Coverage(seen=1, known=1, complete=True)
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_BLOCKS = frozenset({"aliyun", "tencent"})
"""Signatures that speak of the filing beyond doubt; the others leave the cause to be verified."""

_PROVIDERS = frozenset({*_BLOCKS, "aliyun-front", "ucloud"})

_MESSAGES = {
    Reason.NO_SUCH_NAME: "no-such-name",
    Reason.REFUSED: "refused",
    Reason.RESET: "reset",
    Reason.TIMEOUT: "timeout",
    Reason.TLS_FAILED: "no-tls",
    Reason.NOT_TLS: "no-tls",
    Reason.TOO_MANY_REDIRECTS: "redirects",
    Reason.BAD_REDIRECT: "redirects",
}

_NOTICES = {"soft-404:default-page": "only-default", "soft-404:": "only-error", "parked-domain:": "only-parked"}
"""Which message tells of the notice with this mark; the particular before the general."""


class LastingParams(Params):
    """A page is closed when so many ``tries``, at least ``hours`` apart, all failed."""

    tries: int = Field(default=3, ge=2, le=20)
    hours: float = Field(default=2.0, gt=0, le=48)


@check("availability.home-opens", params=LastingParams)
def home_opens(home: HomeVisits, crawl: Crawl | Gap, params: LastingParams) -> Iterator[Said]:
    """The home page opens. One bad moment is a hint; only failures that last are a finding.

    A page that came may still be none: a notice in its place is a hint, and what can't be read proves nothing.
    """
    yield _ANSWERED
    streak = failing_streak(home.history)
    if not home.visits:
        yield unsure(Reason.TOO_FEW_VISITS)
    elif streak:
        yield _closed(home, streak, params)
    else:
        front = None if isinstance(crawl, Gap) or not crawl.pages else crawl.pages[0]
        yield from _opened(home.visits[-1], front)


def _opened(visit: Visit, front: PageRecord | None) -> Iterator[Said]:
    """What is wrong with the home page though it came; ``front`` is what the crawl read of it."""
    if visit.notice:
        key = next((key for mark, key in _NOTICES.items() if visit.notice.startswith(mark)), "only-notice")
        yield warning(PageLocator(visit.url, 0), key, url=Url(visit.url), moment=visit.moment)
    elif front and (front.problem is Reason.PAGE_UNREADABLE or (front.opened and not _is_page(front))):
        yield unsure(Reason.PAGE_UNREADABLE)
    elif front and front.opened and not front.bytes:
        yield warning(PageLocator(visit.url, 0), "only-blank", url=Url(visit.url), moment=visit.moment)


def _is_page(front: PageRecord) -> bool:
    """Whether a browser would show it; what has no type at all may be anything."""
    return front.media_type.startswith("text/") or "xml" in front.media_type


def _closed(home: HomeVisits, streak: Sequence[Visit], params: LastingParams) -> Said:
    reason = _cannot_tell(home, streak)
    if reason:
        return unsure(reason)
    place = PageLocator(home.url, 0)
    tries = spaced([visit for visit in streak if state(visit) is State.CLOSED], params.hours)
    if len(tries) >= params.tries:
        first, last = tries[0].moment, tries[-1].moment
        return finding(place, "lasting", url=Url(home.url), count=len(tries), first=first, last=last)
    return _for_now(place, failing_streak(home.visits))


def _cannot_tell(home: HomeVisits, streak: Sequence[Visit]) -> Reason | None:
    """Why the failures may not be the site's: it kept us out once, the last trouble was ours, or we are nowhere."""
    if any(aside.filing_block for aside in home.asides):
        return Reason.FILING_BLOCK
    kept_out = (hindrance(visit) for visit in streak if not visit.reason)
    reason = next(filter(None, kept_out), None) or hindrance(streak[-1])
    return reason or (Reason.VANTAGE_UNFIT if home.names_resolve is False else None)


def _for_now(place: PageLocator, streak: Sequence[Visit]) -> Finding:
    last = streak[-1]
    say = partial(warning, place, url=Url(place.url), count=len(streak), moment=last.moment)
    return say(_MESSAGES[last.reason]) if last.reason else say("status", status=str(last.status))


_APART = 1 / 12
"""Hours that lie between two samples at least: the rule wants spaced visits, and the tries of one run are one."""


class SampledParams(Params):
    """A visit is late when the page was not open after ``seconds``; see the 2019 indicators.

    Late visits may make up less than ``share`` of all on ``days`` days in a row with at least ``per_day`` visits each.
    """

    days: int = Field(default=7, ge=1, le=31)
    per_day: int = Field(default=20, ge=1, le=1440)
    seconds: float = Field(default=15.0, gt=0, le=120)
    share: float = Field(default=0.05, gt=0, le=1)


@check("availability.home-sampled", params=SampledParams)
def home_sampled(home: HomeVisits, params: SampledParams) -> Iterator[Said]:
    """Sampled over a week, the home page opens in time. Visits that tell nothing about the site are left out."""
    telling = spaced((visit for visit in home.history if state(visit) is not State.UNKNOWN), _APART)
    week = _sampled(telling, params)
    if not week:
        yield unsure(Reason.TOO_FEW_VISITS, have=len(telling), need=params.days * params.per_day)
        return
    yield Coverage(len(week), len(week), complete=True)
    late = [visit for visit in week if not visit.opened or visit.seconds >= params.seconds]
    if len(late) >= params.share * len(week):
        yield finding(
            PageLocator(home.url, 0),
            "too-often",
            late=len(late),
            total=len(week),
            share=Share(len(late) / len(week)),
            most=Share(params.share),
            patience=timedelta(seconds=params.seconds),
            first=_day(week[0]),
            last=_day(week[-1]),
        )


def _sampled(visits: Sequence[Visit], params: SampledParams) -> list[Visit]:
    """The visits of the newest ``days`` days in a row that all have enough of them; none where there are no such."""
    counts = Counter(map(_day, visits))
    enough = {day for day, count in counts.items() if count >= params.per_day}
    for newest in sorted(enough, reverse=True):
        days = {newest - timedelta(days=back) for back in range(params.days)}
        if days <= enough:
            return [visit for visit in visits if _day(visit) in days]
    return []


def _day(visit: Visit) -> date:
    return visit.moment.astimezone(_SHANGHAI).date()


@check("availability.filing-block")
def not_blocked(home: HomeVisits | Gap, crawl: Crawl | Gap) -> Iterator[Said]:
    """No provider shows its block page in place of the site."""
    yield _ANSWERED
    visits = () if isinstance(home, Gap) else (*home.visits, *home.asides)
    pages = () if isinstance(crawl, Gap) else crawl.pages[:1]
    blocked = {visit.filing_block: visit.url for visit in reversed(visits) if visit.filing_block}
    blocked |= {mark: page.url for page in pages if (mark := filing_block(page.marks))}
    if blocked:
        yield from _blocks(blocked)
    elif not visits:
        yield unsure(home.reason if isinstance(home, Gap) else Reason.TOO_FEW_VISITS)
    elif not any(visit.status and not visit.challenge for visit in visits):
        yield unsure(hindrance(visits[-1]) or visits[-1].reason or Reason.CHALLENGED)


def _blocks(blocked: dict[str, str]) -> Iterator[Finding]:
    """One finding for each signature; beside a certain one the vague ones say nothing new."""
    certain = blocked.keys() & _BLOCKS
    for mark in sorted(certain or blocked):
        place = PageLocator(blocked[mark], 0)
        key = mark if mark in _PROVIDERS else "other"
        say = finding if certain else warning
        yield say(place, key, distinct=mark, url=Url(place.url))
