"""What a probe is told besides its parameters: for whom it gathers on this site, and what it has done already."""

from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Assignment:
    """For which ``checks`` a probe gathers, and the most ``requests`` that the plan grants it.

    No checks named: it is to gather all it can. No number: its parameters alone bound it.
    """

    checks: tuple[str, ...] = ()
    requests: int | None = None

    def includes(self, check: str) -> bool:
        """Whether something is to be gathered for this check."""
        return not self.checks or check in self.checks


EVERYTHING = Assignment()


class Progress:
    """Steps that a probe has taken on a site, so that it need not take them again after its worker was ended.

    This one remembers nothing; what a worker hands out keeps them in the site's journal. A step is a dataclass of plain
    values; what it tells of content must be masked before it is kept.
    """

    def recall(self, step: str, kind: type[_T]) -> _T | None:  # noqa: ARG002 - for those that remember
        """What was kept of this step, once; None where it was not taken yet."""
        return None

    def keep(self, step: str, told: object) -> None:
        """Remember what the step told."""


FROM_THE_START = Progress()
