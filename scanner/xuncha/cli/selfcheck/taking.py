"""``xuncha selfcheck import``: filled-in forms into the workspace."""

from collections.abc import Mapping
from pathlib import Path

import click

from xuncha.cli.app import USAGE
from xuncha.cli.language import LANG, say
from xuncha.cli.output import folded_note, next_step, note, show_table
from xuncha.cli.sources import Sources, tell
from xuncha.config.errors import ConfigError
from xuncha.config.library import roots
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import system_clock
from xuncha.model.selfcheck import Declaration, Form
from xuncha.selfcheck.book import Book
from xuncha.selfcheck.forms import FORM, load_form
from xuncha.selfcheck.known import Known
from xuncha.selfcheck.taking import Taken, take
from xuncha.store.format import visible


@click.command(
    "import",
    short_help=say("导入填好的自查表", "Read filled-in forms back."),
    help=say(
        "导入填好的自查表（.xlsx；装有 LibreOffice 时也可为 .ods、.xlsb）。列的次序、工作表名称可以变动。"
        "一个文件有任何错误就整个不导入，改正后重新导入即可；同一网站以最后一次导入的为准，以前的仍然保留。",
        "Read filled-in forms back (.xlsx; with LibreOffice also .ods, .xlsb). Columns may have moved, sheets may be "
        "renamed. A file with any fault is not taken at all; the last import of a site counts, earlier ones are kept.",
    ),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar=say("文件...", "FILE..."),
    type=click.Path(path_type=Path),
)
def take_in(files: tuple[Path, ...]) -> int:
    sources = Sources.here()
    workspace = sources.workspace
    if not workspace.made:
        raise UsageError(
            say("当前不在工作目录中，请先运行 xuncha init", "this is not a workspace; run xuncha init first")
        )
    form = load_form(FORM, roots([workspace.folder]))
    known = Known(sources.sites([]))
    failed = 0
    with writing(workspace.folder, "xuncha selfcheck import"):
        book = Book(workspace.folder)
        for file in files:
            try:
                taken = take(file, form, known, system_clock())
            except ConfigError as error:
                failed += 1
                _refused(file, error)
                continue
            _tell(file, taken, form, known, book.current())
            if not _same(taken, book.current()):
                book.add(taken, form)
    if failed:
        note(say(f"有 {failed} 个文件没有导入，原因见上", f"{failed} files were not taken in, see above"))
        return USAGE
    next_step("xuncha scan" + say("；检查后运行 xuncha selfcheck compare", ", then xuncha selfcheck compare"))
    return 0


def _refused(file: Path, error: ConfigError) -> None:
    note(say(f"没有导入：{visible(str(file))}", f"not taken in: {visible(str(file))}"))
    for line in error.lines(LANG):
        folded_note(line, 2)


def _same(taken: Taken, current: Mapping[str, Declaration]) -> bool:
    """Whether this very file is what stands declared already."""
    return all(
        said.site in current and current[said.site].sha256 == said.sha256 and current[said.site].answers == said.answers
        for said in taken.declarations
    )


def _tell(file: Path, taken: Taken, form: Form, known: Known, before: Mapping[str, Declaration]) -> None:
    tell(taken.notes)
    first = taken.declarations[0]
    if _same(taken, before):
        note(say(f"{visible(str(file))}：已经导入过，没有变化", f"{visible(str(file))}: taken in already, unchanged"))
        return
    who = f"{first.filled_by} {first.filled_on}"
    note(
        say(
            f"已导入 {visible(str(file))}：{visible(who)} 填报，{len(taken.declarations)} 个网站",
            f"taken in: {visible(str(file))}, filled in by {visible(who)}, {len(taken.declarations)} sites",
        )
    )
    headers = (say("网站", "site"), say("答了", "answered"), say("没有答", "left out"), say("以前", "before"))
    show_table(headers, [_row(said, form, known, before.get(said.site)) for said in taken.declarations])
    for site in taken.untouched:
        name = visible(known.sites[site].name)
        note(say(f"没有填写，未采用：{name}", f"not filled in, not used: {name}"))
    for said in taken.declarations:
        old = before.get(said.site)
        if old and old.filled_on > said.filled_on:
            name = visible(known.sites[said.site].name)
            note(
                say(
                    f"注意：{name} 原有 {old.filled_on} 填报的自查表，这次导入的填表日期更早",
                    f"note: what stood declared of {name} was filled in later, on {old.filled_on}",
                )
            )


def _row(said: Declaration, form: Form, known: Known, old: Declaration | None) -> list[str]:
    asked = len(form.questions)
    answered = len(said.answers)
    earlier = (
        say(f"{old.filled_on}，答了 {len(old.answers)} 项", f"{old.filled_on}, {len(old.answers)} answers")
        if old
        else "—"
    )
    return [visible(known.sites[said.site].name), str(answered), str(asked - answered), earlier]
