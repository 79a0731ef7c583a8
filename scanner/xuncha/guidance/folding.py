"""Puts what goes along with a task under it: one cause that several checks tell is mended once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from xuncha.guidance.judged import Judged, Seen
from xuncha.guidance.ordering import risk
from xuncha.guidance.task import Due, Settled, Task
from xuncha.model.outcome import Status, Weight
from xuncha.model.text import Text

PLACES = 20
"""How many findings of a task are named, and of each check that goes along with it."""


@dataclass(frozen=True, slots=True)
class Along:
    """A finding that another one explains, with its outcome; ``cause`` is the id of the task it would be by itself."""

    outcome: Judged
    seen: Seen
    cause: str


def folded(task: Task, along: Iterable[Along]) -> Task:
    """The task with what goes along with it: as urgent as the gravest, under the items of all."""
    by_check = groupby(sorted(along, key=_check), key=_check)
    groups = [list(group) for _, group in by_check]
    return _settling(task, groups) if groups else task


def _check(one: Along) -> str:
    return one.outcome.check


def worst(seen: Iterable[Seen]) -> Status:
    """A hint where all are hints."""
    return Status.WARN if all(one.finding.status is Status.WARN for one in seen) else Status.FAIL


def _settling(task: Task, groups: Sequence[Sequence[Along]]) -> Task:
    settled = tuple(map(_settled, groups))
    told: tuple[Task | Settled, ...] = (task, *settled)
    counting = [one for one in told if one.weight is not Weight.ADVISORY] or told
    gravest = max(counting, key=risk)
    return replace(
        task,
        status=Status.WARN if all(one.status is Status.WARN for one in (task, *counting)) else Status.FAIL,
        severity=gravest.severity,
        weight=gravest.weight,
        items=tuple(dict.fromkeys(item for one in told for item in one.items)),
        due=_soonest([task, *(group[0].outcome for group in groups)]),
        title=_title(task.title, groups),
        settles=settled,
    )


def _settled(group: Sequence[Along]) -> Settled:
    outcome = group[0].outcome
    return Settled(
        check=outcome.check,
        status=worst(one.seen for one in group),
        severity=outcome.severity,
        weight=outcome.weight,
        items=outcome.items,
        findings=len(group),
        places=tuple(one.seen.fingerprint for one in group[:PLACES]),
        tasks=tuple(dict.fromkeys(one.cause for one in group)),
    )


def _soonest(told: Sequence[Task | Judged]) -> Due | None:
    """The soonest deadline; what is only advised hurries nothing that counts."""
    counting = [one.due for one in told if one.due and one.weight is not Weight.ADVISORY]
    dues = counting or [one.due for one in told if one.due]
    return min(dues, key=lambda due: due.days, default=None)


def _title(title: Text, groups: Sequence[Sequence[Along]]) -> Text:
    """What was seen, then what is settled along with it."""
    zh = "、".join(f"“{group[0].outcome.problem.zh}”{len(group)} 处" for group in groups)
    en = ", ".join(f"“{group[0].outcome.problem.en}” ({len(group)})" for group in groups)
    said = title.as_sentence()
    return Text(
        f"{said.zh}另有{zh}，原因相同，随本项一并解决。",
        f"{said.en} Of the same cause, and settled with it: {en}.",
    )
