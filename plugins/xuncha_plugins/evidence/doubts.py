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
_BROCHURE_SIGNS = 2
_BEFORE = 14
"""Characters before a failure that tell whether it is only thought of."""

_MOST_FOUND = 20
_LEAST_PRACTISED = 2
"""Different words of handling that tell of practice."""


class Doubt(StrEnum):
    """Kinds of doubt; each is the key of a message with the words ``words``."""

    FAILED = "failed"
    PLANNED = "planned"
    BLANK = "blank"
    REPEALED = "repealed"
    BROCHURE = "brochure"
    HOLLOW = "hollow"
    WATCHED = "watched"
    IDLE = "idle"


class _Words(Table):
    failed: OneOf
    failed_not: Pattern
    failed_none: Pattern
    failed_answered: Pattern
    in_part: Pattern
    past: Pattern
    present: Pattern
    unchosen: Pattern
    unchosen_before: Pattern
    hollow: OneOf
    hollow_not: Pattern
    watched: OneOf
    practised: Pattern
    idle: OneOf
    idle_not: Pattern
    outcome: Pattern
    planned: OneOf
    planned_not: Pattern
    blank: OneOf
    ticked: Pattern
    repealed: Pattern
    repealed_not: Pattern
    repealing: Pattern
    brochure: Pattern
    deployed: Pattern
    renewed: Pattern
    renewed_not: Pattern


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
    return (shown for sentence, shown in _sentences(lines) if tells(WORDS.failed, sentence))


def tells(bad: Pattern, sentence: str) -> bool:
    """Whether a sentence, in one form, says ``bad`` of what it is about.

    Not in a scenario, under a condition, of an attacker, of last year, as an option that was not chosen, or to deny it.
    """
    return any(_tells(bad, clause) for clause in _chosen(sentence).split(","))


def telling(lines: Iterable[Line], bad: Pattern) -> tuple[Shown, ...]:
    """The first sentence that ``tells`` something bad."""
    return tuple(islice((shown for sentence, shown in _sentences(lines) if tells(bad, sentence)), 1))


def _tells(bad: Pattern, clause: str) -> bool:
    for found in islice(bad.finditer(clause), _MOST_FOUND):
        told = WORDS.outcome.split(clause[: found.start()])[-1]
        before = told[-_BEFORE:]
        if WORDS.failed_not.search(before + found[0]) or WORDS.failed_none.search(before):
            continue
        if not WORDS.failed_answered.search(clause[found.end() :]) and not _of_the_past(told):
            return True
    return False


def _of_the_past(told: str) -> bool:
    return bool(WORDS.past.search(WORDS.present.split(told)[-1]))


def _chosen(sentence: str) -> str:
    """A sentence without the options of a form that were not ticked; boxes stand before them, or all behind them."""
    if not WORDS.ticked.search(sentence):
        return sentence
    behind = WORDS.ticked.match(sentence[-1:]) or sentence[-1:] in "□☐"
    return (WORDS.unchosen_before if behind else WORDS.unchosen).sub("", sentence)


def plain_failures(lines: Iterable[Line], known: Pattern) -> tuple[Shown, ...]:
    """The first sentence whose result is, in ``known`` words and of the whole, that it failed: 结果：恢复失败."""
    found = (shown for sentence, shown in _sentences(lines) if _plainly(known, sentence))
    return tuple(islice(found, 1))


def _plainly(known: Pattern, sentence: str) -> bool:
    if not WORDS.outcome.search(sentence):
        return False
    return any(tells(known, clause) and not WORDS.in_part.search(clause) for clause in sentence.split(","))


def renewals(lines: Iterable[Line]) -> tuple[Shown, ...]:
    """The first sentence by which a licence or contract that ended may have been renewed or replaced."""
    return tuple(islice(_saying(lines, WORDS.renewed, WORDS.renewed_not), 1))


def _hollow(lines: list[Line]) -> Iterator[Shown]:
    return _saying(lines, WORDS.hollow, WORDS.hollow_not)


def _watched(lines: list[Line]) -> Iterator[Shown]:
    """Films, talks and fire, unless handling of an incident is told beside them."""
    told = {found for sentence, _ in _sentences(lines) for found in WORDS.practised.findall(sentence)}
    if len(told) < _LEAST_PRACTISED:
        yield from (shown for sentence, shown in _sentences(lines) if WORDS.watched.search(sentence))


def _idle(lines: list[Line]) -> Iterator[Shown]:
    return _saying(lines, WORDS.idle, WORDS.idle_not)


def _saying(lines: Iterable[Line], bad: Pattern, unless: Pattern) -> Iterator[Shown]:
    for sentence, shown in _sentences(lines):
        clauses = _chosen(sentence).split(",")
        if any(bad.search(clause) and not unless.search(clause) for clause in clauses):
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
    Doubt.PLANNED: _planned,
    Doubt.BLANK: _blank,
    Doubt.REPEALED: _repealed,
    Doubt.BROCHURE: _brochure,
    Doubt.HOLLOW: _hollow,
    Doubt.WATCHED: _watched,
    Doubt.IDLE: _idle,
}
