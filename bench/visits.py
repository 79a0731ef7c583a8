"""Several visits to one page: the first is approved as its baseline, the later ones are compared with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bench.manifest import Labelled
from xuncha.model.fact import Gap
from xuncha.model.past import Earlier, Past
from xuncha.model.prints import Approval, Baseline, BaselinePage, Prints, Seal, SealState
from xuncha.model.reasons import Reason

_NONE = Gap(Reason.NO_BASELINE)
_SEAL = Seal("", 0, SealState.INTACT)


@dataclass(slots=True)
class History:
    """What is known of one page before a visit."""

    baseline: Baseline | Gap = _NONE
    visits: int = 0
    _last: list[Earlier[Prints]] = field(default_factory=list)

    @property
    def past(self) -> Past[Prints]:
        """What the last visit's run would have stored."""
        return Past(self._last)

    def remember(self, prints: object, when: datetime, *, approved: bool = False) -> None:
        """Add a visit, which becomes the baseline if it is the first or was approved."""
        if not isinstance(prints, Prints):
            return
        self.visits += 1
        self._last = [Earlier(when, prints)]
        if approved or isinstance(self.baseline, Gap):
            pages = (BaselinePage(one, Approval("bench", when), prints.algorithms) for one in prints.pages)
            self.baseline = Baseline("page", tuple(pages), _SEAL)


def in_order(pages: Iterable[Labelled]) -> list[Labelled]:
    """Visits of one page together, the oldest first; pages in the order in which they are first named."""
    pages = list(pages)
    places: dict[str, int] = {}
    for page in pages:
        places.setdefault(page.url, len(places))
    return sorted(pages, key=lambda page: (places[page.url], page.observed))
