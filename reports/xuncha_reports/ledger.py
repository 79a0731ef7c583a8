"""The rectification ledger (整改台账): a row for each task, with columns for what is done about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xuncha.guidance.advice import Advice, advice
from xuncha.guidance.task import Task
from xuncha.model.text import Lang, Text
from xuncha.store.labels import label
from xuncha.store.result import FindingView, RunResult, SiteResult
from xuncha.store.times import Times
from xuncha_reports.moments import found_at
from xuncha_reports.places import Place, place

PICTURES = 3
OTHER = Text("其他", "Other")
_RECHECKS = Text("通过,未通过", "passed,not passed")
_STATES = Text("未整改,整改中,已整改,已说明情况", "open,under way,done,explained")


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a site; ``found`` is the finding that stands for it, ``at`` where and ``when`` that was found."""

    result: RunResult
    site: SiteResult
    task: Task
    advice: Advice
    found: FindingView | None
    at: Place
    when: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class Column:
    """A column, ``width`` in characters. ``cell`` None: people fill it in, from ``choices`` where there are any."""

    title: Text
    width: int
    cell: Callable[[Row], str] | None = None
    choices: Text | None = None


def rows_of(result: RunResult, site: SiteResult, lang: Lang) -> Iterator[tuple[str, Row]]:
    """A site's tasks, each with the first item that cites it; empty where none does."""
    found = {one.fingerprint: one for outcome in site.outcomes for one in outcome.findings}
    advised: dict[str, Advice] = {}
    times = Times(result.run, result.folder, site)
    for task in site.tasks:
        if task.check not in advised:
            advised[task.check] = advice(task, result.texts)
        first = next((found[one] for one in task.places if one in found), None)
        at = place(first.locator, lang) if first else Place(site.url, "", "", "", "")
        row = Row(result, site, task, advised[task.check], first, at, found_at(times, first), lang)
        yield task.items[0] if task.items else "", row


def sheet_names(result: RunResult) -> Iterator[tuple[str, Text]]:
    """The items, each with the name of its sheet; then what no item cites."""
    for item in result.texts.framework.items:
        yield item.id, Text(f"{item.id} {item.title.zh}", f"{item.id} {item.title.en}")
    yield "", OTHER


def _where(row: Row) -> str:
    line = (f"第 {row.at.line} 行" if row.lang == "zh" else f"line {row.at.line}") if row.at.line else ""
    return "\n".join(filter(None, (row.at.what, line, f"→ {row.at.target}" if row.at.target else "")))


def _clauses(row: Row) -> str:
    return "\n".join(f"{item.number} {item.title.of(row.lang)}" for item in row.advice.items)


def _steps(row: Row) -> str:
    colon = "：" if row.lang == "zh" else ": "
    return "\n".join(
        f"{label('role', step.role, row.lang)}{colon}{step.text.of(row.lang)}" for step in row.advice.steps
    )


def _department(row: Row) -> str:
    return row.task.department or row.site.department or row.site.sponsor


def _review(row: Row) -> str:
    return label("review", row.found.review, row.lang) if row.found and row.found.review else ""


COLUMNS = (
    Column(Text("网站", "Site"), 16, lambda row: row.site.name or row.site.id),
    Column(Text("责任部门", "Department"), 13, _department),
    Column(Text("检查点（应达到的状态）", "Check: what should be so"), 18, lambda row: row.advice.title.of(row.lang)),
    Column(Text("问题描述", "What was found"), 34, lambda row: row.task.title.of(row.lang)),
    Column(Text("处数", "Places"), 6, lambda row: str(row.task.findings)),
    Column(Text("网址", "Address"), 26, lambda row: row.at.url),
    Column(Text("父页面·位置", "Place"), 20, _where),
    Column(Text("截图编号", "Pictures"), 11, lambda row: "\n".join(row.task.pictures[:PICTURES])),
    Column(Text("发现时间", "Found"), 11, lambda row: row.when),
    Column(Text("检查结果", "Status"), 8, lambda row: label("status", row.task.status, row.lang)),
    Column(Text("风险等级", "Severity"), 8, lambda row: label("severity", row.task.severity, row.lang)),
    Column(Text("人工复核", "Review"), 8, _review),
    Column(Text("依据", "Clause"), 18, _clauses),
    Column(Text("整改要求", "What to do"), 46, _steps),
    Column(Text("建议期限（工作日）", "Deadline, working days"), 8, lambda row: str(row.advice.due_days or "—")),
    Column(Text("责任人", "In charge"), 9),
    Column(Text("整改措施", "What was done"), 22),
    Column(Text("完成时间", "Done on"), 11),
    Column(Text("复查结果", "Re-check"), 9, choices=_RECHECKS),
    Column(Text("复查时间", "Re-checked on"), 11),
    Column(Text("状态", "State"), 10, choices=_STATES),
)
