"""``xuncha review export | import``: the findings as a workbook, and back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from xuncha.cli.app import USAGE
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, next_step, note
from xuncha.cli.review.options import choosing, chosen, known_sites, run_argument
from xuncha.cli.sealed import Log
from xuncha.cli.sources import Sources, latest_run, tell
from xuncha.config.errors import ConfigError
from xuncha.errors import UsageError
from xuncha.review.filled import Sheets, read_filled
from xuncha.review.log import drafts, reviews_in
from xuncha.review.rows import Chosen, rows
from xuncha.review.taking import Known, Taken, runs_named, take
from xuncha.store.bundle import RUN_ID, Bundle
from xuncha.store.format import visible
from xuncha.store.labels import tally
from xuncha.store.result import Stored
from xuncha.workspace import Workspace


@click.command(
    "export",
    short_help=say("导出为 Excel 表格", "Write a workbook to fill in."),
    help=say(
        "把一次检查（默认最近一次）中待复核的问题导出为 Excel 表格，每个问题一行，在表中选填复核结论。"
        "超过 2 万行的分成几个文件；已有的文件不覆盖。",
        "Write what is to be reviewed of a run, the latest by default, into a workbook, a row for each finding. What "
        "is more than 20,000 rows goes into further files; a file that is there already is never overwritten.",
    ),
)
@run_argument
@choosing
@click.option(
    "--output",
    "-o",
    "target",
    required=True,
    metavar=say("文件", "FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("输出文件，扩展名 .xlsx", "The file to write, .xlsx."),
)
def export(run: str, target: Path, **given: Any) -> int:
    from xuncha.review.workbook import write_workbooks  # noqa: PLC0415 - openpyxl is heavy

    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    stored = Stored(bundle, sources.reviews())
    wanted = chosen(given)
    known_sites(stored, wanted, bundle)
    target = target if target.suffix.lower() == ".xlsx" else target.with_name(f"{target.name}.xlsx")
    for path, count in write_workbooks(rows(stored, wanted), stored.meta.id, _fresh(target), LANG):
        click.echo(path)
        note(say(f"{count} 个问题", f"{count} findings"))
    next_step(f"xuncha review import {visible(str(target))} --by {say('姓名', 'NAME')}")
    return 0


def _fresh(target: Path) -> Path:
    """Somebody may have filled the old one in. Raises UsageError."""
    if target.exists() or target.with_stem(f"{target.stem}-2").exists():
        text = f"文件已存在，不覆盖：{visible(str(target))}；请换一个文件名"
        raise UsageError(say(text, f"{visible(str(target))} is there already; give another name"))
    return target


@click.command(
    "import",
    short_help=say("导入填好的 Excel 表格", "Read a workbook back."),
    help=say(
        "导入填好的复核表（.xlsx；装有 LibreOffice 时也可为 .ods）。排序、筛选、移动列都没有关系。"
        "任何一处有错误，整个文件都不导入；--dry-run 只看会有哪些改动。",
        "Read a filled-in workbook back (.xlsx; with LibreOffice also .ods), also after sorting, filtering and moving "
        "columns. A file with any fault is not taken in at all; --dry-run only tells what would change.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar=say("文件...", "FILE..."), type=click.Path(path_type=Path))
@click.option(
    "--by", metavar=say("姓名", "NAME"), default="", help=say("没有填复核人的行由谁复核", "Whose word it is.")
)
@click.option("--dry-run", is_flag=True, help=say("只看改动，不写入", "Write nothing."))
def take_in(files: tuple[Path, ...], by: str, *, dry_run: bool) -> int:
    workspace = Sources.here().workspace
    failed, known = 0, _Known(workspace)
    for file in files:
        try:
            _take_in(file, workspace, known, by, dry_run=dry_run)
        except ConfigError as error:
            failed += 1
            note(say(f"没有导入：{visible(str(file))}", f"not taken in: {visible(str(file))}"))
            for line in error.lines(LANG):
                folded_note(line, 2)
    if failed:
        return USAGE
    if not dry_run:
        next_step("xuncha report")
    return 0


def _take_in(file: Path, workspace: Workspace, known: "_Known", by: str, *, dry_run: bool) -> None:
    """Raises ConfigError for a file with faults, StoreError where the log can't be written."""
    sheets = read_filled(file)
    log = Log(workspace)
    taken = take(sheets, known.of(sheets), reviews_in(log.book).said, by)
    tell(taken.notes)
    entries = [entry for run, decisions in taken.decisions.items() for entry in drafts(decisions, run)]
    if entries and not dry_run:
        log.write(entries, "xuncha review import")
    _tell(file, taken, dry_run=dry_run)


class _Known:
    """The findings of the runs that workbooks name, each run read once; one that is not here stays unknown."""

    def __init__(self, workspace: Workspace) -> None:
        self._runs = workspace.runs
        self._found: dict[str, Known] = {}

    def of(self, sheets: Sheets) -> Mapping[str, Known]:
        """Raises StoreError where a run is damaged."""
        for run in runs_named(sheets):
            if run not in self._found and RUN_ID.fullmatch(run) and (self._runs / run / "plan.json").is_file():
                everything = rows(Stored(Bundle.open(self._runs / run)), Chosen(open_only=False))
                self._found[run] = {row.finding.fingerprint: (row.site, row.check) for row in everything}
        return self._found


def _tell(file: Path, taken: Taken, *, dry_run: bool) -> None:
    lead = say("将导入", "would take in") if dry_run else say("已导入", "taken in")
    note(f"{lead}{COLON}{visible(str(file))}")
    words, count = tally(taken.said, LANG), taken.said.total()
    note(
        say(
            f"  {count} 处（{words or '无'}），其中改变原有结论 {taken.changed} 处；没有变化 {taken.unchanged} 处",
            f"  {count} ({words or 'none'}), {taken.changed} of them changed; {taken.unchanged} as they were",
        )
    )
