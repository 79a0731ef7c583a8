"""The run's bundle: facts, outcomes and evidence in a folder of its own. It is the truth; the database is an index.

::

    runs/<run-id>/
      run.json          RunMeta
      plan.json         what was to be done (written by the planner)
      approved/         what baselines pages of each site were compared with
      declared.json     what units had declared of the sites (自查), with the form that asked; none without any
      history.json      what earlier runs of the same profile had come to; none where there are none
      verdicts.json     what each site came to, for later runs; written when the run is finished
      catalogue.json    texts of checks and reasons, framework, profile with its bases: what an old run is read with
      sites/<number>-<slug>/{outcomes.json, facts.jsonl.zst, captures.warc.gz, stats.json, monitored.json}
      sites/<number>-<slug>/{pictures.json, pictures/<number>.png, pictures/<number>.jpg}
      manifest.json     SHA-256 of every file, written last
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from xuncha.model.availability import Availability
from xuncha.model.clock import SHANGHAI
from xuncha.model.fact import Gap
from xuncha.model.history import Concluded, EarlierResult
from xuncha.model.outcome import Outcome
from xuncha.model.prints import Seal
from xuncha.model.selfcheck import Declared
from xuncha.model.site import Authorisation
from xuncha.model.text import Text
from xuncha.store import facts as fact_file
from xuncha.store.codec import Json, decode, dump, dump_outcome, encode, known_format, load, masked, parse
from xuncha.store.comparisons import Comparisons, read_comparisons
from xuncha.store.disk import files_below, private_folder, read_file, remove_leftovers, sha256_of, write_file
from xuncha.store.errors import StoreError, naming
from xuncha.store.pictures import Album, read_album
from xuncha.store.rows import Row

SCHEMA = 1
MAX_DOCUMENT = 256_000_000
MAX_MANIFEST = 64_000_000
MANIFEST = "manifest.json"
FACTS = "facts.jsonl.zst"
AVAILABILITY = "monitored.json"
RUN_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-z]{4}")
_SITE_FOLDER = re.compile(r"([0-9]{5,9})-[A-Za-z0-9.-]{1,60}")

State = Literal["running", "interrupted", "finished"]


@dataclass(frozen=True, slots=True)
class RunMeta:
    """``run.json``. ``versions`` names programs and plugins; ``vantage`` says from where the run looked.

    ``options`` are those of the command line that change what the run does, kept for resuming it; ``notes`` tell what
    was left aside when it was planned. ``seal`` tells how the baselines were found; None where there are none.
    """

    id: str
    state: State
    profile: str
    framework: str
    started: datetime
    finished: datetime | None = None
    versions: dict[str, str] = field(default_factory=dict)
    seed: int = 0
    vantage: dict[str, Any] = field(default_factory=dict)
    authorisations: tuple[Authorisation, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    seal: Seal | None = None
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class SiteStats:
    """``stats.json``: what looking at a site took. ``bytes`` came over the wire; ``opened`` pages were readable.

    ``by_asker`` shares out the requests: crawl, robots.txt, the browser, and probes by their names. ``rendered`` pages
    were seen in a browser; ``unrendered`` counts by reason those that were not though they need one.
    """

    pages: int = 0
    opened: int = 0
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    by_asker: dict[str, int] = field(default_factory=dict)
    rendered: int = 0
    unrendered: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """``outcomes.json``: what a site came to, and what was not gathered of it, by the name of the fact."""

    outcomes: tuple[Outcome, ...] = ()
    gaps: dict[str, Gap] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A file that is not what the manifest says; ``path`` is relative to the bundle, with forward slashes."""

    path: str
    kind: Literal["changed", "missing", "extra", "unsafe"]


def new_run_id(started: datetime) -> str:
    """``YYYYMMDD-HHMMSS-xxxx`` in Asia/Shanghai: sorts by time, and two runs of one second differ."""
    return f"{started.astimezone(SHANGHAI):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


@dataclass(frozen=True, slots=True)
class _Verdicts:
    sites: dict[str, Concluded]


