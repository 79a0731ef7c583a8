"""What a monitored week looked like: counts, hours, and from when to when a home page was closed. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from xuncha.model.clock import SHANGHAI
from xuncha.model.opening import State, hindrance, state
from xuncha.model.reasons import Reason
from xuncha.model.sampling import HomeSamples, Sample

PATIENCE = 15.0
"""Seconds after which a page counts as not open (站点无法访问, indicators of 2019)."""

HOURS = 24
MOST_SPANS = 200
"""Of each kind that are listed, the newest; all are counted."""

NO_VISIT, IN_TIME, LATE, CLOSED, LEFT_OUT = ".", "o", "s", "x", "u"
_WORST = NO_VISIT + IN_TIME + LEFT_OUT + LATE + CLOSED


@dataclass(frozen=True, slots=True)
class Span:
    """A time without the page: from the first visit that found it so to the next one that did not.

    ``ended`` None: it was so at the last visit. ``reasons`` counts what came instead: reasons, or ``http-503``.
    """

    begun: datetime
    ended: datetime | None
    visits: int
    reasons: dict[str, int]


@dataclass(frozen=True, slots=True)
class Day:
    """One day's 24 ``hours``, the worst visit of each: ``o`` opened, ``s`` after 15 s, ``x`` closed, ``u`` left out."""

    date: date
    hours: str
    counted: int


@dataclass(frozen=True, slots=True)
class Availability:
    """Of one home page. ``counted`` visits tell of the site: ``in_time``, ``late`` and ``closed`` add up to it.

    ``left_out`` counts by reason the visits that tell nothing: a provider's block, a challenge, our own network.
    ``outages`` and ``hindrances`` are apart for the same cause, the newest ``MOST_SPANS`` of each.
    """

    url: str
    first: datetime
    last: datetime
    counted: int
    in_time: int
    late: int
    closed: int
    left_out: dict[Reason, int]
    days: tuple[Day, ...]
    outages: tuple[Span, ...] = ()
    hindrances: tuple[Span, ...] = ()
    outages_total: int = 0

    @property
    def share(self) -> float:
        """Of the counted visits those that were late or in vain."""
        return (self.late + self.closed) / self.counted if self.counted else 0.0


def availability(home: HomeSamples) -> Availability | None:
    """The account of what was sampled; None where nothing was."""
    samples = home.samples
    if not samples:
        return None
    marks = Counter(map(mark, samples))
    outages = [*_outages(samples)]
    return Availability(
        url=home.url,
        first=samples[0].moment,
        last=samples[-1].moment,
        counted=len(samples) - marks[LEFT_OUT],
        in_time=marks[IN_TIME],
        late=marks[LATE],
        closed=marks[CLOSED],
        left_out=dict(Counter(_why(one) for one in samples if mark(one) == LEFT_OUT)),
        days=tuple(_days(samples)),
        outages=tuple(outages[-MOST_SPANS:]),
        hindrances=tuple([*_hindrances(samples)][-MOST_SPANS:]),
        outages_total=len(outages),
    )


def mark(sample: Sample) -> str:
    """The letter of a visit."""
    match state(sample):
        case State.OPEN:
            return IN_TIME if sample.seconds < PATIENCE else LATE
        case State.CLOSED:
            return CLOSED
        case _:
            return LEFT_OUT


def _why(sample: Sample) -> Reason:
    return hindrance(sample) or Reason.VANTAGE_UNFIT


def _came(sample: Sample) -> str:
    """What came in place of the page."""
    return str(sample.reason or f"http-{sample.status}")


def _days(samples: Sequence[Sample]) -> Iterator[Day]:
    for day, visits in groupby(samples, lambda one: one.moment.astimezone(SHANGHAI).date()):
        hours = [NO_VISIT] * HOURS
        counted = 0
        for visit in visits:
            letter, hour = mark(visit), visit.moment.astimezone(SHANGHAI).hour
            hours[hour] = max(hours[hour], letter, key=_WORST.index)
            counted += letter != LEFT_OUT
        yield Day(day, "".join(hours), counted)


def _outages(samples: Sequence[Sample]) -> Iterator[Span]:
    """Times in which no visit opened; what tells nothing neither begins nor ends one."""
    telling = [one for one in samples if mark(one) != LEFT_OUT]
    return (_span(run, after, _came) for run, after in _runs(telling, lambda one: mark(one) == CLOSED))


def _hindrances(samples: Sequence[Sample]) -> Iterator[Span]:
    """Times in which something else than the site stood before us."""
    return (
        _span(run, after, lambda one: str(_why(one)))
        for run, after in _runs(samples, lambda one: mark(one) == LEFT_OUT)
    )


def _runs(samples: Sequence[Sample], chosen: Callable[[Sample], bool]) -> Iterator[tuple[list[Sample], Sample | None]]:
    """Neighbours that are ``chosen``, each run with the sample that ends it."""
    run: list[Sample] = []
    for sample in samples:
        if chosen(sample):
            run.append(sample)
        elif run:
            yield run, sample
            run = []
    if run:
        yield run, None


def _span(run: Sequence[Sample], after: Sample | None, name: Callable[[Sample], str]) -> Span:
    return Span(run[0].moment, after.moment if after else None, len(run), dict(Counter(map(name, run))))
