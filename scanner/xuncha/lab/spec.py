"""A site of the lab as it is meant to be, and the faults that are switched on."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from xuncha.lab.faults import fault
from xuncha.lab.flavours import FlavourId
from xuncha.model.site import SiteKind

_CATEGORIES = frozenset(("gov", "com"))
_COMMERCIAL = ".com.example"

Footer = Literal["inline", "fragment", "iframe"]
"""How the footer comes into the page: in its source, loaded by ``$.load``, or as a frame. All three are compliant."""


@dataclass(frozen=True, slots=True)
class LabSite:
    """One site.

    ``host`` is under a reserved top-level domain; the fault ``domain-com`` gives it another one.
    ``serial`` (1-99) makes its filing numbers. Sites that name the
    same ``platform`` share an address and its ports. A site with a ``parent`` carries the parent's identity.
    ``flavour`` is the publishing system that shapes it. ``volume`` scales the number of articles: 1 gives about
    75 pages, 3 about 105.
    """

    id: str
    name: str
    host: str
    sponsor: str
    serial: int
    kind: SiteKind = SiteKind.DEPARTMENT
    encoding: Literal["utf-8", "gbk"] = "utf-8"
    flavour: FlavourId = "trs"
    platform: str = ""
    parent: str = ""
    footer: Footer = "inline"
    colour: str = "#1b5fa8"
    volume: int = 1
    faults: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for fault_id in self.faults:
            fault(fault_id)
        if "domain-com" in self.faults and not self.host.endswith(_COMMERCIAL):
            label = self.host.removeprefix("www.").partition(".")[0]
            object.__setattr__(self, "host", f"www.{label}{_COMMERCIAL}")

    @property
    def domain(self) -> str:
        """The part of the host that was registered."""
        labels = self.host.split(".")
        return ".".join(labels[-3 if labels[-2] in _CATEGORIES else -2 :])

    def having(self, *fault_ids: str) -> Self:
        """The same site with these faults as well. Raises UnknownFaultError."""
        return replace(self, faults=self.faults | set(fault_ids))

    def without(self, *fault_ids: str) -> Self:
        """The same site without these faults."""
        return replace(self, faults=self.faults - set(fault_ids))