class Bundle:
    """One run on disk. It holds no state of its own, so that parent and workers may each open the same one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, runs: Path, meta: RunMeta) -> "Bundle":
        """A new bundle below ``runs``. Raises StoreError where the run exists already."""
        folder = private_folder(runs) / _checked_id(meta.id)
        if folder.exists():
            raise StoreError(f"{folder}: this run exists already", f"{folder}：该检查记录已存在")
        bundle = cls(private_folder(folder))
        bundle.write_meta(meta)
        return bundle

    @classmethod
    def open(cls, folder: Path) -> "Bundle":
        """The bundle in ``folder``. Raises StoreError where there is none."""
        bundle = cls(folder)
        if not (folder / "run.json").is_file():
            raise StoreError(f"{folder}: is no run (it has no run.json)", f"{folder}：不是检查记录（没有 run.json）")
        bundle.meta()
        return bundle

    def meta(self) -> RunMeta:
        """What ``run.json`` says. Raises StoreError, also for a bundle of a newer program."""
        with naming(self.folder / "run.json"):
            return load(RunMeta, known_format(self._read("run.json"), SCHEMA))

    def write_meta(self, meta: RunMeta) -> None:
        """Replace ``run.json``."""
        self._write("run.json", dump(meta))

    def set_state(self, state: State, finished: datetime | None = None) -> RunMeta:
        """Note that the run goes on, was interrupted or has finished; one that goes on is sealed no longer."""
        if state == "running":
            (self.folder / MANIFEST).unlink(missing_ok=True)
        meta = replace(self.meta(), state=state, finished=finished)
        self.write_meta(meta)
        return meta

    def write_plan(self, plan: bytes) -> None:
        """Store the planner's JSON as it is."""
        write_file(self.folder / "plan.json", plan)

    def read_plan(self) -> bytes:
        """The planner's JSON."""
        return read_file(self.folder / "plan.json", MAX_DOCUMENT)

    def write_catalogue(self, snapshot: Json) -> None:
        """Store the snapshot of texts, framework and profile."""
        self._write("catalogue.json", snapshot)

    def read_catalogue(self) -> Json:
        """The snapshot of texts, framework and profile."""
        return self._read("catalogue.json")

    def site_folder(self, number: int, site: str) -> Path:
        """The folder of a site, made when missing; ``number`` finds it again, the name is for people."""
        found = self._site_folder(number)
        return found or private_folder(self._sites() / folder_name(number, site))

    def site_numbers(self) -> tuple[int, ...]:
        """Numbers of the sites of which something is stored."""
        return tuple(sorted(self._site_folders()))

    def write_outcomes(
        self, number: int, site: str, outcomes: Iterable[Outcome], gaps: Mapping[str, Gap] | None = None
    ) -> None:
        """Store the outcomes of a site, masked, and what was not gathered by the name of the fact."""
        data = {
            "schema": SCHEMA,
            "site": site,
            "outcomes": [dump_outcome(outcome) for outcome in outcomes],
            "gaps": {fact: masked(dump(gap)) for fact, gap in (gaps or {}).items()},
        }
        write_file(self.site_folder(number, site) / "outcomes.json", encode(data))

    def read_outcomes(self, number: int) -> tuple[Outcome, ...]:
        """The outcomes of a site; none where the run did not get so far. Raises StoreError where they are damaged."""
        return self.read_settled(number).outcomes

    def read_gaps(self, number: int) -> dict[str, Gap]:
        """What was not gathered of a site, by the name of the fact."""
        return self.read_settled(number).gaps

    def read_settled(self, number: int) -> Settled:
        """Both at once, which takes half of the time."""
        path = self._site_file(number, "outcomes.json")
        if path is None:
            return Settled()
        with naming(path):
            return parse(Settled, read_file(path, MAX_DOCUMENT))

    def write_facts(self, number: int, site: str, facts: Iterable[tuple[str, Json | Row]]) -> int:
        """Store the facts of a site, masked. Returns how many."""
        return fact_file.write_facts(self.site_folder(number, site) / FACTS, facts)

    def read_facts(self, number: int) -> Iterator[tuple[str, Json]]:
        """Name and JSON-able value of each fact of a site; none where the run did not get so far."""
        path = self._site_file(number, FACTS)
        return fact_file.read_facts(path) if path else iter(())

    def write_stats(self, number: int, site: str, stats: SiteStats) -> None:
        """Store what looking at a site took."""
        write_file(self.site_folder(number, site) / "stats.json", encode(dump(stats)))

    def read_stats(self, number: int) -> SiteStats:
        """What looking at a site took; zeroes where nothing is stored."""
        path = self._site_file(number, "stats.json")
        if path is None:
            return SiteStats()
        with naming(path):
            return load(SiteStats, self._decoded(path))

    def write_availability(self, number: int, site: str, sampled: Availability) -> None:
        """Store what the monitor had seen of the home page when the run began."""
        write_file(self.site_folder(number, site) / AVAILABILITY, encode(masked(dump(sampled))))

    def read_availability(self, number: int) -> Availability | None:
        """What the monitor had seen of the home page; None where nobody had monitored it."""
        path = self._site_file(number, AVAILABILITY)
        if path is None:
            return None
        with naming(path):
            return load(Availability, self._decoded(path))

    def read_comparisons(self, number: int) -> Comparisons:
        """Pages of a site beside their approved pictures; none where nobody is asked to compare."""
        folder = self._site_folder(number)
        return read_comparisons(folder) if folder else Comparisons()

    def read_album(self, number: int) -> Album:
        """The pictures of a site; an empty album where none were to be taken. Raises StoreError."""
        folder = self._site_folder(number)
        return read_album(folder) if folder else Album()

    def write_approved(self, number: int, approved: Json | None) -> None:
        """Store which pages of a site are approved, as its worker is told; None where none is."""
        path = self.folder / "approved" / f"{number:05d}.json"
        if approved is not None:
            private_folder(path.parent)
            write_file(path, encode(approved))
        elif path.exists():
            path.unlink()

    def read_approved(self, number: int) -> Json:
        """Which pages of a site are approved; None where none is."""
        path = self.folder / "approved" / f"{number:05d}.json"
        return self._decoded(path) if path.is_file() else None

    def write_verdicts(self, verdicts: Mapping[str, Concluded]) -> None:
        """Store what each site came to, by its number, for later runs."""
        self._write("verdicts.json", {number: dump(one) for number, one in verdicts.items()})

    def read_verdicts(self) -> dict[str, Concluded]:
        """What each site came to, by its number; nothing where the run left none. Raises StoreError."""
        path = self.folder / "verdicts.json"
        if not path.is_file():
            return {}
        with naming(path):
            return load(_Verdicts, {"sites": self._decoded(path)}).sites

    def write_history(self, history: Sequence[EarlierResult]) -> None:
        """Store what earlier runs came to, the oldest first."""
        self._write("history.json", [dump(one) for one in history])

    def read_history(self) -> tuple[EarlierResult, ...]:
        """What earlier runs came to, the oldest first. Raises StoreError."""
        path = self.folder / "history.json"
        if not path.is_file():
            return ()
        with naming(path):
            return tuple(load(EarlierResult, one) for one in self._decoded(path))

    def write_declared(self, declared: Json) -> None:
        """Store what units had declared of the sites when the run was made, masked."""
        self._write("declared.json", {"schema": SCHEMA, "declared": masked(declared)})

    def read_declared(self) -> Declared | None:
        """What units had declared when the run was made; None where nobody had declared anything."""
        path = self.folder / "declared.json"
        if not path.is_file():
            return None
        with naming(path):
            return load(Declared, known_format(self._decoded(path), SCHEMA).get("declared"))

    def facts_file(self, number: int, site: str) -> Path:
        """Where the facts of a site are kept; nothing is made where there are none."""
        return self.folder / "sites" / folder_name(number, site) / FACTS

    def settled_sites(self) -> dict[str, list[int]]:
        """Numbers of the sites that are settled and have facts, by the name that their folder bears."""
        found: dict[str, list[int]] = {}
        for number, folder in self._site_folders().items():
            if (folder / "outcomes.json").is_file() and (folder / FACTS).is_file():
                found.setdefault(folder.name.partition("-")[2], []).append(number)
        return found

    def captures_file(self, number: int, site: str) -> Path:
        """Where the captures of a site are kept (see ``xuncha.store.warc``)."""
        return self.site_folder(number, site) / "captures.warc.gz"

    def seal(self) -> str:
        """Write the manifest over everything that is there. Returns the manifest's own SHA-256."""
        remove_leftovers(self.folder)
        files = {path.relative_to(self.folder).as_posix(): sha256_of(path) for path in self._content()}
        self._write(MANIFEST, {"schema": SCHEMA, "files": files})
        return sha256_of(self.folder / MANIFEST)

    @property
    def seal_digest(self) -> str:
        """The manifest's SHA-256, which stands for the whole run; empty while it is not sealed."""
        return sha256_of(self.folder / MANIFEST) if self.sealed else ""

    @property
    def sealed(self) -> bool:
        """Whether the run has ended and its files are listed."""
        return (self.folder / MANIFEST).is_file()

    def verify(self) -> list[Mismatch]:
        """Where the bundle differs from its manifest; empty when it doesn't.

        A finished run had a manifest, so its absence is a difference too.

        Raises:
            StoreError: the run has not ended, so that there is no manifest yet, or the manifest is damaged.
        """
        if not self.sealed and self.meta().state == "finished":
            return [Mismatch(MANIFEST, "missing")]
        listed = self.manifest()
        present = {path.relative_to(self.folder).as_posix(): path for path in self._content()}
        found = [Mismatch(name, "extra") for name in present.keys() - listed.keys()]
        for name, digest in listed.items():
            kind = self._compare(name, digest, present.get(name))
            if kind is not None:
                found.append(Mismatch(name, kind))
        return sorted(found, key=lambda mismatch: mismatch.path)

    def manifest(self) -> dict[str, str]:
        """The SHA-256 of every file by its path. Raises StoreError where there is none, or it is damaged."""
        if not self.sealed:
            raise StoreError(
                f"{self.folder}: has no {MANIFEST}; a run gets one when it ends",
                f"{self.folder}：没有 {MANIFEST}；检查全部完成时才会生成",
            )
        data = decode(read_file(self.folder / MANIFEST, MAX_MANIFEST))
        files = data.get("files") if isinstance(data, dict) else None
        if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
            raise StoreError(f"{self.folder / MANIFEST}: is damaged", f"{self.folder / MANIFEST}：文件已损坏")
        return files

    @staticmethod
    def _compare(name: str, digest: str, path: Path | None) -> Literal["changed", "missing", "unsafe"] | None:
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name or (path and path.is_symlink()):
            return "unsafe"
        if path is None:
            return "missing"
        return None if sha256_of(path) == digest else "changed"

    def _content(self) -> Iterator[Path]:
        return (path for path in files_below(self.folder) if path != self.folder / MANIFEST)

    def _sites(self) -> Path:
        return private_folder(self.folder / "sites")

    def _site_folders(self, beginning: str = "") -> dict[int, Path]:
        sites = self.folder / "sites"
        if not sites.is_dir() or sites.is_symlink():
            return {}
        paths = sorted(path for path in sites.iterdir() if path.name.startswith(beginning))
        named = ((_SITE_FOLDER.fullmatch(path.name), path) for path in paths)
        return {int(match[1]): path for match, path in named if match and path.is_dir() and not path.is_symlink()}

    def _site_folder(self, number: int) -> Path | None:
        """That of one site. Only its own name is looked at more closely: a run may have thousands of folders."""
        return self._site_folders(f"{number:05d}-").get(number)

    def _site_file(self, number: int, name: str) -> Path | None:
        folder = self._site_folder(number)
        return folder / name if folder and (folder / name).is_file() else None

    def _write(self, name: str, data: Json) -> None:
        write_file(self.folder / name, encode(data))

    def _read(self, name: str) -> Json:
        return self._decoded(self.folder / name)

    @staticmethod
    def _decoded(path: Path) -> Json:
        with naming(path):
            return decode(read_file(path, MAX_DOCUMENT))


def _checked_id(run: str) -> str:
    if not RUN_ID.fullmatch(run):
        raise StoreError(
            f"{run!r} is no run id (YYYYMMDD-HHMMSS-xxxx)", f"{run!r} 不是检查编号（形如 YYYYMMDD-HHMMSS-xxxx）"
        )
    return run


def folder_name(number: int, site: str) -> str:
    """How the folder of a site is called: its number, and its id as far as file systems like it."""
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", site).strip("-.")[:60]
    return f"{number:05d}-{slug or 'site'}"
