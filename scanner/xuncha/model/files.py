"""Read-only access below one folder, for probes that look at handed-in evidence; and a bounded place to unpack to."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedIOBase, RawIOBase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

MAX_READ = 16_000_000
MAX_SCRATCH_FILES = 100_000
MAX_SCRATCH_NAME = 1_000


def below(path: str) -> str | None:
    """A path as it is compared, relative and with forward slashes; None where it leads out of its folder."""
    plain = path.replace("\\", "/")
    pure = PurePosixPath(plain)
    if not plain or "\0" in plain or pure.is_absolute() or plain[1:2] == ":" or ".." in pure.parts:
        return None
    return str(pure) if pure.parts else None


def is_text(name: str) -> bool:
    """Whether a name on disk is UTF-8: others, mostly GBK from a ZIP of Windows, can't be written into any result."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


class TooMuchError(OSError):
    """A limit of bytes or files is reached; what was read or written until then is not the whole."""


class Scratch(Protocol):
    """A folder that is removed at the end of its block; see ``Files.scratch``."""

    @property
    def path(self) -> str:
        """Where it is, for programs."""
        ...

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """A new file, folders included; returns its path on disk.

        Raises ``TooMuchError`` where the folder is full, ``ValueError`` for a name that leads out of it or that is
        there already.
        """
        ...


class Files(Protocol):
    """What a probe may read: paths are relative, with forward slashes, and never leave the folder.

    Everything raises ``FileNotFoundError`` for what is outside the folder, is reached by a link that leads out, is no
    regular file, or was refused because we do not want to have it.
    """

    def list(self) -> Iterator[str]:
        """Every file below the folder, in sorted order."""
        ...

    def read(self, path: str, most: int = MAX_READ) -> bytes:
        """At most ``most`` bytes of a file."""
        ...

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        ...

    def open(self, path: str, most: int) -> AbstractContextManager[BinaryIO]:
        """A file as a seekable stream, for archives; reading more than ``most`` bytes in all is ``TooMuchError``.

        Read it in a thread where it is large (``asyncio.to_thread``): the loop keeps other sites' deadlines.
        """
        ...

    def local(self, path: str) -> str:
        """The path on disk of a file or folder, vetted, for a program that ``net.run`` runs; it must only read."""
        ...

    def scratch(self, most: int) -> AbstractContextManager[Scratch]:
        """An empty folder for at most ``most`` bytes, removed at the end of the block."""
        ...


class FolderFiles:
    """``Files`` below a folder on disk; symbolic links that lead out of it are not followed.

    ``refused`` tells which paths nobody may open.
    """

    def __init__(
        self, folder: Path, most_files: int = 10_000, refused: Callable[[str], bool] = lambda _path: False
    ) -> None:
        self._folder = folder.resolve()
        self._most_files = most_files
        self._refused = refused

    def list(self) -> Iterator[str]:
        if not self._folder.is_dir():
            return
        found = sorted(path for path in self._folder.rglob("*") if self._inside(path) and path.is_file())
        named = (path.relative_to(self._folder).as_posix() for path in found[: self._most_files])
        yield from (name for name in named if is_text(name) and not self._refused(name))

    def read(self, path: str, most: int = MAX_READ) -> bytes:
        with self._opened(path) as stream:
            return stream.read(most)

    def size(self, path: str) -> int:
        return self._file(path).stat().st_size

    def open(self, path: str, most: int) -> AbstractContextManager[BinaryIO]:
        return cast("BinaryIO", Metered(self._opened(path), most))

    def local(self, path: str) -> str:
        full = self._vetted(path)
        if not (full.is_file() or full.is_dir()):
            raise FileNotFoundError(path)
        return str(full)

    def scratch(self, most: int) -> AbstractContextManager[Scratch]:
        return scratch_folder(most)

    def _opened(self, path: str) -> BinaryIO:
        """Opened without waiting, and looked at only then: a pipe in its place would never end."""
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        file = os.open(self._file(path), flags)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise FileNotFoundError(path)
        return os.fdopen(file, "rb")

    def _file(self, path: str) -> Path:
        full = self._vetted(path)
        if not full.is_file():
            raise FileNotFoundError(path)
        return full

    def _vetted(self, path: str) -> Path:
        """Where a path leads, links followed, if that is below the folder."""
        plain = below(path)
        if plain is None or self._refused(plain):
            raise FileNotFoundError(path)
        full = (self._folder / plain).resolve()
        if not full.is_relative_to(self._folder) or self._refused(full.relative_to(self._folder).as_posix()):
            raise FileNotFoundError(path)
        return full

    def _inside(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self._folder)
        except (OSError, RuntimeError):  # links in a ring
            return False


class Metered(BufferedIOBase):
    """A stream that refuses to give more than so many bytes in all, seeking back included."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        data = self._stream.read(wanted)
        self._left -= len(data)
        if self._left < 0:
            raise TooMuchError("more than may be read of this file")
        return data

    read1 = read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def scratch_folder(most: int) -> Iterator[Scratch]:
    """An empty folder of our own for at most ``most`` bytes."""
    with tempfile.TemporaryDirectory(prefix="xuncha-", ignore_cleanup_errors=True) as name:
        yield ScratchFolder(Path(name), most)


class ScratchFolder:
    """Implements ``Scratch`` in ``folder``."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._left = most
        self._files = 0

    @property
    def path(self) -> str:
        return str(self._folder)

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        plain = below(name)
        if plain is None or len(plain) > MAX_SCRATCH_NAME:
            raise ValueError(f"{name[:200]!r} is no name for a file in here")
        self._files += 1
        if self._files > MAX_SCRATCH_FILES:
            raise TooMuchError("more files than may be unpacked")
        full = self._folder / plain
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            with full.open("xb") as stream:
                self._fill(stream, chunks)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise ValueError(f"{name[:200]!r} is there already") from None
        return str(full)

    def _fill(self, stream: BinaryIO | RawIOBase, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            self._left -= len(chunk)
            if self._left < 0:
                raise TooMuchError("more than may be unpacked")
            stream.write(chunk)
