"""Looks at every page for what may have been planted. Most pages are left after a few microseconds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from html import unescape
from itertools import islice
from typing import TypeVar
from urllib.parse import urljoin

from xuncha.api import Link, Page, defanged, host_of, page_probe
from xuncha_plugins.darklinks.chosen import MAX_READ, MAX_SCRIPTS, chosen, text_of
from xuncha_plugins.darklinks.decoding import spelled
from xuncha_plugins.darklinks.facts import WRITTEN, Group, Injected, Planted, Plants, ScriptSpam, Source, TitleSpam
from xuncha_plugins.darklinks.hosts import is_odd, origin_of
from xuncha_plugins.darklinks.injected import injected
from xuncha_plugins.darklinks.judging import CROWD, speaks
from xuncha_plugins.darklinks.links import (
    MAX_LINKS,
    Calm,
    Suspect,
    planted,
    planted_within,
    soliciting,
    strange_links,
    suspects,
    too_many,
)
from xuncha_plugins.darklinks.media import on_screen
from xuncha_plugins.darklinks.restyling import hidden_places, written_sheets
from xuncha_plugins.darklinks.script_hiding import hidden_ids, opens_hidden
from xuncha_plugins.darklinks.scripts import Reading, read
from xuncha_plugins.darklinks.styles import read_sheet
from xuncha_plugins.darklinks.titles import head_spam
from xuncha_plugins.darklinks.unscripted import unscripted
from xuncha_plugins.darklinks.ways import way
from xuncha_plugins.darklinks.words import names_any

MAX_GROUPS = 100
MAX_OTHERS = 200
MAX_SHEETS = 20
MAX_KNOWN = 2_000
"""Different scripts of a site that are remembered, so that those of its templates are read once."""

MAX_STYLE = 65_536
MAX_VEILED = 10
MAX_TEXT = 300
MAX_VEIL = 20_000
MANY = 5
"""From so many different strange hosts on, links are looked at though no word speaks against them."""

_SIGNS = (
    "display:none", "display: none", "hidden", "opacity", "-999", "text-indent", "font-size:0", "font-size: 0",
    "marquee", "overflow:", "clip", "height:0", "height: 0", "left:-", "top:-", "color:#f",
)  # fmt: skip

_AWAY = ("-999", "marquee")
_MAYBE_AWAY = ("left:", "top:", "text-indent", "translate")
_MOVED = re.compile(r"(?:left|top): ?-\d\d|text-indent\s*:\s*(?:-\d\d|\d{3}|calc|var)|translate(?:[XYxy]|3d)?\s*[(:]")
"""Searching for this alone takes ten times as long as finding the words that it begins with."""

_SHADOW = "shadowrootmode"

_T = TypeVar("_T", ScriptSpam, Injected)


@page_probe(provides=Plants, cost_us=165)
class PlantsSeen:
    """Keeps strange links with what they lie in, and what heads, scripts and frames give away."""

    def __init__(self) -> None:
        self._groups: dict[tuple[object, ...], Group] = {}
        self._titles: list[TitleSpam] = []
        self._scripts: dict[tuple[object, ...], ScriptSpam] = {}
        self._injected: dict[tuple[object, ...], Injected] = {}
        self._unreadable = self._dropped = 0
        self._unlooked = ""
        self._veiled: list[str] = []
        self._read: dict[tuple[str, bytes], Reading] = {}
        self._unread = self._flattened = ""
        self._calm = Calm()

    def visit(self, page: Page) -> None:
        """One page."""
        if page.problem is not None:
            self._unreadable += 1
            return
        answered = page.fetched or page
        self._see_links(answered, strange_links(answered), soliciting(answered, self._calm))
        for inner in unscripted(answered):
            self._see_links(inner, strange_links(inner), soliciting(inner))
        self._see_head(answered)
        self._see_scripts(answered)
        for one in injected(answered):
            self._note(self._injected, (one.kind, one.host), one)
        if answered is not page:
            self._see_written(page, answered)
        if not self._flattened and answered.flattened:
            self._flattened = answered.url
        if len(self._veiled) < MAX_VEILED and any(map(_holds_spam, _veiled(answered))):
            self._veiled.append(answered.url)

    def conclude(self) -> Plants:
        """What was seen."""
        return Plants(
            tuple(self._groups.values()),
            tuple(self._titles),
            tuple(self._scripts.values()),
            tuple(self._injected.values()),
            self._unreadable,
            self._dropped,
            self._unlooked,
            tuple(self._veiled),
            self._unread,
            self._flattened,
        )

    def _see_written(self, page: Page, answered: Page) -> None:
        """What scripts wrote into a page in the browser, unless the script itself was noted for it."""
        known = {link.target for link in answered.links}
        noted = {one.host for one in self._scripts.values()}
        written = [link for link in strange_links(page) if link.target not in known]
        self._see_links(page, [link for link in written if defanged(host_of(link.target)) not in noted])
        if page.title != answered.title and not any(one.kind == "title" for one in self._scripts.values()):
            self._see_head(page)

    def _see_links(self, page: Page, strange: Sequence[Link], at_home: Sequence[Suspect] = ()) -> None:
        suspicious = [*(suspects(page, strange) if strange else ()), *at_home]
        within = tuple(planted_within(page, [*strange, *(one.link for one in at_home)]))
        many = _may_hide_many(page, strange)
        if suspicious or within or many:
            named = {one.link for one in suspicious}
            others = [Suspect(link) for link in strange if link not in named] if many else []
            self._group(page, [*suspicious, *others], within)
        if not self._unlooked and too_many(page):
            self._unlooked = page.url

    def _group(self, page: Page, links: list[Suspect], within: tuple[Planted, ...]) -> None:
        whole = tuple(planted(page, links))
        found = (*whole, *within[:MAX_LINKS])
        sources = tuple(_sources(page))
        key = tuple(sorted({(one.host, one.words) for one in found})), way(found, sources)
        known = self._groups.get(key)
        if known is not None:
            self._groups[key] = replace(known, pages=known.pages + 1)
        elif len(self._groups) < MAX_GROUPS:
            self._groups[key] = _grouped(page, found, sources, len(links) - len(whole))
        else:
            self._dropped += 1
            self._unlooked = self._unlooked or page.url

    def _see_head(self, page: Page) -> None:
        for one in head_spam(page):
            if len(self._titles) < MAX_OTHERS:
                self._titles.append(one)
            else:
                self._dropped += 1

    def _see_scripts(self, page: Page) -> None:
        worth = chosen(page.scripts)
        whole = worth.whole
        for script in worth.scripts:
            reading = self._reading(text_of(script), origin_of(page.url))
            whole = whole and reading.whole
            for deed in reading.deeds:
                spam = ScriptSpam(page.url, page.depth, deed.kind, script.line, deed.host, deed.words)
                self._note(self._scripts, (deed.kind, deed.host), spam)
        if not (whole or self._unread):
            self._unread = page.url

    def _reading(self, script: str, origin: str) -> Reading:
        key = origin, blake2b(script.encode("utf-8", "replace"), digest_size=16).digest()
        if key not in self._read:
            if len(self._read) == MAX_KNOWN:
                self._read.clear()
            self._read[key] = read(script, origin)
        return self._read[key]

    def _note(self, where: dict[tuple[object, ...], _T], key: tuple[object, ...], one: _T) -> None:
        known = where.get(key)
        if known is not None:
            where[key] = replace(known, pages=known.pages + 1)
        elif len(where) < MAX_OTHERS:
            where[key] = one
        else:
            self._dropped += 1


def _veiled(page: Page) -> Iterator[str]:
    """The beginnings of frames that are written in place, and of shadow trees."""
    yield from [frame.srcdoc[:MAX_VEIL] for frame in page.frames if frame.srcdoc][:MAX_VEILED]
    start = page.html.find(_SHADOW)
    for _ in range(MAX_VEILED):
        if start < 0:
            break
        yield unescape(page.html[start : start + MAX_VEIL])
        start = page.html.find(_SHADOW, start + MAX_VEIL)


def _holds_spam(inner: str) -> bool:
    """Whether words of spam may stand in its links."""
    return any("href" in part and names_any(part[-MAX_TEXT:]) for part in inner.split("</a"))


def _may_hide_many(page: Page, strange: Sequence[Link]) -> bool:
    """Whether many odd hosts stand on a page that hides something, or a crowd of any on one that moves things away."""
    if len(strange) < MANY:
        return False
    hosts = {host_of(link.target) for link in strange}
    if len(hosts) >= CROWD and _moves_away(page.html):
        return True
    return sum(map(is_odd, hosts)) >= MANY and any(sign in page.html for sign in _SIGNS)


def _moves_away(html: str) -> bool:
    if any(sign in html for sign in _AWAY):
        return True
    return any(_MOVED.match(html, at) for sign in _MAYBE_AWAY for at in _places(html, sign))


def _places(html: str, sign: str) -> Iterator[int]:
    """Where ``sign`` stands in ``html``."""
    at = html.find(sign)
    while at >= 0:
        yield at
        at = html.find(sign, at + len(sign))


def _sources(page: Page) -> Iterator[Source]:
    """The page's style elements and linked sheets in their order, without those for print and the like."""
    linked = {link.raw: link.target for link in page.links if link.kind == "style" and link.target}
    sheets, room = 0, MAX_STYLE
    for element in page.select("style, link[rel~='stylesheet' i]") if linked or "<style" in page.html else ():
        holds = on_screen(element.attrs.get("media", ""))
        if holds is None:
            continue
        if element.tag == "style":
            sheet = read_sheet(element.text[:room])
            yield from (Source(urljoin(page.base, one.url), sure=holds and one.sure) for one in sheet.imports)
            yield Source(rules=sheet.rules, sure=holds, whole=sheet.whole and len(element.text) <= room)
            room = max(room - len(element.text), 0)
        elif url := linked.get(element.attrs.get("href", "")):
            sheets += 1
            if sheets <= MAX_SHEETS:
                yield Source(url, sure=holds)
    if sheets > MAX_SHEETS:
        yield Source(whole=False)


