"""How one visit looks, and what two visits with a pause between them prove. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from xuncha.api import Crawl, LinkTarget, LinkUse, PageRecord, Reason
from xuncha_plugins.links.facts import Visit
from xuncha_plugins.links.urls import depth_of, is_home, same_site

SIMILAR_BYTES = 256
"""By so many bytes two copies of an error page may differ: they repeat the address, or tell the time."""

SEVERAL = 2
"""So many pages of the site that look like the answer for impossible addresses are more than one wrong link."""

_DEEP = 2
_ERROR = 400
_SERVER_ERROR = 500


class Look(StrEnum):
    """What a visit found."""

    FINE = "fine"
    UNKNOWN = "unknown"

    # It could not be opened.
    GONE = "gone"
    NO_SUCH_NAME = "no-such-name"
    SERVER_ERROR = "server-error"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    NO_TLS = "no-tls"
    BLOCKED = "blocked"
    ELSEWHERE = "elsewhere"

    # Something else opened.
    MISSING_NOTE = "missing-note"
    LIKE_AN_ERROR = "like-an-error"
    SENT_HOME = "sent-home"
    PARKED = "parked"
    NOT_A_FILE = "not-a-file"


BROKEN = frozenset((
    Look.GONE, Look.NO_SUCH_NAME, Look.SERVER_ERROR, Look.REFUSED, Look.NO_ANSWER, Look.NO_TLS, Look.BLOCKED,
    Look.ELSEWHERE,
))  # fmt: skip
WRONG = frozenset({Look.MISSING_NOTE, Look.LIKE_AN_ERROR, Look.SENT_HOME, Look.PARKED, Look.NOT_A_FILE})

SETTLED_AT_ONCE = frozenset({Look.FINE, Look.UNKNOWN, Look.REFUSED, Look.BLOCKED, Look.ELSEWHERE, Look.NO_SUCH_NAME})
"""A second visit would not tell more: who refuses programs refuses them again, and names are looked up instead."""

_PROVABLE = frozenset({Look.GONE, Look.MISSING_NOTE, Look.PARKED})
"""A redirect home is never proof: whoever isn't logged in, or has just logged out, is sent there as well."""

_GONE = frozenset({404, 410})
_BUSY = 429
_NO_ANSWER = frozenset((
    Reason.TIMEOUT, Reason.RESET, Reason.REFUSED, Reason.UNREACHABLE, Reason.DNS_FAILED, Reason.MALFORMED_REPLY,
    Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT,
))  # fmt: skip
_OUR_SIDE = frozenset({Reason.UNREACHABLE, Reason.DNS_FAILED})
_NO_TLS = frozenset({Reason.TLS_FAILED, Reason.TLS_TOO_OLD, Reason.NOT_TLS})
_CAME_ALL_THE_SAME = frozenset({
    Reason.OUT_OF_SCOPE, Reason.TOO_LARGE, Reason.PAGE_UNREADABLE, Reason.STATE_SECRET_MARK
})  # fmt: skip
_MISSING_MARKS = frozenset({"soft-404:missing-zh", "soft-404:missing-en", "soft-404:number-404"})
_MEANT_WORDS = re.compile(
    r"(?i)首页|主页|home|退出|注销|登录|登陆|注册|个人中心|用户中心|log\s?(?:out|in)|sign\s?(?:out|in)"
)
"""Words of links that may well end on the home page."""
_ACCOUNT = re.compile(r"(?i)log[_-]?(?:out|in)|sign[_-]?(?:out|in)|passport|(?<![a-z])(?:sso(?![a-z])|user)")
"""What URLs of accounts have in them: without a session they lead home."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How this site answers: where its home page is, and what comes for addresses that cannot exist.

    ``alike`` is set where real pages look like that answer: a site built by script in the browser sends one shell for
    every address, so that the answer tells nothing and is in neither ``missing`` nor ``similar``.
    """

    home: str
    missing: frozenset[str] = frozenset()
    similar: tuple[tuple[str, int], ...] = ()
    sends_home: bool = False
    alike: bool = False

    @classmethod
    def of(cls, crawl: Crawl, missing: Iterable[Visit]) -> Self:
        """What visits to addresses that cannot exist tell."""
        home = crawl.pages[0].final_url if crawl.pages else crawl.home
        succeeded = [visit for visit in missing if visit.succeeded and not visit.challenge]
        answers = [visit for visit in succeeded if visit.final_url != home]
        notes = [visit for visit in answers if not _is_shell(visit, crawl)]
        return cls(
            home,
            frozenset(visit.sha256 for visit in notes if visit.sha256),
            tuple((visit.title, visit.size) for visit in notes if visit.title),
            sends_home=len(answers) < len(succeeded),
            alike=len(notes) < len(answers),
        )

    def denies(self, visit: Visit) -> bool:
        """Whether exactly this page comes for addresses that cannot exist."""
        return visit.sha256 in self.missing

    def resembles(self, visit: Visit) -> bool:
        """Whether a page much like this one comes for addresses that cannot exist."""
        return any(visit.title == title and abs(visit.size - size) <= SIMILAR_BYTES for title, size in self.similar)


