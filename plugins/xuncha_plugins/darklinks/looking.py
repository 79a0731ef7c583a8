"""What one answer gives away when it is looked at by itself, or beside what everybody is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from xuncha.api import Page, Reply, defanged, host_of, parse_page
from xuncha_plugins.darklinks.contents import ENOUGH, Contents, contents_of
from xuncha_plugins.darklinks.hosts import is_strange, says_spam
from xuncha_plugins.darklinks.likeness import Sight, sight_of
from xuncha_plugins.darklinks.links import strange_links
from xuncha_plugins.darklinks.titles import SEVERAL, described, head_words, veiled
from xuncha_plugins.darklinks.words import advertises, masked, signs, solicits

MAX_HOSTS = 30
MAX_PIECES = 2_000
_SENDS = re.compile(
    r"""(?i)\blocation(?:\s*\.\s*href)?\s*(?:=\s*|\.\s*(?:replace|assign)\s*\(\s*)["']((?:https?:)?//[^"'\s]{4,300})"""
)


@dataclass(frozen=True, slots=True)
class Look:
    """Masked words of spam in the head and in links, strange hosts linked to, where it sends whoever comes.

    ``said`` are the words by which a description, a heading or a paragraph advertises, beside whatever else is there.
    ``left_for`` is ``ill_named`` where the host's own name says spam. ``sight`` and ``contents`` are for comparing.
    """

    title: str
    words: tuple[str, ...]
    linked: tuple[str, ...]
    said: tuple[str, ...]
    strange: tuple[str, ...]
    left_for: str
    ill_named: bool
    sight: Sight
    contents: Contents


def look_at(reply: Reply, beside: Contents | None = None) -> Look:
    """The reply as a page; hosts are de-fanged. ``beside``: what everybody is shown, by its own contents without it."""
    page = parse_page(reply.body, url=reply.final_url, status=reply.status, headers=reply.headers)
    links, contents = strange_links(page), contents_of(page)
    words = head_words(page, beside or contents)
    linked = {sign.word for link in links for sign in advertises(link.text)}
    hosts = sorted({defanged(host_of(link.target)) for link in links})[:MAX_HOSTS]
    left_for = _left_for(page, reply, contents)
    return Look(
        veiled(page.title, words | signs(page.title)),
        _shown({sign.word for sign in words}),
        _shown(linked),
        _shown(set(_said(page))),
        tuple(hosts),
        defanged(left_for),
        bool(left_for) and says_spam(left_for),
        sight_of(page, reply),
        contents,
    )


def _said(page: Page) -> Iterator[str]:
    """One word by itself may be an article's: several in one piece advertise, or one with soliciting."""
    for piece in (described(page), *islice(page.text.splitlines(), MAX_PIECES)):
        found = advertises(piece)
        if len(found) >= SEVERAL or any(solicits(piece, sign.family) for sign in found):
            yield from (sign.word for sign in found)


def _shown(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(map(masked, words)))


def _left_for(page: Page, reply: Reply, contents: Contents) -> str:
    """The strange host that the answer sends to at once; empty where it stays.

    A script counts on a page of hardly any text: others may have a jump for some visitors or another day.
    """
    own = host_of(reply.url)
    onward = [reply.header("location") or "", *(link.target for link in page.links if link.kind == "meta-refresh")]
    if len(contents.text) < ENOUGH:
        onward += (url for script in page.scripts for url in _SENDS.findall(script.inline[:20_000]))
    hosts = (host_of(f"http:{url}" if url.startswith("//") else url) for url in onward)
    return next((host for host in hosts if is_strange(host, own)), "")
