"""The words by which registers and contracts are read; data in ``words.yaml``."""

import re

from xuncha.api import Table, read_table
from xuncha_plugins.evidence.spelling import plain

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
    claim: Pattern


class _Telephones(Table):
    label: Pattern
    maintenance: Pattern
    made_up: Pattern


class _Contract(Table):
    period: Pattern
    party: Pattern
    confidential: Pattern
    security: Pattern
    elsewise: Pattern
    website: Pattern
    disclaims: Pattern
    company: Pattern
    claim: Pattern


class Words(Table):
    """``words.yaml``."""

    names: _Names
    duties: _Duties
    registers: _Register
    telephones: _Telephones
    contract: _Contract


WORDS = read_table(Words, __package__, "words.yaml")

_SPREAD = re.compile(r"[\s·•.‧∙・]+")
"""What stands between the parts of a name: blanks that fill its cell, the dots of names of other languages."""

_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def person(name: str) -> str:
    """A name as it is compared: without the blanks that spread it over its cell, and without remarks."""
    return _SPREAD.sub("", _REMARK.sub("", plain(name)))


def unspread(text: str) -> str:
    """A sentence in which names can be looked for."""
    return _SPREAD.sub("", plain(text))


def is_named(name: str) -> bool:
    """Whether a person is named, rather than nobody, an office or a post."""
    bare = person(name)
    return len(bare) > 1 and not WORDS.names.nobody.match(bare) and not WORDS.names.office.search(bare)
