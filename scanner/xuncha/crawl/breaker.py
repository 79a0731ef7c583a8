"""When a site stops answering us as it answers others: a state machine that returns the I/O to do.

After ``LIMIT`` anomalies in a row on one address a page of it that was good before is asked for again. If it is good
still, the anomalies were about those pages. If not, they were about us: those pages count as blocked during the run,
the site gets a pause, and one more try; then this address is left in peace.
"""

from dataclasses import dataclass, field

from xuncha.model.reasons import Reason

LIMIT = 5
PAUSE = 60.0

ANOMALIES = frozenset({Reason.CHALLENGED, Reason.RESET, Reason.TIMEOUT, Reason.REFUSED, Reason.RATE_LIMITED})
REFUSALS = frozenset({403, 429, 503})


def odd(problem: Reason | None, status: int) -> bool:
    """Whether an answer may mean that we are being kept out."""
    return problem in ANOMALIES or status in REFUSALS


@dataclass(frozen=True, slots=True)
class Recheck:
    """Ask for ``url`` again, after ``pause`` seconds, and tell ``Breaker.rechecked`` whether it was good."""

    address: str
    url: str
    pause: float = 0.0


@dataclass(slots=True)
class _Line:
    """What is known of one address: a page that was good, the anomalies since, whether it is left in peace."""

    good: str = ""
    streak: list[int] = field(default_factory=list)
    paused: bool = False
    shut: bool = False


class Breaker:
    """One for each crawl. Pages are named by the numbers of their records."""

    def __init__(self, *, limit: int = LIMIT, pause: float = PAUSE) -> None:
        self._limit = limit
        self._pause = pause
        self._lines: dict[str, _Line] = {}
        self.blocked: list[int] = []

    def good(self, address: str, url: str) -> None:
        """A page of ``address`` was read."""
        line = self._line(address)
        line.good = url
        line.streak.clear()

    def answered(self, address: str) -> None:
        """An answer that is neither good nor odd (404, a document): the address does speak with us."""
        self._line(address).streak.clear()

    def odd(self, address: str, record: int) -> Recheck | None:
        """An anomaly on ``address``: what to do now, if anything."""
        line = self._line(address)
        line.streak.append(record)
        if len(line.streak) < self._limit or line.shut:
            return None
        if line.good:
            return Recheck(address, line.good)
        line.shut = True  # nothing of it ever came: its records already say why
        return None

    def rechecked(self, recheck: Recheck, *, good: bool) -> Recheck | None:
        """What the page that was good before says now. Either a second try after a pause, or nothing to do."""
        line = self._line(recheck.address)
        blocked, line.streak = line.streak, []
        if good:
            return None
        self.blocked += blocked
        if line.paused:
            line.shut = True
            return None
        line.paused = True
        return Recheck(recheck.address, recheck.url, self._pause)

    def shut(self, address: str) -> bool:
        """Whether ``address`` is to be left in peace."""
        return address in self._lines and self._lines[address].shut

    def _line(self, address: str) -> _Line:
        return self._lines.setdefault(address, _Line())
