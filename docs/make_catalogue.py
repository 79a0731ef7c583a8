"""``python docs/make_catalogue.py`` writes docs/checks.md: all built-in checks and reasons, in Chinese and English.

The page is made from the texts that the program itself uses, so it can't say anything else; a test holds it to them.
"""
# ruff: noqa: INP001 - a script and no package

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xuncha.catalogue import CheckEntry, PluginEntry, catalogue
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.framework import Framework
from xuncha.model.text import Lang
from xuncha.registry import discover
from xuncha.store.labels import label
from xuncha.store.snapshot import OURS, reason_words

PAGE = Path(__file__).with_name("checks.md")


class Words(NamedTuple):
    """What the page says around the texts."""

    title: str
    intro: str
    heads: tuple[str, ...]
    reasons: str
    reason_intro: str
    reason_heads: tuple[str, ...]
    all_kinds: str


WORDS: dict[Lang, Words] = {
    "zh": Words(
        "检查点目录",
        "共 {count} 个检查点，名称写的是应有的状态。检查理由、整改步骤和依据见 `xuncha check show 编号`，"
        "检查方案中每个数字的依据见 `xuncha profile show notice`。需授权的检查点在没有检查授权时记为“未检查”。",
        ("编号", "检查点", "不合格时称为", "风险", "通知条目（判定权重）", "适用网站", "需授权"),
        "原因目录",
        "没有采集到、没有判定或没有执行的，必有以下原因之一。",
        ("代码", "含义", "怎么办"),
        "全部",
    ),
    "en": Words(
        "Catalogue of checks",
        "{count} checks; a title states what should be so. Why it matters, what to do and where it is written: "
        "`xuncha check show ID`. What each number of a profile rests on: `xuncha profile show notice`. "
        "A check that needs an authorisation is `not_run` without one.",
        ("id", "check", "what a failure is called", "risk", "item of the notice (weight)", "kinds of site", "needs"),
        "Catalogue of reasons",
        "Whatever was not gathered, not judged or not run has one of these reasons.",
        ("code", "means", "what to do"),
        "all",
    ),
}


def page() -> str:
    """The whole page."""
    known = catalogue(refs=[ref for ref in discover() if ref.distribution == OURS])
    for plugin in known.failed():
        raise SystemExit(f"{plugin.ref.name} does not load: {plugin.failure}")
    notice = load_framework("notice", roots())
    parts = [part for lang in WORDS for part in _half(lang, known.plugins, known.checks, notice)]
    return "<!-- Made by docs/make_catalogue.py; change the texts, not this page. -->\n\n" + "\n\n".join(parts) + "\n"


def _half(lang: Lang, plugins: Sequence[PluginEntry], checks: Sequence[CheckEntry], notice: Framework) -> Iterator[str]:
    words = WORDS[lang]
    yield f"# {words.title}"
    yield words.intro.format(count=len(checks))
    for plugin in plugins:
        assert plugin.meta
        yield f"## {plugin.ref.name} {plugin.meta.title.of(lang)}"
        rows = [_row(entry, notice, lang) for entry in checks if entry.plugin == plugin.ref.name]
        yield _table(words.heads, rows)
    yield f"## {words.reasons}"
    yield words.reason_intro
    reasons = reason_words().items()
    yield _table(words.reason_heads, [(f"`{code}`", one.means.of(lang), one.do.of(lang)) for code, one in reasons])


def _row(entry: CheckEntry, notice: Framework, lang: Lang) -> tuple[str, ...]:
    meta = entry.meta
    places = [f"{item.id}（{label('weight', rule.weight, lang)}）" for item, rule in notice.places(entry.id)]
    kinds = [label("kind", kind, lang) for kind in meta.applies_to]
    return (
        f"`{entry.id}`",
        meta.text.title.of(lang),
        meta.text.wrong.of(lang),
        label("severity", meta.severity, lang),
        "、".join(places) if lang == "zh" else ", ".join(places).replace("（", " (").replace("）", ")"),
        ("、" if lang == "zh" else ", ").join(kinds) or WORDS[lang].all_kinds,
        "" if meta.requires == "passive" else meta.requires,
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
