"""What kind a column is, by its name, its tags and what the inventory says; the words are data (``kinds.yaml``)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from string import ascii_letters
from typing import Literal

from pydantic import Field

from xuncha.api import OneOf, Table, read_table

DeadlineClass = Literal["", "news", "notice", "yearly", "other-yearly"]

_SEPARATORS = re.compile(r"[，,;；、/|>\s]+")
_LEVELS = frozenset("省市区县旗州镇乡局厅委办")
_BEFORE = 8
"""Characters before an ending; what is longer is a sentence."""

_SHORT = 4
"""Characters of what an office is called for short."""

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
    endings: tuple[str, ...] = ()
    excluded: tuple[str, ...] = Field(default=(), alias="except")
    barred: OneOf | None = None


class _Table(Table):
    kinds: tuple[_Kind, ...]
    tails: tuple[str, ...]
    others: OneOf
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
    endings: tuple[tuple[re.Pattern[str], str], ...]
    others: re.Pattern[str]
    past: re.Pattern[str]
    sidebars: re.Pattern[str]
    own: re.Pattern[str]
    not_columns: frozenset[str]

    def of_name(self, name: str) -> str:
        """The kind that a column's name tells; empty where it tells none. A whole name comes before a part of one."""
        name = _bare(name)
        if not name or len(name) > _LONGEST:
            return ""
        return self.names[name] if name in self.names else self._told(name)[1]

    def _told(self, name: str) -> tuple[str, str]:
        """What a name holds beside the words that tell its kind, and the kind: the longest word, else its ending."""
        by_word = (
            (name.replace(word, "", 1), kind)
            for word, kind, excluded in self.words
            if word in name and not any(other in name for other in excluded)
        )
        by_ending = ((found["rest"], kind) for ending, kind in self.endings if (found := ending.fullmatch(name)))
        return next(chain(by_word, by_ending), ("", ""))

    def is_doubtful(self, name: str, site: str, *, portal: bool) -> bool:
        """Whether a name, beside the word that tells its kind, holds others: a higher level's, a place's, a topic's.

        What the ``site`` is called, or called for short (医保 of 医疗保障局), is its own; its place alone is so only on
        the ``portal`` of that place.
        """
        name, site = _bare(name), plain(site)
        rest = "" if name in self.names else self.own.sub("", self._told(name)[0])
        if not rest or re.search(f"{re.escape(rest)}[省市区县旗州镇乡]?人民政府", site):
            return False
        place = re.match(f"{re.escape(rest)}[省市区县旗州镇乡]?", site) is not None
        named = len(rest) > 1 and (rest in site or _is_short_for(rest, site))
        return not (named and (portal or not place))

    def of_tag(self, text: str) -> tuple[str, str]:
        """The kind that the tag ``ColumnType`` tells, which often names several, the nearest last; and that name."""
        parts = reversed(_SEPARATORS.split(text[:200]))
        return next(((kind, part) for part in parts if (kind := self.of_name(part))), ("", ""))

    def of_inventory(self, text: str) -> str:
        """The kind that the inventory declares: an id, a UCAP code, or a name."""
        return text if text in self.deadlines else self.names.get(plain(text)) or self.of_name(text)

    def is_open(self, name: str) -> bool:
        """Whether a name without a kind may be that of news or notices all the same: nothing in it says otherwise."""
        return not (self.of_name(name) or self.others.search(plain(name)))

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


def _is_short_for(rest: str, site: str) -> bool:
    """Whether these few characters stand in a site's name in their order; words of places and levels say nothing."""
    behind = iter(site)
    return len(rest) <= _SHORT and not _LEVELS & set(rest) and all(one in behind for one in rest)


def _bare(name: str) -> str:
    """A plain name without what stands behind it in English: 新闻中心 NEWS."""
    name = plain(name)
    return name.rstrip(ascii_letters) or name


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
        endings=tuple(_endings(table)),
        others=table.others,
        past=table.past,
        sidebars=table.sidebars,
        own=table.own,
        not_columns=frozenset(plain(name) for name in table.not_columns),
    )


def _words(table: _Table) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for kind in table.kinds:
        for word in kind.words:
            yield word, kind.id, kind.excluded


def _endings(table: _Table) -> Iterator[tuple[re.Pattern[str], str]]:
    """A pattern for each kind that endings tell; ``rest`` is what stands before the ending."""
    for kind in table.kinds:
        if kind.endings:
            others = [*map(re.escape, kind.excluded), *([kind.barred.pattern] if kind.barred else [])]
            none = f"(?!.*(?:{'|'.join(others)}))" if others else ""
            tail = "|".join(table.tails)
            yield re.compile(f"{none}(?P<rest>.{{0,{_BEFORE}}}?)(?:{'|'.join(kind.endings)})+(?:{tail})?"), kind.id


KINDS = _read()
"""The table of ``kinds.yaml``; read at once, because checks ask it and may open no file."""
