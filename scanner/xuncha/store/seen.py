"""What is known of a whole run once its sites were read one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xuncha.model.prints import Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.review import ReviewCount
from xuncha.model.text import Text
from xuncha.store.views import OutcomeView, SiteResult

_NAMED = 10


@dataclass(slots=True)
class Seen:
    """What is known of all sites once they were read; ``lost``: names of those whose approved pages are missing."""

    checks: set[str] = field(default_factory=set)
    review: ReviewCount = field(default_factory=ReviewCount)
    lost: list[str] = field(default_factory=list)

    def note(self, site: SiteResult) -> None:
        self.checks.update(outcome.check for outcome in site.outcomes)
        self.review += site.review
        if any(_is_lost(outcome) for outcome in site.outcomes):
            self.lost.append(site.name or site.id)


def seal_found(seal: Seal | None, lost: Sequence[str]) -> Seal | None:
    """How the baselines were found, with regard to what became of them when they were read for each site."""
    if seal is None or seal.state is not SealState.INTACT or not lost:
        return seal
    names = lost[:_NAMED]
    problem = Text(
        f"{len(lost)} 个网站核准时的页面内容缺失或被改动，没能比对：{'、'.join(names)}",
        f"what was approved is missing or was changed, and not compared: {', '.join(names)} ({len(lost)} in all)",
    )
    return replace(seal, state=SealState.DAMAGED, problem=problem)


def _is_lost(outcome: OutcomeView) -> bool:
    return outcome.reason is not None and outcome.reason.code is Reason.BASELINE_BROKEN
