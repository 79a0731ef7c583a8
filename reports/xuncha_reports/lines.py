"""A run as lines, for tables and other programs: one for each finding, and one for each outcome without any."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from xuncha.model.outcome import Status
from xuncha.model.text import Lang, Text
from xuncha.store import format as words
from xuncha.store.labels import label
from xuncha.store.result import FindingView, OutcomeView, RunResult, SiteResult
from xuncha.store.snapshot import CheckWords
from xuncha_reports.places import Place, place


@dataclass(frozen=True)
class Line:
    """One finding, or an outcome that has none, in one language."""

    result: RunResult
    site: SiteResult
    outcome: OutcomeView
    finding: FindingView | None
    lang: Lang

    @property
    def name(self) -> str:
        """The site's name, else its id."""
        return words.visible(self.site.name or self.site.id)

    @property
    def check(self) -> CheckWords:
        """The check's words, as they were when the run was made."""
        return self.result.texts.checks[self.outcome.check]

    @property
    def title(self) -> str:
        """The check's title: the compliant state."""
        return words.visible(self.check.meta.text.title.of(self.lang))

    @property
    def problem(self) -> str:
        """What the check calls it where it fails."""
        return words.visible(self.check.meta.text.wrong.of(self.lang))

    @property
    def status(self) -> Status:
        """That of the finding; a check may find failures and hints."""
        return self.finding.status if self.finding else self.outcome.status

    @property
    def message(self) -> str:
        """What was found; of an outcome without findings, why there was no answer."""
        said = self.finding.message if self.finding else self.outcome.reason
        return words.visible(Text(said.zh, said.en).of(self.lang)) if said else ""

    @cached_property
    def place(self) -> Place:
        """Where the finding is; of an outcome, the site."""
        if self.finding:
            return place(self.finding.locator, self.lang)
        return Place(self.site.url, "", "", "", "")

    @property
    def items(self) -> tuple[str, ...]:
        """Numbers of the items of the notice that cite the outcome."""
        return self.outcome.items

    @property
    def excerpt(self) -> str:
        return words.visible(self.finding.excerpt) if self.finding else ""

    @property
    def picture(self) -> str:
        """The number of the screenshot that shows it."""
        return words.picture_name(self.finding.picture, self.lang) if self.finding else ""

    @property
    def review(self) -> str:
        """What a person said of it; empty where nobody did."""
        said = self.finding.review if self.finding else None
        return label("review", said, self.lang) if said else ""


def lines(result: RunResult, lang: Lang) -> Iterator[Line]:
    """Every outcome of every site, in their order; what was found beyond the findings kept is only counted."""
    for site in result.sites:
        yield from lines_of_site(result, site, lang)


def lines_of_site(result: RunResult, site: SiteResult, lang: Lang) -> Iterator[Line]:
    """Those of one site; ``result`` may be without its sites."""
    for outcome in site.outcomes:
        yield from lines_of(result, site, outcome, lang)


def lines_of(result: RunResult, site: SiteResult, outcome: OutcomeView, lang: Lang) -> Iterator[Line]:
    """The lines of one outcome, at least one."""
    for finding in outcome.findings or (None,):
        yield Line(result, site, outcome, finding, lang)


def standing(result: RunResult, site: SiteResult, outcome: OutcomeView, lang: Lang) -> list[Line]:
    """The lines of one outcome without what people have dismissed, at least one."""
    found = [line for line in lines_of(result, site, outcome, lang) if not (line.finding and line.finding.dismissed)]
    return found or [Line(result, site, outcome, None, lang)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of lines."""

    title: Text
    cell: Callable[[Line], str]


COLUMNS = (
    Column(Text("网站编号", "Site id"), lambda line: line.site.id),
    Column(Text("网站名称", "Site"), lambda line: line.site.name),
    Column(Text("首页网址", "Home page"), lambda line: line.site.url),
    Column(Text("责任部门", "Department"), lambda line: line.site.department or line.site.sponsor),
    Column(Text("检查项", "Items"), lambda line: " ".join(line.items)),
    Column(Text("检查点", "Check"), lambda line: line.title),
    Column(Text("检查点编号", "Check id"), lambda line: line.outcome.check),
    Column(Text("检查结果", "Status"), lambda line: label("status", line.status, line.lang)),
    Column(Text("风险等级", "Severity"), lambda line: label("severity", line.outcome.severity, line.lang)),
    Column(Text("判定权重", "Weight"), lambda line: label("weight", line.outcome.weight, line.lang)),
    Column(Text("问题描述或原因", "Message or reason"), lambda line: line.message),
    Column(Text("网址", "Address"), lambda line: line.place.url),
    Column(Text("位置", "Place"), lambda line: line.place.what),
    Column(Text("链接目标", "Target"), lambda line: line.place.target),
    Column(Text("行号", "Line"), lambda line: line.place.line),
    Column(Text("摘录", "Excerpt"), lambda line: line.excerpt),
    Column(Text("截图编号", "Picture"), lambda line: line.picture),
    Column(Text("人工复核", "Review"), lambda line: line.review),
    Column(Text("该检查点问题总数", "Findings of the check"), lambda line: str(line.outcome.findings_total)),
    Column(Text("检查时间", "Inspected"), lambda line: words.moment(line.result.run.started)),
    Column(Text("检查编号", "Run"), lambda line: line.result.run.id),
    Column(Text("问题指纹", "Fingerprint"), lambda line: line.finding.fingerprint if line.finding else ""),
)
"""What a table shows of each line; texts of sites are hostile, each format has to write them safely."""
