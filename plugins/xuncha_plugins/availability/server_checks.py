"""Checks of how the server is set up: it says so when a page does not exist, and it can be reached over IPv6."""

from collections.abc import Iterator

from xuncha.api import (
    Coverage,
    EndpointLocator,
    Finding,
    Gap,
    NotApplicable,
    Reason,
    Site,
    SiteLocator,
    Unsure,
    Url,
    check,
    is_address,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.availability.facts import HomeVisits, Ipv6, MissingAnswer, MissingPages

Said = Finding | Unsure | NotApplicable | Coverage

_REACHED = frozenset({Reason.REFUSED, Reason.RESET})
"""Something answered over IPv6, so that there is a way from here."""


@check("availability.soft-404")
def soft_404(missing: MissingPages) -> Iterator[Said]:
    """Addresses that do not exist are answered with 404 or 410."""
    told = [answer for answer in missing.answers if answer.reason is None]
    if not told:
        yield unsure((missing.answers and missing.answers[0].reason) or Reason.FACT_MISSING)
        return
    yield Coverage(len(told), len(missing.answers), complete=missing.complete and len(told) == len(missing.answers))
    yield from _soft([answer for answer in told if answer.soft and answer.to_home], "sent-home", len(told))
    yield from _soft([answer for answer in told if answer.soft and not answer.to_home], "answers-ok", len(told))


def _soft(answers: list[MissingAnswer], key: str, tried: int) -> Iterator[Finding]:
    if answers:
        first = answers[0]
        url, status, title = Url(first.url), str(first.status), first.title or "—"
        count = len(answers)
        yield warning(SiteLocator(), key, distinct=key, url=url, status=status, title=title, count=count, tried=tried)


@check("availability.ipv6")
def reachable_over_ipv6(site: Site, found: Ipv6, home: HomeVisits | Gap) -> Iterator[Said]:
    """The entry has an IPv6 address, and a connection to it succeeds. Advisory."""
    place = EndpointLocator(found.host, found.port)
    if ":" in found.host:
        yield from _by_address(home)
    elif site.network or site.connect_to or is_address(found.host):
        yield not_applicable(Reason.KIND_OF_SITE)
    elif not found.exists:
        yield unsure(Reason.NO_SUCH_NAME)
    elif not found.addresses:
        yield warning(place, "no-address", host=found.host)
    elif found.connected is False:
        yield _not_reached(place, found, home)


def _by_address(home: HomeVisits | Gap) -> Iterator[Said]:
    """An entry that is an IPv6 address is reached over IPv6 or not at all."""
    if isinstance(home, Gap) or not any(visit.status for visit in home.visits):
        yield unsure(Reason.VANTAGE_UNFIT)


def _not_reached(place: EndpointLocator, found: Ipv6, home: HomeVisits | Gap) -> Said:
    """Silence may be our own lack of IPv6; an answer that says no is the server's, if it says yes over IPv4."""
    opened = not isinstance(home, Gap) and any(visit.status for visit in home.visits)
    if opened and found.reason in _REACHED:
        return warning(place, "refused", host=found.host, address=found.addresses[0])
    return unsure(Reason.VANTAGE_UNFIT)
