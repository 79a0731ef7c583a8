"""``xuncha selfcheck template``: forms to send to departments."""

from collections.abc import Mapping
from pathlib import Path

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import next_step, note
from xuncha.cli.sources import Sources
from xuncha.config.library import roots
from xuncha.errors import UsageError
from xuncha.model.selfcheck import Answer, Form
from xuncha.model.text import Lang
from xuncha.selfcheck.book import Book
from xuncha.selfcheck.departments import Packet, packets
from xuncha.selfcheck.forms import FORM, load_form

FORMATS = ("xlsx", "docx")


@click.command(
    "template",
    short_help=say("生成自查表", "Make the forms."),
    help=say(
        "按网站名录（默认为工作目录的 sites.csv）生成自查表：每个责任部门一份，全部部门合一份。"
        "XLSX 供填报和导入，DOCX 供打印签字盖章。",
        "Make the forms for an inventory, the workspace's by default: one per department and one for all; XLSX to be "
        "filled in and imported, DOCX to be signed and sealed.",
    ),
)
@click.argument("inventory", metavar=say("[名录文件]", "[FILE]"), required=False)
@click.option(
    "--output",
    "-o",
    "folder",
    metavar=say("目录", "FOLDER"),
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("selfcheck-forms"),
    show_default=True,
    help=say("输出目录", "Folder to write to."),
)
@click.option(
    "--format",
    "formats",
    metavar=say("格式", "FORMATS"),
    default=",".join(FORMATS),
    help=say("xlsx、docx，多个用逗号隔开", "xlsx, docx; several separated by commas."),
)
@click.option(
    "--lang", "lang", type=click.Choice(["zh", "en"]), default=LANG, help=say("表格语言", "Language of the forms.")
)
@click.option(
    "--filled",
    is_flag=True,
    help=say("填入已导入的答案，供核对、更正或打印签字", "Fill in what was imported, to be corrected or signed."),
)
@click.option(
    "--replace", is_flag=True, help=say("覆盖已有的同名文件", "Overwrite files of the same name that are there.")
)
def template(inventory: str | None, folder: Path, formats: str, lang: Lang, filled: bool, replace: bool) -> int:
    wanted = _formats(formats)
    sources = Sources.here()
    sites = sources.sites([inventory] if inventory else [])
    form = load_form(FORM, roots([sources.workspace.folder]))
    made = packets(sites, form, lang)
    paths = [folder / f"{packet.file}.{suffix}" for packet in made for suffix in wanted]
    there = [path for path in paths if path.exists()]
    if there and not replace:
        raise UsageError(
            say(
                f"{there[0]} 已存在，可能已有人填写。请换一个输出目录（-o），或加 --replace 覆盖",
                f"{there[0]} exists and may be filled in; choose another folder (-o), or overwrite it with --replace",
            )
        )
    current = Book(sources.workspace.folder).current() if filled else {}
    said = {site: one.answers for site, one in current.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for packet in made:
        for suffix in wanted:
            path = folder / f"{packet.file}.{suffix}"
            path.write_bytes(_render(suffix, form, packet, said, sources.workspace.settings.office, lang))
            click.echo(path)
    note(
        say(
            f"{len(made) - 1} 个部门、{len(sites)} 个网站。XLSX 供填报，收回后导入；DOCX 供打印签字盖章。",
            f"{len(made) - 1} departments, {len(sites)} sites. XLSX: to be filled in and imported; DOCX: to be signed.",
        )
    )
    next_step(say("xuncha selfcheck import 收回的文件…", "xuncha selfcheck import FILE…"))
    return 0


def _formats(given: str) -> list[str]:
    wanted = [name.strip().lower() for name in given.split(",") if name.strip()]
    for name in wanted or [given]:
        if name not in FORMATS:
            raise UsageError(say(f"没有格式 {name}；可用：xlsx、docx", f"no format {name}; there are xlsx and docx"))
    return wanted


def _render(
    suffix: str, form: Form, packet: Packet, said: Mapping[str, Mapping[str, Answer]], issuer: str, lang: Lang
) -> bytes:
    # ruff: noqa: PLC0415 - each brings its own heavy library along
    if suffix == "docx":
        from xuncha.selfcheck.paper import paper

        return paper(form, packet, said, issuer, lang)
    from xuncha.selfcheck.sheets import workbook

    return workbook(form, packet, said, lang)
