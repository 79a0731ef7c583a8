"""The words that go with a task: which clause, which other rules, why it matters, who does what, how it is re-checked.

They are the check's and the framework's, as the run has kept them, so they are put together only when they are shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xuncha.framework import Item
from xuncha.guidance.configuration import Configuration
from xuncha.guidance.task import Effort, Task
from xuncha.metadata import Reference, Remedy
from xuncha.model.basis import Basis, BasisKind
from xuncha.model.outcome import Severity, Status, Weight
from xuncha.model.text import Text

if TYPE_CHECKING:
    from xuncha.store.result import Texts

_END_ZH = re.compile(r"(?<=[。！？])")
_END_EN = re.compile(r"(?<=[a-z0-9)”\"%][.!?]) (?=[A-Z“\"\d])")


@dataclass(frozen=True, slots=True)
class Work:
    """要做的一件事: the tasks of one check for one department, which are mended together; ``number`` counts from 1."""

    number: int
    tasks: tuple[Task, ...]

    @property
    def first(self) -> Task:
        """The gravest task, and of these the one that is seen on most pages."""
        return self.tasks[0]

    @property
    def check(self) -> str:
        return self.first.check

    @property
    def status(self) -> Status:
        return Status.FAIL if any(task.status is Status.FAIL for task in self.tasks) else self.first.status

    @property
    def severity(self) -> Severity:
        return self.first.severity

    @property
    def weight(self) -> Weight:
        return self.first.weight

    @property
    def department(self) -> str:
        return self.first.department

    @property
    def findings(self) -> int:
        return sum(task.findings for task in self.tasks)

    @property
    def settles(self) -> tuple[str, ...]:
        """The other checks of which something is settled with it."""
        return tuple(dict.fromkeys(one.check for task in self.tasks for one in task.settles))


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say of a task or of a piece of work.

    ``title`` states what should be so, ``problem`` names what is not, ``why`` is the first sentence of the rationale.
    ``items`` are those of the framework that cite the check (依据), ``references`` other rules (参照).
    ``configurations`` have the names by which the result's texts know them. ``due_basis`` is what the suggested
    deadline rests on, ``due_what`` what is to be done by then, where that is not yet the whole repair.
    """

    title: Text
    problem: Text
    why: Text
    items: tuple[Item, ...]
    references: tuple[Reference, ...]
    steps: tuple[Remedy, ...]
    configurations: tuple[tuple[str, Configuration], ...] = ()
    recheck: Text | None = None
    effort: Effort | None = None
    due_days: int | None = None
    due_basis: Basis | None = None
    due_what: Text | None = None


def works(tasks: Iterable[Task]) -> tuple[Work, ...]:
    """Tasks that stand together as pieces of work, numbered, in their order."""
    groups = groupby(tasks, key=lambda task: (task.check, task.department))
    return tuple(Work(number, tuple(group)) for number, (_, group) in enumerate(groups, 1))


def advice(task: Task, texts: "Texts") -> Advice:
    """The words for a task, from the texts of its run."""
    words = texts.checks[task.check]
    meta, text = words.meta, words.meta.text
    names = (f"{words.plugin}/{name}" for name in meta.configurations)
    items = (texts.framework.item(item) for item in task.items)
    deadline = texts.framework.deadline(task.severity, task.weight)
    own = {basis.title for basis in texts.framework.bases.values() if basis.kind is BasisKind.NOTICE}
    return Advice(
        title=text.title,
        problem=text.wrong,
        why=first_sentence(text.rationale),
        items=tuple(item for item in items if item),
        references=tuple(source for source in text.references if source.title not in own),
        steps=text.remediation,
        configurations=tuple((name, texts.configurations[name]) for name in names if name in texts.configurations),
        recheck=text.recheck,
        effort=task.effort,
        due_days=task.due.days if task.due else None,
        due_basis=texts.framework.bases.get(task.due.basis) if task.due else None,
        due_what=deadline.what if deadline and task.due and deadline.days == task.due.days else None,
    )


def first_sentence(text: Text) -> Text:
    """The first sentence in each language."""
    return Text(_END_ZH.split(text.zh, maxsplit=1)[0], _END_EN.split(text.en, maxsplit=1)[0])
