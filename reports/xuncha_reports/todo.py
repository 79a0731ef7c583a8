"""What the page of a site says first: the pieces of work in their order, each with its words and the places seen."""

from dataclasses import dataclass
from itertools import islice

from xuncha.guidance.advice import Advice, Work, advice, works
from xuncha.guidance.task import Task
from xuncha.store.result import FindingView, SiteResult, Texts

SHOWN, PLACES = 6, 5
"""How many causes of one piece of work are told, and how many places of each."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cause with the first places where it was seen, and how many more there are."""

    task: Task
    places: tuple[FindingView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of work as it is printed; ``roles`` have something to do.

    ``more`` causes are only counted; ``unkept`` findings were so many that the run has kept no more of them.
    """

    work: Work
    advice: Advice
    told: tuple[Told, ...]
    more: int
    unkept: int = 0

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(step.role for step in self.advice.steps))


def entries(site: SiteResult, texts: Texts) -> list[Entry]:
    """Everything there is to do on a site."""
    found = {one.fingerprint: one for outcome in site.outcomes for one in outcome.findings}
    unkept = {outcome.check: outcome.findings_total - len(outcome.findings) for outcome in site.outcomes}
    own = {task.check for task in site.tasks}
    return [
        Entry(
            work,
            advice(work.first, texts),
            tuple(_told(task, found) for task in work.tasks[:SHOWN]),
            max(len(work.tasks) - SHOWN, 0),
            sum(unkept.get(check, 0) for check in (work.check, *(one for one in work.settles if one not in own))),
        )
        for work in works(site.tasks)
    ]


def anchors(site: SiteResult, found: list[Entry]) -> dict[str, tuple[str, int]]:
    """By check, where on the page of a site its piece of work stands, and its number.

    A check without one of its own is told where its findings are settled.
    """
    own, along = dict[str, tuple[str, int]](), dict[str, tuple[str, int]]()
    for one in reversed(found):
        at = f"todo-{site.number}-{one.work.number}", one.work.number
        own[one.work.check] = at
        along |= dict.fromkeys(one.work.settles, at)
    return along | own


def _told(task: Task, found: dict[str, FindingView]) -> Told:
    places = tuple(islice((found[one] for one in task.places if one in found), PLACES))
    return Told(task, places, task.findings - len(places))
