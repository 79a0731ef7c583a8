"""From an answer to the record of a page, and to the page itself where there is one to read."""

from dataclasses import dataclass
from sys import intern

from xuncha.crawl.challenges import hindrance
from xuncha.crawl.frontier import Entry
from xuncha.model.crawl import PageRecord
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.page import Page, parse_page

MAX_TITLE = 300

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SNIFF = 1024
_TOO_MANY_REQUESTS = 429

# WHATWG MIME Sniffing §7.1, as far as documents are concerned that servers send as text/html.
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"GIF8", "image/gif"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<title", b"<meta", b"<div", b"<table", b"<!--")


@dataclass(frozen=True, slots=True)
class Read:
    """What one answer was: its record, and its page where citizens would read one.

    ``own`` is False where it led to a page that has its own turn.
    """

    record: PageRecord
    page: Page | None = None
    own: bool = True


def media_type(reply: Reply) -> str:
    """The type that the body is of: what the server says, unless the first bytes prove otherwise."""
    declared = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    if declared and declared not in _HTML:
        return intern(declared)
    found = next((name for magic, name in _MAGIC if reply.body.startswith(magic)), "")
    if found or declared:
        return found or intern(declared)
    start = reply.body[:_SNIFF].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    return "text/html" if start.startswith(_TAGS) else ""


def unanswered(entry: Entry, error: NetError) -> Read:
    """The record of a page for which no answer came."""
    return Read(
        PageRecord(
            entry.url,
            entry.url,
            entry.depth,
            0,
            hops=error.hops,
            problem=error.reason,
            parent=entry.parent,
            link_text=entry.link_text,
            part_of=entry.part_of,
        )
    )


def unread(entry: Entry, reply: Reply, problem: Reason | None, sha256: str = "") -> Read:
    """The record of an answer that isn't shown to checks; ``problem`` is None where its status says all."""
    return Read(
        PageRecord(
            url=entry.url,
            final_url=reply.final_url,
            depth=entry.depth,
            status=reply.status,
            media_type=media_type(reply),
            bytes=len(reply.body),
            seconds=reply.seconds,
            sha256=sha256,
            hops=reply.hops,
            fetched_at=reply.fetched_at,
            problem=problem,
            challenge=reply.challenge,
            parent=entry.parent,
            link_text=entry.link_text,
            part_of=entry.part_of,
            marks=reply.marks,
        )
    )


def read(entry: Entry, reply: Reply) -> Read:
    """The page in ``reply``, which was recognised and is within the site."""
    problem = hindrance(reply)
    if problem is None and reply.status == _TOO_MANY_REQUESTS:
        problem = Reason.RATE_LIMITED
    if problem or not 200 <= reply.status < 300 or media_type(reply) not in _HTML:  # noqa: PLR2004 - HTTP success
        return unread(entry, reply, problem)
    if reply.truncated:
        return unread(entry, reply, Reason.TOO_LARGE)
    page = _parsed(entry, reply)
    if page.problem:
        return unread(entry, reply, page.problem, page.sha256)
    return Read(_record(entry, reply, page), page)


def words_of(page: Page) -> int:
    """How many characters there are to read."""
    return len(page.text) - page.text.count("\n") - page.text.count(" ")


def _parsed(entry: Entry, reply: Reply) -> Page:
    return parse_page(
        reply.body,
        url=reply.final_url,
        requested=entry.url,
        status=reply.status,
        headers=reply.headers,
        depth=entry.depth,
        parent=entry.parent,
        link_text=entry.link_text,
        seconds=reply.seconds,
        fetched_at=reply.fetched_at,
        tls=reply.tls is not None,
    )


def _record(entry: Entry, reply: Reply, page: Page) -> PageRecord:
    return PageRecord(
        url=entry.url,
        final_url=reply.final_url if reply.final_url != entry.url else entry.url,
        depth=entry.depth,
        status=reply.status,
        media_type=media_type(reply),
        bytes=page.body_bytes,
        seconds=reply.seconds,
        title=page.title[:MAX_TITLE],
        sha256=page.sha256,
        encoding=page.encoding.name,
        encoding_source=page.encoding.source,
        words=words_of(page),
        hops=reply.hops,
        fetched_at=reply.fetched_at,
        challenge=reply.challenge,
        scripted=page.scripted,
        parent=entry.parent,
        link_text=entry.link_text,
        part_of=entry.part_of,
        marks=reply.marks,
    )
