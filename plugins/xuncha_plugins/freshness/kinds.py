"""What kind a column is, by its name, its tags and what the inventory says; the words are data (``kinds.yaml``)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from xuncha.api import OneOf, Table, read_table

DeadlineClass = Literal["", "news", "notice", "yearly", "other-yearly"]

_SEPARATORS = re.compile(r"[，,;；、/|>\s]+")
_LONGEST = 30
"""A longer name is a sentence, not the name of a column."""


class _Title(Table):
    zh: str
    en: str


class _Kind(Table):
    id: str
    title: _Title
    deadline: DeadlineClass = Field(default="", alias="class")
    type: int | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = Field(default=(), alias="except")


class _Table(Table):
    kinds: tuple[_Kind, ...]
    past: OneOf
    sidebars: OneOf
    own: OneOf
    not_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The table in the forms in which it is asked."""

    deadlines: dict[str, DeadlineClass]
    names: dict[str, str]
    words: tuple[tuple[str, str, tuple[str, ...]], ...]
    past: re.Pattern[str]
    sidebars: re.Pattern[str]
    own: re.Pattern[str]
    not_columns: frozenset[str]

    def of_name(self, name: str) -> str:
        """The kind that a column's name tells; empty where it tells none. A whole name comes before a part of one."""
        name = plain(name)
        if not name or len(name) > _LONGEST:
            return ""
        return self.names[name] if name in self.names else self._by_word(name)[1]

    def _by_word(self, name: str) -> tuple[str, str]:
        """The longest word of a kind that a name holds, and the kind."""
        found = (
            (word, kind)
            for word, kind, excluded in self.words
            if word in name and not any(other in name for other in excluded)
        )
        return next(found, ("", ""))

    def is_doubtful(self, name: str, site: str, *, portal: bool) -> bool:
        """Whether a name, beside the word that tells its kind, holds others: a higher level's, a place's, a topic's.

        What the ``site`` is called is its own; its place alone is so only on the ``portal`` of that place.
        """
        name, site = plain(name), plain(site)
        word, _ = ("", "") if name in self.names else self._by_word(name)
        rest = self.own.sub("", name.replace(word, "", 1)) if word else ""
        if not rest or f"{rest}人民政府" in site:
            return False
        place = re.match(f"{re.escape(rest)}[省市区县旗州镇乡]?", site) is not None
        return not (rest in site and len(rest) > 1 and (portal or not place))

    def of_tag(self, text: str) -> tuple[str, str]:
        """The kind that the tag ``ColumnType`` tells, which often names several, the nearest last; and that name."""
        parts = reversed(_SEPARATORS.split(text[:200]))
        return next(((kind, part) for part in parts if (kind := self.of_name(part))), ("", ""))

    def of_inventory(self, text: str) -> str:
        """The kind that the inventory declares: an id, a UCAP code, or a name."""
        return text if text in self.deadlines else self.names.get(plain(text)) or self.of_name(text)

    def is_past(self, name: str) -> bool:
        """Whether the name says that the column is closed: an archive, one of a single year, in brackets 旧."""
        return bool(self.past.search(unicodedata.normalize("NFKC", "".join(name[:200].split()))))

    def is_sidebar(self, name: str) -> bool:
        """Whether a list of that name shows what other columns published."""
        return bool(self.sidebars.search(name))

    def is_column_name(self, name: str) -> bool:
        """Whether a link of these words may lead to a column."""
        name = plain(name)
        return 1 < len(name) <= _LONGEST and name not in self.not_columns


def plain(name: str) -> str:
    """A name as it is compared: normalised, without blanks, marks and brackets."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", name[:200]))


def _read() -> Kinds:
    table = read_table(_Table, __package__, "kinds.yaml")
    words = sorted(_words(table), key=lambda one: -len(one[0]))
    names = {plain(name): kind.id for kind in table.kinds for name in (kind.title.zh, *kind.names)}
    names |= {str(kind.type): kind.id for kind in table.kinds if kind.type is not None}
    return Kinds(
        deadlines={kind.id: kind.deadline for kind in table.kinds},
        names=names,
        words=tuple(words),
        past=table.past,
        sidebars=table.sidebars,
        own=table.own,
        not_columns=frozenset(plain(name) for name in table.not_columns),
    )


def _words(table: _Table) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for kind in table.kinds:
        for word in kind.words:
            yield word, kind.id, kind.excluded


KINDS = _read()
"""The table of ``kinds.yaml``; read at once, because checks ask it and may open no file."""
