"""Unpacks the pages of a backup into a scratch folder and looks for titles in its dumps, as a restore would need them.

Only pages are written: they are what is compared, and a site's attachments may be a hundred times as large. What leads
out of the folder is refused, and so are links to anything but pages, and what exceeds the limits.
"""

import errno
import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from xuncha.api import EvidenceFile, Files, Reason, Scratch, TooMuchError
from xuncha_plugins.backup.bounds import Meter, UntoldError
from xuncha_plugins.backup.dumps import DumpWatch
from xuncha_plugins.backup.leaves import Artefact, Leaf
from xuncha_plugins.backup.pages import PAGE_ENDS
from xuncha_plugins.backup.titles import TitleSearch

_ROOM = 64_000_000


class _TooLargeError(Exception):
    """A page is larger than any page is."""


@dataclass(slots=True)
class Restored:
    """What came out of the copies so far: the hash of each page by its name, links between them, what was left out.

    ``dumps`` counts the database dumps that were looked through.
    """

    pages: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    dumps: int = 0


class Restoring:
    """Restores one copy after the other.

    Args:
        scratch: where pages are written to.
        titles: what is looked for in dumps.
        meter: everything unpacked is taken from it.
        page_bytes: that a page may have.
    """

    def __init__(self, scratch: Scratch, titles: TitleSearch, meter: Meter, page_bytes: int) -> None:
        self.restored = Restored()
        self._scratch = scratch
        self._titles = titles
        self._meter = meter
        self._page_bytes = page_bytes

    def unpack(self, file: EvidenceFile, files: Files, number: int) -> None:
        """A copy that is a file. Takes long: to be called in a thread.

        Raises:
            FlawError, UntoldError: what came until then is kept.
        """
        try:
            with files.open(file.path, 2 * file.size + _ROOM) as stream:
                for leaf in Artefact(stream, file.path, file.kind, file.size, self._meter).leaves():
                    self.take(leaf, number)
        except TooMuchError:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "more than may be unpacked") from None
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise UntoldError(Reason.DISK_FULL if full else Reason.DOCUMENT_DAMAGED, error.strerror or "") from None

    def take(self, leaf: Leaf, number: int) -> None:
        """A file of a copy: written if it is a page, searched if it is a dump."""
        name = leaf.name.replace("\\", "/").lstrip("/")
        if name.lower().endswith(PAGE_ENDS):
            self._write(leaf, name, number)
        elif not leaf.is_link:
            self._search(leaf)

    def _write(self, leaf: Leaf, name: str, number: int) -> None:
        if leaf.is_link:
            self.restored.links[_within(number, name)] = _within(number, leaf.link)
            return
        if name[1:2] == ":":  # a drive of Windows
            self.restored.refused += 1
            return
        digest = hashlib.sha256()
        try:
            self._scratch.write(f"{number}/{name}", self._hashed(leaf.body, digest))
        except (ValueError, _TooLargeError):
            self.restored.refused += 1
        else:
            self.restored.pages[_within(number, name)] = digest.hexdigest()

    def end(self) -> Restored:
        """All copies were taken: links to pages within the same copy are these pages, others are refused."""
        for name, to in self.restored.links.items():
            found = self.restored.pages.get(to)
            if found:
                self.restored.pages.setdefault(name, found)
            else:
                self.restored.refused += 1
        return self.restored

    def _hashed(self, body: Iterator[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
        left = self._page_bytes
        for piece in body:
            left -= len(piece)
            if left < 0:
                raise _TooLargeError
            digest.update(piece)
            yield piece

    def _search(self, leaf: Leaf) -> None:
        """A dump is known by how it begins; whatever else it is, is read past."""
        first = next(leaf.body, b"")
        watch = DumpWatch(leaf.name)
        watch.see(first)
        if not (leaf.made or watch.dumped()):
            return
        self.restored.dumps += 1
        self._titles.see(first)
        for piece in leaf.body:
            self._titles.see(piece)
        self._titles.end()


def _within(number: int, name: str) -> str:
    """The name of a page among those of all copies."""
    return f"{number}/{posixpath.normpath(name.lstrip('/'))}"
