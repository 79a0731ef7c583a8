"""Whether it is we who cannot see: what spoils all visits at once is no fault of the sites.

Two signs. A name that exists wherever these inspections take place can't be looked up from here: told for each visit.
Or nobody answers any more, at several places of the network that have nothing to do with each other: told for the time
from the last answer to the next, also for the visits before we noticed. Where a plan has too few places for that, the
silence of all is held against the sites only if something far away answers us at the same time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xuncha.model.opening import State, state
from xuncha.model.reasons import Reason
from xuncha.model.sampling import Sample
from xuncha.monitor import journal
from xuncha.store.codec import load

FEWEST_PLACES, MOST_PLACES = 3, 20
_ONE_IN = 4
"""The silence of a quarter of all places is needed, within the limits above."""

ASK_AGAIN = 60.0
"""Seconds for which the look at a landmark holds."""

NOWHERE = frozenset({Reason.NO_SUCH_NAME, Reason.DNS_FAILED, Reason.UNREACHABLE, Reason.TIMEOUT})
"""What a visit meets with where our own names are lost."""


class Landmark:
    """Something outside that could be seen from here, and whether it still can; looked for once a minute at most.

    Where it never could, as in a closed network, it says nothing: else every failure there would be called ours.
    """

    def __init__(self, sees: Callable[[], Awaitable[bool]], steady: Callable[[], float]) -> None:
        self._sees = sees
        self._steady = steady
        self._until = -1.0
        self._answer: bool | None = None
        self._found = False
        self._one_at_a_time = asyncio.Lock()

    async def seen(self) -> bool:
        """Whether it is in sight at this moment, by the last look while that is fresh."""
        async with self._one_at_a_time:
            if self._steady() >= self._until:
                self._answer = await self._sees()
                self._found = self._found or self._answer
                self._until = self._steady() + ASK_AGAIN
        return bool(self._answer)

    async def lost(self) -> bool:
        """Whether it was in sight once, and is not at this moment."""
        return not await self.seen() and self._found

    async def learn(self) -> None:
        """Look once, before anything has failed."""
        if self._answer is None:
            await self.seen()


@dataclass(frozen=True, slots=True)
class Darkness:
    """A time in which nobody answered us; ``ended`` None: it goes on."""

    begun: datetime
    ended: datetime | None = None


class Outlook:
    """Watches the visits of a plan and writes down when nobody answers. Raises StoreError where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        entries, self._link, self._size = journal.read(path)
        self.dark = bool(entries) and "ended" not in entries[-1]
        self._answered: datetime | None = None
        self._silent: dict[str, datetime] = {}

    def note(self, sample: Sample, place: str, places: int, *, far: bool = False) -> None:
        """Take notice of a visit.

        Args:
            sample: what was seen.
            place: where in the network the site is.
            places: how many the plan has in all, as far as is known.
            far: whether something far away answered us when the site did not.

        Raises:
            StoreError: the disk is full, or refuses.
        """
        few = places < FEWEST_PLACES
        if sample.status or (few and far):
            self._silent.clear()
            self._answered = sample.moment
            if self.dark:
                self._write({"ended": sample.moment.isoformat()}, dark=False)
        elif sample.reason is Reason.TIMEOUT if few else state(sample) is State.CLOSED:
            self._silent.setdefault(place, sample.moment)
            if not self.dark and len(self._silent) >= _enough(places):
                begun = min([*self._silent.values(), *([self._answered] if self._answered else [])])
                self._write({"begun": begun.isoformat()}, dark=True)

    def _write(self, entry: dict[str, str], *, dark: bool) -> None:
        self._link, self._size = journal.append(self._path, [entry], self._link, self._size)
        self.dark = dark


def _enough(places: int) -> int:
    """So many places have to be silent; of few all."""
    return places if places < FEWEST_PLACES else min(max(FEWEST_PLACES, places // _ONE_IN), MOST_PLACES)


def darknesses(path: Path) -> list[Darkness]:
    """What was written down. Raises StoreError."""
    found: list[Darkness] = []
    for entry in journal.read(path)[0]:
        if "begun" in entry:
            found.append(load(Darkness, entry))
        elif found:
            found[-1] = load(Darkness, {"begun": found[-1].begun, **entry})
    return found


def cleared(samples: Sequence[Sample], dark: Sequence[Darkness]) -> list[Sample]:
    """The samples with those marked unfit that failed while nobody answered us."""
    return [one.unfit() if state(one) is State.CLOSED and _within(one.moment, dark) else one for one in samples]


def _within(moment: datetime, dark: Sequence[Darkness]) -> bool:
    return any(one.begun <= moment and (one.ended is None or moment < one.ended) for one in dark)
