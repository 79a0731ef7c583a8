"""When which site is visited. Pure: the same plan gives the same moments on every machine and after every restart.

A day has ``per_day`` slots of equal length. Each site has its own place within them, drawn from the seed and its id, so
that many sites do not knock at once and one site's visits lie one slot apart. A slot is visited once, however often the
clock shows its time.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b

from xuncha.model.clock import SHANGHAI

DAY = 86_400
MOST_PER_DAY = 144
"""Ten minutes a slot: with the half slot that a visit may be late, visits still lie five minutes apart."""

ENOUGH_PER_DAY = 20
"""Spaced visits that each day of the week needs (站点无法访问, indicators of 2019)."""


@dataclass(frozen=True, slots=True)
class Due:
    """A visit to be made: to the site of this index, for this slot of the plan, at ``moment`` (POSIX seconds)."""

    moment: float
    slot: int
    site: int


class Agenda:
    """All visits of a plan.

    Args:
        begun: the moment from which on visits are due.
        ends: the moment before which they are.
        per_day: slots of a day, from 1 to ``MOST_PER_DAY``.
        seed: another one gives the sites other places.
        ids: of the sites, in the plan's order.
    """

    def __init__(self, begun: datetime, ends: datetime, per_day: int, seed: int, ids: Sequence[str]) -> None:
        self._begun, self._ends = begun.timestamp(), ends.timestamp()
        self._origin = midnight(begun).timestamp()
        self.slot_seconds = DAY / per_day
        self.slots = -int(-(self._ends - self._origin) // self.slot_seconds)
        places = sorted((_place(seed, site) * self.slot_seconds, number) for number, site in enumerate(ids))
        self._offsets = [offset for offset, _ in places]
        self._order = [number for _, number in places]

    @property
    def grace(self) -> float:
        """Seconds that a visit may be late; after that its slot is missed."""
        return self.slot_seconds / 2

    def due(self, after: float, until: float) -> Iterator[Due]:
        """The visits between two moments, the first excluded, the last included, in their order."""
        after = max(after, self._begun - 1e-6)
        slot = max(0, int((after - self._origin) // self.slot_seconds))
        while slot < self.slots and self._start(slot) <= until:
            begin = bisect_right(self._offsets, after - self._start(slot))
            end = bisect_right(self._offsets, until - self._start(slot))
            for place in range(begin, end):
                moment = self._start(slot) + self._offsets[place]
                if moment < self._ends:
                    yield Due(moment, slot, self._order[place])
            slot += 1

    def next_after(self, moment: float) -> float | None:
        """When the next visit is due; None after the last."""
        until = max(moment, self._begun) + 2 * self.slot_seconds
        return next((due.moment for due in self.due(moment, until)), None)

    def _start(self, slot: int) -> float:
        return self._origin + slot * self.slot_seconds


def midnight(moment: datetime) -> datetime:
    """The beginning of the day there; Asia/Shanghai has no summer time."""
    return datetime.combine(moment.astimezone(SHANGHAI).date(), time(), SHANGHAI)


def end_of(begun: datetime, lasting: timedelta) -> datetime:
    """When a plan ends. Whole days are counted from the next midnight on, since only whole days are judged."""
    whole = lasting >= timedelta(days=1) and not lasting % timedelta(days=1)
    if not whole:
        return begun + lasting
    first = midnight(begun)
    return first + lasting + (timedelta(days=1) if first < begun else timedelta())


def _place(seed: int, site: str) -> float:
    """Where in each slot the site's visit lies, from 0 to 1."""
    drawn = blake2b(f"{seed}\n{site}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(drawn) / 2**64
