"""What scripts in the page do with strange hosts: write links, hide them, send visitors of search engines away.

Linked script files are not read. A script alone never proves anything here: what it does needs a browser.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xuncha.api import Script, defanged, host_of, parse_page
from xuncha_plugins.darklinks.decoding import unfolded
from xuncha_plugins.darklinks.hosts import is_named_oddly, is_odd, is_strange, says_spam
from xuncha_plugins.darklinks.links import strange_links, suspects
from xuncha_plugins.darklinks.words import advertises, masked, solicits

MAX_SCRIPT = 65_536
_TYPES = frozenset(
    ("", "text/javascript", "application/javascript", "application/x-javascript", "module", "text/ecmascript")
)
_WORTH = re.compile(
    r"document\s*\.\s*(?:write|title|referrer)|innerHTML|insertAdjacentHTML|\beval\b|fromCharCode|unescape|atob"
    r"|userAgent|setTimeout|createElement|\\x[0-9a-fA-F]{2}\\x"
)
WRITES = re.compile(
    r"""document\s*\.\s*write|\[\s*["']write(?:ln)?["']\s*\]|innerHTML|insertAdjacentHTML|\beval\b|\.append|\.html\("""
)
_SENDS = re.compile(
    r"\blocation\b\s*(?:\.\s*href\s*)?=(?!=)|\blocation\s*\.\s*(?:replace|assign|href)"
    r"|window\s*\.\s*open"
)
_LEAVES = re.compile(r"\blocation\b\s*(?:\.\s*href\s*)?=(?!=)|\blocation\s*\.\s*(?:replace|assign|href)|<iframe")
"""What happens without a click."""

_ASKS = re.compile(r"\breferrer\b|\buserAgent\b")
_ENGINE = r"baidu|sogou|\bso\.com|360spider|\bgoogle|\bbing\b|yisou|spider|\bbot\b"
_TELLS_APART = re.compile(
    rf"""(?i)(?:indexOf|includes|search|match|RegExp|test|exec|split)\s*\(\s*["'/][^"'/\n]{{0,200}}?(?:{_ENGINE})"""
    rf"""|/(?:[^/\n]{{0,200}}?\|)?[^/\n|]{{0,40}}?(?:{_ENGINE})[^/\n]{{0,200}}/[a-z]{{0,3}}\s*\.\s*(?:test|exec)"""
    rf"""|\[\s*["'][^\]\n]{{0,200}}?(?:{_ENGINE})"""
)
"""A search engine's name in a comparison, or in a list to compare with; not the address of its counter or map."""

_URL = re.compile(r"(?i)https?:\\?/\\?/[^\s\"'<>\\)]{4,300}")
_ADDRESS = re.compile(r"(?i)(?:^|(?<=[\s\"'=(]))(?:https?:)?\\?/\\?/[a-z0-9][^\s\"'<>\\)]{3,300}")
_LOADS = re.compile(r"""(?i)createElement\s*\(\s*["'](?:script|iframe)["']|<iframe|<script""")
_TELEPHONES = re.compile(r"(?i)iphone|android|mobile")
_TITLE = re.compile(r"document\s*\.\s*title\s*=(?!=)")


class Deed(NamedTuple):
    """What a script does: ``writes``, ``sends``, ``searchers`` ``title``; hosts are de-fanged, words masked."""

    kind: str
    host: str = ""
    words: tuple[str, ...] = ()


def is_worth(script: Script) -> bool:
    """Whether an inline script has anything that hides, writes or sends."""
    return bool(script.inline) and script.type in _TYPES and _WORTH.search(script.inline) is not None


@lru_cache(maxsize=256)
def deeds(script: str, page: str) -> tuple[Deed, ...]:
    """What the script does with hosts that are strange to the host of ``page``, an address. Nothing of it is run."""
    script = script[:MAX_SCRIPT]
    pieces = list(unfolded(script))
    whole = "\n".join([script, *(piece for piece, _ in pieces)])
    written = list(_written(script, whole, pieces, page))
    hosts = {one.host for one in written}
    written += (one for one in _loaded(whole, pieces, page) if one.host not in hosts)
    return tuple(dict.fromkeys([*written, *_sent(whole, pieces, page), *_titled(whole, pieces)]))


def _written(script: str, whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Links to strange hosts, or frames and scripts from odd ones, that are put into the page."""
    if not (WRITES.search(script) or WRITES.search(whole)):
        return
    markup = "".join(piece for piece, _ in pieces if "<" in piece or ">" in piece)
    if "<a" not in markup.lower():
        return
    shown = parse_page(f"<meta charset=utf-8><body>{markup}".encode("utf-8", "replace"), url=page)
    for one in suspects(shown, strange_links(shown)):
        yield Deed("writes", defanged(host_of(one.link.target)), tuple(sorted(map(masked, one.words))))


def _loaded(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Scripts and frames of hosts that say spam, or that hide an odd name, which are put into the page."""
    if not _LOADS.search(whole):
        return
    for text, encoded in pieces:
        for url in _ADDRESS.findall(text):
            host = host_of(url.replace("\\", ""))
            if is_strange(host, host_of(page)) and (says_spam(host) or (encoded and is_named_oddly(host))):
                yield Deed("writes", defanged(host))


def _sent(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Visitors who are sent away: all of them to a host that says spam, or those alone who come from a search."""
    selective = all(one.search(whole) for one in (_ASKS, _TELLS_APART, _LEAVES))
    if not (selective or _SENDS.search(whole)):
        return
    by_kind = _ASKS.search(whole) and _TELEPHONES.search(whole) and _LEAVES.search(whole)
    for text, encoded in pieces:
        for url in _URL.findall(text):
            host = host_of(url.replace("\\", ""))
            if not is_strange(host, host_of(page)):
                continue
            if selective:
                yield Deed("searchers", defanged(host))
            elif says_spam(host) or (encoded and is_odd(host)) or (by_kind and is_named_oddly(host)):
                yield Deed("sends", defanged(host))


def _titled(whole: str, pieces: list[tuple[str, bool]]) -> Iterator[Deed]:
    if not _TITLE.search(whole):
        return
    for text, _ in pieces:
        words = advertises(text[:300])
        if words and any(solicits(text[:300], sign.family) for sign in words):
            yield Deed("title", "", tuple(sorted(masked(sign.word) for sign in words)))
