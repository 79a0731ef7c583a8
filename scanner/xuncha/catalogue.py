"""What the parent knows of the plugins: data only, made by the loader child and kept in every run.

The parent imports no plugin. It starts ``python -m xuncha.loader`` under a deadline and reads the catalogue from its
output. A plugin at which the child hangs or dies is left out and named, and the child is started again without it.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter

from xuncha import __version__
from xuncha.declare import Requests
from xuncha.metadata import CheckMeta, PluginMeta, load_checks
from xuncha.registry import PluginRef, discover

LOAD_DEADLINE = 20.0
MAX_OUTPUT = 32_000_000


@dataclass(frozen=True, slots=True)
class ProbeEntry:
    """A probe as the planner sees it. Facts are named, not typed: their types live in the plugin.

    ``recalls`` are those that it wants of earlier runs. ``services`` are the hosts beyond the site that it asks.
    ``shares`` tells by check how many of its requests are for it. ``opens_pages``: it may look at pages in a browser.
    """

    name: str
    plugin: str
    provides: str
    needs: tuple[str, ...]
    deadline: float
    connections: int
    requests: Requests
    programs: tuple[str, ...]
    mode: str
    params_schema: dict[str, Any] = field(default_factory=dict)
    per_page: bool = False
    cost_us: float = 0
    recalls: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    conversations: int = 0
    shares: dict[str, Requests] = field(default_factory=dict)
    opens_pages: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether it sends nothing: it declares no requests, connections or conversations, and sees no pages."""
        return not (self.requests or self.connections or self.conversations or self.services or self.per_page)


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """A check as the planner sees it, with its texts."""

    plugin: str
    per_page: bool
    wants: tuple[str, ...]
    meta: CheckMeta
    params_schema: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.meta.id


@dataclass(frozen=True, slots=True)
class PluginEntry:
    """A plugin, loaded or not; ``failure`` is empty for one that keeps the rules."""

    ref: PluginRef
    meta: PluginMeta | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All plugins, probes and checks of this installation."""

    version: str = __version__
    plugins: tuple[PluginEntry, ...] = ()
    probes: tuple[ProbeEntry, ...] = ()
    checks: tuple[CheckEntry, ...] = ()

    def check(self, check_id: str) -> CheckEntry | None:
        return next((entry for entry in self.checks if entry.id == check_id), None)

    def failed(self) -> tuple[PluginEntry, ...]:
        return tuple(entry for entry in self.plugins if entry.failure)

    def loaded(self) -> tuple[PluginRef, ...]:
        return tuple(entry.ref for entry in self.plugins if not entry.failure)


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    return TypeAdapter(Catalogue)


def to_json(catalogue: Catalogue) -> bytes:
    return _adapter().dump_json(catalogue)


def from_json(data: bytes) -> Catalogue:
    return _adapter().validate_json(data)


def catalogue(
    cache: Path | None = None, refs: Sequence[PluginRef] | None = None, deadline: float = LOAD_DEADLINE
) -> Catalogue:
    """The catalogue of ``refs`` (default: all installed), from ``cache`` when no plugin's file has changed since."""
    refs = discover() if refs is None else refs
    stored = cache / f"catalogue-{_stamp(refs)}.json" if cache else None
    if stored and stored.is_file():
        with suppress(ValueError):  # a damaged file is made anew
            return from_json(stored.read_bytes())
    made = _load_in_child(refs, deadline)
    if stored and not made.failed():
        _replace(stored, to_json(made))
    return made


def _load_in_child(refs: Sequence[PluginRef], deadline: float) -> Catalogue:
    left_out: dict[str, str] = {}
    while True:
        asked = [ref for ref in refs if ref.name not in left_out]
        attempt = _attempt(asked, deadline)
        if isinstance(attempt, Catalogue):
            return with_failures(attempt, refs, left_out)
        culprit, what = attempt
        if not culprit:
            return with_failures(Catalogue(), refs, {ref.name: what for ref in refs})
        left_out[culprit] = what


def _attempt(refs: Sequence[PluginRef], deadline: float) -> Catalogue | tuple[str, str]:
    """The catalogue, or the plugin at which the child stopped and how."""
    names = json.dumps([[ref.name, ref.module, ref.distribution, ref.version] for ref in refs])
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "xuncha.loader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert child.stdin
    assert child.stdout
    with child, _Patience(child, deadline) as patience:
        child.stdin.write(names.encode())
        child.stdin.close()
        last = b""
        while line := child.stdout.readline(MAX_OUTPUT):
            patience.renew()
            last = line.strip() or last
    if last.startswith(b'{"version"'):
        return from_json(last)
    ended = f"the process that imports it ended with code {child.returncode}"
    how = f"its import did not end within {deadline:g} s" if patience.ended else ended
    return last.decode(errors="replace"), how


class _Patience:
    """Kills the child when it says nothing for ``seconds``: they are each plugin's, not all plugins' together."""

    def __init__(self, child: "subprocess.Popen[bytes]", seconds: float) -> None:
        self._child = child
        self._seconds = seconds
        self._timer = threading.Timer(seconds, self._end)
        self.ended = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def renew(self) -> None:
        self._timer.cancel()
        self._timer = threading.Timer(self._seconds, self._end)
        self._timer.start()

    def _end(self) -> None:
        self.ended = True
        _kill(self._child)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """End the child and what its plugins started, which else would keep its output open."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()


def with_failures(made: Catalogue, refs: Iterable[PluginRef], left_out: Mapping[str, str]) -> Catalogue:
    """``made`` with an entry for each plugin left out, and the checks its ``checks.yaml`` names.

    So a plugin that cannot be imported still ends in named ``error`` outcomes instead of silence.
    """
    broken = {entry.ref.name: entry.failure for entry in made.failed()} | dict(left_out)
    entries = {entry.ref.name: entry for entry in made.plugins}
    checks = list(made.checks)
    for ref in refs:
        if ref.name not in broken:
            continue
        meta = _texts_of(ref)
        entries[ref.name] = PluginEntry(ref, meta, broken[ref.name])
        known = {entry.id for entry in checks}
        described = meta.checks.values() if meta else ()
        checks += [
            CheckEntry(ref.name, per_page=False, wants=(), meta=check) for check in described if check.id not in known
        ]
    ordered = tuple(entries[ref.name] for ref in refs if ref.name in entries)
    return replace(made, plugins=ordered, checks=tuple(checks))


def _texts_of(ref: PluginRef) -> PluginMeta | None:
    try:
        path = ref.texts()
        return load_checks(path) if path else None
    except Exception:  # noqa: BLE001 - the failure is already named; its texts are a courtesy
        return None


def _stamp(refs: Sequence[PluginRef]) -> str:
    """Changes whenever a file of a plugin or of Xuncha changes."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for ref in refs:
        digest.update(repr(ref).encode())
        folder = ref.folder()
        for path in sorted(folder.rglob("*")) if folder else ():
            if path.suffix in {".py", ".yaml"}:
                digest.update(_look(path))
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(_look(path))
    return digest.hexdigest()[:24]


def _look(path: Path) -> bytes:
    status = path.stat()
    return f"{path}{status.st_mtime_ns}{status.st_size}".encode()


def _replace(path: Path, data: bytes) -> None:
    """Keep ``data`` for the next time; where the disk refuses, it is made anew then."""
    temporary = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
