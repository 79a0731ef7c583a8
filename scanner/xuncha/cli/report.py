"""``xuncha report``: renders a stored run. It never scans and never judges."""

import importlib.metadata
from pathlib import Path
from typing import Any

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import console, note
from xuncha.cli.sources import Sources, latest_run
from xuncha.cli.written import write, written
from xuncha.config.errors import quoted
from xuncha.errors import UsageError
from xuncha.model.text import Lang
from xuncha.review.official import DRAFT, NAMED, confirmed
from xuncha.store.bundle import Bundle
from xuncha.store.labels import review_words
from xuncha.store.result import RunResult, Stored

MAX_NAMED = 10


@click.command(
    "report", help=say("生成检查报告，默认取最近一次检查", "Write the report of a run, the latest by default.")
)
@click.argument("run", metavar=say("[检查编号]", "[RUN]"), required=False, default="")
@click.option(
    "--format",
    "formats",
    metavar=say("格式", "FORMATS"),
    default="html",
    help=say(
        "报告格式：html、pdf、docx（整改通知书和通报）、xlsx（整改台账）、csv、markdown、console，"
        "供其他程序读取的 json、jsonl、sarif、junit、defectdojo；多个用逗号隔开",
        "Formats: html, pdf, docx (notices and bulletin), xlsx (the ledger), csv, markdown, console; "
        "for other programs json, jsonl, sarif, junit, defectdojo; several separated by commas.",
    ),
)
@click.option(
    "--lang", "lang", type=click.Choice(["zh", "en"]), default=LANG, help=say("报告语言", "Language of the report.")
)
@click.option(
    "--draft",
    is_flag=True,
    help=say(
        "每页注明是机检初稿、未经复核、不得外发；通知书和通报列入全部机检结果，不加则只列复核属实的",
        "Say on every page that nobody reviewed it, and put everything into notices and bulletin; "
        "without it these hold only what was confirmed.",
    ),
)
@click.option(
    "--output",
    "-o",
    "folder",
    metavar=say("目录", "FOLDER"),
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=say("输出目录", "Folder to write to."),
)
def command(run: str, formats: str, lang: Lang, draft: bool, folder: Path) -> int:
    renderers = _renderers(formats)
    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    tampered = _tampered(bundle)
    reviews = sources.reviews()
    stored = Stored(bundle, reviews, draft=DRAFT if draft else None)
    name = f"xuncha-{bundle.meta().id}-{lang}{f'-{NAMED.of(lang)}' if draft else ''}"
    result = written(stored, renderers, lang, folder, name)
    for renderer in (one for one in renderers if hasattr(one, "show")):  # for the terminal
        renderer.show(result, lang, console())
    for renderer in (one for one in renderers if hasattr(one, "parts")):  # papers that an office sends
        official = result if draft else confirmed(bundle, reviews)
        _write_parts(renderer, official, lang, folder / name, sources.workspace.templates)
    if any(not hasattr(one, "parts") for one in renderers) and (warning := _unreviewed(result)):
        note(warning)
    if tampered:
        names = tampered[:MAX_NAMED] + (["…"] if len(tampered) > MAX_NAMED else [])
        note(
            say(
                f"警告：检查记录与封存时不一致，报告内容不可采信：{'、'.join(names)}",
                f"warning: the run is not as it was sealed; do not rely on this report: {', '.join(names)}",
            )
        )
    return 1 if tampered else 0


def _unreviewed(result: RunResult) -> str:
    """What to do with a report before it is sent; empty where people have reviewed all that is in it."""
    if result.draft:
        return say("初稿未经人工复核，不得外发。", "This is a draft that nobody has reviewed; do not send it out.")
    if result.review.reviewed >= result.review.findings > 0 and not result.unreviewed:
        return ""
    return say(
        f"报告含程序检查结果，{review_words(result.review, 'zh')}；请经人工复核后再下发。",
        f"The report holds what a program found ({review_words(result.review, 'en')}); "
        "have a person review it before you send it.",
    )


def _write_parts(renderer: Any, result: RunResult, lang: Lang, folder: Path, templates: Path) -> None:
    """A folder with all papers; nothing is sent that nobody has looked at."""
    draft = result.draft.of(lang) if result.draft else ""
    if not draft and not any(site.review.reviewed for site in result.sites):
        raise UsageError(
            say(
                "还没有人复核过检查结果，不能生成正式的通知书和通报：请先运行 xuncha review，或加 --draft 生成初稿",
                "nobody has reviewed anything yet, so there is nothing official to write: run xuncha review first, "
                "or take --draft",
            )
        )
    try:
        for part, body in renderer.parts(result, lang, draft, templates):
            write(folder / part, body)
    except ValueError as error:
        raise UsageError(
            say(f"自备的模板无法使用：{error}", f"the template of your own can't be used: {error}")
        ) from None
    if left_out := renderer.without(result, lang, draft):
        note(left_out)


def _tampered(bundle: Bundle) -> list[str]:
    """Files of a run that has ended which are not as they were sealed."""
    ended = bundle.sealed or bundle.meta().state == "finished"
    return [quoted(mismatch.path) for mismatch in bundle.verify()] if ended else []


def _renderers(formats: str) -> list[Any]:
    entries = {entry.name: entry for entry in importlib.metadata.entry_points(group="xuncha.reports")}
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    for name in wanted or [""]:
        if name not in entries:
            known = ", ".join(sorted(entries))
            raise UsageError(
                say(f"没有报告格式 {name}；可用：{known}", f"there is no format {name}; there are {known}")
            )
    found = [entries[name].load() for name in wanted]
    for one in found:
        if missing := getattr(one, "lacks", lambda: None)():  # before anything is written
            raise UsageError(missing.of(LANG))
    return found
