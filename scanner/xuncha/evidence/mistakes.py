"""Which pieces a mistake in the list may have named: a date that can't be read hides no file.

What is said to be missing because of a mistake elsewhere would send people to look in the wrong place.
"""

import re
from collections.abc import Iterable
from dataclasses import fields

from xuncha.model.evidence import (
    SECTIONS,
    Assessment,
    BackupCopy,
    BackupPolicy,
    Classified,
    EmergencyDrill,
    EmergencyPlan,
    LogRetention,
    Measure,
    OffsiteCopy,
    Outsourcing,
    Person,
    Piece,
    RestoreDrill,
    StaffRegister,
)

_ENTRIES = (
    *(BackupPolicy, BackupCopy, OffsiteCopy, RestoreDrill, EmergencyPlan, EmergencyDrill),
    *(Measure, Classified, Assessment, LogRetention, Person, StaffRegister, Outsourcing),
)
_NAMING = frozenset({"files", "path", "name", "outsourced"})
DETAILS = frozenset(one.name for entry in _ENTRIES for one in fields(entry)) - _NAMING | {"filled_by", "filled"}
"""Entries of the list without which a piece is as much there as with them."""

_STEP = re.compile(r"[a-z_]+")


def doubtful(mistakes: Iterable[str]) -> tuple[Piece, ...]:
    """The pieces that may have been named where the mistakes are; ``mistakes`` are paths such as ``backup.policy``."""
    faulty = [_STEP.findall(one) for one in mistakes]
    return tuple(piece for piece in Piece if any(_may_name(steps, piece) for steps in faulty))


def _may_name(steps: list[str], piece: Piece) -> bool:
    if steps and steps[-1] in DETAILS:
        return False
    if not steps or steps[0] not in SECTIONS:
        return True
    named = ".".join(steps[:2])
    return piece == named if named in set(Piece) else piece.startswith(f"{steps[0]}.")
