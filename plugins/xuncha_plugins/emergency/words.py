"""The words by which topics of plans and parts of drill records are known; data in ``words.yaml``."""

import re
from typing import Annotated

from pydantic import Field

from xuncha.api import OneOf, Table, read_table
from xuncha_plugins.emergency.facts import Part, Topic

Pattern = re.Pattern[str]


class TopicWords(Table):
    """How a topic is written; see the head of the table.

    ``must`` stands in every sentence of ``says`` that counts, ``unless`` in none that counts for
    anything; one of ``strong`` is enough by itself; ``kind`` names an
    incident, and ``deeds`` what is done about it. ``level`` is that of classified protection from which it is asked;
    ``unverified`` says that it is asked only by a rule whose text was not read.
    """

    headings: OneOf | None = None
    least: int = 10
    about: Pattern | None = None
    says: OneOf | None = None
    must: Pattern | None = None
    unless: Pattern | None = None
    strong: Pattern | None = None
    marks: dict[str, Pattern] = Field(default_factory=dict)
    enough: Annotated[int, Field(ge=1)] = 1
    kind: Pattern | None = None
    deeds: Pattern | None = None
    hints: OneOf
    level: int = 0
    unverified: bool = False


class Words(Table):
    """The table as it stands in the file."""

    plan: dict[Topic, TopicWords]
    drill: dict[Part, TopicWords]
    cyber: Pattern
    foreign: Pattern
    general: Pattern
    title: Pattern
    scheme: Pattern
    urgent: Pattern
    defining: Pattern
    idle: Pattern
    plan_claim: Pattern
    drill_claim: Pattern


WORDS = read_table(Words, __package__, "words.yaml")
"""Read at once, because checks ask it and may open no file."""
