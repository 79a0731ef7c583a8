"""What a number rests on (law 12): the notice, another rule, or nothing but our own judgement."""

from dataclasses import dataclass
from enum import StrEnum


class BasisKind(StrEnum):
    """依据（本通知）、参照（其他规定）、工具默认."""

    NOTICE = "notice"
    REFERENCE = "reference"
    TOOL_DEFAULT = "tool-default"


class Confidence(StrEnum):
    """How surely we know the text that is cited.

    What rests on an unverified one says so and can't by itself make an item 不合格.
    """

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Basis:
    """A named source of numbers: ``number`` is the document's number (文号), ``clause`` the place in it."""

    id: str
    kind: BasisKind
    title: str = ""
    number: str = ""
    clause: str = ""
    confidence: Confidence = Confidence.VERIFIED

    @property
    def unverified(self) -> bool:
        return self.confidence is Confidence.UNVERIFIED
