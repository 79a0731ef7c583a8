"""The words by which registers and contracts are read; data in ``words.yaml``."""

import re
import unicodedata

from xuncha.api import Table, read_table

Pattern = re.Pattern[str]


class _Names(Table):
    nobody: Pattern
    office: Pattern
    titled: Pattern


class _Duties(Table):
    security: Pattern
    other: Pattern
    everything: Pattern
    full_time: Pattern
    part_time: Pattern
    left: Pattern


class _Register(Table):
    full_time: Pattern
    dated: Pattern
    done: Pattern


class _Telephones(Table):
    label: Pattern
    maintenance: Pattern
    made_up: Pattern


class _Contract(Table):
    period: Pattern
    party: Pattern
    confidential: Pattern
    security: Pattern
    company: Pattern


class Words(Table):
    """``words.yaml``."""

    names: _Names
    duties: _Duties
    registers: _Register
    telephones: _Telephones
    contract: _Contract


WORDS = read_table(Words, __package__, "words.yaml")

_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def plain(text: str) -> str:
    """``text`` in half-width characters; tabs stay, they part cells."""
    return unicodedata.normalize("NFKC", text)


def close(text: str) -> str:
    """``text`` without blanks and marks, in one case: names are written in many ways."""
    return re.sub(r"[\W_]+", "", plain(text)).lower()


def person(name: str) -> str:
    """A name as it is compared: without the blanks that spread it over its cell, and without remarks."""
    return re.sub(r"[\s·•.．]+", "", _REMARK.sub("", plain(name)))


def is_named(name: str) -> bool:
    """Whether a person is named, rather than nobody, an office or a post."""
    bare = person(name)
    return len(bare) > 1 and not WORDS.names.nobody.match(bare) and not WORDS.names.office.search(bare)