def _grouped(page: Page, links: tuple[Planted, ...], sources: tuple[Source, ...], dropped: int) -> Group:
    scripts = list(_inline(page))
    written = dict.fromkeys(url for script in scripts for url in written_sheets(script, page.base))
    return Group(
        page.url,
        page.depth,
        links,
        (*sources, *(Source(url, sure=False) for url in islice(written, MAX_SHEETS))),
        dropped=dropped,
        hidden_by_script=tuple(sorted(_hidden_by(scripts, links, sources))),
    )


def _inline(page: Page) -> Iterator[str]:
    """The scripts in the page, their names as they are usually written, until ``MAX_READ`` characters are reached."""
    room = MAX_READ
    for script in page.scripts[:MAX_SCRIPTS]:
        if script.inline and room:
            text = text_of(script)[:room]
            room -= len(text)
            yield spelled(text)


def _hidden_by(scripts: list[str], links: tuple[Planted, ...], sources: tuple[Source, ...]) -> set[str]:
    """The elements that scripts hide: any link's by their ids, otherwise only those of links that sell."""
    ids = {value for one in links for tag in one.tags for name, value in tag.attrs if name == "id"}
    hidden = {f"#{name}" for script in scripts for name in hidden_ids(script) if name in ids}
    if any(map(opens_hidden, scripts)):
        hidden.add(WRITTEN)
    selling = {one.tags for one in links if speaks(one)}
    rules = [rule for source in sources for rule in source.rules]
    return hidden.union(*(hidden_places(script, rules, selling) for script in scripts if selling))
