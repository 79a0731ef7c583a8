"""The ICP filing number: shown, well formed, linked (《非经营性互联网信息服务备案管理办法》 art. 13, 25)."""

from collections.abc import Iterator

from xuncha.api import Site, Url, ask, finding, warning
from xuncha_plugins.icp.collect import Said, Seen, identity_check, nothing_shown, why_unseen
from xuncha_plugins.icp.duties import EVERY_WEBSITE, missing
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.identity import Shown
from xuncha_plugins.icp.places import Place


@identity_check("icp.filing-shown")
def filing_shown(seen: Seen, site: Site) -> Iterator[Said]:
    """The home page shows the number, whatever its spelling."""
    if seen.filings:
        return
    inside = next((shown for page in seen.inner for shown in page.filings), None)
    licence = next((licence for page in seen.home for licence in page.licences), "")
    if seen.filing_links:
        yield ask(seen.filing_links[0].at, "in-picture", url=Url(seen.filing_links[0].url))
    elif licence:
        yield ask(seen.at(Element.FILING), "licence-only", licence=licence)
    elif inside and not why_unseen(seen, Element.FILING):
        yield warning(seen.at(Element.FILING), "only-inside", number=inside.number.written, url=Url(inside.at.url))
    else:
        yield from missing(seen, site, Element.FILING, EVERY_WEBSITE)


@identity_check("icp.filing-format")
def filing_format(seen: Seen, site: Site) -> Iterator[Said]:
    """Short name of the province, ``ICP备``, 8 or 10 digits, ``号``, perhaps ``-1``; blanks are only hinted at."""
    if not seen.filings:
        yield nothing_shown(seen, Element.FILING)
    for shown in seen.own_filings(site.icp):
        if shown.number.well_formed or shown.doubtful:
            continue
        say = warning if shown.number.spaced else finding
        key = "spaced" if shown.number.spaced else "malformed"
        yield say(shown.at, key, number=shown.number.written, distinct=shown.number.key)


@identity_check("icp.filing-linked")
def filing_linked(seen: Seen, site: Site) -> Iterator[Said]:
    """The number leads to the ministry's filing system; a link beside it will do where none surrounds it."""
    if not seen.filings:
        yield nothing_shown(seen, Element.FILING)
    for shown in seen.own_filings(site.icp):
        yield from _linked(shown, seen)


def _linked(shown: Shown, seen: Seen) -> Iterator[Said]:
    links = shown.links or seen.filing_links
    number, key = shown.number.written, shown.number.key
    if shown.doubtful:
        yield ask(shown.at, "by-maker", number=number, distinct=key)
        return
    if not links:
        yield finding(shown.at, "unlinked", number=number, distinct=key)
    elif not any(link.place is Place.RIGHT for link in links):
        older = next((link for link in links if link.place is Place.OLDER), None)
        if older:
            yield warning(older.at, "older", number=number, url=Url(older.url), distinct=key)
        else:
            yield finding(links[0].at, "elsewhere", number=number, url=Url(links[0].url), distinct=key)
