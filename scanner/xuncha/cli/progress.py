"""How far a run is, on standard error: a live line on a terminal, a line per settled site elsewhere."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, console, note
from xuncha.plan import Plan
from xuncha.store import format as words
from xuncha.worker.supervisor import Progress

Report = Callable[[Progress], None]

_NAMED = 3


@contextmanager
def shown(plan: Plan) -> Iterator[Report]:
    """A function to hand progress to."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield _Plain(plan)
        return
    from rich.live import Live  # noqa: PLC0415

    began, left = time.monotonic(), Left()
    with Live(console=screen, refresh_per_second=4, transient=True) as live:

        def report(progress: Progress) -> None:
            seconds = time.monotonic() - began
            live.update(line(progress, seconds, left(progress, seconds)))

        yield report


class _Plain:
    def __init__(self, plan: Plan) -> None:
        self._names = {site.number: site.site.name or site.site.id for site in plan.sites}
        self._told: set[int] = set()

    def __call__(self, progress: Progress) -> None:
        total = progress.sites_total
        if progress.beforehand and not self._told:
            settled = progress.settled[: progress.beforehand]
            self._told.update(settled)
            note(f"[{len(settled)}/{total}] {self._some(settled)}{COLON}" + say("无需访问", "nothing to visit"))
        for number in progress.settled:
            if number not in self._told:
                self._told.add(number)
                note(f"[{len(self._told)}/{total}] {self._names[number]}")

    def _some(self, numbers: Sequence[int]) -> str:
        """The first few names, and how many there are."""
        names = say("、", ", ").join(self._names[number] for number in numbers[:_NAMED])
        return (
            names
            if len(numbers) <= _NAMED
            else say(f"{names} 等 {len(numbers)} 个", f"{names} and others, {len(numbers)}")
        )


class Left:
    """Seconds left, from the pages that are known to come and the pace of late; None while nobody can tell.

    Nobody can while the sites still show pages that were not known before, and before the first site has shown how
    large such a site is. The end that was told stays, unless it passes or there is less to do than was thought.
    """

    SURE = 10.0
    """Seconds for which nothing new came up."""
    LEAST = 20
    """Pages that make a pace."""
    NEWS = 1.05
    LATE = 60.0
    """Seconds from which the pace is taken: the first pages come in a burst, and a resumed run reads old ones."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque([(0.0, 0)])
        self._most = 0.0
        self._since = 0.0
        self._end = float("inf")

    def __call__(self, progress: Progress, seconds: float) -> float | None:
        """``seconds``: since the beginning."""
        ahead, pace = _ahead(progress), self._pace(progress.pages, seconds)
        news = ahead is None or self._is_news(progress.pages + ahead, seconds)
        if news or not ahead or not pace:
            return None
        fresh = seconds + ahead / pace
        self._end = fresh if self._end <= seconds else min(self._end, fresh)
        return self._end - seconds

    def _pace(self, pages: int, seconds: float) -> float:
        """Pages a second, 0 where they are too few to tell."""
        self._marks.append((seconds, pages))
        while len(self._marks) > 2 and self._marks[1][0] <= seconds - self.LATE:  # noqa: PLR2004 - one must be older
            self._marks.popleft()
        began, before = self._marks[0]
        return (pages - before) / (seconds - began) if pages - before >= self.LEAST and seconds > began else 0.0

    def _is_news(self, pages: float, seconds: float) -> bool:
        if pages > self._most * self.NEWS:
            self._most, self._since, self._end = pages, seconds, float("inf")
        return seconds - self._since < self.SURE


def _ahead(progress: Progress) -> float | None:
    """Pages still to come: those known of the sites under way, and for those that wait as many as a site had so far."""
    by_workers = len(progress.settled) - progress.beforehand
    if not progress.waiting:
        return progress.ahead
    return progress.ahead + progress.waiting * progress.settled_pages / by_workers if by_workers else None


def line(progress: Progress, seconds: float, left: float | None) -> str:
    """What is known of a run that has taken so many ``seconds``."""
    done, total = len(progress.settled), progress.sites_total
    parts = [
        say(f"网站 {done}/{total}", f"sites {done}/{total}"),
        say(f"页面 {progress.pages}", f"pages {progress.pages}"),
        say(f"请求 {progress.requests}", f"requests {progress.requests}"),
        words.size(progress.received, LANG),
        say("已用 ", "elapsed ") + words.duration(round(seconds), LANG),
    ]
    if left is not None:
        parts.append(say("约剩 ", "about ") + words.duration(round(left), LANG) + say("", " left"))
    return " · ".join(parts)
