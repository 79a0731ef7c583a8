"""What the crawl of one site leaves as facts: a small record of every page, and every link target once."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from xuncha.model.reasons import Reason


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

    @property
    def opened(self) -> bool:
        """Whether a page came that a citizen could read."""
        return self.problem is None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP success


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
    """A distinct target with its first sources (at most 20 kept, all counted), in crawl order.

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
