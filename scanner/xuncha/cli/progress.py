"""How far a run is, on standard error: a live line on a terminal, a line per settled site elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from xuncha.cli.language import LANG, say
from xuncha.cli.output import console, note
from xuncha.plan import Plan
from xuncha.store import format as words
from xuncha.worker.supervisor import Progress


@contextmanager
def shown(plan: Plan) -> Iterator[Callable[[Progress], None]]:
    """A function to hand progress to."""
    screen = console(stderr=True)
    began = time.monotonic()
    if not screen.is_terminal:
        yield _Plain(plan, began)
        return
    from rich.live import Live  # noqa: PLC0415

    with Live(console=screen, refresh_per_second=4, transient=True) as live:
        yield lambda progress: live.update(_line(progress, time.monotonic() - began))


class _Plain:
    def __init__(self, plan: Plan, began: float) -> None:
        self._names = {site.number: site.site.name or site.site.id for site in plan.sites}
        self._told = 0
        self._began = began

    def __call__(self, progress: Progress) -> None:
        for number in progress.settled[self._told :]:
            note(f"[{self._told + 1}/{progress.sites_total}] {self._names[number]}")
            self._told += 1


def _line(progress: Progress, seconds: float) -> str:
    done, total = len(progress.settled), progress.sites_total
    parts = [
        say(f"网站 {done}/{total}", f"sites {done}/{total}"),
        say(f"页面 {progress.pages}", f"pages {progress.pages}"),
        say(f"请求 {progress.requests}", f"requests {progress.requests}"),
        words.size(progress.received, LANG),
        say("已用 ", "elapsed ") + words.duration(round(seconds), LANG),
    ]
    if 0 < done < total:
        parts.append(
            say("约剩 ", "about ") + words.duration(round(seconds / done * (total - done)), LANG) + say("", " left")
        )
    return " · ".join(parts)
