"""Visits the home page of an entry over HTTP and HTTPS, redirect by redirect, so that no step is lost."""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from xuncha.api import Hop, Net, NetError, Reason, Reply
from xuncha_plugins.tls.entries import Entry
from xuncha_plugins.tls.facts import HttpsEntry, Visit

MAX_HOPS = 5
MAX_PAGE = 65_536
REQUESTS = 2 * (MAX_HOPS + 1)
"""The most that one entry costs."""

_REDIRECTS = range(300, 400)
_META = re.compile(rb"(?i)<meta[^>]{0,200}refresh[^>]{0,200}url=\s{0,9}[\"']?([^\"'>\s]{1,500})")
_SCRIPT = re.compile(rb"(?i)location[.\w]{0,20}\s{0,9}(?:=|\()\s{0,9}[\"'](https:[^\"'\s]{0,500})[\"']")
_SMALL = 4_096
"""Bytes of a page that does little else than send its visitors on."""


async def visit_entry(net: Net, entry: Entry) -> HttpsEntry:
    """The entry over both schemes."""
    plain = await _visit(net, entry.plain_url)
    secure = await _visit(net, entry.secure_url)
    return HttpsEntry(entry.host, entry.port, plain, secure)


async def _visit(net: Net, url: str) -> Visit:
    """Follow redirects ourselves: one that leaves the inspected scope must not hide those before it."""
    visit = Visit(url)
    following = url
    for _ in range(MAX_HOPS + 1):
        try:
            reply = await net.fetch(following, follow=False, max_bytes=MAX_PAGE)
        except NetError as error:
            return replace(visit, final_url=following, problem=error.reason)
        visit = _noted(visit, reply)
        onward = _onward(following, reply)
        if not onward:
            return replace(visit, status=reply.status, final_url=following, refresh=_refresh(following, reply.body))
        visit = replace(visit, status=reply.status, hops=(*visit.hops, Hop(following, reply.status, onward)))
        following = onward
    return replace(visit, final_url=following, problem=Reason.TOO_MANY_REDIRECTS)


def _noted(visit: Visit, reply: Reply) -> Visit:
    """What the first answer says of the entry itself, and any challenge on the way."""
    visit = replace(visit, challenge=visit.challenge or reply.challenge)
    if visit.hops:
        return visit
    headers = tuple(value for name, value in reply.headers if name == "strict-transport-security")
    visit = replace(visit, hsts=headers)
    return replace(visit, trusted=reply.tls.trusted, trust_text=reply.tls.problem[:200]) if reply.tls else visit


def _onward(url: str, reply: Reply) -> str:
    location = reply.header("location") if reply.status in _REDIRECTS else None
    if not location:
        return ""
    try:
        onward = urljoin(url, location.strip())
        return onward if urlsplit(onward).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _refresh(url: str, body: bytes) -> str:
    """Where a small page itself sends its visitors, by ``<meta>`` or by a plain assignment in a script."""
    match = (_META.search(body) or _SCRIPT.search(body)) if len(body) <= _SMALL else None
    if match is None:
        return ""
    try:
        target: bytes = match[1]
        return urljoin(url, target.decode("utf-8", "replace"))
    except ValueError:
        return ""
