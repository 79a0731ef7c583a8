"""The police filing number: shown, 14 digits, linked to its own entry (公安部令第33号 art. 12)."""

from collections.abc import Iterator

from xuncha.api import Site, Url, ask, finding, warning
from xuncha_plugins.icp.collect import Said, Seen, identity_check, nothing_shown
from xuncha_plugins.icp.duties import EVERY_WEBSITE, missing
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.identity import Shown
from xuncha_plugins.icp.places import Place


@identity_check("icp.police-shown")
def police_shown(seen: Seen, site: Site) -> Iterator[Said]:
    """The home page shows the number in words."""
    if seen.police:
        return
    if seen.police_links:
        yield ask(seen.police_links[0].at, "in-picture", url=Url(seen.police_links[0].url))
    else:
        yield from missing(seen, site, Element.POLICE, EVERY_WEBSITE)


@identity_check("icp.police-format")
def police_format(seen: Seen, site: Site) -> Iterator[Said]:  # noqa: ARG001 - all such checks are asked alike
    """Fourteen digits after ``公网安备``."""
    if not seen.police:
        yield nothing_shown(seen, Element.POLICE)
    for shown in seen.police:
        if not shown.number.well_formed:
            yield finding(
                shown.at,
                "malformed",
                number=shown.number.written,
                count=len(shown.number.key),
                distinct=shown.number.key,
            )


@identity_check("icp.police-linked")
def police_linked(seen: Seen, site: Site) -> Iterator[Said]:  # noqa: ARG001 - as above
    """The number leads to the police filing system, and to the entry of that very number."""
    if not seen.police:
        yield nothing_shown(seen, Element.POLICE)
    for shown in seen.police:
        yield from _linked(shown, seen)


def _linked(shown: Shown, seen: Seen) -> Iterator[Said]:
    links = shown.links or seen.police_links
    right = [link for link in links if link.place is Place.RIGHT]
    number, key = shown.number.written, shown.number.key
    if not links:
        yield finding(shown.at, "unlinked", number=number, distinct=key)
    elif not right:
        yield finding(links[0].at, "elsewhere", number=number, url=Url(links[0].url), distinct=key)
    elif not any(link.carries for link in right):
        yield warning(right[0].at, "no-number", number=number, url=Url(right[0].url), distinct=key)
    elif not any(link.carries == key for link in right):
        yield finding(right[0].at, "other-number", number=number, linked=right[0].carries, distinct=key)
