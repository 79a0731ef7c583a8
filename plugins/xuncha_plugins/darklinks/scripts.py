"""What scripts in the page do with strange hosts: write links, hide them, send visitors of search engines away.

Linked script files are not read. A script alone never proves anything here: what it does needs a browser.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xuncha.api import Script, defanged, host_of, parse_page
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.decoding import unfolded
from xuncha_plugins.darklinks.hiding import trick
from xuncha_plugins.darklinks.hosts import is_odd, is_strange, says_spam
from xuncha_plugins.darklinks.links import strange_links, suspects, tags_of
from xuncha_plugins.darklinks.words import advertises, masked, solicits

MAX_SCRIPT = 65_536
_TYPES = frozenset(
    ("", "text/javascript", "application/javascript", "application/x-javascript", "module", "text/ecmascript")
)
_WORTH = re.compile(
    r"document\s*\.\s*(?:write|title|referrer)|innerHTML|insertAdjacentHTML|\beval\b|fromCharCode|unescape|atob"
    r"|userAgent|setTimeout|\\x[0-9a-fA-F]{2}\\x"
)
_WRITES = re.compile(
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
_INSIDE = "http://inside.invalid/"
_TITLE = re.compile(r"document\s*\.\s*title\s*=(?!=)")
_HIDES = re.compile(
    r"""getElementById\s*\(\s*["']([\w-]{1,60})["']\s*\)\s*\.\s*style\s*\.\s*(?:display\s*=\s*["']none|"""
    r"""visibility\s*=\s*["']hidden|(?:left|top|textIndent|marginLeft)\s*=\s*["']-\d{3,}|height\s*=\s*["']0)"""
)
_HIDES_JQUERY = re.compile(
    r"""(?:\$|jQuery)\s*\(\s*["']#([\w-]{1,60})["']\s*\)\s*\.\s*(?:hide\s*\(\s*\)|"""
    r"""css\s*\(\s*["']display["']\s*,\s*["']none|css\s*\(\s*\{\s*["']?display["']?\s*:\s*["']none)"""
)


class Deed(NamedTuple):
    """What a script does: ``writes``, ``sends``, ``searchers`` ``title``; hosts are de-fanged, words masked."""

    kind: str
    host: str = ""
    words: tuple[str, ...] = ()


def is_worth(script: Script) -> bool:
    """Whether an inline script has anything that hides, writes or sends."""
    return bool(script.inline) and script.type in _TYPES and _WORTH.search(script.inline) is not None


@lru_cache(maxsize=256)
def opens_hidden(script: str) -> bool:
    """Whether what the script writes leaves an element open in which nothing that follows can be seen."""
    if not _WRITES.search(script):
        return False
    markup = "".join(piece for piece, _ in unfolded(script[:MAX_SCRIPT]) if "<" in piece)
    shown = parse_page(
        f"<meta charset=utf-8><body>{markup}<a href='{_INSIDE}'>".encode("utf-8", "replace"), url=_INSIDE
    )
    return any(trick(tags, Cascade(()).styles(tags)) for tags in map(tags_of, shown.lineages({_INSIDE})))


def hidden_ids(text: str) -> frozenset[str]:
    """The ids of elements that a script hides by plain statements."""
    return frozenset(name for pattern in (_HIDES, _HIDES_JQUERY) for name in pattern.findall(text))


@lru_cache(maxsize=256)
def deeds(script: str, page: str) -> tuple[Deed, ...]:
    """What the script does with hosts that are strange to the host of ``page``, an address. Nothing of it is run."""
    script = script[:MAX_SCRIPT]
    pieces = list(unfolded(script))
    whole = "\n".join([script, *(piece for piece, _ in pieces)])
    found = [*_written(script, whole, pieces, page), *_sent(whole, pieces, page), *_titled(whole, pieces)]
    return tuple(dict.fromkeys(found))


def _written(script: str, whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Links to strange hosts, or frames and scripts from odd ones, that are put into the page."""
    if not (_WRITES.search(script) or _WRITES.search(whole)):
        return
    markup = "".join(piece for piece, _ in pieces if "<" in piece or ">" in piece)
    if "<a" not in markup.lower():
        return
    shown = parse_page(f"<meta charset=utf-8><body>{markup}".encode("utf-8", "replace"), url=page)
    for one in suspects(shown, strange_links(shown)):
        yield Deed("writes", defanged(host_of(one.link.target)), tuple(sorted(map(masked, one.words))))


def _sent(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Visitors who are sent away: all of them to a host that says spam, or those alone who come from a search."""
    selective = all(one.search(whole) for one in (_ASKS, _TELLS_APART, _LEAVES))
    if not (selective or _SENDS.search(whole)):
        return
    for text, encoded in pieces:
        for url in _URL.findall(text):
            host = host_of(url.replace("\\", ""))
            if not is_strange(host, host_of(page)):
                continue
            if selective:
                yield Deed("searchers", defanged(host))
            elif says_spam(host) or (encoded and is_odd(host)):
                yield Deed("sends", defanged(host))


def _titled(whole: str, pieces: list[tuple[str, bool]]) -> Iterator[Deed]:
    if not _TITLE.search(whole):
        return
    for text, _ in pieces:
        words = advertises(text[:300])
        if words and any(solicits(text[:300], sign.family) for sign in words):
            yield Deed("title", "", tuple(sorted(masked(sign.word) for sign in words)))
