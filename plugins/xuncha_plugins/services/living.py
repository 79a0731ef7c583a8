"""What visits to an address say together. Pure."""

from enum import StrEnum

from xuncha.api import Reason
from xuncha_plugins.services.entries import name_denied
from xuncha_plugins.services.facts import EntryAnswers, Visit

_GONE = frozenset({404, 410})
_SERVER_ERROR = 500
_ERROR = 400
_TWICE = 2
_MISSING_NOTES = ("soft-404:missing", "soft-404:number")
_SILENT = frozenset(
    {Reason.TIMEOUT, Reason.RESET, Reason.REFUSED, Reason.UNREACHABLE, Reason.NO_SUCH_NAME, Reason.DNS_FAILED}
)


class Life(StrEnum):
    """What all visits to an address say together."""

    ANSWERS = "answers"
    GONE = "gone"
    NO_SUCH_NAME = "no-such-name"
    SERVER_ERROR = "server-error"
    NO_ANSWER = "no-answer"
    INSIDE = "inside"
    OUT_OF_REACH = "out-of-reach"
    UNKNOWN = "unknown"


def life(url: str, answers: EntryAnswers, method: str = "GET") -> Life:
    """What the visits to ``url`` say; one that failed alone says nothing."""
    visits = [visit for visit in answers.visits if visit.url == url and visit.method == method]
    looks = [_look(visit) for visit in visits]
    if Life.ANSWERS in looks:
        return Life.ANSWERS
    if Life.INSIDE in looks:
        return Life.INSIDE
    if visits and all(visit.problem is Reason.NO_SUCH_NAME for visit in visits):
        return _denied(url, answers)
    same = len(looks) >= _TWICE and len(set(looks)) == 1
    return looks[0] if same else Life.UNKNOWN


def _denied(url: str, answers: EntryAnswers) -> Life:
    """A name is gone where our own network knows names outside; else it may be known to everybody else."""
    if not answers.outside_in_reach:
        return Life.OUT_OF_REACH
    return Life.NO_SUCH_NAME if name_denied(url, answers) else Life.NO_ANSWER


def _look(visit: Visit) -> Life:  # noqa: PLR0911 - one line per answer reads as the table it is
    if visit.problem is Reason.ADDRESS_FORBIDDEN:
        return Life.INSIDE
    if visit.problem is Reason.VANTAGE_UNFIT:
        return Life.OUT_OF_REACH
    if not visit.status:
        return Life.NO_ANSWER if visit.problem in _SILENT else Life.UNKNOWN
    if visit.challenge:
        return Life.UNKNOWN
    if visit.status >= _SERVER_ERROR:
        return Life.SERVER_ERROR
    if visit.status in _GONE or (visit.status < _ERROR and visit.notice.startswith(_MISSING_NOTES)):
        return Life.GONE
    if visit.status >= _ERROR or visit.notice:
        return Life.UNKNOWN
    return Life.ANSWERS


def first_status(url: str, answers: EntryAnswers) -> int:
    """The status of the first answer; 0 where none came."""
    return next((visit.status for visit in answers.visits if visit.url == url), 0)
