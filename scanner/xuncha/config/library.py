"""Where profiles, frameworks and forms are found: folders that packages offer by entry point, and a person's own.

A root holds ``profiles/*.yaml``, ``frameworks/*.yaml`` and ``forms/*.yaml``. Packages name theirs in the entry point
group ``xuncha.profiles``; nothing but data is looked for in them.
"""

import importlib.metadata
import importlib.resources
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from xuncha.config.errors import Place, Problem, UnknownNameError, nearest, quoted
from xuncha.config.yaml import Source
from xuncha.model.text import Text

GROUP = "xuncha.profiles"
Shelf = Literal["profiles", "frameworks", "forms"]
_CALLED = {
    "profiles": Text("检查方案", "profile"),
    "frameworks": Text("检查依据", "framework"),
    "forms": Text("自查表", "form"),
}


def roots(own: Sequence[Path] = ()) -> tuple[Source, ...]:
    """Where to look: a person's own folders first, then what the installed packages offer."""
    entries = sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: entry.name)
    return (*own, *(importlib.resources.files(entry.value) for entry in entries))


def names(shelf: Shelf, search: Sequence[Source]) -> list[str]:
    """The names on offer, sorted."""
    return sorted({_stem(file) for root in search for file in _files(root, shelf)})


def find(shelf: Shelf, name: str, search: Sequence[Source], asked_at: Place | None = None) -> Source:
    """The file that a name or a path stands for; a path is one with a folder or a YAML suffix.

    Raises:
        UnknownNameError: nobody offers it; the hint names the nearest.
    """
    if is_path(name):
        return Path(name)
    for root in search:
        for file in _files(root, shelf):
            if _stem(file) == name:
                return file
    called, shown = _CALLED[shelf], quoted(name)
    text = Text(f"没有名为 {shown} 的{called.zh}", f"there is no {called.en} {shown}")
    raise UnknownNameError([Problem(asked_at or Place(shelf), text, hint=nearest(name, names(shelf, search)))])


def is_path(name: str) -> bool:
    """Whether a person meant a file and not a name."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def _files(root: Source, shelf: Shelf) -> Iterator[Source]:
    folder = root.joinpath(shelf)
    if folder.is_dir():
        yield from sorted(
            (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
        )


def _stem(file: Source) -> str:
    return file.name.removesuffix(".yaml")
