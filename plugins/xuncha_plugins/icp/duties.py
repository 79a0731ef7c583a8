"""Which kinds of website must show which element, and what is said where it is missing."""

from collections.abc import Iterator, Mapping
from enum import Enum

from xuncha.api import Reason, Site, SiteKind, ask, finding, not_applicable, unsure, warning
from xuncha_plugins.icp.collect import Said, Seen
from xuncha_plugins.icp.elements import Element


class Duty(Enum):
    """How firmly something is demanded: ``ASKED`` where it depends on facts that only people know."""

    REQUIRED = "required"
    EXPECTED = "expected"
    ASKED = "asked"


_PART_OF_ANOTHER = {SiteKind.TOPIC: Duty.ASKED, SiteKind.BUSINESS_SYSTEM: Duty.ASKED}
"""Topics and business systems belong into another website, which then carries the elements."""

_ORGANS = {SiteKind.PORTAL: Duty.REQUIRED, SiteKind.DEPARTMENT: Duty.REQUIRED}

EVERY_WEBSITE: Mapping[SiteKind, Duty] = {
    **_ORGANS,
    **_PART_OF_ANOTHER,
    SiteKind.PUBLIC_INSTITUTION: Duty.REQUIRED,
    SiteKind.SCHOOL_OR_HOSPITAL: Duty.REQUIRED,
    SiteKind.STATE_ENTERPRISE: Duty.REQUIRED,
}
"""Filings: every website is filed."""

GOVERNMENT_WEBSITES: Mapping[SiteKind, Duty] = {**_ORGANS, **_PART_OF_ANOTHER}
"""The identity code and the report-an-error entry: portals and departments."""

MARKED_WEBSITES: Mapping[SiteKind, Duty] = {
    **_ORGANS,
    **_PART_OF_ANOTHER,
    SiteKind.PUBLIC_INSTITUTION: Duty.EXPECTED,
    SiteKind.SCHOOL_OR_HOSPITAL: Duty.EXPECTED,
}
"""The CONAC mark: red for organs, blue for public institutions."""

GOOD_PRACTICE: Mapping[SiteKind, Duty] = dict.fromkeys(EVERY_WEBSITE, Duty.EXPECTED) | _PART_OF_ANOTHER
"""What footers usually carry beyond what is checked by rule: its lack is a hint."""


def missing(seen: Seen, site: Site, element: Element, duties: Mapping[SiteKind, Duty]) -> Iterator[Said]:
    """What to say of an element that was not found. Messages: ``missing``, and ``to-confirm`` as a question.

    Of a website whose kind nobody told us nothing is demanded; it is hinted at. One that only a private network
    reaches may need none of it: that is asked.
    """
    duty = duties.get(site.kind) if site.kind else Duty.EXPECTED
    if duty is None:
        yield not_applicable(Reason.KIND_OF_SITE)
    elif reason := seen.out_of_sight(element):
        yield unsure(reason)
    elif site.parent_site and seen.leads_up:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif seen.placeholder:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif site.parent_site or site.network or duty is Duty.ASKED:
        yield ask(seen.at(element), "to-confirm")
    elif duty is Duty.REQUIRED:
        yield finding(seen.at(element), "missing")
    else:
        yield warning(seen.at(element), "missing")
