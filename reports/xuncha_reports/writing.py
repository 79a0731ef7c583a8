"""Reports that are written while a run is read, so that no more than one site of it is ever held."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO, Protocol

from xuncha.model.text import Lang
from xuncha.store.result import RunResult, SiteResult


class Files(Protocol):
    """Where a report goes; the names of all its files begin with ``name``."""

    name: str

    def open(self, ending: str) -> BinaryIO:
        """A new file, by what follows the name: ``.json``, ``-sites/1.html``. Whoever opens it closes it."""


class Writer(Protocol):
    """Is given each site once, in their order; then the run without them."""

    def add(self, site: SiteResult) -> None: ...

    def end(self, result: RunResult) -> None: ...


Opener = Callable[[RunResult, Lang, Files], Writer]
"""Makes a writer of what is known before the sites are read: the run, and the words of all checks."""


class _Kept(io.BytesIO):
    """A file in memory, whose content stays after it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.content = b""

    def close(self) -> None:
        if not self.closed:
            self.content = self.getvalue()
        super().close()


class _Memory:
    name = "report"

    def __init__(self) -> None:
        self.kept: dict[str, _Kept] = {}

    def open(self, ending: str) -> BinaryIO:
        self.kept[ending] = _Kept()
        return self.kept[ending]


def in_memory(opener: Opener, result: RunResult, lang: Lang) -> dict[str, bytes]:
    """What a writer writes of a whole result, by the names of its files."""
    memory, bare = _Memory(), replace(result, sites=())
    writer = opener(bare, lang, memory)
    for site in result.sites:
        writer.add(site)
    writer.end(bare)
    return {name: file.content for name, file in memory.kept.items()}
