"""``xuncha init``: asks four things and makes a workspace."""

from pathlib import Path
from typing import Any

import click

from xuncha import workspace
from xuncha.cli.language import LANG, say
from xuncha.cli.output import next_step, note
from xuncha.cli.sources import user_agent
from xuncha.config.office import Settings, fits_header
from xuncha.errors import UsageError
from xuncha.letter import NAMES, letter
from xuncha.store.errors import disk_errors


class Asked(click.Option):
    """An option that is asked for; where nobody is there to answer, its name is told."""

    def prompt_for_value(self, ctx: click.Context) -> Any:
        try:
            return super().prompt_for_value(ctx)
        except click.Abort as abort:
            if not isinstance(abort.__context__, EOFError):
                raise
        click.echo()
        names = "、".join(self._open(ctx)), ", ".join(self._open(ctx))
        raise UsageError(
            say(f"没有收到回答，请用选项给出：{names[0]}", f"nobody answered; give them as options: {names[1]}")
        )

    def _open(self, ctx: click.Context) -> list[str]:
        """This option and those that are not answered yet."""
        return [one.opts[0] for one in ctx.command.params if isinstance(one, Asked) and one.name not in ctx.params]


@click.command(
    "init",
    help=say(
        "建立工作目录。依次询问四项内容，也可以用选项给出。",
        "Make a workspace. Asks four things, or takes them as options.",
    ),
)
@click.argument(
    "folder", metavar=say("[目录]", "[FOLDER]"), default=".", type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--office",
    cls=Asked,
    metavar=say("名称", "NAME"),
    prompt=say("检查单位名称", "Inspecting office"),
    help=say("检查单位名称", "The office that inspects."),
)
@click.option(
    "--telephone",
    cls=Asked,
    metavar=say("电话", "NUMBER"),
    prompt=say(
        "联系电话（写入访问标识 User-Agent，供网站运维人员核实）",
        "Telephone (sent in the User-Agent, so that site operators can ask)",
    ),
    help=say("联系电话", "Its telephone number."),
)
@click.option(
    "--authorisation",
    cls=Asked,
    metavar=say("文号", "NUMBER"),
    prompt=say("检查授权文号（没有可直接回车）", "Number of the authorisation (may be empty)"),
    default="",
    show_default=False,
    help=say("检查授权文号", "Number of the authorisation."),
)
@click.option(
    "--address",
    cls=Asked,
    metavar=say("地址", "ADDRESS"),
    prompt=say(
        "检查出口 IP 地址（供网站加入白名单；不清楚可直接回车）", "Outgoing IP address (for allow-lists; may be empty)"
    ),
    default="",
    show_default=False,
    help=say("检查出口 IP 地址", "Outgoing IP address."),
)
@click.option(
    "--announced-as",
    metavar=say("英文名称", "NAME"),
    default="",
    help=say(
        "写入访问标识的英文名称或网址，代替中文单位名称",
        "ASCII name or address that is announced in place of the office's.",
    ),
)
def command(folder: Path, **answers: str) -> int:
    made = workspace.create(folder, **answers)
    note(say(f"工作目录已建立：{made.folder}", f"made the workspace {made.folder}"))
    _announce(made.settings)
    _write_letter(made)
    note(
        say(
            "请在 sites.csv 中填写要检查的网站，一行一个，可用 WPS 或 Excel 编辑。",
            "List the sites in sites.csv, one per row; any spreadsheet program will do.",
        )
    )
    next_step(f"cd {made.folder} && xuncha plan")
    return 0


def _write_letter(made: workspace.Workspace) -> None:
    """The letter to departments; one that somebody has begun to edit is left alone."""
    path = made.folder / NAMES[LANG]
    if path.exists():
        return
    with disk_errors(path, "write"):
        path.write_bytes(letter(made.settings, user_agent(made.settings), LANG))
    note(
        say(
            f"已生成 {path.name}：填写文号和日期、盖章后，发给各部门，请其放行检查访问。",
            f"wrote {path.name}: fill in number and dates, seal it, and send it to the departments.",
        )
    )


def _announce(settings: Settings) -> None:
    """How every request will name its sender, and how to make that readable."""
    shown = user_agent(settings)
    note(say(f"访问标识 User-Agent：{shown}", f"the User-Agent will be: {shown}"))
    if not fits_header(settings.announced_as or settings.office):
        note(
            say(
                "请求头不能直接写中文，单位名称已编码；建议在 xuncha.yaml 的 announced_as 中填写英文名称或网址。",
                "A header can't hold Chinese, so the name is encoded; better put an ASCII name or address into "
                "announced_as in xuncha.yaml.",
            )
        )
