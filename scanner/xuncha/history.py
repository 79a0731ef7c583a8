"""Verdicts that a run leaves for later ones, and those that earlier runs by the same profile have left."""

from contextlib import suppress
from pathlib import Path

from xuncha.model.history import MOST, EarlierResult
from xuncha.plan import EarlierRun, Plan
from xuncha.store.bundle import Bundle
from xuncha.store.errors import StoreError
from xuncha.store.result import Stored


def leave(bundle: Bundle) -> None:
    """Keep what each site of a finished run came to. A run that can't be read back leaves nothing."""
    with suppress(StoreError):
        bundle.write_verdicts({str(number): found for number, found in Stored(bundle).concluded()})


def remembered(plan: Plan) -> tuple[EarlierResult, ...]:
    """What the plan's earlier runs by its own profile came to, the oldest first; without those that left nothing."""
    found: list[EarlierResult] = []
    for run in plan.surroundings.past:
        if len(found) < MOST:
            with suppress(StoreError):
                found += _left(run, plan)
    return tuple(reversed(found))


def _left(run: EarlierRun, plan: Plan) -> list[EarlierResult]:
    bundle = Bundle.open(Path(run.folder))
    meta, verdicts = bundle.meta(), bundle.read_verdicts()
    ids = {site.number: site.site.id for site in plan.sites}
    sites = {ids[here]: verdicts[str(there)] for here, there in run.sites.items() if str(there) in verdicts}
    return [EarlierResult(meta.id, meta.started, sites)] if sites and meta.profile == plan.profile else []
