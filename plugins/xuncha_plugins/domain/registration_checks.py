"""Checks of the registration: until when, and for whom."""

import re
from collections.abc import Iterator

from pydantic import Field

from xuncha.api import (
    Ask,
    Finding,
    NotApplicable,
    Params,
    Reason,
    Site,
    SiteLocator,
    Unsure,
    ask,
    check,
    day_of,
    finding,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.domain.facts import Registration

Said = Finding | Ask | Unsure | NotApplicable

_BESIDE_THE_NAME = re.compile(r"[\s()（）\[\]【】·.,，。、\"'“”-]+")
_SHORTEST_NAME = 4


class ExpiryParams(Params):
    """``days``: how long before its end a registration ought to have been renewed."""

    days: int = Field(default=60, ge=0, le=730)


@check("domain.expiry", params=ExpiryParams)
def expiry(registration: Registration, params: ExpiryParams) -> Iterator[Said]:
    """The registration lasts; an expired domain can be taken by anybody."""
    domain, ends = registration.domain, registration.expires
    if registration.shared:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif not registration.known:
        yield ask(SiteLocator(), "unknown", distinct=domain, domain=domain, server=registration.server)
    elif ends is None:
        yield unsure(Reason.NO_RECORD)
    elif ends <= registration.asked:
        yield finding(SiteLocator(), "expired", distinct=domain, domain=domain, until=day_of(ends))
    elif not (left := (day_of(ends) - day_of(registration.asked)).days):  # as whoever is told the date counts them
        yield warning(SiteLocator(), "today", distinct=domain, domain=domain, until=day_of(ends))
    elif left <= params.days:
        yield warning(SiteLocator(), "soon", distinct=domain, domain=domain, until=day_of(ends), count=left)


@check("domain.registrant")
def registrant(registration: Registration, site: Site) -> Iterator[Said]:
    """The domain is registered for the sponsor. Names differ in many honest ways, so a person decides."""
    if registration.shared:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif not registration.registrant:
        yield unsure(Reason.NO_RECORD)
    elif not _plain(site.sponsor or site.name):
        yield unsure(Reason.FACT_MISSING)
    elif not any(_agree(registration.registrant, name) for name in (site.sponsor, site.department, site.name)):
        yield ask(
            SiteLocator(),
            "another",
            distinct=registration.domain,
            domain=registration.domain,
            registrant=registration.registrant,
            sponsor=site.sponsor or site.name,
        )


def _agree(one: str, other: str) -> bool:
    """Whether one name contains the other: ``示例区民政局`` and ``示例市示例区民政局``."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short == long or (len(short) >= _SHORTEST_NAME and short in long)


def _plain(name: str) -> str:
    return _BESIDE_THE_NAME.sub("", name).lower()
