"""The columns of the workbook for review: what they are called, which are filled in, which are read back."""

from dataclasses import dataclass

from xuncha.model.outcome import Review
from xuncha.model.text import Lang, Text
from xuncha.selfcheck.answers import folded_heading
from xuncha.store.labels import labels


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters; ``filled`` ones are for people to write in, ``printed`` ones go on paper."""

    title: Text
    width: int
    filled: bool = False
    printed: bool = True


NUMBER = Column(Text("序号", "No."), 6)
VERDICT = Column(Text("复核结论", "Verdict"), 13, filled=True)
BY = Column(Text("复核人", "Reviewed by"), 10, filled=True)
REASON = Column(Text("理由", "Reason"), 20, filled=True)
LAST = Column(Text("上次复核", "Last review"), 22, printed=False)
RUN = Column(Text("检查编号", "Run"), 22, printed=False)
FINDING = Column(Text("问题编号", "Finding"), 38, printed=False)

COLUMNS = (
    NUMBER,
    VERDICT,
    BY,
    REASON,
    Column(Text("网站", "Website"), 16),
    Column(Text("检查项", "Item"), 7),
    Column(Text("问题", "Problem"), 18),
    Column(Text("检查结果", "Result"), 11),
    Column(Text("风险等级", "Severity"), 9),
    Column(Text("问题描述", "Problem"), 36),
    Column(Text("网址", "Address"), 30),
    Column(Text("位置", "Place"), 26, printed=False),
    Column(Text("页面摘录", "Excerpt"), 26, printed=False),
    Column(Text("责任部门", "Department"), 14, printed=False),
    LAST,
    Column(Text("原因编号", "Cause"), 14, printed=False),
    RUN,
    FINDING,
)
READ = (VERDICT, BY, REASON, LAST, RUN, FINDING)
"""What is read back, wherever it was moved to."""

FROZEN = 1 + COLUMNS.index(REASON)
PRINTED = sum(column.printed for column in COLUMNS)


def verdict_words(verdict: Review | None, lang: Lang) -> str:
    return labels()["review"][verdict].of(lang) if verdict else ""


def verdict_called(text: str) -> Review | None:
    """The verdict that a cell names, in Chinese, English or as a code; None where it names none."""
    return {folded_heading(word): one for one in Review for word in _called(one)}.get(folded_heading(text))


def _called(verdict: Review) -> tuple[str, str, str]:
    words = labels()["review"][verdict]
    return words.zh, words.en, verdict


def last_words(verdict: str, by: str, reason: str) -> str:
    """What was said of a finding, in one cell: a row that still says just this was left as it was."""
    return f"{verdict}｜{by}｜{reason}" if verdict else ""
