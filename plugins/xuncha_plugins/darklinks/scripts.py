"""What scripts in the page do with strange hosts: write links, hide them, send visitors of search engines away.

Linked script files are not read. A script alone never proves anything here: what it does needs a browser.
"""

import re
import sys
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from xuncha.api import defanged, host_of, parse_page
from xuncha_plugins.darklinks.assembling import Puzzle, puzzle
from xuncha_plugins.darklinks.decoding import spelled, unfolded
from xuncha_plugins.darklinks.hosts import is_named_oddly, is_odd, is_strange, says_spam
from xuncha_plugins.darklinks.injected import injected
from xuncha_plugins.darklinks.links import strange_links, suspects
from xuncha_plugins.darklinks.voices import LOUD, voice
from xuncha_plugins.darklinks.words import advertises, masked, solicits


class _Statement:
    """A pattern that is searched for only where a part of what it matches stands: most scripts have none of them."""

    def __init__(self, pattern: str, *parts: str) -> None:
        self._pattern = re.compile(pattern)
        self._parts = parts

    def search(self, script: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        there = any(script.find(part, start, end) >= 0 for part in self._parts)
        return self._pattern.search(script, start, end) if there else None


WRITES = _Statement(
    r"\.\s*write(?:ln)?\b|(?:inner|outer)HTML|insertAdjacentHTML|\beval\b|\.append|\.html\(|srcdoc"
    r"|createContextualFragment",
    *("write", "HTML", "eval", ".append", ".html(", "srcdoc", "createContextualFragment"),
)
_JUMPS = r"\blocation\b\s*(?:\.\s*href\s*)?=(?!=)|\blocation\s*\.\s*(?:replace|assign|href)"
_SENDS = _Statement(rf"{_JUMPS}|window\s*\.\s*open", "location", "window")
_LEAVES = _Statement(rf"{_JUMPS}|<iframe", "location", "<iframe")
"""What happens without a click."""

_ASKS = _Statement(r"\breferrer\b|\buserAgent\b", "referrer", "userAgent")
_ENGINE = r"baidu|sogou|\bso\.com|360spider|\bgoogle|\bbing\b|yisou|spider|\bbot\b"
_NAMES_ENGINE = re.compile(f"(?i){_ENGINE}")
_TELLS_APART = re.compile(
    rf"""(?i)(?:indexOf|includes|search|match|RegExp|test|exec|split)\s*\(\s*["'/][^"'/\n]{{0,200}}?(?:{_ENGINE})"""
    rf"""|/(?:[^/\n]{{0,200}}?\|)?[^/\n|]{{0,40}}?(?:{_ENGINE})[^/\n]{{0,200}}/[a-z]{{0,3}}\s*\.\s*(?:test|exec)"""
    rf"""|\[\s*["'][^\]\n]{{0,200}}?(?:{_ENGINE})"""
)
"""A search engine's name in a comparison, or in a list to compare with; not the address of its counter or map."""

MAX_NAMED = 1_000
_REACH = 260
"""Engines named in a script that are looked at, and the characters around each."""

_URL = re.compile(r"(?i)https?:\\?/\\?/[^\s\"'<>\\)]{4,300}")
_ADDRESS = re.compile(r"(?i)(?:^|(?<=[\s\"'=(]))(?:https?:)?\\?/\\?/[a-z0-9][^\s\"'<>\\)]{3,300}")
_LOADS = re.compile(r"""(?i)createElement\s*\(\s*["'`](?:script|iframe)["'`]|<iframe|<script""")
_CODES = ("fromCharCode", "atob")
"""Old counters are written with ``unescape``, and nothing that loads from elsewhere by these."""

_UNSEEN_FRAMES = ("frame", "frame-maybe")

_MAKES_LINKS = re.compile(r"""createElement\s*\(\s*["'`][aA]["'`]\s*\)""")
_ONE_ADDRESS = re.compile(r"(?i)(?:https?:)?\\?/\\?/[a-z0-9][^\s\"'<>]{3,300}$")
_NEAR = 6
_WORDS = 60
"""Strings so many places around an address, and of so many characters, may be the words of its link."""

_ROBOTS = r"/[^/\n]{0,200}?(?:spider|bot\b)[^/\n]{0,200}/[a-z]{0,3}\s*\.\s*test\s*\("
_NO_ROBOT = re.compile(rf"(?i)!\s*{_ROBOTS}")
_ROBOT_NAMED = re.compile(rf"(?i)\b([a-z_$][\w$]{{0,40}})\s*=\s*{_ROBOTS}")
_FUNCTION = re.compile(r"\bfunction\s+([A-Za-z_$][\w$]{0,60})\s*\([^()]{0,200}\)\s*\{")
_BRACE = re.compile(r"[{}]")
MAX_FUNCTIONS = 40
MAX_BRACES = 2_000
_TELEPHONES = re.compile(r"(?i)iphone|android|mobile")
_TITLE = re.compile(r"document\s*\.\s*title\s*=(?!=)")


class Deed(NamedTuple):
    """What a script does: ``writes``, ``assembled``, ``sends``, ``searchers``, ``title``.

    Hosts are de-fanged, words masked.
    """

    kind: str
    host: str = ""
    words: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What a script does; ``whole``: all that it says was read."""

    deeds: tuple[Deed, ...] = ()
    whole: bool = True


def read(script: str, page: str) -> Reading:
    """What the script does with hosts that are strange to the host of ``page``, an address. Nothing of it is run."""
    riddle, said = puzzle(script), unfolded(script)
    pieces = [*said.pieces, *((address, True) for address in riddle.addresses)]
    plainly = spelled(script)
    whole = "\n".join([script, *([plainly] if plainly != script else ()), *(piece for piece, _ in pieces)])
    written = list(_written(whole, pieces, page))
    hosts = {one.host for one in written}
    made = [*_loaded(whole, pieces, page), *_made(whole, pieces, page)]
    written += (one for one in made if one.host not in hosts)
    written += _assembled(whole, pieces, riddle, page, told={one.host for one in written})
    veiled = _SENDS.search(plainly) is not None and not _SENDS.search(script)
    found = dict.fromkeys([*written, *_sent(whole, pieces, page, veiled=veiled), *_titled(whole, pieces)])
    return Reading(tuple(found), said.whole and riddle.whole)


def _written(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Links to strange hosts, or frames and scripts from odd ones, that are put into the page."""
    if not WRITES.search(whole):
        return
    markup = "".join(piece for piece, _ in pieces if "<" in piece or ">" in piece)
    if "<a" not in markup.lower() and "<iframe" not in markup.lower():
        return
    shown = parse_page(f"<meta charset=utf-8><body>{markup}".encode("utf-8", "replace"), url=page)
    yield from (Deed("writes", one.host) for one in injected(shown) if one.kind in _UNSEEN_FRAMES)
    for one in suspects(shown, strange_links(shown)):
        if one.voice in LOUD or says_spam(host_of(one.link.target)):
            yield Deed("writes", defanged(host_of(one.link.target)), tuple(sorted(map(masked, one.words))))


def _loaded(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Scripts and frames of hosts that say spam, or that hide an odd name, which are put into the page."""
    if not _loads(whole, pieces):
        return
    for text, encoded in pieces:
        for url in _ADDRESS.findall(text):
            host = host_of(url.replace("\\", ""))
            if is_strange(host, host_of(page)) and (says_spam(host) or (encoded and is_named_oddly(host))):
                yield Deed("writes", defanged(host))


def _made(whole: str, pieces: list[tuple[str, bool]], page: str) -> Iterator[Deed]:
    """Links that are made one by one: the address and the words are strings near each other."""
    if not (_MAKES_LINKS.search(whole) or {"createElement", "a"} <= {text for text, _ in pieces}):
        return
    for at, (text, _) in enumerate(pieces):
        host = host_of(text.replace("\\", "")) if _ONE_ADDRESS.match(text) else ""
        if not host or not is_strange(host, host_of(page)):
            continue
        near = [one for one, _ in pieces[max(at - _NEAR, 0) : at + _NEAR + 1] if len(one) <= _WORDS]
        spam = {text: advertises(text) for text in near}
        loud = sorted(
            {masked(sign.word) for text, found in spam.items() if voice(text, found) in LOUD for sign in found}
        )
        if loud or says_spam(host):
            yield Deed("writes", defanged(host), tuple(loud))


def _assembled(
    whole: str, pieces: list[tuple[str, bool]], riddle: Puzzle, page: str, *, told: Collection[str]
) -> Iterator[Deed]:
    """Scripts and frames of strange hosts whose names are put together from pieces, whatever they are called."""
    addresses = (*riddle.addresses, *_unpacked(whole, pieces))
    if not (addresses or riddle.unsolved) or not _loads(whole, pieces):
        return
    hosts = [host_of(address.replace("\\", "")) for address in addresses]
    strange = [defanged(host) for host in hosts if is_strange(host, host_of(page))]
    yield from (Deed("assembled", host) for host in strange if host not in told)
    if riddle.unsolved and not strange:
        yield Deed("assembled")


def _unpacked(whole: str, pieces: list[tuple[str, bool]]) -> Iterator[str]:
    """The addresses that scripts and frames are loaded from in what was written by codes or in base64."""
    if any(code in whole for code in _CODES):
        for text, encoded in pieces:
            if encoded and _LOADS.search(text):
                yield from _ADDRESS.findall(text)


def _loads(whole: str, pieces: list[tuple[str, bool]]) -> bool:
    """Whether scripts or frames are made; obfuscators write each name as a string of its own."""
    named = {text for text, _ in pieces}
    return _LOADS.search(whole) is not None or ("createElement" in whole and not named.isdisjoint(("script", "iframe")))


def _sent(whole: str, pieces: list[tuple[str, bool]], page: str, *, veiled: bool) -> Iterator[Deed]:
    """Visitors who are sent away: all of them to a host that says spam, or those alone who come from a search.

    ``veiled``: that anybody is sent at all can't be read as it stands; then a host of an odd shape is enough.
    """
    selective = _ASKS.search(whole) and _tells_apart(whole) and _turns_away(whole)
    if not (selective or _SENDS.search(whole)):
        return
    by_kind = _ASKS.search(whole) and _TELEPHONES.search(whole) and _LEAVES.search(whole)
    for text, encoded in pieces:
        for url in dict.fromkeys([*_URL.findall(text), *(_ADDRESS.findall(text) if selective or veiled else ())]):
            host = host_of(url.replace("\\", ""))
            if not is_strange(host, host_of(page)):
                continue
            if selective:
                yield Deed("searchers", defanged(host))
            elif says_spam(host) or ((encoded or veiled) and is_odd(host)) or (by_kind and is_named_oddly(host)):
                yield Deed("sends", defanged(host))


def _tells_apart(whole: str) -> bool:
    named = (found.span() for found in islice(_NAMES_ENGINE.finditer(whole), MAX_NAMED))
    return any(_TELLS_APART.search(whole, max(start - _REACH, 0), end + _REACH) for start, end in named)


def _turns_away(whole: str) -> bool:
    """Whether visitors leave without a click; not by functions that only wait for one, and not telephones alone.

    Where robots are only spared what telephones are sent to, nobody is shown anything else.
    """
    done = _without_idle(whole)
    if not _LEAVES.search(done):
        return False
    return "referrer" in done or not (_TELEPHONES.search(done) and _spares_robots(done))


def _spares_robots(script: str) -> bool:
    named = _ROBOT_NAMED.findall(script)
    return _NO_ROBOT.search(script) is not None or any(re.search(rf"!\s*{re.escape(one)}\b", script) for one in named)


def _without_idle(script: str) -> str:
    """The script without functions that nothing in it calls and that ask nobody where he comes from."""
    idle = []
    for found in islice(_FUNCTION.finditer(script), MAX_FUNCTIONS):
        end = _end_of_block(script, found.end())
        called = len(re.findall(rf"(?<![\w$]){re.escape(found[1])}(?![\w$])", script)) > 1
        if not called and not _ASKS.search(script, found.end(), end):
            idle.append((found.start(), end))
    for start, end in reversed(idle):
        script = script[:start] + script[end:]
    return script


def _end_of_block(script: str, at: int) -> int:
    """Where the block that was opened before ``at`` ends; its own strings may hold few braces."""
    level = 1
    for found in islice(_BRACE.finditer(script, at), MAX_BRACES):
        level += 1 if found[0] == "{" else -1
        if level == 0:
            return found.end()
    return at


def _titled(whole: str, pieces: list[tuple[str, bool]]) -> Iterator[Deed]:
    if not _TITLE.search(whole):
        return
    for text, _ in pieces:
        words = advertises(text[:300])
        if words and any(solicits(text[:300], sign.family) for sign in words):
            yield Deed("title", "", tuple(sorted(masked(sign.word) for sign in words)))
