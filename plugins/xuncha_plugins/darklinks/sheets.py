"""Fetches the style sheets of pages with strange links: at most twenty of a site, and none where nothing is strange."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urljoin

from pydantic import Field

from xuncha.api import Net, NetError, Params, Reason, Reply, Site, host_of, probe, registrable
from xuncha_plugins.darklinks.facts import Plants, Rule, Sheet, Sheets
from xuncha_plugins.darklinks.styles import MAX_RULES, MAX_SHEET, SheetRules, read_sheet

MAX_IMPORTS = 3
"""Sheets that import each other."""

_OK = 200


class SheetParams(Params):
    """At most ``sheets`` are fetched, with ``patience`` seconds for each."""

    sheets: int = Field(default=20, ge=0, le=40)
    patience: float = Field(default=15, gt=0, le=60)


@probe(provides=Sheets, needs=(Plants,), params=SheetParams, deadline=600, connections=1, requests=("sheets",))
async def sheets(site: Site, plants: Plants, params: SheetParams, net: Net) -> Sheets:
    """The rules of the sheets that the site itself serves, and of what these import; other hosts' are left alone."""
    own = frozenset(registrable(host_of(url)) for url in site.urls)
    every = tuple(dict.fromkeys(url for group in plants.groups for url in group.sheets))
    asking = _Asking(own, params, net)
    for url in every:
        await asking.fetch(url)
    for _ in range(MAX_IMPORTS):
        for url in asking.imported():
            await asking.fetch(url)
    found = [asking.sheet(url) for url in every if url in asking.read]
    return Sheets(tuple(found), complete=len(found) == len(every))


@dataclass(frozen=True, slots=True)
class _Read:
    """One sheet as it came, with the addresses of those that it imports."""

    sheet: Sheet
    imports: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class _Asking:
    own: frozenset[str]
    params: SheetParams
    net: Net
    read: dict[str, _Read] = field(default_factory=dict)

    async def fetch(self, url: str) -> None:
        """Unless it is another site's, there already, or beyond what was agreed."""
        if url not in self.read and registrable(host_of(url)) in self.own and len(self.read) < self.params.sheets:
            self.read[url] = await _fetched(url, self.params, self.net)

    def imported(self) -> list[str]:
        """What the sheets that came import."""
        return [url for one in self.read.values() for url, _ in one.imports]

    def sheet(self, url: str) -> Sheet:
        """The sheet with what it imports."""
        rules = tuple(islice(self._rules(url, sure=True, level=0), MAX_RULES + 1))
        within = [self.read.get(one) for one in self._within(url)]
        whole = len(rules) <= MAX_RULES and all(one is not None and one.sheet.whole for one in within)
        problem = next((one.sheet.problem for one in within if one and one.sheet.problem), None)
        return Sheet(url, rules[:MAX_RULES], whole=whole, problem=problem or self._missing(within))

    def _missing(self, within: list[_Read | None]) -> Reason | None:
        return Reason.STYLE_UNDECIDED if None in within else None

    def _within(self, url: str) -> list[str]:
        """This sheet and those that it imports."""
        found = [url]
        for one in found:
            read = self.read.get(one)
            found += [other for other, _ in read.imports if other not in found] if read else ()
        return found

    def _rules(self, url: str, *, sure: bool, level: int) -> Iterator[Rule]:
        """In their order: a sheet's imports come before its own."""
        read = self.read.get(url)
        if read is None or level > MAX_IMPORTS:
            return
        for other, holds in read.imports:
            yield from self._rules(other, sure=sure and holds, level=level + 1)
        yield from read.sheet.rules if sure else (replace(rule, sure=False) for rule in read.sheet.rules)


async def _fetched(url: str, params: SheetParams, net: Net) -> _Read:
    try:
        reply = await net.fetch(url, max_bytes=MAX_SHEET, deadline=params.patience)
    except NetError as error:
        return _Read(Sheet(url, problem=error.reason))
    if reply.challenge:
        return _Read(Sheet(url, problem=Reason.CHALLENGED))
    read = read_sheet(_css(reply)) if reply.status == _OK else SheetRules()
    imports = tuple((urljoin(reply.final_url, one.url), one.sure) for one in read.imports[: params.sheets])
    return _Read(Sheet(url, read.rules, whole=read.whole and not reply.truncated), imports)


def _css(reply: Reply) -> str:
    """Names of classes are ASCII nearly always; where they are not, an honest sheet is in UTF-8."""
    return reply.body.decode("utf-8", "replace")
