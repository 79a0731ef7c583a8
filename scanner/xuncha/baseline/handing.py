"""How baselines reach checks: the parent verifies the log and tells each site's worker what is approved.

What a run compares with is settled when it starts and kept in its bundle, so that a resumed run compares with the same.
Workers need no key: they hold the prints against the hashes that the parent read from the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xuncha.baseline.approved import ApprovedPage
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.packs import PackError
from xuncha.model.fact import Gap
from xuncha.model.prints import Baseline, Redesign, Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.plan import Plan, SitePlan
from xuncha.store.bundle import Bundle
from xuncha.store.codec import dump, load
from xuncha.store.errors import StoreError

_BAD = {SealState.BROKEN: Reason.BASELINE_BROKEN, SealState.KEY_MISSING: Reason.SEAL_KEY_MISSING}


@dataclass(frozen=True, slots=True)
class Handed:
    """What is approved of one site, as the parent tells it."""

    pages: tuple[ApprovedPage, ...]
    redesigns: tuple[Redesign, ...] = ()


def hand_over(bundle: Bundle, plan: Plan, book: Book) -> None:
    """Write down for each site of the run what is approved of it. Raises StoreError."""
    for number, handed in _approved(plan, book):
        bundle.write_approved(number, dump(handed))


def _approved(plan: Plan, book: Book) -> Iterator[tuple[int, Handed]]:
    for one in plan.sites:
        standing = book.sites.get(one.site.id)
        if standing and standing.pages:
            yield one.number, Handed(tuple(standing.pages.values()), tuple(standing.redesigns.values()))


def baseline_of(bundle: Bundle, workspace: str, planned: SitePlan, seal: Seal | None) -> Baseline | Gap:
    """The baseline of one site, for its worker; a gap where there is none, or none that can be trusted."""
    if seal is None:
        return Gap(Reason.NO_BASELINE)
    if seal.state in _BAD:
        return Gap(_BAD[seal.state], detail=seal.problem.en if seal.problem else "")
    try:
        data = bundle.read_approved(planned.number)
        return Gap(Reason.NO_BASELINE) if data is None else _read(load(Handed, data), workspace, planned.site, seal)
    except PackError as error:
        return Gap(Reason.BASELINE_BROKEN, detail=str(error))
    except (StoreError, OSError) as error:
        return Gap(Reason.FACT_MISSING, detail=str(error))


def _read(handed: Handed, workspace: str, site: Site, seal: Seal) -> Baseline:
    pages = Baselines(Path(workspace)).packs.read(handed.pages)
    return Baseline(site.id, tuple(pages), seal, handed.redesigns)