def _is_shell(answer: Visit, crawl: Crawl) -> bool:
    """Whether the home page, a page built by script or several pages look like this answer."""
    alike = [page for page in crawl.pages if page.opened and _are_alike(answer, page)]
    return len(alike) >= SEVERAL or any(page.scripted or not page.depth for page in alike)


def _are_alike(answer: Visit, page: PageRecord) -> bool:
    if answer.sha256 and answer.sha256 == page.sha256:
        return True
    return bool(answer.title) and answer.title == page.title and abs(answer.size - page.bytes) <= SIMILAR_BYTES


def look(visit: Visit, target: LinkTarget, manner: Manner) -> Look:
    """What one visit found. About the site itself nothing is concluded from what may be our own trouble."""
    if visit.problem is not None and not (visit.status and visit.problem in _CAME_ALL_THE_SAME):
        return _unanswered(visit.problem, target)
    if visit.challenge or any(mark.startswith("filing-block:") for mark in visit.marks):
        return Look.UNKNOWN if target.internal else Look.BLOCKED
    if visit.status >= _ERROR:
        return _refused(visit.status, target)
    return _content(visit, target, manner) if visit.succeeded else Look.FINE


def _unanswered(problem: Reason, target: LinkTarget) -> Look:
    if problem is Reason.NO_SUCH_NAME:
        return Look.NO_SUCH_NAME
    if problem is Reason.ADDRESS_FORBIDDEN:
        return Look.ELSEWHERE
    if target.internal and problem in _OUR_SIDE:
        return Look.UNKNOWN
    if problem in _NO_ANSWER:
        return Look.NO_ANSWER
    return Look.NO_TLS if problem in _NO_TLS else Look.UNKNOWN


def _refused(status: int, target: LinkTarget) -> Look:
    if status in _GONE:
        return Look.GONE
    if status == _BUSY and target.internal:
        return Look.UNKNOWN
    return Look.SERVER_ERROR if status >= _SERVER_ERROR else Look.REFUSED


def _content(visit: Visit, target: LinkTarget, manner: Manner) -> Look:
    """What came with a status that says all is well."""
    if any(mark.startswith("parked-domain:") for mark in visit.marks):
        return Look.PARKED
    if not visit.marks and _sent_home(visit, target, manner):
        return Look.SENT_HOME
    if not _MISSING_MARKS.isdisjoint(visit.marks):
        return Look.MISSING_NOTE
    like_missing = target.internal and (manner.denies(visit) or manner.resembles(visit))
    if like_missing or any(mark.startswith("soft-404:") for mark in visit.marks):
        return Look.LIKE_AN_ERROR
    return Look.NOT_A_FILE if target.use is LinkUse.ATTACHMENT and visit.is_page else Look.FINE


def _sent_home(visit: Visit, target: LinkTarget, manner: Manner) -> bool:
    """Whether a link to something deep in a site ended on its home page."""
    landing = visit.final_url
    if landing in {"", visit.url} or not same_site(landing, visit.url):
        return False
    at_home = landing == manner.home if target.internal else is_home(landing)
    deep = depth_of(visit.url) >= (1 if target.internal and manner.sends_home else _DEEP)
    meant = _ACCOUNT.search(visit.url) or any(_MEANT_WORDS.search(source.text) for source in target.sources)
    return at_home and deep and not meant


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a target: its look, certain (确定) or only suspected (疑似), and the visit that showed it."""

    look: Look
    certain: bool
    visit: Visit


def agreed(first: Judged, second: Judged | None, target: LinkTarget) -> Judged:
    """What two visits say together; ``second`` is None where there was none, or where it could not tell."""
    if second is None or second.look is Look.UNKNOWN:
        ours = target.internal and first.look in {Look.NO_ANSWER, Look.NO_TLS}
        return Judged(Look.UNKNOWN, certain=False, visit=first.visit) if ours else first
    proved = first.look is second.look and second.look in _PROVABLE
    return Judged(second.look, proved, second.visit)
