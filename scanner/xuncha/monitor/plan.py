"""A monitoring plan (监测计划): which home pages, from when to when, how often. Written once, and never changed.

::

    monitor/<plan-id>/
      plan.json          MonitorPlan
      samples/<site>.log visits to one home page, appended one by one
      outlook.log        when it was we who could not see
      manifest.json      SHA-256 of every file, written when the plan has ended
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from xuncha.model.site import Site
from xuncha.monitor.agenda import Agenda
from xuncha.plan import Surroundings
from xuncha.profile import Budgets
from xuncha.store.bundle import RUN_ID, folder_name
from xuncha.store.codec import decode, dump, encode, known_format, load
from xuncha.store.disk import files_below, private_folder, read_file, remove_leftovers, sha256_of, write_file
from xuncha.store.errors import StoreError, naming

SCHEMA = 1
PLAN, MANIFEST, LEDGER = "plan.json", "manifest.json", "ledger"
_MAX_BYTES = 512_000_000


@dataclass(frozen=True, slots=True)
class MonitorPlan:
    """``plan.json``. ``options`` are those of the command line, to be told again."""

    id: str
    begun: datetime
    ends: datetime
    per_day: int
    seed: int
    budgets: Budgets
    sites: tuple[Site, ...]
    surroundings: Surroundings = field(default_factory=Surroundings)
    options: dict[str, Any] = field(default_factory=dict)
    schema: int = SCHEMA

    def agenda(self) -> Agenda:
        return Agenda(self.begun, self.ends, self.per_day, self.seed, [site.id for site in self.sites])


class PlanFolder:
    """Where a plan and what it found lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, monitors: Path, plan: MonitorPlan) -> "PlanFolder":
        """A new one below ``monitors``. Raises StoreError."""
        made = cls(private_folder(private_folder(monitors) / plan.id))
        private_folder(made.folder / "samples")
        write_file(made.folder / PLAN, encode(dump(plan)))
        return made

    def read(self) -> MonitorPlan:
        """Raises StoreError."""
        path = self.folder / PLAN
        with naming(path):
            return load(MonitorPlan, known_format(decode(read_file(path, _MAX_BYTES)), SCHEMA))

    def samples(self, site: Site) -> Path:
        """Where the visits to the site's home page are kept."""
        return self.folder / "samples" / f"{sample_name(site)}.log"

    @property
    def outlook(self) -> Path:
        return self.folder / "outlook.log"

    @property
    def sealed(self) -> bool:
        """Whether the plan has ended and its files are listed."""
        return (self.folder / MANIFEST).is_file()

    def seal(self) -> None:
        """List every file with its hash. Nothing is written there afterwards."""
        (self.folder / LEDGER).unlink(missing_ok=True)
        remove_leftovers(self.folder)
        files = {path.relative_to(self.folder).as_posix(): sha256_of(path) for path in files_below(self.folder)}
        write_file(self.folder / MANIFEST, encode({"schema": SCHEMA, "files": files}))

    def manifest(self) -> dict[str, str]:
        """The hashes by path; empty while the plan goes on, when each file vouches for itself. Raises StoreError."""
        if not self.sealed:
            return {}
        path = self.folder / MANIFEST
        data = decode(read_file(path, _MAX_BYTES))
        files = data.get("files") if isinstance(data, dict) else None
        if not isinstance(files, dict):
            raise StoreError(f"{path}: is damaged", f"{path}：文件已损坏")
        return files


def sample_name(site: Site) -> str:
    """Names the file of a site: readable, and another one where its id or its home page is another."""
    readable = folder_name(0, site.id).partition("-")[2][:40]
    told = f"{site.id}\n{site.home}".encode("utf-8", "surrogatepass")
    return f"{readable}-{sha256(told).hexdigest()[:16]}"


def plan_folders(monitors: Path) -> list[PlanFolder]:
    """The plans below ``monitors``, the newest first; what was killed before its plan was written is none yet."""
    if not monitors.is_dir():
        return []
    found = [path for path in monitors.iterdir() if RUN_ID.fullmatch(path.name) and (path / PLAN).is_file()]
    return [PlanFolder(path) for path in sorted(found, reverse=True)]
