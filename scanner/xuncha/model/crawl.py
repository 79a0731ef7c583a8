"""What the crawl of one site leaves as facts: a small record of every page, and every link target once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from xuncha.model.reasons import Reason

BARE = 300
"""Characters to read: a page with fewer may be no more than a notice."""

_GONE = (404, 410)
_SERVER_ERROR = 500
_NOTICES = ("maintenance:", "parked-domain:", "soft-404:")


def notice_among(marks: Iterable[str]) -> str:
    """The mark of a notice that stands in for a page: maintenance, a server's default page, a parked name, an error."""
    return next((mark for mark in marks if mark.startswith(_NOTICES)), "")


class LinkUse(StrEnum):
    """What a link is for, which decides how it is verified and how much it matters."""

    PAGE = "page"
    ATTACHMENT = "attachment"
    IMAGE = "image"
    SCRIPT = "script"
    STYLE = "style"
    FRAME = "frame"
    FORM = "form"
    OTHER = "other"


_LEADING_ON = frozenset({LinkUse.PAGE, LinkUse.FRAME, LinkUse.ATTACHMENT})


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: where from, its status, where to."""

    url: str
    status: int
    to: str


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page that was asked for. ``status`` 0 means that no answer came; ``problem`` then says why.

    ``seconds`` is the time to the last byte; ``sha256`` is of the decoded body; ``words`` counts visible characters.
    ``marks`` are those of the reply. ``part_of`` is set for a frame or a fragment: the page that it belongs to.
    ``rendered``: title, words and ``scripted`` are those of the page in a browser, which also passed a challenge in
    front of it; all else is of the answer.
    """

    url: str
    final_url: str
    depth: int
    status: int
    media_type: str = ""
    bytes: int = 0
    seconds: float = 0.0
    title: str = ""
    sha256: str = ""
    encoding: str = ""
    encoding_source: str = ""
    words: int = 0
    hops: tuple[Hop, ...] = ()
    fetched_at: datetime | None = None
    problem: Reason | None = None
    challenge: str = ""
    scripted: bool = False
    parent: str = ""
    link_text: str = ""
    part_of: str = ""
    marks: tuple[str, ...] = ()
    rendered: bool = False

    @property
    def opened(self) -> bool:
        """Whether a page came that a citizen could read."""
        return self.problem is None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP success

    @property
    def is_gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in _GONE

    @property
    def unseen(self) -> Reason | None:
        """Why no page of the site came; None where one did."""
        if self.problem or self.opened:
            return self.problem
        return Reason.SERVER_ERROR if self.status >= _SERVER_ERROR else Reason.LOW_COVERAGE

    @property
    def notice(self) -> str:
        """The mark of a notice that came in place of a page of the site; empty where there is none."""
        return notice_among(self.marks)


@dataclass(frozen=True, slots=True)
class LinkSource:
    """One place where a link stands; ``line`` counts from 1."""

    page: str
    text: str
    line: int | None
    depth: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A distinct target with its first sources, in crawl order: all are counted; at most 20 kept, 6 where it opened.

    ``on_home`` tells whether the home page is among the sources, also when that source was not kept.
    """

    url: str
    use: LinkUse
    internal: bool
    sources: tuple[LinkSource, ...]
    sources_total: int
    on_home: bool = False


class Robots(StrEnum):
    """What robots.txt said to us."""

    FREE = "free"
    PARTLY = "partly"
    SHUT = "shut"
    UNKNOWN = "unknown"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Crawl:
    """The crawl of one site. ``known`` counts the pages seen or known to exist; ``stopped`` says what ended it early.

    ``forbidden`` counts those of them that robots.txt closes to us; ``trapped`` counts URLs that were left aside as
    endless variations and are no part of ``known``; ``targets_dropped`` those beyond the cap of ``targets``.
    """

    home: str
    pages: tuple[PageRecord, ...] = field(repr=False)
    targets: tuple[LinkTarget, ...] = field(repr=False)
    known: int
    complete: bool
    stopped: Reason | None = None
    robots: Robots = Robots.FREE
    sitemap_urls: int = 0
    trapped: int = 0
    targets_dropped: int = 0
    forbidden: int = 0

    def page(self, url: str) -> PageRecord | None:
        """The record of a page by the URL that was asked for or the one that answered."""
        return next((page for page in self.pages if url in (page.url, page.final_url)), None)

    @property
    def unseen_home(self) -> Reason | None:
        """Why the home page was not seen, though it was asked for; None where it opened."""
        home = self.page(self.home)
        return home.unseen if home else None

    @property
    def bare(self) -> bool:
        """Whether nothing was seen of a site but what may be a notice in its place: of maintenance, of a server.

        Pages that are known for notices, or a page or more with hardly any words, and no link that leads on: where
        there are hardly any words, only links into the site count. What script builds is never called bare.
        """
        opened = [page for page in self.pages if page.opened]
        own = [page for page in opened if not page.notice]
        if not own:
            return bool(opened)
        wordy = any(page.words >= BARE for page in own)
        if any(page.scripted for page in own) or (wordy and len(own) > 1):
            return False
        return not any(self._leads_on(target) and (target.internal or wordy) for target in self.targets)

    def _leads_on(self, target: LinkTarget) -> bool:
        return target.use in _LEADING_ON and target.url.rstrip("/") != self.home.rstrip("/")
