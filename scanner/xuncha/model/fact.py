"""What gathering yields: a typed fact, or a typed gap that says why there is none."""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol, runtime_checkable

from xuncha.model.message import Params
from xuncha.model.reasons import Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """未取得数据. ``detail`` is for the log and the expert's eye, never for a verdict."""

    reason: Reason
    params: Params = field(default_factory=dict)
    detail: str = ""


@runtime_checkable
class Fact(Protocol):
    """Any frozen, slotted dataclass of plain values; a probe that was cut short says ``complete=False``."""

    __dataclass_fields__: ClassVar[dict[str, object]]
