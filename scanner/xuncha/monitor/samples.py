"""The visits of a plan as they are made: each is stored at once, and no slot twice."""

from dataclasses import dataclass

from xuncha.model.sampling import Sample
from xuncha.model.site import Site
from xuncha.monitor import journal
from xuncha.monitor.plan import PlanFolder
from xuncha.store.codec import dump, load
from xuncha.store.errors import StoreError


@dataclass(slots=True)
class _Line:
    """How far the file of a site is written; bit n of ``done`` stands for slot n."""

    link: str
    size: int
    done: int


class SampleStore:
    """Of one plan, for its one writer. What earlier processes wrote is read when a site's turn comes."""

    def __init__(self, folder: PlanFolder) -> None:
        self._folder = folder
        self._lines: dict[str, _Line] = {}

    def has(self, site: Site, slot: int) -> bool:
        """Whether the slot was visited already. Raises StoreError where the site's file is damaged."""
        return bool(self._line(site).done >> slot & 1)

    def add(self, site: Site, slot: int, sample: Sample, steady: float) -> None:
        """Store a visit; ``steady`` is the monotonic clock when it began. Raises StoreError."""
        line = self._line(site)
        head = [] if line.size else [{"site": site.id, "url": site.home}]
        entry = {"slot": slot, "steady": round(steady, 3), **_lean(sample)}
        path = self._folder.samples(site)
        line.link, line.size = journal.append(path, [*head, entry], line.link, line.size)
        line.done |= 1 << slot

    def _line(self, site: Site) -> _Line:
        name = f"{site.id}\n{site.home}"
        if name not in self._lines:
            entries, link, size = journal.read(self._folder.samples(site))
            done = sum({1 << int(entry["slot"]) for entry in entries[1:]})
            self._lines[name] = _Line(link, size, done)
        return self._lines[name]


def stored(folder: PlanFolder, site: Site) -> list[Sample]:
    """The visits to the site's home page, in the order in which they were made.

    Raises:
        StoreError: the file is damaged, or is not the site's.
    """
    path = folder.samples(site)
    entries, _, _ = journal.read(path)
    if entries and entries[0] != journal.as_stored({"site": site.id, "url": site.home}):
        raise StoreError(f"{path}: is of another site", f"{path}：不是该网站的监测记录")
    return [load(Sample, entry) for entry in entries[1:]]


def _lean(sample: Sample) -> dict[str, object]:
    """Without what says nothing, since there are many."""
    return {name: value for name, value in dump(sample).items() if value not in ("", None)}
