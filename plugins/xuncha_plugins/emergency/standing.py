"""Whether a plan is a formal paper: unit, document number, approval, dates; drafts and blanks (``standing.yaml``)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from xuncha.api import OneOf, Table, read_table
from xuncha_plugins.emergency.dates import dates, last_day, written, years
from xuncha_plugins.emergency.facts import Dated, Quote, Standing
from xuncha_plugins.emergency.lines import Line, sentence_at
from xuncha_plugins.emergency.outline import Outline
from xuncha_plugins.emergency.sections import quote

MOST = 10
_HEAD = 30
_TAIL = 20
_TITLE = 60
_FIELDS = 2
"""Fields on a line that only a form has."""

_SIGNATURE = 30
"""Characters of a line at either end that bears a unit or a date and little else."""

Pattern = re.Pattern[str]


class _Table(Table):
    number: Pattern
    approval: OneOf
    unit: Pattern
    unit_named: Pattern
    titled_unit: Pattern
    dated: Pattern
    cited: Pattern
    revisions: Pattern
    draft: Pattern
    draft_anywhere: Pattern
    blanks: OneOf
    field: Pattern
    form: Pattern
    unfilled_date: Pattern


TABLE = read_table(_Table, __package__, "standing.yaml")


def standing(document: Outline, asides: Sequence[Line], titles: Sequence[Line]) -> Standing:
    """What a document says of itself; ``asides`` are its headers, ``titles`` the lines of its title."""
    lines = document.lines
    ends = _ends(lines, document.annex)
    return Standing(
        unit=_unit(ends, titles),
        number=_first(lines, TABLE.number),
        approval=_first(lines, TABLE.approval),
        dates=tuple(own_dates(lines, ends)),
        drafts=tuple(_drafts([*titles, *asides], lines))[:MOST],
        blanks=tuple(_blanks(lines[: document.annex]))[:MOST],
        unfilled_date=_first(ends, TABLE.unfilled_date),
    )


def own_dates(lines: Sequence[Line], ends: Sequence[Line]) -> Iterator[Dated]:
    """Dates beside words of issue or revision, dates that stand alone at either end, and rows of revisions."""
    at_end = {id(line) for line in ends}
    revising = False
    for line in lines:
        revising = bool(TABLE.revisions.search(line.packed)) or (revising and line.is_row)
        for day, at in (*dates(line.packed), *(years(line.packed) if len(line.packed) <= _TITLE else ())):
            sentence = sentence_at(line.packed, at)
            alone = id(line) in at_end and len(line.packed) <= _SIGNATURE
            told = alone or TABLE.dated.search(sentence)
            if revising or (told and not TABLE.cited.search(sentence)):
                shown = written(line.packed, at)
                yield Dated(day, quote(sentence, line), shown, last_day(day, shown))


def _ends(lines: Sequence[Line], annex: int) -> list[Line]:
    """The first and last lines of the document and of what stands before its annexes."""
    found = [*lines[:_HEAD], *lines[max(0, annex - _TAIL) : annex], *lines[-_TAIL:]]
    return list({id(line): line for line in found}.values())


def _unit(ends: Sequence[Line], titles: Iterable[Line]) -> Quote | None:
    for line in ends:
        named = TABLE.unit_named.search(line.packed)
        signed = len(line.packed) <= _SIGNATURE and not line.is_row and _is_unit(line.packed)
        if named or signed:
            return quote(line.text, line)
    return next((quote(line.text, line) for line in titles if TABLE.titled_unit.search(line.packed)), None)


def _is_unit(text: str) -> bool:
    without_date = re.sub(r"(?:20\d\d年.*|二[〇○零].*)$", "", text)
    return len(without_date) > 3 and TABLE.unit.search(without_date) is not None and not re.search("[,。;:、]", text)  # noqa: PLR2004


def _drafts(titles: Iterable[Line], lines: Sequence[Line]) -> Iterator[Quote]:
    seen = set()
    for line in titles:
        if TABLE.draft.search(line.packed):
            seen.add(line.packed)
            yield quote(line.text, line)
    for line in lines[:_HEAD]:
        if line.packed not in seen and len(line.packed) <= _TITLE and TABLE.draft_anywhere.search(line.packed):
            yield quote(line.text, line)


def _blanks(lines: Sequence[Line]) -> Iterator[Quote]:
    forms = _forms(lines)
    for at, line in enumerate(lines):
        for found in () if at in forms else TABLE.blanks.finditer(line.packed.lower()):
            yield quote(line.packed[max(0, found.start() - 12) : found.end() + 12], line)


def _forms(lines: Sequence[Line]) -> set[int]:
    """The lines of forms within the plan (信息报告单): several fields on a line, or one below them or a title."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        fields = len(TABLE.field.findall(line.packed))
        goes_on = at - 1 in found or (at > 0 and TABLE.form.search(lines[at - 1].packed))
        if fields >= _FIELDS or (fields and goes_on):
            found.add(at)
    return found


def _first(lines: Iterable[Line], pattern: Pattern) -> Quote | None:
    found = ((line, pattern.search(line.packed)) for line in lines)
    return next((quote(sentence_at(line.packed, at.start()), line) for line, at in found if at), None)
