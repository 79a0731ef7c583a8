"""Looks the site up in the register of filings that the office handed in."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from xuncha.api import Clock, Filed, Gap, Registers, Site, probe, upwards
from xuncha_plugins.icp import places

MAX_LISTED = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the register, as it is written there; ``row`` counts from 1 in a CSV file."""

    domain: str
    number: str
    subject: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Filings:
    """What the register knows of a site, by its ``host``, by domains above that, and by the inventory's ``number``.

    ``as_of`` is the register's newest entry, ``asked`` the day of the look-up, ``size`` the number of its entries.
    """

    register: str
    as_of: date
    asked: date
    size: int
    host: str
    number: str
    by_host: tuple[Listed, ...] = ()
    above: tuple[Listed, ...] = ()
    by_number: tuple[Listed, ...] = ()


@probe(provides=Filings, deadline=30, connections=0, requests=0)
async def filings(site: Site, registers: Registers, clock: Clock) -> Filings | Gap:
    """The register is a local file: nothing is asked over the network."""
    register = registers.open("icp")
    if isinstance(register, Gap):
        return register
    host = places.host(site.home)
    above = (_listed(register.by_domain(name)) for name in islice(upwards(host), 1, None))
    return Filings(
        register=register.name,
        as_of=register.as_of,
        asked=clock().date(),
        size=register.size,
        host=host,
        number=site.icp,
        by_host=_listed(register.by_domain(host)),
        above=next(filter(None, above), ()),
        by_number=_listed(register.by_number(site.icp)) if site.icp else (),
    )


def _listed(found: tuple[Filed, ...]) -> tuple[Listed, ...]:
    return tuple(Listed(one.domain, one.number, one.subject, one.row) for one in found[:MAX_LISTED])
