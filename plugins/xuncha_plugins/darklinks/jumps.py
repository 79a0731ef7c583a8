"""Jumps to strange hosts that stand in the page itself: in scripts, handlers of events, addresses, pages of frames."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xuncha.api import Page, host_of
from xuncha_plugins.darklinks.hosts import is_named_oddly, is_strange, says_spam

MOST = 200
_WORD = "location"
"""Where this stands nowhere, nothing jumps."""

_JUMP = re.compile(
    r"""location(?:\s{0,9}\.\s{0,9}href)?\s{0,9}(?:=|\.\s{0,9}(?:replace|assign)\s{0,9}\()\s{0,9}"""
    r"""(?:\\?["'`]|&quot;|&#0?3[49];|&apos;)\s{0,9}((?:https?:)?//[^"'`\\&<>\s]{4,200})"""
)
_CALLED = r"function\s{0,9}\(\w{0,20}\)\s{0,9}\{"
_OF_ITSELF = re.compile(
    r"""(?i)(?:\son(?:load|error)\s{0,9}=\s{0,9}["']?|<script[^<>]{0,200}>|["']javascript:"""
    rf"""|\.onpopstate\s{{0,9}}=\s{{0,9}}{_CALLED}|["']popstate["']\s{{0,9}},\s{{0,9}}{_CALLED}"""
    rf"""|setTimeout\s{{0,9}}\(\s{{0,9}}(?:{_CALLED}|["']))"""
    r"""\s{0,99}(?:(?:window|self|top|parent|document)\s{0,9}\.\s{0,9}){0,3}$"""
)
"""What stands before a jump that waits for nobody, neither for a click nor for a telephone, or for who goes back."""

_BEFORE = 400


class Jump(NamedTuple):
    """``kind`` is the message; ``line`` is that of the source."""

    kind: str
    url: str
    line: int


def jumps(page: Page) -> Sequence[Jump]:
    """One to each host that says spam in its name, or has an odd one and is jumped to before anything else is done."""
    first = page.html.find(_WORD)
    return () if first < 0 else tuple(_jumps(page, first))


def _jumps(page: Page, at: int) -> Iterator[Jump]:
    html, told = page.html, set[str]()
    for _ in range(MOST):
        if at < 0:
            return
        if found := _JUMP.match(html, at):
            url = _absolute(found[1])
            host = host_of(url)
            kind = _kind(host, html[max(at - _BEFORE, 0) : at]) if is_strange(host, host_of(page.url)) else ""
            if kind and host not in told:
                told.add(host)
                yield Jump(kind, url, html.count("\n", 0, at) + 1)
        at = html.find(_WORD, at + len(_WORD))


def _absolute(url: str) -> str:
    return f"http:{url}" if url.startswith("//") else url


def _kind(host: str, before: str) -> str:
    if says_spam(host):
        return "sent"
    return "sent-maybe" if is_named_oddly(host) and _OF_ITSELF.search(before) else ""
