"""Whether a document denies what it speaks of: not done, no longer there, only planned (``denials.yaml``).

One reading for all plugins, so that a denial passes in none of them. It never accuses: what it finds is asked about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from xuncha.api import Ask, DocumentLocator, Table, ask, masked_excerpt, read_table
from xuncha_plugins.evidence.reading import Shown
from xuncha_plugins.evidence.spelling import plain

Pattern = re.Pattern[str]

REACH = 16
"""Characters between what is claimed and the word that denies it."""

MOST_KEPT = 5
MOST_CLAIMS = 200
"""Places in a sentence that are looked at."""

_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE = re.compile(r"[^,]+")


class _Words(Table):
    undone: Pattern
    gone: Pattern
    planned: Pattern
    none: Pattern
    answered: Pattern
    otherwise: Pattern
    goes_on: Pattern
    alone: Pattern


WORDS = read_table(_Words, __package__, "denials.yaml")
_DENIES = (WORDS.undone, WORDS.gone, WORDS.planned)


class Line(Protocol):
    """What has a text and its place: a passage, or a line made of some."""

    @property
    def text(self) -> str: ...
    @property
    def locator(self) -> DocumentLocator: ...


def denials(lines: Iterable[Line], claim: Pattern, *, intents: bool = True) -> tuple[Shown, ...]:
    """The first sentences of ``lines`` that deny ``claim``.

    Where ``intents`` is False what is planned denies nothing: rules and reports also speak of what comes next.
    """
    found = (
        Shown(masked_excerpt(sentence), passage.locator)
        for passage in lines
        for sentence in denied_in(passage.text, claim, intents=intents)
    )
    return tuple(islice(found, MOST_KEPT))


def to_ask(denied: Iterable[Shown]) -> Iterator[Ask]:
    """The question (message ``denied``) about the first of them: whether the requirement is met all the same."""
    for one in islice(denied, 1):
        yield ask(one.at, "denied", distinct="denied", excerpt=one.words, words=one.words)


def is_denied(text: str, claim: Pattern) -> bool:
    """Whether a passage speaks of ``claim`` only to deny it."""
    return any(True for _ in denied_in(text, claim))


def denied_in(text: str, claim: Pattern, *, intents: bool = True) -> Iterator[str]:
    """The sentences of a passage, as they are written, that deny ``claim``."""
    even, denies = plain(text), _DENIES if intents else _DENIES[:2]
    for found in _SENTENCE.finditer(even):
        if claim.search(found[0]) and _denied(found[0], claim, denies):
            yield text[found.start() : found.end()].strip() if len(even) == len(text) else found[0].strip()


def _denied(sentence: str, claim: Pattern, denies: Sequence[Pattern]) -> bool:
    clauses = [one[0].strip() for one in _CLAUSE.finditer(sentence)]
    spoken = False
    for clause in clauses:
        if WORDS.otherwise.search(f"{clause},"):
            spoken = False
            continue
        places = [found.span() for found in islice(claim.finditer(clause), MOST_CLAIMS)]
        if any(_next_to(clause, start, end, denies) for start, end in places):
            return True
        if places:
            spoken = True
        elif spoken and _only_denies(clause, denies):
            return True
    return False


def _next_to(clause: str, start: int, end: int, denies: Sequence[Pattern]) -> bool:
    before, after = clause[max(0, start - REACH) : start], clause[end : end + REACH + 8]
    if WORDS.none.search(before) or WORDS.answered.search(after):
        return True
    behind = any((found := one.search(clause, end)) and _near(clause[end : found.start()]) for one in denies)
    ahead = any(_near(clause[found.end() : start]) for one in denies for found in one.finditer(clause, 0, start))
    return behind or ahead


def _near(between: str) -> bool:
    return len(between) <= REACH and between.count("\t") <= 1


def _only_denies(clause: str, denies: Sequence[Pattern]) -> bool:
    """Whether a clause says nothing but that what was spoken of before is not, such as “现已拆除”."""
    started = WORDS.goes_on.match(clause)
    texts = (clause[started.end() :] if started else clause, clause)
    found = ((text, one.match(text)) for one in denies for text in texts)
    return any(hit and WORDS.alone.search(text[hit.end() :]) for text, hit in found)
