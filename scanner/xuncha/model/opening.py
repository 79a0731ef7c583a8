"""What one attempt to open a page tells of it: it opened, it was closed, or nothing can be said. Pure."""

from enum import StrEnum
from typing import Protocol

from xuncha.model.reasons import Reason

REFUSALS = frozenset({401, 403, 405, 406, 407, 412, 418, 444, 451, 463, 499, 521})
"""Statuses by which firewalls turn programs and foreign addresses away: they may be meant for us alone."""

CLOSED = frozenset((
    Reason.NO_SUCH_NAME, Reason.REFUSED, Reason.RESET, Reason.TIMEOUT, Reason.TLS_FAILED, Reason.NOT_TLS,
    Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT,
))  # fmt: skip
"""What keeps a citizen out as it keeps us out, as far as can be told from one place."""

_TOO_MANY = 429


class State(StrEnum):
    """What one attempt tells of the page."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Attempt(Protocol):
    """One attempt. ``status`` 0: no answer came, for ``reason``; the others are ids of signatures that it matched."""

    @property
    def status(self) -> int: ...
    @property
    def reason(self) -> Reason | None: ...
    @property
    def challenge(self) -> str: ...
    @property
    def filing_block(self) -> str: ...


def opened(attempt: Attempt) -> bool:
    """Whether the site's own page came."""
    hindered = attempt.reason or attempt.challenge or attempt.filing_block
    return not hindered and 200 <= attempt.status < 300  # noqa: PLR2004 - HTTP success


def state(attempt: Attempt) -> State:
    """What an attempt tells; a challenge, a block page and our own troubles tell nothing."""
    if opened(attempt):
        return State.OPEN
    return State.UNKNOWN if hindrance(attempt) else State.CLOSED


def hindrance(attempt: Attempt) -> Reason | None:
    """Why an attempt that did not succeed tells nothing about the page; None where it does."""
    if attempt.filing_block:
        return Reason.FILING_BLOCK
    if attempt.challenge:
        return Reason.CHALLENGED
    if attempt.reason is Reason.UNREACHABLE:
        return Reason.VANTAGE_UNFIT
    if attempt.reason:
        return None if attempt.reason in CLOSED else attempt.reason
    return turned_away(attempt.status)


def turned_away(status: int) -> Reason | None:
    """Why an HTTP status may be meant for us alone; None where every visitor would get it."""
    if status == _TOO_MANY:
        return Reason.RATE_LIMITED
    return Reason.VANTAGE_UNFIT if status in REFUSALS else None
