"""Looks at a few pages in a browser: those where style rules leave open, or only a script knows, what can be seen."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import Field

from xuncha.api import Gap, Params, Reason, Rendered, Renderer, Want, in_time, parse_page, probe
from xuncha_plugins.darklinks.boxes import laid
from xuncha_plugins.darklinks.facts import LaidOut, LaidPage, Plants, Sheets
from xuncha_plugins.darklinks.hiding import unscripted
from xuncha_plugins.darklinks.judging import Cascades, speaks, verdict
from xuncha_plugins.darklinks.written import came_along, written

RENDERS = 5
_SECONDS = 560
_WRITES = ("writes", "assembled", "sends", "searchers", "title")
_NONE_TO_BE_HAD = frozenset((Reason.NO_BROWSER, Reason.BROWSER_OFF, Reason.NO_SANDBOX, Reason.BUDGET_REACHED))
"""What the next page would meet with as well."""


class LayoutParams(Params):
    """At most so many ``pages`` of a site are looked at."""

    pages: int = Field(default=RENDERS, ge=0, le=20)


@probe(provides=LaidOut, needs=(Plants, Sheets), params=LayoutParams, deadline=600, requests=0, renders=RENDERS)
async def laid_out(plants: Plants, sheets: Sheets | Gap, params: LayoutParams, renderer: Renderer) -> LaidOut:
    """How a browser lays out the pages on which something hangs on it; none where nothing does."""
    wanted = worth_it(plants, sheets)
    looking = _Looking(plants, renderer)
    await in_time(_SECONDS, looking.at(wanted[: params.pages]))
    return LaidOut(tuple(looking.pages), left=len(wanted) - len(looking.pages))


class _Worth(NamedTuple):
    """How much hangs on a page; the smallest comes first."""

    rank: int
    fewer: int
    depth: int
    url: str


def worth_it(plants: Plants, sheets: Sheets | Gap) -> list[str]:
    """The pages that are worth a look, the most harmful first."""
    worth = [*_of_groups(plants, sheets), *_of_scripts(plants)]
    worth += [_Worth(4, 0, 0, url) for url in plants.veiled]
    return list(dict.fromkeys(one.url for one in sorted(worth)))


def _of_groups(plants: Plants, sheets: Sheets | Gap) -> Iterator[_Worth]:
    """Links of spam of which nobody knows whether they can be seen; what was found hidden; those that seem seen."""
    cascades = Cascades(sheets)
    for group in plants.groups:
        found, loud = verdict(group, cascades), sum(map(speaks, group.links))
        if loud or found.key:
            rank = 0 if found.open and not found.key else 2 if found.sure and found.key else 3
            yield _Worth(rank, -loud, group.depth, group.url)
        elif group.hidden_by_script:
            yield _Worth(3, 0, group.depth, group.url)


def _of_scripts(plants: Plants) -> Iterator[_Worth]:
    return (_Worth(1, -len(one.words), one.depth, one.url) for one in plants.scripts if one.kind in _WRITES)


class _Looking:
    """At one page after the other; ``pages`` are those that were tried."""

    def __init__(self, plants: Plants, renderer: Renderer) -> None:
        self._groups = plants.groups
        self._depths = {group.url: group.depth for group in plants.groups}
        self._depths |= {script.url: script.depth for script in plants.scripts}
        self._known = {(link.target, link.text) for group in plants.groups for link in group.links}
        self._renderer = renderer
        self._lacking: Reason | None = None
        self.pages: list[LaidPage] = []

    async def at(self, urls: list[str]) -> None:
        for url in urls:
            self.pages.append(await self._look(url))

    async def _look(self, url: str) -> LaidPage:
        if self._lacking:
            return LaidPage(url, self._lacking)
        found = await self._renderer.render(url, Want(layout=True))
        if isinstance(found, Gap):
            self._lacking = found.reason if found.reason in _NONE_TO_BE_HAD else None
            return LaidPage(url, found.reason)
        return self._read(url, found)

    def _read(self, url: str, found: Rendered) -> LaidPage:
        page = parse_page(found.html.encode("utf-8", "replace"), url=found.final_url, depth=self._depths.get(url, 0))
        injected = tuple(dict.fromkeys(came_along(page, found)))
        if found.layout is None:
            return LaidPage(url, Reason.RENDER_TOO_HEAVY, injected=injected)
        groups = [
            [link for link in one.links if not (link.within or unscripted(link.tags))]
            for one in self._groups
            if one.url == url
        ]
        links = [one for group in groups for one in laid(group, found.layout, whole=found.whole)]
        added, looks = written(page, found.layout, self._known)
        return LaidPage(url, None, (*links, *looks), added, injected)
