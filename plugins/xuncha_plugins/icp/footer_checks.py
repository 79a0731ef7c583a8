"""Who runs the website and how to reach them (notice 一(二)6; 《政府网站发展指引》, 底部功能区)."""

from collections.abc import Iterator, Mapping

from xuncha.api import Site, SiteKind, ask
from xuncha_plugins.icp.collect import Judge, Said, Seen, identity_check
from xuncha_plugins.icp.duties import EVERY_WEBSITE, GOOD_PRACTICE, Duty, missing
from xuncha_plugins.icp.elements import Element


@identity_check("identity.sponsor")
def sponsor(seen: Seen, site: Site) -> Iterator[Said]:
    """The home page names the sponsor; another one than the inventory's is a question, not a fault."""
    if not _says(seen, Element.SPONSOR):
        yield from missing(seen, site, Element.SPONSOR, EVERY_WEBSITE)
        return
    shown = next((page for page in seen.home if page.sponsor), None)
    if shown and site.sponsor and not _same(shown.sponsor, site.sponsor):
        yield ask(shown.at(Element.SPONSOR), "another", shown=shown.sponsor, expected=site.sponsor)


def _says(seen: Seen, element: Element) -> bool:
    return any(element in page.said for page in seen.home)


def _same(one: str, other: str) -> bool:
    """Whether two spellings may mean one organisation: short names are subsequences of long ones."""
    short, long = sorted(("".join(one.split()), "".join(other.split())), key=len)
    rest = iter(long)
    return all(letter in rest for letter in short)


def _shown(check_id: str, element: Element, duties: Mapping[SiteKind, Duty]) -> Judge:
    """A check that the home page shows ``element``."""

    def shown(seen: Seen, site: Site) -> Iterator[Said]:
        if not _says(seen, element):
            yield from missing(seen, site, element, duties)

    shown.__name__ = check_id.replace(".", "_").replace("-", "_")
    return identity_check(check_id)(shown)


contact = _shown("identity.contact", Element.CONTACT, EVERY_WEBSITE)
undertaker = _shown("identity.undertaker", Element.UNDERTAKER, GOOD_PRACTICE)
copyright_notice = _shown("identity.copyright", Element.COPYRIGHT, GOOD_PRACTICE)
site_map = _shown("identity.site-map", Element.SITE_MAP, GOOD_PRACTICE)
accessibility = _shown("identity.accessibility", Element.ACCESSIBILITY, GOOD_PRACTICE)
