"""What a document is about: websites and networks, something wider, or fire and floods."""

from collections.abc import Sequence
from itertools import islice

from xuncha_plugins.emergency.facts import Quote, Subject
from xuncha_plugins.emergency.lines import Line
from xuncha_plugins.emergency.sections import quote
from xuncha_plugins.emergency.words import WORDS

_HEAD = 40
_LONGEST = 80
_FEW = 3


def titles(lines: Sequence[Line]) -> list[Line]:
    """The lines among the first that look like the document's title."""
    short = [line for line in lines[:_HEAD] if len(line.packed) <= _LONGEST]
    return [line for line in short if _is_title(line.packed)][:3] or short[:1]


def _is_title(text: str) -> bool:
    return WORDS.title.search(text) is not None and not any(mark in text for mark in "。;,")


def subject(lines: Sequence[Line], titled: Sequence[Line]) -> tuple[Subject, Quote | None]:
    """What the document is about, and its title."""
    title = "".join(line.packed for line in titled)
    named = quote(titled[0].text, titled[0]) if titled else None
    cyber = _mentions(lines)
    foreign = WORDS.foreign.search(title) is not None
    if cyber < _FEW and (foreign or not cyber):
        return Subject.OTHER, named
    if not any(WORDS.urgent.search(line.packed) for line in lines):
        return Subject.NO_PLAN, named
    if not WORDS.cyber.search(title) and (foreign or WORDS.general.search(title) or cyber < _FEW):
        return Subject.GENERAL, named
    return Subject.SITE, named


def _mentions(lines: Sequence[Line]) -> int:
    """How often networks are spoken of, counted up to a few."""
    every = (found for line in lines for found in WORDS.cyber.finditer(line.packed))
    return sum(1 for _ in islice(every, _FEW))
