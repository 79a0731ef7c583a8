"""The words by which proofs are read; data in ``words.yaml``."""

import re
from enum import StrEnum

from xuncha.api import OneOf, Piece, Table, read_table

Pattern = re.Pattern[str]


class Label(StrEnum):
    """What a label in a proof announces."""

    LICENCE = "licence"
    UPDATED = "updated"
    ALERT = "alert"
    STATE = "state"
    HELD = "held"


class LogKind(StrEnum):
    """Whose logs are to be kept (《互联网政务应用安全管理规定》第二十条)."""

    FIREWALL = "firewall"
    HOST = "host"
    APPLICATION = "application"
    DATABASE = "database"


class _Topics(Table):
    anti_attack: OneOf
    anti_tamper: OneOf
    anti_virus: OneOf
    classified: OneOf
    assessment: OneOf
    logs: OneOf


class _States(Table):
    open: Pattern
    closed: Pattern


class _Ending(Table):
    before: Pattern
    word: Pattern


class _Filing(Table):
    number: Pattern
    other: Pattern
    level: Pattern


class _Others(Table):
    guarded: Pattern
    system: Pattern
    website: Pattern


class _Logs(Table):
    kept: Pattern
    heading: Pattern
    quoted: Pattern
    at_least: Pattern
    archived: Pattern
    kinds: dict[LogKind, Pattern]


class Words(Table):
    """``words.yaml``."""

    labels: dict[Label, OneOf]
    ending: _Ending
    begins: Pattern
    endless: Pattern
    without_end: Pattern
    reaches: Pattern
    renewed: Pattern
    former: Pattern
    not_licence: Pattern
    topics: _Topics
    states: _States
    nothing: Pattern
    unnamed: Pattern
    filing: _Filing
    others: _Others
    logs: _Logs


WORDS = read_table(Words, __package__, "words.yaml")


def topic(piece: Piece) -> Pattern:
    """What documents for ``piece`` speak of."""
    found: Pattern = getattr(WORDS.topics, piece.partition(".")[2])
    return found
