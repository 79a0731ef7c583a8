"""The rectification ledger (整改台账): a row for each task, with columns for what is done about it.

What the steps are stands on a sheet of its own, once for each check, and the rows refer to it by number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from xuncha.guidance.advice import Advice, advice
from xuncha.guidance.task import Task
from xuncha.model.clock import SHANGHAI
from xuncha.model.text import Lang, Text
from xuncha.store.format import picture_name
from xuncha.store.labels import label
from xuncha.store.result import FindingView, RunResult, SiteResult
from xuncha.store.times import Times
from xuncha_reports.moments import found_at, minute_of
from xuncha_reports.places import Place, parts, place
from xuncha_reports.rules import reference

PICTURES = 3
OTHER = Text("其他", "Other")
_RECHECKS = Text("通过,未通过", "passed,not passed")
_STATES = Text("未整改,整改中,已整改,已说明情况", "open,under way,done,explained")
_READY = Text(
    "参考配置：{}（全文见整改通知书附件6，HTML 报告中也有）",
    "Ready configuration: {} (in full in attachment 6 of the notice, and in the HTML report)",
)
_DAY, _MINUTE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_EPOCH = datetime(1899, 12, 30, tzinfo=SHANGHAI)
"""From which spreadsheet programs count days."""

Cell = str | int | float
"""Text, or a number that sorts and filters as one; days since ``_EPOCH`` are dates by their format."""


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a site; ``found`` is the finding that stands for it, ``at`` where and ``when`` that was found.

    ``number`` is that of its steps on the sheet of requirements.
    """

    result: RunResult
    site: SiteResult
    task: Task
    advice: Advice
    found: FindingView | None
    at: Place
    when: Cell
    lang: Lang
    number: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column, ``width`` in characters. ``cell`` None: people fill it in, from ``choices`` where there are any.

    ``form`` is the format of numbers. What is not ``printed`` is there to be filtered and read on the screen.
    """

    title: Text
    width: int
    cell: Callable[[Row], Cell] | None = None
    choices: Text | None = None
    form: str = ""
    printed: bool = False


def rows_of(result: RunResult, site: SiteResult, lang: Lang, advised: dict[str, Advice]) -> Iterator[tuple[str, Row]]:
    """A site's tasks, each with the first item that cites it; empty where none does.

    ``advised`` gathers what is advised for each check, in the order of their numbers.
    """
    found = {one.fingerprint: one for outcome in site.outcomes for one in outcome.findings}
    numbers = {check: number for number, check in enumerate(advised, 1)}
    times = Times(result.run, result.folder, site)
    for task in site.tasks:
        if task.check not in advised:
            advised[task.check] = advice(task, result.texts)
            numbers[task.check] = len(advised)
        first = next((found[one] for one in task.places if one in found), None)
        at = place(first.locator, lang) if first else Place(site.url, "", "", "", "")
        row = Row(result, site, task, advised[task.check], first, at, _when(times, first), lang, numbers[task.check])
        yield task.items[0] if task.items else "", row


def _when(times: Times, found: FindingView | None) -> Cell:
    """A number where it is known, else from when until when its site was looked at."""
    at = minute_of(times, found)
    return day_number(at) if at else found_at(times, found)


def sheet_names(result: RunResult) -> Iterator[tuple[str, Text]]:
    """The items, each with the name of its sheet; then what no item cites."""
    for item in result.texts.framework.items:
        yield item.id, Text(f"{item.id} {item.title.zh}", f"{item.id} {item.title.en}")
    yield "", OTHER


def _where(row: Row) -> str:
    return "\n".join(parts(row.at, row.lang))


def _clauses(said: Advice, lang: Lang) -> str:
    """The items that cite a check."""
    return "\n".join(f"{item.number} {item.title.of(lang)}" for item in said.items)


def _steps(said: Advice, lang: Lang) -> str:
    """Who does what; the configurations that help are named, and stand in the notice and the HTML report."""
    colon = "：" if lang == "zh" else ": "
    lines = [f"{label('role', step.role, lang)}{colon}{step.text.of(lang)}" for step in said.steps]
    if said.configurations:
        titles = ("、" if lang == "zh" else ", ").join(one.title.of(lang) for _, one in said.configurations)
        lines.append(_READY.of(lang).format(titles))
    return "\n".join(lines)


def _references(said: Advice, lang: Lang) -> str:
    return "\n".join(reference(one, lang) for one in said.references)


def _effort(said: Advice, lang: Lang) -> str:
    return label("effort", said.effort, lang) if said.effort else ""


def _recheck(said: Advice, lang: Lang) -> str:
    return said.recheck.of(lang) if said.recheck else ""


def _pictures(row: Row) -> str:
    return "\n".join(picture_name(one, row.lang) for one in row.task.pictures[:PICTURES])


def _department(row: Row) -> str:
    return row.task.department or row.site.department or row.site.sponsor


def _review(row: Row) -> str:
    return label("review", row.found.review, row.lang) if row.found and row.found.review else ""


def _days(row: Row) -> Cell:
    return row.task.due.days if row.task.due else "—"


def day_number(moment: datetime) -> float:
    """A moment as spreadsheet programs count, by the clocks of Asia/Shanghai and to the second."""
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    return (local.replace(microsecond=0) - _EPOCH).total_seconds() / 86_400


COLUMNS = (
    Column(Text("网站", "Site"), 13, lambda row: row.site.name or row.site.id, printed=True),
    Column(Text("问题描述", "What was found"), 35, lambda row: row.task.title.of(row.lang), printed=True),
    Column(Text("网址", "Address"), 23, lambda row: row.at.url, printed=True),
    Column(Text("整改要求\n条号", "What to do,\nNo."), 7, lambda row: row.number, form="0", printed=True),
    Column(Text("期限\n（工作日）", "Working days"), 7, _days, form="0", printed=True),
    Column(Text("责任人", "In charge"), 8, printed=True),
    Column(Text("整改措施", "What was done"), 20, printed=True),
    Column(Text("完成时间", "Done on"), 10, form=_DAY, printed=True),
    Column(Text("复查结果", "Re-check"), 8, choices=_RECHECKS, printed=True),
    Column(Text("复查时间", "Re-checked"), 10, form=_DAY, printed=True),
    Column(Text("状态", "State"), 8, choices=_STATES, printed=True),
    Column(Text("责任部门", "Department"), 16, _department),
    Column(Text("检查点（应达到的状态）", "Check: what should be so"), 28, lambda row: row.advice.title.of(row.lang)),
    Column(Text("处数", "Places"), 6, lambda row: row.task.findings, form="0"),
    Column(Text("父页面·位置", "Place"), 40, _where),
    Column(Text("截图编号", "Pictures"), 14, _pictures),
    Column(Text("发现时间", "Found"), 17, lambda row: row.when, form=_MINUTE),
    Column(Text("检查结果", "Status"), 8, lambda row: label("status", row.task.status, row.lang)),
    Column(Text("风险等级", "Severity"), 8, lambda row: label("severity", row.task.severity, row.lang)),
    Column(Text("人工复核", "Review"), 9, _review),
    Column(Text("依据", "Clause"), 40, lambda row: _clauses(row.advice, row.lang)),
)
"""What is printed stands first, in one piece."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A column of the sheet that tells, once for each check, what is to be done."""

    title: Text
    width: int
    cell: Callable[[Advice, Lang], str]


REQUIREMENTS = (
    Requirement(Text("检查点（应达到的状态）", "Check: what should be so"), 18, lambda said, lang: said.title.of(lang)),
    Requirement(Text("为什么", "Why"), 20, lambda said, lang: said.why.of(lang)),
    Requirement(Text("整改要求", "What to do"), 54, _steps),
    Requirement(Text("工作量", "Effort"), 8, _effort),
    Requirement(Text("如何复查", "How it is re-checked"), 22, _recheck),
    Requirement(Text("依据", "Clause"), 14, _clauses),
    Requirement(Text("参照", "See also"), 22, _references),
)
