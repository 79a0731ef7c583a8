"""What a visit proves. One bad moment is no closed site: a failure counts only when it lasted. Pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from xuncha.api import PageRecord, Reason, State, state, turned_away
from xuncha_plugins.availability.facts import Visit

GONE = frozenset({404, 410})

_ERRORS = 400

_SEEN_ALL_THE_SAME = frozenset({
    Reason.OUT_OF_SCOPE, Reason.TOO_LARGE, Reason.PAGE_UNREADABLE, Reason.STATE_SECRET_MARK, Reason.NEEDS_BROWSER
})  # fmt: skip


def recorded(record: PageRecord) -> State:
    """What the crawl tells of a page. Only an HTTP error is certain: a cut line may be our own or a firewall's."""
    if record.problem is not None:
        return State.OPEN if record.status and record.problem in _SEEN_ALL_THE_SAME else State.UNKNOWN
    if record.status < _ERRORS:
        return State.OPEN if record.status else State.UNKNOWN
    return State.UNKNOWN if turned_away(record.status) or record.challenge else State.CLOSED


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
