"""What tasks are made of: outcomes with their findings, as they are stored and as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from xuncha.guidance.explaining import Explanation
from xuncha.guidance.task import NO_WORDS, Due, Effort
from xuncha.model.message import Kind
from xuncha.model.outcome import Finding, Review, Severity, Status, Weight
from xuncha.model.text import Text

SETTLED = frozenset({Review.FALSE_POSITIVE, Review.ACCEPTED})
"""What a person has said there is nothing to do about."""

COUNTED_AS = ("pages", "sources")
"""Parameters by which a finding says on how many pages it was seen, where they are counts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it is shown: ``words`` are its message, ``picture`` the id of one of its page."""

    finding: Finding
    fingerprint: str
    words: Text
    review: Review | None = None
    picture: str = ""

    @property
    def asks(self) -> bool:
        """Whether something is to be done: a failure or hint nobody has settled, or a question found to be one."""
        if self.finding.status is Status.MANUAL:
            return self.review is Review.CONFIRMED
        return self.review not in SETTLED

    @property
    def pages(self) -> int:
        """On how many pages it was seen, as far as it says."""
        return max((self.count(name) for name in COUNTED_AS), default=1) or 1

    def count(self, name: str) -> int:
        """What it counts under ``name``; 0 where it counts nothing there."""
        found = self.finding.params.get(name)
        return int(found.value) if found and found.kind is Kind.COUNT else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with what the check and the framework say of it.

    ``problem`` is what a failure of the check is called, ``explained_by`` which findings of others explain its own.
    """

    check: str
    severity: Severity
    weight: Weight
    items: tuple[str, ...]
    seen: Sequence[Seen]
    effort: Effort | None = None
    due: Due | None = None
    problem: Text = NO_WORDS
    explained_by: tuple[Explanation, ...] = ()

    @property
    def asking(self) -> list[Seen]:
        """The findings about which something is to be done."""
        return [one for one in self.seen if one.asks]
