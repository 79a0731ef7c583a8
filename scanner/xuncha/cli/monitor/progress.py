"""How the monitor is getting on, on standard error: sites that close and open again, and a live line on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from xuncha.cli.language import LANG, say
from xuncha.cli.output import console, note
from xuncha.model.opening import State, state
from xuncha.model.sampling import Sample
from xuncha.model.site import Site
from xuncha.monitor.plan import MonitorPlan
from xuncha.store import format as words

Seen = Callable[[Site, Sample], None]


@contextmanager
def shown(plan: MonitorPlan) -> Iterator[Seen]:
    """A function to hand each visit to."""
    screen = console(stderr=True)
    watch = _Watch()
    if not screen.is_terminal:
        yield watch
        return
    from rich.live import Live  # noqa: PLC0415 - heavy

    with Live(console=screen, refresh_per_second=1, transient=True) as live:

        def seen(site: Site, sample: Sample) -> None:
            watch(site, sample)
            live.update(watch.line(plan, sample))

        yield seen


class _Watch:
    """Counts visits, and tells when a site changes."""

    def __init__(self) -> None:
        self._closed: set[tuple[str, str]] = set()
        self._counts = dict.fromkeys(State, 0)

    def __call__(self, site: Site, sample: Sample) -> None:
        found, name = state(sample), (site.id, site.home)
        self._counts[found] += 1
        told, moment = words.visible(site.name or site.id), words.moment(sample.moment)[:16]
        if found is State.CLOSED and name not in self._closed:
            self._closed.add(name)
            why = sample.reason or f"HTTP {sample.status}"
            note(say(f"{moment} {told}：首页打不开（{why}）", f"{moment} {told}: home page did not open ({why})"))
        elif found is State.OPEN and name in self._closed:
            self._closed.discard(name)
            note(say(f"{moment} {told}：首页恢复", f"{moment} {told}: home page opens again"))

    def line(self, plan: MonitorPlan, sample: Sample) -> str:
        left = words.duration(max(0, round((plan.ends - sample.moment).total_seconds())), LANG)
        opened, closed, unknown = (self._counts[one] for one in (State.OPEN, State.CLOSED, State.UNKNOWN))
        return say(
            f"打开 {opened} · 打不开 {closed} · 不计入 {unknown} · 距期满 {left}",
            f"opened {opened} · did not {closed} · left out {unknown} · {left} to go",
        )
