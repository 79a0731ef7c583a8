"""What keeps a paper from proving anything by itself: failed, planned, left blank, repealed, a maker's brochure.

Beside denials (``denials``) one reading for all plugins. It never accuses: what it finds is asked about, in its words.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice

from xuncha.api import Ask, OneOf, Table, ask, masked_excerpt, read_table
from xuncha_plugins.evidence.denials import Line
from xuncha_plugins.evidence.reading import LONGEST_LINE, Shown
from xuncha_plugins.evidence.spelling import plain

Pattern = re.Pattern[str]

_SENTENCE = re.compile(r"[^。;!?\n]+")
_BLANKS = re.compile(r"[^\S\t]+")
_NOT_CHOSEN = re.compile(r"□[^□☑☒√✓✔■,\t]{1,12}")
"""What stands behind an empty box, where other boxes are ticked."""

_BROCHURE_SIGNS = 2
_BEFORE = 14
"""Characters before a failure that tell whether it is only thought of."""

_MOST_FOUND = 20
_LEAST_PRACTISED = 2
"""Different words of handling that tell of practice."""


class Doubt(StrEnum):
    """Kinds of doubt; each is the key of a message with the words ``words``."""

    FAILED = "failed"
    HOLLOW = "hollow"
    PLANNED = "planned"
    BLANK = "blank"
    REPEALED = "repealed"
    BROCHURE = "brochure"


class _Words(Table):
    failed: OneOf
    failed_not: Pattern
    outcome: Pattern
    hollow: OneOf
    elsewise: OneOf
    practised: Pattern
    planned: OneOf
    planned_not: Pattern
    blank: OneOf
    ticked: Pattern
    repealed: Pattern
    repealed_not: Pattern
    repealing: Pattern
    brochure: Pattern
    deployed: Pattern


WORDS = read_table(_Words, __package__, "doubts.yaml")


def doubts(lines: Iterable[Line], *kinds: Doubt) -> tuple[tuple[Doubt, Shown], ...]:
    """The first sentence of each kind of doubt that ``lines`` give cause for."""
    given = list(lines)
    found = ((kind, next(_FINDS[kind](given), None)) for kind in kinds)
    return tuple((kind, shown) for kind, shown in found if shown)


def to_ask(found: Iterable[tuple[Doubt, Shown]]) -> Iterator[Ask]:
    """A question about each, with its words."""
    for kind, shown in found:
        yield ask(shown.at, str(kind), distinct=str(kind), excerpt=shown.words, words=shown.words)


def is_blank(text: str) -> bool:
    """Whether something in a sentence was left to be filled in."""
    return WORDS.blank.search(text) is not None and not WORDS.ticked.search(text)


def _sentences(lines: Iterable[Line]) -> Iterator[tuple[str, Shown]]:
    """Each sentence in one form without blanks, and as it is shown."""
    for line in lines:
        written = line.text[:LONGEST_LINE]
        even = plain(written)
        for found in _SENTENCE.finditer(even):
            if bare := _BLANKS.sub("", found[0]).strip():
                words = written[found.start() : found.end()] if len(even) == len(written) else found[0]
                yield bare, Shown(masked_excerpt(words.strip()), line.locator)


def _failed(lines: list[Line]) -> Iterator[Shown]:
    ticked = any(WORDS.ticked.search(line.text) for line in lines)
    for sentence, shown in _sentences(lines):
        chosen = _NOT_CHOSEN.sub("", sentence) if ticked else sentence
        if any(map(_tells_failure, chosen.split(","))):
            yield shown


def _tells_failure(clause: str) -> bool:
    """Whether something failed, other than in a scenario, under a condition, or for an attacker."""
    for found in islice(WORDS.failed.finditer(clause), _MOST_FOUND):
        before = WORDS.outcome.split(clause[max(0, found.start() - _BEFORE) : found.start()])[-1]
        if not WORDS.failed_not.search(before + found[0]):
            return True
    return False


def _hollow(lines: list[Line]) -> Iterator[Shown]:
    """What says that nothing was practised; films, talks and fire only where no handling is told beside them."""
    told = {found for sentence, _ in _sentences(lines) for found in WORDS.practised.findall(sentence)}
    for sentence, shown in _sentences(lines):
        if WORDS.hollow.search(sentence) or (len(told) < _LEAST_PRACTISED and WORDS.elsewise.search(sentence)):
            yield shown


def _planned(lines: list[Line]) -> Iterator[Shown]:
    return (
        shown
        for sentence, shown in _sentences(lines)
        if WORDS.planned.search(sentence) and not WORDS.planned_not.search(sentence)
    )


def _blank(lines: list[Line]) -> Iterator[Shown]:
    ticked = any(WORDS.ticked.search(line.text) for line in lines)
    for sentence, shown in _sentences(lines):
        if is_blank(sentence.replace("□", "") if ticked else sentence):
            yield shown


def _repealed(lines: list[Line]) -> Iterator[Shown]:
    for sentence, shown in _sentences(lines):
        clauses = sentence.split(",")
        of_itself = any(WORDS.repealed.search(one) and not WORDS.repealed_not.search(one) for one in clauses)
        if WORDS.repealing.search(sentence) or (of_itself and not WORDS.repealed_not.search(sentence)):
            yield shown


def _brochure(lines: list[Line]) -> Iterator[Shown]:
    if any(WORDS.deployed.search(plain(line.text[:LONGEST_LINE])) for line in lines):
        return
    signs = [(sign[0], shown) for sentence, shown in _sentences(lines) if (sign := WORDS.brochure.search(sentence))]
    if len({sign for sign, _ in signs}) >= _BROCHURE_SIGNS or any("白皮书" in sign for sign, _ in signs):
        yield from islice((shown for _, shown in signs), 1)


_FINDS = {
    Doubt.FAILED: _failed,
    Doubt.HOLLOW: _hollow,
    Doubt.PLANNED: _planned,
    Doubt.BLANK: _blank,
    Doubt.REPEALED: _repealed,
    Doubt.BROCHURE: _brochure,
}
