"""Fetches the style sheets of pages with strange links: at most twenty of a site, and none where nothing is strange."""

from pydantic import Field

from xuncha.api import Net, NetError, Params, Reason, Reply, Site, host_of, probe, registrable
from xuncha_plugins.darklinks.facts import Plants, Sheet, Sheets
from xuncha_plugins.darklinks.styles import MAX_SHEET, SheetRules, read_sheet

_OK = 200


class SheetParams(Params):
    """At most ``sheets`` are fetched, with ``patience`` seconds for each."""

    sheets: int = Field(default=20, ge=0, le=40)
    patience: float = Field(default=15, gt=0, le=60)


@probe(provides=Sheets, needs=(Plants,), params=SheetParams, deadline=600, connections=1, requests=("sheets",))
async def sheets(site: Site, plants: Plants, params: SheetParams, net: Net) -> Sheets:
    """The rules of the sheets that the site itself serves; those of other hosts are left alone."""
    own = {registrable(host_of(url)) for url in site.urls}
    every = dict.fromkeys(url for group in plants.groups for url in group.sheets)
    wanted = [url for url in every if registrable(host_of(url)) in own]
    found = [await _sheet(url, params, net) for url in wanted[: params.sheets]]
    return Sheets(tuple(found), complete=len(found) == len(every))


async def _sheet(url: str, params: SheetParams, net: Net) -> Sheet:
    try:
        reply = await net.fetch(url, max_bytes=MAX_SHEET, deadline=params.patience)
    except NetError as error:
        return Sheet(url, problem=error.reason)
    if reply.challenge:
        return Sheet(url, problem=Reason.CHALLENGED)
    read = read_sheet(_css(reply)) if reply.status == _OK else SheetRules()
    return Sheet(url, read.rules, whole=read.whole and not reply.truncated)


def _css(reply: Reply) -> str:
    """Names of classes are ASCII nearly always; where they are not, an honest sheet is in UTF-8."""
    return reply.body.decode("utf-8", "replace")
