"""Who is reported to and within what time, as a plan says it (``reporting.yaml``)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from xuncha.api import OneOf, Table, counted, read_table
from xuncha_plugins.emergency.facts import Limit, Quote, Receiver, Reporting, Topic
from xuncha_plugins.emergency.lines import Line, sentences
from xuncha_plugins.emergency.outline import Outline
from xuncha_plugins.emergency.sections import quote
from xuncha_plugins.emergency.words import WORDS

MOST_LIMITS = 40
_MINUTES = {
    "小时": 60,
    "钟头": 60,
    "h": 60,
    "分钟": 1,
    "min": 1,
    "天": 1440,
    "日": 1440,
    "工作日": 1440,
    "个工作日": 1440,
}
_CLAUSE_END = ",;。"
_TITLES = re.compile("《[^》]{0,60}》")
_CLAUSES = re.compile("(?<=[,;。])")
_OUTSIDE = frozenset({Receiver.CYBERSPACE, Receiver.GOVERNMENT, Receiver.SUPERIOR})

Pattern = re.Pattern[str]


class _Table(Table):
    reports: Pattern
    receivers: dict[Receiver, Pattern]
    limit: OneOf
    cell: Pattern
    cell_head: Pattern
    immediate: Pattern
    vague: Pattern
    averse: Pattern
    in_general: Pattern
    odd: Pattern
    aside: Pattern
    blank: Pattern
    grades: Pattern
    lesser: Pattern
    later: Pattern
    afterwards: Pattern
    summary: Pattern
    other: Pattern
    hotline: Pattern
    province: Pattern


TABLE = read_table(_Table, __package__, "reporting.yaml")


def reporting(document: Outline) -> Reporting:
    """What a plan says of reporting."""
    lines = document.lines
    given = list(_sayings(lines, _titled(document)))
    averse = next((quote(text, line) for line, text in given if _may_be_left(text)), None)
    said = [(line, _firm(text)) for line, text in given]
    receivers: dict[Receiver, Quote] = {}
    for line, text in said:
        for kind in receivers_in(text):
            receivers.setdefault(kind, quote(text, line))
    limits = islice((limit for line, text in said for limit in _limits(line, text)), MOST_LIMITS)
    unclear = (quote(text, line) for kind in (TABLE.odd, TABLE.vague) for line, text in said if kind.search(text))
    own = {id(line) for line in lines[: document.annex]}
    blank = next((quote(text, line) for line, text in said if id(line) in own and TABLE.blank.search(text)), None)
    every = "\n".join(line.packed for line in lines)
    return Reporting(
        tuple(receivers.items()),
        tuple(limits),
        next(unclear, None),
        hotline=TABLE.hotline.search(every) is not None,
        province=TABLE.province.search(every) is not None,
        blank=blank,
        averse=averse,
    )


def is_lesser(grades: Iterable[str]) -> bool:
    """Whether only incidents below 较大 are meant."""
    given = list(grades)
    return bool(given) and all(TABLE.lesser.fullmatch(grade) for grade in given)


def is_summary(text: str) -> bool:
    """Whether a sentence is about the final report."""
    return TABLE.summary.search(text) is not None


def _may_be_left(text: str) -> bool:
    """Whether a sentence leaves it open if those outside, or anybody at all, are told of more than 一般 incidents."""
    clauses = [clause for clause in _CLAUSES.split(text) if TABLE.averse.search(clause)]
    whole = [text] if TABLE.averse.search(text) and not clauses else []
    named = [set(receivers_in(one)) for one in clauses or whole if not is_lesser(_grades(one) or _grades(text))]
    return any(not kinds or kinds & _OUTSIDE for kinds in named)


def _grades(text: str) -> list[str]:
    found: list[str] = TABLE.grades.findall(TABLE.in_general.sub("", text))
    return found


def _firm(text: str) -> str:
    """A sentence without the clauses that leave it open whether anybody is told; rows of tables stay whole."""
    if "\t" in text or not TABLE.averse.search(text):
        return text
    return "".join(clause for clause in _CLAUSES.split(text) if not TABLE.averse.search(clause))


def _titled(document: Outline) -> set[int]:
    """The lines below headings that are about reporting."""
    heads = WORDS.plan[Topic.REPORTING].headings
    titled = [block for block in document.blocks if block.title and heads and heads.search(block.title)]
    return {at for block in titled for at in range(block.start, block.end)}


def _sayings(lines: Sequence[Line], titled: set[int]) -> Iterator[tuple[Line, str]]:
    """Sentences about reporting, those below its headings, and rows of tables whose head is about it."""
    headed = False
    for at, line in enumerate(lines):
        if line.is_row:
            headed = headed or TABLE.cell_head.search(line.packed) is not None
            if headed or TABLE.reports.search(line.packed):
                yield line, line.packed
            continue
        headed = False
        yield from ((line, text) for text in sentences(line.packed) if at in titled or _reports(text))


def _reports(text: str) -> bool:
    """Whether a sentence speaks of reporting otherwise than by the title of a rule."""
    return TABLE.reports.search(_TITLES.sub("", text)) is not None


def receivers_in(text: str) -> Iterator[Receiver]:
    """Who is named in a text."""
    return (kind for kind, pattern in TABLE.receivers.items() if pattern.search(text))


def _limits(line: Line, text: str) -> Iterator[Limit]:
    """The limits of a sentence or row, each with who and which grades it is said for."""
    if line.is_row:
        yield from _cell_limits(line, text)
        return
    for found in TABLE.limit.finditer(text):
        start, clause = _clause(text, found.start())
        about = _about(text, start, clause)
        if not _is_other(about, found):
            yield _limit(line, text, _minutes(found), about, receivers_in(about))
    for found in TABLE.immediate.finditer(text):
        start, clause = _clause(text, found.start())
        told = TABLE.reports.search(text, found.end(), found.end() + 30)
        between = text[found.end() : told.start()] if told else ","
        if told and not TABLE.other.search(between):
            about = text[found.start() : max(start + len(clause), told.end())]
            yield _limit(line, text, 0, about, receivers_in(about))


def _about(text: str, start: int, clause: str) -> str:
    """The words that a limit belongs to: its clause, that and the next, or all before it."""
    after = clause + _following(text, start + len(clause))
    told = (words for words in (clause, after) if TABLE.reports.search(words))
    return next(told, text[: start + len(clause)])


def _cell_limits(line: Line, text: str) -> Iterator[Limit]:
    for cell in text.split("\t"):
        found = TABLE.cell.match(cell) or TABLE.limit.search(cell)
        if found and not TABLE.other.search(cell):
            yield _limit(line, text, _minutes(found), text if len(text) < _ROW else cell, receivers_in(text))
        elif TABLE.immediate.search(cell):
            yield _limit(line, text, 0, cell, receivers_in(text))


_ROW = 120


def _limit(line: Line, text: str, minutes: float, about: str, receivers: Iterable[Receiver]) -> Limit:
    said = TABLE.grades.findall(about) or TABLE.grades.findall(text)
    grades = tuple(dict.fromkeys(said))
    before = text[: max(text.find(about), 0)]
    words = set(TABLE.later.findall(about)) | set(TABLE.afterwards.findall(before))
    later = bool(words) or TABLE.aside.search(about) is not None
    named = tuple(receivers) or (() if "报" in about else (Receiver.INSIDE,))
    return Limit(minutes, named, grades, later, quote(text, line), written=words == {"书面"})


def _clause(text: str, at: int) -> tuple[int, str]:
    """The clause around a position, and where it starts."""
    start = max(text.rfind(mark, 0, at) for mark in _CLAUSE_END) + 1
    ends = [end for mark in _CLAUSE_END if (end := text.find(mark, at)) >= 0]
    return start, text[start : min(ends, default=len(text))]


def _following(text: str, at: int) -> str:
    return text[at : at + 1] + _clause(text, at + 1)[1] if at + 1 < len(text) else ""


def _is_other(about: str, limit: re.Match[str]) -> bool:
    """Whether the limit is for something that is done before or instead of reporting."""
    value = about.find(limit[0])
    told = TABLE.reports.search(about, max(value, 0))
    between = about[value + len(limit[0]) : told.start()] if told else about[max(value, 0) :]
    return TABLE.other.search(between) is not None and TABLE.later.search(about) is None


def _minutes(found: re.Match[str]) -> float:
    groups = found.groupdict()
    number = groups.get("n") or groups.get("n2") or ""
    unit = groups.get("unit") or groups.get("unit2") or ""
    # Of 两三小时 the longer counts.
    value = counted(number) or counted(number[-1]) or 0
    return (value + (0.5 if groups.get("half") else 0)) * _MINUTES[unit]
