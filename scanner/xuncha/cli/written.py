"""Reports as files: those that can be are written while the run is read, so that no more than a site of it is held."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import click

from xuncha.model.text import Lang
from xuncha.store.result import RunResult, SiteResult, Stored


def written(stored: Stored, formats: Sequence[Any], lang: Lang, folder: Path, name: str) -> RunResult:
    """Write the ``formats`` that make files of their own accord, and tell their names.

    Returns:
        The whole result for the others; without its sites where there are no others.
    """
    streamed = [one for one in formats if hasattr(one, "writer")]
    places = [Folder(folder, name) for _ in streamed]
    result = stream(stored, streamed, lang, places, keep=len(streamed) < len(formats))
    for place in places:
        click.echo(place.main)
    for one in formats:
        if not any(hasattr(one, kind) for kind in ("writer", "show", "parts")):
            write(folder / f"{name}.{one.SUFFIX}", one.render(result, lang))
    return result


def stream(
    stored: Stored, formats: Sequence[Any], lang: Lang, places: Sequence["Folder"], *, keep: bool = False
) -> RunResult:
    """Write ``formats``, each to its place. The result is without its sites unless they are to be kept."""
    opening = stored.opening()
    try:
        writers = [one.writer(opening, lang, place) for one, place in zip(formats, places, strict=True)]
        kept = tuple(_passed_on(stored, writers, keep=keep))
        closing = stored.closing()
        for writer in writers:
            writer.end(closing)
    except BaseException:
        for place in places:
            place.drop()
        raise
    for place in places:
        place.settle()
    return replace(closing, sites=kept)


def _passed_on(stored: Stored, writers: Sequence[Any], *, keep: bool) -> Iterable[SiteResult]:
    for site in stored.sites():
        for writer in writers:
            writer.add(site)
        if keep:
            yield site


def write(path: Path, body: bytes) -> None:
    """Write a file, and tell its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    click.echo(path)


class Folder:
    """Files that all begin with ``name``; they have another ending until all of them are whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder
        self._paths: list[Path] = []
        self._open: list[BinaryIO] = []

    def open(self, ending: str) -> BinaryIO:
        path = self._folder / f"{self.name}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._paths.append(path)
        self._open = [file for file in self._open if not file.closed]
        self._open.append(_unfinished(path).open("wb"))
        return self._open[-1]

    @property
    def main(self) -> Path:
        """The file that leads to all others: the last."""
        return self._paths[-1]

    def settle(self) -> None:
        """Give the files their names."""
        for path in self._paths:
            _unfinished(path).replace(path)

    def drop(self) -> None:
        """Remove what was written so far."""
        for file in self._open:
            with suppress(OSError):
                file.close()
        for path in self._paths:
            with suppress(OSError):
                _unfinished(path).unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
