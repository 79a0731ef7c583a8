"""Read-only access below one folder, for probes that look at handed-in evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """What a probe may read: paths are relative, with forward slashes, and never leave the folder."""

    def list(self) -> Iterator[str]:
        """Every file below the folder, in sorted order."""
        ...

    def read(self, path: str, most: int = 16_000_000) -> bytes:
        """At most ``most`` bytes of a file. Raises ``FileNotFoundError`` for anything outside the folder."""
        ...


class FolderFiles:
    """``Files`` below a folder on disk; symbolic links that lead out of it are not followed."""

    def __init__(self, folder: Path, most_files: int = 10_000) -> None:
        self._folder = folder.resolve()
        self._most_files = most_files

    def list(self) -> Iterator[str]:
        if not self._folder.is_dir():
            return
        found = sorted(path for path in self._folder.rglob("*") if path.is_file() and self._inside(path))
        yield from (path.relative_to(self._folder).as_posix() for path in found[: self._most_files])

    def read(self, path: str, most: int = 16_000_000) -> bytes:
        full = self._folder / path
        if not self._inside(full) or not full.is_file():
            raise FileNotFoundError(path)
        with full.open("rb") as stream:
            return stream.read(most)

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._folder)
