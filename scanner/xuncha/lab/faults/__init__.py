"""The closed catalogue of what can go wrong on a site of the lab, and what a correct inspector then finds.

A fault is switched on per site. ``expects`` says which outcomes it must lead to; every check that no fault names
must stay free of findings. Where a fault hides the site (nothing answers, a challenge stands in the way), ``hides``
names the checks that can't be judged any more: what other faults would show there is then not expected.
"""

from collections.abc import Iterable, Iterator

from xuncha.lab.faults.availability import AVAILABILITY, IN_THE_WAY
from xuncha.lab.faults.content import CONTENT
from xuncha.lab.faults.darklinks import DARKLINKS
from xuncha.lab.faults.domain import DOMAIN
from xuncha.lab.faults.exposure import EXPOSURE, FAMILIES
from xuncha.lab.faults.freshness import FRESHNESS
from xuncha.lab.faults.headers import HEADERS
from xuncha.lab.faults.icp import ICP
from xuncha.lab.faults.identity import IDENTITY
from xuncha.lab.faults.integrity import INTEGRITY
from xuncha.lab.faults.interaction import INTERACTION
from xuncha.lab.faults.links import LINKS
from xuncha.lab.faults.model import Expectation, Fault
from xuncha.lab.faults.services import SERVICES
from xuncha.lab.faults.tls import TLS
from xuncha.model.outcome import Status

__all__ = [
    "COMPARING",
    "DISGUISED",
    "FAULTS",
    "PROBED",
    "Expectation",
    "Fault",
    "UnknownFaultError",
    "expectations",
    "fault",
]

PROBED = frozenset({
    "tls.known-vulnerabilities", "darklinks.error-pages", *(f"exposure.{family}" for family in FAMILIES),
})  # fmt: skip
"""Checks that run only where probing is authorised."""

DISGUISED = frozenset({"darklinks.cloaking"})
"""Checks that run only where disguise is authorised."""

_SUBJECTS = (
    AVAILABILITY,
    IN_THE_WAY,
    LINKS,
    ICP,
    TLS,
    FRESHNESS,
    CONTENT,
    DOMAIN,
    SERVICES,
    INTERACTION,
    IDENTITY,
    HEADERS,
    DARKLINKS,
    INTEGRITY,
    EXPOSURE,
)
FAULTS = {one.id: one for subject in _SUBJECTS for one in subject}
"""Every fault by its id."""

COMPARING = tuple(sorted({f"{check.partition('.')[0]}.*" for one in FAULTS.values() for check, _ in one.pictured}))
"""Patterns for the checks that hold pages against approved ones."""


class UnknownFaultError(ValueError):
    """A fault that is not in the catalogue; the message names those that are."""

    def __init__(self, fault_id: str) -> None:
        super().__init__(f"no fault {fault_id!r} in the lab; it knows: {', '.join(FAULTS)}")


def fault(fault_id: str) -> Fault:
    """The fault of that id. Raises UnknownFaultError."""
    try:
        return FAULTS[fault_id]
    except KeyError:
        raise UnknownFaultError(fault_id) from None


_WORST_FIRST = (Status.FAIL, Status.WARN)


def expectations(fault_ids: Iterable[str], *, in_browser: bool = False, pictured: bool = False) -> set[Expectation]:
    """What a correct inspector says of a site with these faults: (check id, status) pairs, one for each check.

    ``in_browser``: he had the site's scripts run. ``pictured``: he had an approved picture of the home page. Where
    several faults concern a check, it fails if it does for one of them, and else warns if it does for one.
    """
    present = [fault(fault_id) for fault_id in fault_ids]
    found = {
        (check, status)
        for one in present
        for check, status in one.leads_to(in_browser=in_browser, pictured=pictured)
        if not any(check.startswith(other.hidden(in_browser=in_browser)) for other in present if other is not one)
    }
    return {(check, status) for check, status in found if not _is_outdone(check, status, found)}


def _is_outdone(check: str, status: Status, found: set[Expectation]) -> bool:
    worse = _WORST_FIRST[: _WORST_FIRST.index(status)] if status in _WORST_FIRST else _WORST_FIRST
    return any((check, one) in found for one in worse)


def only_in_browser(fault_ids: Iterable[str]) -> tuple[Fault, ...]:
    """Those of the faults that nobody without a browser can find, by id."""
    return tuple(one for one in _sorted(fault_ids) if one.in_browser and not one.expects)


def only_in_pictures(fault_ids: Iterable[str]) -> tuple[Fault, ...]:
    """Those that nobody can find who has no approved picture of the page, by id."""
    return tuple(one for one in _sorted(fault_ids) if one.pictured and not (one.expects or one.in_browser))


def in_pictures(fault_ids: Iterable[str]) -> tuple[Fault, ...]:
    """Those that such a picture shows, by id."""
    return tuple(one for one in _sorted(fault_ids) if one.pictured)


def _sorted(fault_ids: Iterable[str]) -> Iterator[Fault]:
    return map(fault, sorted(fault_ids))
