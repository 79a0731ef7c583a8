"""Markdown (GitHub's flavour): a summary and every problem, for issues, wikis and merge requests.

Texts of sites are hostile: every mark of punctuation is escaped, addresses stand in code and never become links.
"""

import re
from collections.abc import Iterable, Iterator

from xuncha.model.outcome import Status
from xuncha.model.text import Lang
from xuncha.store import format as words
from xuncha.store.labels import label, review_words
from xuncha.store.result import OutcomeView, RunResult, SiteResult
from xuncha_reports import summary
from xuncha_reports.lines import Line, standing

SUFFIX = "md"
MOST_PLACES = 20
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TOLD = (Status.FAIL, Status.WARN, Status.MANUAL)


def render(result: RunResult, lang: Lang) -> bytes:
    """The report in one language."""
    return "\n".join(_report(result, lang)).encode("utf-8", "replace") + b"\n"


def escaped(text: str) -> str:
    """Words of a page as words, whatever Markdown or HTML they would be."""
    return _PUNCTUATION.sub(r"\\\1", words.visible(text))


def code(text: str) -> str:
    """An address as code; the fence is longer than any within."""
    shown = words.visible(text).replace("|", "%7C")
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`" if shown else ""


def _report(result: RunResult, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    yield "# 政务网站检查报告" if zh else "# Inspection of government websites"
    yield ""
    if result.draft:
        yield f"**{result.draft.of(lang)}**"
        yield ""
    said = review_words(result.review, lang)
    yield f"由程序检查生成，{said}。" if zh else f"Made by a program; {said}."
    yield ""
    run, texts = result.run, result.texts
    yield from _table(
        ("检查编号", "检查方案", "检查依据", "检查时间") if zh else ("Run", "Profile", "Framework", "Started"),
        [(run.id, texts.profile.title.of(lang), texts.framework.title.of(lang), words.moment(run.started))],
    )
    yield from _sites(result, lang)
    yield from _unjudged(result, lang)
    for site in result.sites:
        yield from _site(result, site, lang)


def _sites(result: RunResult, lang: Lang) -> Iterator[str]:
    head = ("网站", "检查结论", "不符合", "提示", "待人工核实") if lang == "zh" else (
        "Site", "Conclusion", "Fail", "Warn", "Manual"
    )  # fmt: skip
    rows = []
    for site in result.sites:
        counts = (str(sum(outcome.status is status for outcome in site.outcomes)) for status in _TOLD)
        rows.append((site.name or site.id, _concluded(site, lang), *counts))
    yield from _table(head, rows)


def _concluded(site: SiteResult, lang: Lang) -> str:
    rests = summary.rests_on(site, lang)
    said = label("verdict", summary.concluded(site), lang)
    return f"{said}（{rests}）" if rests and lang == "zh" else f"{said} ({rests})" if rests else said


def _unjudged(result: RunResult, lang: Lang) -> Iterator[str]:
    groups = summary.Overview(result.sites).unjudged()
    if not groups:
        return
    yield "## 无法判定的" if lang == "zh" else "## What could not be judged"
    yield ""
    for group in groups:
        known = result.texts.reasons.get(group.reason) if group.reason else None
        means = words.render(known.means.of(lang), group.params, lang) if known else ""
        count = f"{group.pairs} 项" if lang == "zh" else f"{group.pairs}"
        yield f"- {label('status', group.status, lang)} {escaped(means)} ({count})"
    yield ""


def _site(result: RunResult, site: SiteResult, lang: Lang) -> Iterator[str]:
    yield f"## {escaped(site.name or site.id)}"
    yield ""
    yield f"{code(site.url)} {_concluded(site, lang)}"
    yield ""
    for item in site.items:
        verdict = label("verdict", summary.concluded_of(site, item), lang)
        yield f"- {item.number} {escaped(item.title.of(lang))}: {verdict}"
    yield ""
    for outcome in sorted(site.outcomes, key=summary.urgency):
        if outcome.status in _TOLD:
            yield from _problem(result, site, outcome, lang)


def _problem(result: RunResult, site: SiteResult, outcome: OutcomeView, lang: Lang) -> Iterator[str]:
    found = standing(result, site, outcome, lang)
    status, severity = label("status", outcome.status, lang), label("severity", outcome.severity, lang)
    yield f"### {escaped(found[0].problem)}"
    yield ""
    items = f" · {' '.join(outcome.items)}" if outcome.items else ""
    yield f"{status} · {severity} · {code(outcome.check)}{items}"
    yield ""
    yield from (f"- {_place(line)}" for line in found[:MOST_PLACES])
    more = outcome.findings_total - len(found[:MOST_PLACES])
    if more > 0:
        yield f"- 另有 {more} 处" if lang == "zh" else f"- {more} more"
    yield ""
    steps = found[0].check.meta.text.remediation
    if steps:
        yield "整改：" if lang == "zh" else "What to do:"
        yield ""
        yield from (f"- {label('role', step.role, lang)}: {escaped(step.text.of(lang))}" for step in steps)
        yield ""


def _place(line: Line) -> str:
    where = " ".join(filter(None, (code(line.place.url) if line.finding else "", escaped(line.place.what))))
    return " ".join(filter(None, (escaped(line.message), where, f"({line.review})" if line.review else "")))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(map(escaped, row))} |" for row in rows)
    yield ""
