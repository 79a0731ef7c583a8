"""What a visit proves. One bad moment is no closed site: a failure counts only when it lasted. Pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

from xuncha.api import PageRecord, Reason
from xuncha_plugins.availability.facts import Visit

GONE = frozenset({404, 410})

REFUSALS = frozenset({401, 403, 405, 406, 407, 412, 418, 444, 451, 463, 499, 521})
"""Statuses by which firewalls turn programs and foreign addresses away: they may be meant for us alone."""

_TOO_MANY = 429
_ERRORS = 400

CLOSED = frozenset((
    Reason.NO_SUCH_NAME, Reason.REFUSED, Reason.RESET, Reason.TIMEOUT, Reason.TLS_FAILED, Reason.NOT_TLS,
    Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT,
))  # fmt: skip
"""What keeps a citizen out as it keeps us out, as far as can be told from one place."""

_SEEN_ALL_THE_SAME = frozenset({
    Reason.OUT_OF_SCOPE, Reason.TOO_LARGE, Reason.PAGE_UNREADABLE, Reason.STATE_SECRET_MARK, Reason.NEEDS_BROWSER
})  # fmt: skip


class State(StrEnum):
    """What one attempt tells of the page."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def state(visit: Visit) -> State:
    """What a visit tells; a challenge, a block page and our own troubles tell nothing."""
    if visit.opened:
        return State.OPEN
    return State.UNKNOWN if hindrance(visit) else State.CLOSED


def hindrance(visit: Visit) -> Reason | None:
    """Why a visit that did not open tells nothing about the page; None where it does."""
    if visit.filing_block:
        return Reason.FILING_BLOCK
    if visit.challenge:
        return Reason.CHALLENGED
    if visit.reason is Reason.UNREACHABLE:
        return Reason.VANTAGE_UNFIT
    if visit.reason:
        return None if visit.reason in CLOSED else visit.reason
    return _turned_away(visit.status)


def _turned_away(status: int) -> Reason | None:
    if status == _TOO_MANY:
        return Reason.RATE_LIMITED
    return Reason.VANTAGE_UNFIT if status in REFUSALS else None


def recorded(record: PageRecord) -> State:
    """What the crawl tells of a page. Only an HTTP error is certain: a cut line may be our own or a firewall's."""
    if record.problem is not None:
        return State.OPEN if record.status and record.problem in _SEEN_ALL_THE_SAME else State.UNKNOWN
    if record.status < _ERRORS:
        return State.OPEN if record.status else State.UNKNOWN
    return State.UNKNOWN if _turned_away(record.status) or record.challenge else State.CLOSED


def failing_streak(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits since the page last opened, oldest first."""
    streak: list[Visit] = []
    for visit in reversed(visits):
        if state(visit) is State.OPEN:
            break
        streak.append(visit)
    return tuple(reversed(streak))


def spaced(visits: Iterable[Visit], hours: float) -> list[Visit]:
    """As many of the visits (oldest first) as lie at least ``hours`` apart."""
    kept: list[Visit] = []
    for visit in visits:
        if not kept or visit.moment - kept[-1].moment >= timedelta(hours=hours):
            kept.append(visit)
    return kept
