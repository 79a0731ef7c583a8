"""When a drill was held."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from xuncha_plugins.emergency.dates import dates, last_day, written
from xuncha_plugins.emergency.facts import Dated
from xuncha_plugins.emergency.lines import Line, sentence_at
from xuncha_plugins.emergency.sections import quote
from xuncha_plugins.evidence.days import in_named_year

_LABEL = re.compile(
    r"(?:演练|演习|推演|举行|实施|活动)?(?:的)?(?:时间|日期)|(?:开展|举行|组织|进行|实施|完成)[^。]{0,40}(?:演练|演习|推演)|演练于"
)
_CITED = re.compile(r"》|号\)|号文|印发")
MOST = 20


def drill_dates(lines: Sequence[Line], titled: Sequence[Line]) -> tuple[Dated, ...]:
    """The dates labelled as the drill's; where there are none, those of the titles, then all others."""
    labelled: list[Dated] = []
    others: list[Dated] = []
    for line in lines:
        for day, at in dates(line.packed):
            sentence = sentence_at(line.packed, at)
            if not _CITED.search(sentence):
                (labelled if _LABEL.search(sentence) else others).append(_dated(day, at, sentence, line))
    in_title = [_dated(day, at, line.text, line) for line in titled for day, at in dates(line.packed)]
    return tuple((labelled or in_title or others or list(_in_named_year(lines)))[:MOST])


def _in_named_year(lines: Sequence[Line]) -> Iterator[Dated]:
    """6月12日 below a title of 2026年: where nothing else is dated."""
    for number, day, at in in_named_year([line.packed for line in lines]):
        line = lines[number]
        yield Dated(day, quote(sentence_at(line.packed, at), line), day.isoformat(), day)


def _dated(day: date, at: int, sentence: str, line: Line) -> Dated:
    shown = written(line.packed, at)
    return Dated(day, quote(sentence, line), shown, last_day(day, shown))
