"""How baselines reach checks: the parent verifies the log and tells each site's worker what is approved.

What a run compares with is settled when it starts and kept in its bundle, so that a resumed run compares with the same.
Workers need no key: they hold the prints against the hashes that the parent read from the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from xuncha.baseline import trouble
from xuncha.baseline.approved import ApprovedPage, Standing, standing
from xuncha.baseline.book import Baselines
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


def hand_over(bundle: Bundle, plan: Plan, sites: Mapping[str, Standing]) -> None:
    """Write down for each site of the run what is approved of it. Raises StoreError."""
    for one in plan.sites:
        standing = sites.get(one.site.id, Standing())
        handed = Handed(tuple(standing.pages.values()), tuple(standing.redesigns.values()))
        bundle.write_approved(one.number, dump(handed) if handed.pages else None)


def hand_over_again(bundle: Bundle, plan: Plan, seal: Seal) -> Seal:
    """The same once more for a run that is resumed, from the log itself: meanwhile anybody may have written here.

    Returns ``seal``, or what is wrong with the log now. Raises StoreError.
    """
    book = Baselines(Path(plan.surroundings.baselines)).look()
    if seal.state is not SealState.INTACT:
        return seal
    if book.seal.state is SealState.INTACT and book.chain.holds(seal.length, seal.head):
        hand_over(bundle, plan, standing(book.chain.entries[: seal.length]))
        return seal
    problem = book.seal.problem or trouble.broken(trouble.NOT_OF_THE_RUN)
    return replace(seal, state=SealState.BROKEN, problem=problem)


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


def approved_first(baseline: Baseline | Gap | None) -> tuple[tuple[str, int], ...]:
    """The approved pages with their levels, upper ones first: a crawl that is cut short should have come to them."""
    pages = baseline.pages if isinstance(baseline, Baseline) else ()
    return tuple(sorted(((page.print.url, page.print.depth) for page in pages), key=lambda page: page[1]))


def _read(handed: Handed, workspace: str, site: Site, seal: Seal) -> Baseline:
    pages = Baselines(Path(workspace)).packs.read(handed.pages)
    return Baseline(site.id, tuple(pages), seal, handed.redesigns)
