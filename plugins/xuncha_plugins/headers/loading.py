"""Notes what pages load over plain HTTP, and what from other organisations without integrity. Sends nothing."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from xuncha.api import Link, LinkUse, Page, Site, host_of, page_probe, registrable
from xuncha_plugins.headers import csp
from xuncha_plugins.headers.facts import Danger, Loaded, Resources
from xuncha_plugins.headers.sampling import answer_of

_Key = TypeVar("_Key")

MOST = 300
"""Different targets that are kept of each kind."""

_MOST_PARTS = 1_000

_DANGERS: dict[str, Danger] = {
    **dict.fromkeys(("script", "style", "iframe", "frame", "srcset", "script-fragment", "object"), Danger.BLOCKED),
    **dict.fromkeys(("img", "media"), Danger.UPGRADED),
    "form": Danger.SENT_OPENLY,
}
_CSS_URL = {LinkUse.STYLE: Danger.BLOCKED, LinkUse.IMAGE: Danger.UPGRADED}
_SEALED = re.compile(r"(?i)(?:^|\s)sha(?:256|384|512)-\S")
_OFFICIAL = (".gov.cn", ".conac.cn")
"""Marks and services that websites must take as they come: their scripts change without notice."""


@page_probe(provides=Resources, cost_us=16)
class ResourcesSeen:
    """Looks at what every page loads. Frames and fragments are left out: what holds for them their page decides."""

    def __init__(self, site: Site) -> None:
        self._own = {registrable(host_of(url)) for url in site.urls}
        self._insecure: dict[tuple[str, str], Loaded] = {}
        self._unsealed: dict[str, Loaded] = {}
        self._sealed: set[str] = set()
        self._again: Counter[object] = Counter()
        self._parts: frozenset[str] = frozenset()
        self._pages = 0
        self._secure_pages = 0
        self._complete = True

    def visit(self, page: Page) -> None:
        """Note what the page loads. What it is made of comes directly after it."""
        links = [link for link in page.links if link.kind != "a"]
        frames = frozenset(link.target for link in links if link.use is LinkUse.FRAME)
        if page.requested in self._parts:
            if len(self._parts) < _MOST_PARTS:
                self._parts |= frames
            return
        self._parts = frames
        self._pages += 1
        if page.url.startswith("https:"):
            self._secure_pages += 1
            self._note_insecure(page, links)
        self._note_foreign(page, links)

    def _note_insecure(self, page: Page, links: Iterable[Link]) -> None:
        plain = (link for link in links if link.target.startswith("http:"))
        found = {(danger, link.target): link for link in plain if (danger := _danger(link))}
        if found and not csp.upgrades(answer_of(page)):
            for key, link in found.items():
                self._note(self._insecure, key, link, key[0])

    def _note_foreign(self, page: Page, links: Iterable[Link]) -> None:
        loading = [link for link in links if link.kind in {"script", "style"} and self._foreign(link.target, page)]
        if not loading:
            return
        sealed = _sealed(page)
        for target, link in {link.target: link for link in loading}.items():
            if link.raw in sealed:
                self._sealed.update((target,) if len(self._sealed) < MOST else ())
            else:
                self._note(self._unsealed, target, link, None)

    def _foreign(self, target: str, page: Page) -> bool:
        host = host_of(target)
        if not host or host.endswith(_OFFICIAL):
            return False
        owner = registrable(host)
        return owner not in self._own and owner != registrable(host_of(page.url))

    def _note(self, notes: dict[_Key, Loaded], key: _Key, link: Link, danger: Danger | None) -> None:
        if key in notes:
            self._again[key] += 1
        elif len(notes) < MOST:
            notes[key] = Loaded(link.target, link.page, link.depth, link.line, danger=danger)
        else:
            self._complete = False

    def conclude(self) -> Resources:
        """What was noted."""
        return Resources(
            tuple(replace(one, pages=1 + self._again[key]) for key, one in self._insecure.items()),
            tuple(replace(one, pages=1 + self._again[key]) for key, one in self._unsealed.items()),
            len(self._sealed),
            self._pages,
            self._secure_pages,
            self._complete,
        )


def _danger(link: Link) -> Danger | None:
    return _CSS_URL.get(link.use) if link.kind == "css-url" else _DANGERS.get(link.kind)


def _sealed(page: Page) -> frozenset[str]:
    """What carries integrity metadata that browsers know, as the page writes its address."""
    if "integrity" not in page.html:
        return frozenset()
    elements = page.select("script[src][integrity], link[href][integrity]")
    return frozenset(
        one.attrs.get("src") or one.attrs.get("href", "") for one in elements if _SEALED.search(one.attrs["integrity"])
    )
