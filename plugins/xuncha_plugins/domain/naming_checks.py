"""Checks of the name itself, by what the inventory declares: which suffix, which form, how many."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Finding,
    NotApplicable,
    PageLocator,
    Reason,
    Site,
    SiteKind,
    SiteLocator,
    Unsure,
    ask,
    check,
    finding,
    host_of,
    is_address,
    not_applicable,
    public_suffix,
    registrable,
    unsure,
    warning,
    without_www,
)
from xuncha_plugins.domain.names import hosts, is_governmental, is_institutional, readable

Said = Finding | Ask | Unsure | NotApplicable

_ORGANS = frozenset((SiteKind.PORTAL, SiteKind.DEPARTMENT))
_PARTS = frozenset((SiteKind.TOPIC, SiteKind.BUSINESS_SYSTEM))
_NO_ORGANS = frozenset((SiteKind.PUBLIC_INSTITUTION, SiteKind.SCHOOL_OR_HOSPITAL, SiteKind.STATE_ENTERPRISE))
_LOCAL = ("区", "县", "街道", "乡", "镇")
_MOST_SHOWN = 5


@check("domain.naming")
def naming(site: Site) -> Iterator[Said]:
    """Organs below .gov.cn or .政务, public institutions below .cn or .公益 (2024 provisions, art. 5)."""
    name = host_of(site.home)
    if site.network:  # in an intranet names are nobody's business
        yield not_applicable(Reason.NOT_OFFERED)
    elif not name:
        yield unsure(Reason.NO_ENTRY_URL)
    elif not ("." in name or is_address(name)):
        yield not_applicable(Reason.NO_DOMAIN_NAME)
    elif is_address(name):
        yield warning(PageLocator(site.home), "address", host=name)
    elif site.kind in _ORGANS:
        yield from _organ(site, name)
    else:
        yield from _other(site, name)


def _organ(site: Site, name: str) -> Iterator[Said]:
    if not is_governmental(name):
        yield finding(PageLocator(site.home), "suffix", host=readable(name), suffix=readable(public_suffix(name)))
    elif site.kind is SiteKind.PORTAL and not any(one.startswith("www.") for one in hosts(site)):
        yield warning(PageLocator(site.home), "portal-form", host=readable(name))
    elif site.kind is SiteKind.DEPARTMENT and without_www(name) == registrable(name) and _is_local(site):
        yield warning(PageLocator(site.home), "own-domain", host=readable(name))


def _is_local(site: Site) -> bool:
    """Departments of districts and below take a name below their government's; above, many lead their own."""
    return any(word in site.level for word in _LOCAL)


def _other(site: Site, name: str) -> Iterator[Said]:
    place, shown = PageLocator(site.home), readable(name)
    governmental = is_governmental(name)
    if site.kind is None and not governmental:
        yield warning(place, "kind-unknown", host=shown)
    elif site.kind in _PARTS and not governmental:
        yield warning(place, "part-elsewhere", host=shown)
    elif site.kind is SiteKind.PUBLIC_INSTITUTION and not is_institutional(name):
        yield finding(place, "institution-suffix", host=shown)
    elif site.kind is SiteKind.SCHOOL_OR_HOSPITAL and not is_institutional(name):
        yield ask(place, "school-suffix", host=shown)
    elif site.kind in _NO_ORGANS and governmental and without_www(name) == registrable(name):
        yield ask(place, "not-for-others", host=shown)


@check("domain.one-name")
def one_name(site: Site) -> Iterator[Said]:
    """One site, one domain: several need a main one, and idle ones are to be given up (guideline 2017)."""
    declared = hosts(site)
    names = [name for name in declared if not is_address(name)]
    if not names:
        yield not_applicable(Reason.NO_DOMAIN_NAME) if declared else unsure(Reason.NO_ENTRY_URL)
        return
    chinese = {registrable(name) for name in names if _is_chinese(name)}
    others = {registrable(name) for name in names if not _is_chinese(name)}
    if len(chinese) > 1 or len(others) > 1:
        several = sorted(readable(one) for one in chinese | others)
        yield ask(SiteLocator(), "several", count=len(several), names="、".join(several[:_MOST_SHOWN]))


def _is_chinese(name: str) -> bool:
    return not readable(registrable(name)).isascii()
