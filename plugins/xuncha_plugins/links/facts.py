"""What is remembered of a visit to a link's target."""

import hashlib
from dataclasses import dataclass
from typing import Self

from xuncha.api import NetError, PageRecord, Reason, Reply

MAX_TITLE = 200
_HEAD = 16_384
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<script")
_OFFICE = b"urn:schemas-microsoft-com:"  # word processors and spreadsheets that save their documents as HTML


@dataclass(frozen=True, slots=True)
class Visit:
    """What answered one request for ``url``, after redirects to ``final_url``.

    ``status`` 0 means that nothing came; ``problem`` then says why. ``marks`` and ``challenge`` are the reply's.
    ``is_page`` tells that a web page came, by its type and, where there was one, its body; ``title`` and ``sha256`` are
    empty and ``size`` is 0 where the body wasn't read.
    """

    url: str
    status: int = 0
    final_url: str = ""
    problem: Reason | None = None
    challenge: str = ""
    marks: tuple[str, ...] = ()
    is_page: bool = False
    title: str = ""
    size: int = 0
    sha256: str = ""

    @classmethod
    def answered(cls, url: str, reply: Reply) -> Self:
        """What is kept of a reply."""
        body = reply.body
        return cls(
            url,
            reply.status,
            reply.final_url,
            challenge=reply.challenge,
            marks=reply.marks,
            is_page=_is_page(reply),
            title=reply.title[:MAX_TITLE],
            size=len(body),
            sha256=hashlib.sha256(body).hexdigest() if body and not reply.truncated else "",
        )

    @classmethod
    def failed(cls, url: str, error: NetError) -> Self:
        """What is kept of a request that no answer came to."""
        return cls(url, problem=error.reason)

    @classmethod
    def of_record(cls, record: PageRecord) -> Self:
        """A page of the crawl, as a visit."""
        return cls(
            record.url,
            record.status,
            record.final_url,
            record.problem,
            record.challenge,
            record.marks,
            record.media_type in _PAGE_TYPES,
            record.title,
            record.bytes,
            record.sha256,
        )

    @property
    def succeeded(self) -> bool:
        """Whether the server said that this is what was asked for."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP success


@dataclass(frozen=True, slots=True)
class LinkAnswers:
    """What answered for the link targets of a site.

    ``first`` holds the targets that the crawl hadn't opened itself, in its order; ``second`` the later visits of what
    did not look right, there or in the crawl. ``missing`` tells how the site answers for addresses that cannot exist.
    ``denied`` are names that two lookups denied: of hosts, and of the domains that somebody had registered for them.
    ``names_known`` is False where a name that exists everywhere was denied as well. ``spared`` were not asked because
    nothing was wrong with the sample of their kind.
    """

    first: tuple[Visit, ...] = ()
    second: tuple[Visit, ...] = ()
    missing: tuple[Visit, ...] = ()
    denied: tuple[str, ...] = ()
    complete: bool = True
    names_known: bool = True
    spared: tuple[str, ...] = ()


def _is_page(reply: Reply) -> bool:
    declared = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    if declared not in _PAGE_TYPES and declared:
        return False
    if not reply.body:
        return declared in _PAGE_TYPES
    start = reply.body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    return start.startswith(_STARTS) and _OFFICE not in start
