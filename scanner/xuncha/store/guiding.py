"""The tasks of a site, from its outcomes as they are stored and as they are shown."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xuncha.guidance.causes import tasks_of
from xuncha.guidance.judged import Judged, Seen
from xuncha.guidance.ordering import in_order
from xuncha.guidance.task import Due, Task
from xuncha.model.outcome import Outcome
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.store.snapshot import Snapshot

if TYPE_CHECKING:
    from xuncha.store.views import OutcomeView

_Pairs = Iterable[tuple[Outcome, "OutcomeView"]]


def guided(site: Site, outcomes: _Pairs, snapshot: Snapshot) -> tuple[Task, ...]:
    """What there is to do on a site, in order.

    Causes are told apart by the places as they were found; the words are those that reports show, harmful links in
    them made harmless.
    """
    return in_order(tasks_of(site, _judged(outcomes, snapshot)))


def _judged(outcomes: _Pairs, snapshot: Snapshot) -> Iterator[Judged]:
    for outcome, shown in outcomes:
        if not shown.findings:
            continue
        meta = snapshot.checks[outcome.check].meta
        due = snapshot.framework.deadline(shown.severity, shown.weight)
        yield Judged(
            outcome.check,
            shown.severity,
            shown.weight,
            shown.items,
            list(_seen(outcome, shown)),
            meta.effort,
            Due(due.days, due.basis) if due else None,
            meta.text.wrong,
            meta.explained_by,
        )


def _seen(outcome: Outcome, shown: "OutcomeView") -> Iterator[Seen]:
    for finding, view in zip(outcome.findings, shown.findings, strict=True):
        words = Text(view.message.zh, view.message.en)
        yield Seen(finding, view.fingerprint, words, view.review, view.picture)
