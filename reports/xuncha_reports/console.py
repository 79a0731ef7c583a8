"""The summary that a terminal shows: verdicts first, then the worst findings, then what could not be judged."""

import io

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Line

from xuncha.model.folding import folded, joined
from xuncha.model.outcome import Status, Verdict
from xuncha.model.text import Lang
from xuncha.store import format as words
from xuncha.store.labels import UNSANDBOXED, label, review_words, seal_words
from xuncha.store.result import OutcomeView, RunResult, SiteResult
from xuncha_reports import summary

SUFFIX = "txt"
WIDTH = 80
_SHOWN = 12
_REASONS = 12
_SYMBOLS = {
    Verdict.QUALIFIED: "✓",
    Verdict.BASICALLY_QUALIFIED: "~",
    Verdict.UNQUALIFIED: "✗",
    Verdict.PENDING: "?",
    Verdict.NOT_APPLICABLE: "-",
    Verdict.NOT_COVERED: "·",
}
_ASKED = {
    "zh": "请对照报告逐项核实，由专人记录结论。",
    "en": "Look at each in the report; a named person decides.",
}
_STYLES = {
    Verdict.QUALIFIED: "green",
    Verdict.BASICALLY_QUALIFIED: "yellow",
    Verdict.UNQUALIFIED: "bold red",
    Verdict.PENDING: "cyan",
    Status.FAIL: "red",
    Status.WARN: "yellow",
}


def render(result: RunResult, lang: Lang) -> bytes:
    """Plain text, 80 columns."""
    out = io.StringIO()
    show(result, lang, Console(file=out, width=WIDTH, color_system=None, legacy_windows=False))
    return out.getvalue().encode("utf-8", "replace")


def show(result: RunResult, lang: Lang, console: Console) -> None:
    """Print the summary; colour and width are the console's."""
    _head(result, lang, console)
    console.print(_matrix(result, lang))
    _legend(result, lang, console)
    _failures(result, lang, console)
    _problems(result, lang, console)
    _unjudged(result, lang, console)


def _head(result: RunResult, lang: Lang, console: Console) -> None:
    run, counts = result.run, summary.Overview(result.sites).totals()
    title, colon = ("检查结果", "：") if lang == "zh" else ("Inspection", ": ")
    console.print(f"{title} {run.id}")
    if result.draft:
        console.print(Line(result.draft.of(lang), style="bold red"))
    console.print(f"{escape(result.texts.profile.title.of(lang))} · {words.moment(run.started)}")
    if run.seal:
        sound = run.seal.sound
        lead = "网页基线" if lang == "zh" else "Baselines"
        console.print(f"{lead}{colon}{seal_words(run.seal, lang)}", style="" if sound else "bold red", highlight=False)
        if run.seal.problem:
            _indented(run.seal.problem.of(lang), console)
    parts = [f"{label('verdict', verdict, lang)} {count}" for verdict, count in counts.sites.items()]
    console.print(f"{_count(len(result.sites), '个网站', 'site', lang)}{colon}{' · '.join(parts)}", highlight=False)
    in_browser = summary.in_browser(result.sites, result.texts, lang)
    if in_browser:
        _indented(f"{'浏览器渲染' if lang == 'zh' else 'In a browser'}{colon}{in_browser}", console, 0)
    if run.vantage.get("unsandboxed"):
        _indented(UNSANDBOXED.of(lang), console, 0, "bold red")
    _reviewed(result, lang, console)


def _reviewed(result: RunResult, lang: Lang, console: Console) -> None:
    """How far people have come, and why what they said does not count, where it doesn't."""
    if result.unreviewed:
        console.print(Line("人工复核不予采信：" if lang == "zh" else "Reviews do not count:", style="bold red"))
        _indented(result.unreviewed.of(lang), console)
    said = review_words(result.review, lang)
    _indented(f"以上由程序检查得出，{said}。" if lang == "zh" else f"Found by a program; {said}.", console, 0, "dim")


def _matrix(result: RunResult, lang: Lang) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold", collapse_padding=True)
    table.add_column("网站" if lang == "zh" else "Site", overflow="fold", ratio=1)
    table.add_column("结论" if lang == "zh" else "Verdict", no_wrap=True)
    items = [item.id for item in result.texts.framework.items]
    for item in items:
        table.add_column(item, justify="center", overflow="fold")
    for site in result.sites:
        by_id = {item.id: item.verdict for item in site.items}
        table.add_row(Line(_name(site)), _words(site.verdict, lang), *(_sign(by_id.get(item)) for item in items))
    return table


