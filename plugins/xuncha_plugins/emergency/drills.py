"""When a drill was held."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from xuncha_plugins.emergency.dates import dates, last_day, written
from xuncha_plugins.emergency.facts import Dated
from xuncha_plugins.emergency.lines import Line, sentence_at
from xuncha_plugins.emergency.sections import quote
from xuncha_plugins.evidence.days import in_named_year

_LABEL = re.compile(
    r"(?:演练|演习|推演|举行|实施|活动)?(?:的)?(?:时间|日期)|(?:开展|举行|组织|进行|实施|完成)[^。]{0,40}(?:演练|演习|推演)|演练于"
)
_OWN = re.compile(
    r"(?:(?:演练|演习|推演|举行|实施|活动|开展)(?:的)?(?:时间|日期)|(?:^|[\t,;。(])(?:时间|日期))[:\t为是][^\d二]{0,8}$"
)
"""Right before the day on which it was held."""

_OTHER = re.compile(
    r"(?:打印|归档|存档|填[表报写]|制表|记录|整理|导出|印发|下发|发布|报送|上报|提交|签[字名章发]|盖章|编[制写]|审[核批定]|批准|更新|修订|通知"
    r"|计划|拟定|截止|下一?次)[^\d,;。]{0,6}$"
)
"""Right before a day on which something else was done with the paper, or will be."""

_CITED = re.compile(r"》|号\)|号文|印发")
MOST = 20


def drill_dates(lines: Sequence[Line], titled: Sequence[Line]) -> tuple[Dated, ...]:
    """The dates written behind 演练时间; else those labelled as the drill's, those of the titles, then all others.

    When the paper was printed, filled in or filed says nothing of the drill: see ``paper_dates``.
    """
    own: list[Dated] = []
    labelled: list[Dated] = []
    others: list[Dated] = []
    for line in lines:
        for day, at in dates(line.packed):
            sentence = sentence_at(line.packed, at)
            if _CITED.search(sentence) or _OTHER.search(line.packed[:at]):
                continue
            kind = own if _OWN.search(line.packed[:at]) else labelled if _LABEL.search(sentence) else others
            kind.append(_dated(day, at, sentence, line))
    in_title = [_dated(day, at, line.text, line) for line in titled for day, at in dates(line.packed)]
    return tuple((own or labelled or in_title or others or list(_in_named_year(lines)))[:MOST])


def paper_dates(lines: Sequence[Line]) -> tuple[Dated, ...]:
    """When the paper itself was filled in, printed or filed."""
    found = (
        _dated(day, at, sentence_at(line.packed, at), line)
        for line in lines
        for day, at in dates(line.packed)
        if _OTHER.search(line.packed[:at])
    )
    return tuple(islice(found, MOST))


def _in_named_year(lines: Sequence[Line]) -> Iterator[Dated]:
    """6月12日 below a title of 2026年: where nothing else is dated."""
    for number, day, at in in_named_year([line.packed for line in lines]):
        line = lines[number]
        yield Dated(day, quote(sentence_at(line.packed, at), line), day.isoformat(), day)


def _dated(day: date, at: int, sentence: str, line: Line) -> Dated:
    shown = written(line.packed, at)
    return Dated(day, quote(sentence, line), shown, last_day(day, shown))
