"""Which task comes first: the one that closes most risk for least effort.

The value of a piece of work is severity x weight under the framework x reach, against its effort. The figures only
rank; they are the tool's own judgement and no part of any verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from xuncha.guidance.task import Effort, Settled, Task
from xuncha.model.outcome import Severity, Status, Weight
from xuncha.model.text import Text

_SEVERITY = {Severity.CRITICAL: 16, Severity.HIGH: 8, Severity.MEDIUM: 4, Severity.LOW: 2, Severity.INFO: 1}
_WEIGHT = {Weight.DECISIVE: 8, Weight.MAJOR: 4, Weight.MINOR: 2, Weight.ADVISORY: 1}
_EFFORT = {Effort.SMALL: 1, Effort.MEDIUM: 2, Effort.LARGE: 4}
_NARROW, _WIDEST = 3, 10
"""Every doubling of the pages adds one to the reach, up to ``_WIDEST``: a thousand pages count thrice a single one."""

_RISK = {
    Severity.CRITICAL: Text("风险严重", "critical risk"),
    Severity.HIGH: Text("风险高", "high risk"),
    Severity.MEDIUM: Text("风险中等", "medium risk"),
    Severity.LOW: Text("风险低", "low risk"),
    Severity.INFO: Text("几乎没有风险", "hardly any risk"),
}
_VERDICT = {
    Weight.DECISIVE: Text("一项属实即判不合格", "decides the verdict alone"),
    Weight.MAJOR: Text("对判定影响大", "weighs much in the verdict"),
    Weight.MINOR: Text("对判定影响较小", "weighs little in the verdict"),
    Weight.ADVISORY: Text("不影响判定", "no effect on the verdict"),
}
_WORK = {
    Effort.SMALL: Text("几小时可以改好", "hours of work"),
    Effort.MEDIUM: Text("几天可以改好", "days of work"),
    Effort.LARGE: Text("需要几周", "weeks of work"),
}


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """The tasks, what closes most risk for least effort first, each told why it stands there.

    Those of one check and department stay together, as they are mended together: the gravest first, then the widest.
    """
    groups: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in tasks:
        groups[task.check, task.department].append(task)
    ranked = sorted(groups.items(), key=lambda group: (-value(group[1]), group[0]))
    return tuple(
        replace(task, order=explained(task))
        for _, group in ranked
        for task in sorted(group, key=lambda task: (-risk(task), -task.pages, task.id))
    )


def value(group: Sequence[Task]) -> int:
    """What mending all tasks of one check is worth; effort unknown counts as days."""
    gravest = max(map(risk, group))
    reach = _NARROW + min(sum(task.pages for task in group).bit_length(), _WIDEST)
    sure = 2 if any(task.status is Status.FAIL for task in group) else 1
    return gravest * reach * sure * _EFFORT[Effort.LARGE] // _EFFORT[group[0].effort or Effort.MEDIUM]


def risk(one: Task | Settled) -> int:
    """Severity × weight."""
    return _SEVERITY[one.severity] * _WEIGHT[one.weight]


def explained(task: Task) -> Text:
    """Why the task stands where it does, in one sentence."""
    return _sentence(task.severity, task.weight, task.pages, task.effort)


@lru_cache(10_000)
def _sentence(severity: Severity, weight: Weight, pages: int, effort: Effort | None) -> Text:
    parts = [_RISK[severity], _VERDICT[weight]]
    if pages > 1:
        parts.append(Text(f"涉及 {pages} 个页面", f"{pages} pages"))
    if effort:
        parts.append(_WORK[effort])
    zh = "，".join(part.zh for part in parts)
    en = ", ".join(part.en for part in parts)
    return Text(f"{zh}。", f"{en[0].upper()}{en[1:]}.")