def _legend(result: RunResult, lang: Lang, console: Console) -> None:
    signs = [f"{sign} {label('verdict', verdict, lang)}" for verdict, sign in _SYMBOLS.items()]
    items = [f"{item.id} {item.title.of(lang)}" for item in result.texts.framework.items]
    for line in (*joined(signs, console.width), *joined(items, console.width)):
        console.print(Line(line, style="dim"))


def _name(site: SiteResult) -> str:
    return words.visible(site.name or site.id)


def _words(verdict: Verdict, lang: Lang) -> Line:
    return Line(label("verdict", verdict, lang), style=_STYLES.get(verdict, "dim"))


def _sign(verdict: Verdict | None) -> Line:
    return Line(_SYMBOLS.get(verdict, "") if verdict else "", style=_STYLES.get(verdict, "dim") if verdict else "")


def _failures(result: RunResult, lang: Lang, console: Console) -> None:
    """Where our own program failed: nothing of it is the site's fault, and somebody must mend it."""
    groups = summary.failures(result)
    if not groups:
        return
    console.print("\n" + ("程序异常" if lang == "zh" else "Program errors"), style="bold")
    for (check, error), sites in groups[:_SHOWN]:
        count = _count(sites, "个网站", "site", lang)
        text = f"{check}（{count}）：{error}" if lang == "zh" else f"{check} ({count}): {error}"
        _indented(text, console)
    _more(len(groups) - _SHOWN, lang, console)


def _more(count: int, lang: Lang, console: Console) -> None:
    if count > 0:
        console.print(f"… 另有 {count} 项，见报告" if lang == "zh" else f"… {count} more in the report", style="dim")


def _problems(result: RunResult, lang: Lang, console: Console) -> None:
    found = [
        (site, outcome) for site in result.sites for outcome in site.outcomes if outcome.status in summary.PROBLEMS
    ]
    if not found:
        return
    console.print("\n" + ("主要问题" if lang == "zh" else "Main problems"), style="bold")
    for site, outcome in sorted(found, key=lambda pair: summary.urgency(pair[1]))[:_SHOWN]:
        _problem(site, outcome, result, lang, console)
    _more(len(found) - _SHOWN, lang, console)


def _problem(site: SiteResult, outcome: OutcomeView, result: RunResult, lang: Lang, console: Console) -> None:
    known = result.texts.checks.get(outcome.check)
    called = known.meta.text.wrong.of(lang) if known else outcome.check
    line = Line(f"{label('status', outcome.status, lang)} ", style=_STYLES[outcome.status])
    line.append(f"{_name(site)}  ", style="bold")
    what = Line(f"{called} ").append(outcome.check, style="dim")
    if not outcome.admitted:
        what.append(" 未准入" if lang == "zh" else " not admitted", style="yellow")
    if line.cell_len + what.cell_len <= console.width:
        console.print(line + what)
    else:  # a line that the terminal breaks itself goes on at its very left
        console.print(line)
        _indented(what.plain, console)
    places, more = summary.first_places(outcome, 1)
    if places:
        first = places[0].message
        rest = "" if more < 1 else f"（另有 {more} 处）" if lang == "zh" else f" ({more} more)"
        _indented(f"{first.zh if lang == 'zh' else first.en}{rest}", console)


def _unjudged(result: RunResult, lang: Lang, console: Console) -> None:
    groups = summary.Overview(result.sites).unjudged()
    if not groups:
        return
    console.print("\n" + ("未能判定" if lang == "zh" else "Not judged"), style="bold")
    for group in groups[:_REASONS]:
        text = result.texts.reasons.get(group.reason) if group.reason else None
        means = words.render(text.means.of(lang), group.params, lang) if text else label("status", group.status, lang)
        do = words.render(text.do.of(lang), group.params, lang) if text else _ASKED[lang]
        indent = 9 if lang == "zh" else 6
        first, *rest = [*folded(words.visible(means), console.width - indent)] or [""]
        console.print(Line(f"{group.pairs:4} {'项  ' if lang == 'zh' else ' '}{first}"))
        for line in rest:
            console.print(Line(" " * indent + line))
        _indented(do, console, indent, "dim")
    _more(len(groups) - _REASONS, lang, console)


def _indented(text: str, console: Console, indent: int = 2, style: str = "") -> None:
    for line in folded(words.visible(text), console.width - indent):
        console.print(Line(" " * indent + line, style=style))


def _count(number: int, zh: str, en: str, lang: Lang) -> str:
    return f"{number} {zh}" if lang == "zh" else f"{number} {en}{'' if number == 1 else 's'}"
