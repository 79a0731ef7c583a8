"""What the log comes to: which pages are approved, and when pages may look different. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from xuncha.baseline.entries import Act, Entry
from xuncha.model.prints import Approval, Redesign


@dataclass(frozen=True, slots=True)
class ApprovedPage:
    """An approval in force. ``print`` is the SHA-256 of what was approved, ``pack`` the file that holds it."""

    page: str
    print: str
    pack: int
    approval: Approval


@dataclass(slots=True)
class Standing:
    """Of one site. ``redesigns`` are those not cancelled, by the number of their entry."""

    pages: dict[str, ApprovedPage] = field(default_factory=dict)
    redesigns: dict[int, Redesign] = field(default_factory=dict)


def standing(entries: Iterable[Entry]) -> dict[str, Standing]:
    """Every site that the log speaks of; later entries overrule earlier ones."""
    sites: dict[str, Standing] = {}
    for entry in entries:
        what = entry.what
        if what.site and what.act not in (Act.ANSWER, Act.REVIEW, Act.RETRACT):
            _apply(entry, sites.setdefault(what.site, Standing()))
    return sites


def _apply(entry: Entry, site: Standing) -> None:
    what = entry.what
    match what.act:
        case Act.APPROVE:
            approval = Approval(what.by, entry.at, what.run, what.note)
            site.pages[what.page] = ApprovedPage(what.page, what.print, what.pack, approval)
        case Act.WITHDRAW:
            gone = [what.page] if what.page else list(site.pages)
            for page in gone:
                site.pages.pop(page, None)
        case Act.REDESIGN if what.start and what.end:
            site.redesigns[entry.number] = Redesign(what.start, what.end, what.by, what.note)
        case Act.CANCEL:
            site.redesigns.pop(what.number, None)
        case _:
            pass
