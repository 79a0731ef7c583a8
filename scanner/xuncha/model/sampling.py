"""Visits to a home page that ``xuncha monitor`` spread over days, as probes and reports are handed them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from xuncha.model.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sample:
    """One visit, begun at ``moment`` of the wall clock; ``seconds`` were measured by the monotonic one.

    ``seconds`` run to the last byte or to the end of our patience. ``status`` 0: no answer came; ``reason`` says why.
    ``challenge``, ``filing_block`` and ``notice`` name the signatures that the answer matched. A visit that our own
    network spoilt has the reason vantage-unfit, and ``met`` is what it met with.
    """

    moment: datetime
    seconds: float = 0.0
    status: int = 0
    reason: Reason | None = None
    final_url: str = ""
    challenge: str = ""
    filing_block: str = ""
    notice: str = ""
    met: Reason | None = None

    def unfit(self) -> Self:
        """The same visit, where it was we who could not see."""
        return replace(self, reason=Reason.VANTAGE_UNFIT, met=self.reason)


@dataclass(frozen=True, slots=True)
class HomeSamples:
    """What was sampled of the declared entry ``url``, oldest first; empty for a site that nobody monitors."""

    url: str = ""
    samples: tuple[Sample, ...] = ()
