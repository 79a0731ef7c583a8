"""``xuncha init``: asks four things and makes a workspace."""

from pathlib import Path

import click

from xuncha import workspace
from xuncha.cli.language import say
from xuncha.cli.output import next_step, note


@click.command(
    "init",
    help=say(
        "建立工作目录。依次询问四项内容，也可以用选项给出。",
        "Make a workspace. Asks four things, or takes them as options.",
    ),
)
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--office", prompt=say("检查单位名称", "Inspecting office"), help=say("检查单位名称", "the office that inspects")
)
@click.option(
    "--telephone",
    prompt=say(
        "联系电话（写入访问标识 User-Agent，供网站运维人员核实）",
        "Telephone (sent in the User-Agent, so that site operators can ask)",
    ),
    help=say("联系电话", "telephone"),
)
@click.option(
    "--authorisation",
    prompt=say("检查授权文号（没有可直接回车）", "Number of the authorisation (may be empty)"),
    default="",
    show_default=False,
    help=say("检查授权文号", "number of the authorisation"),
)
@click.option(
    "--address",
    prompt=say(
        "检查出口 IP 地址（供网站加入白名单；不清楚可直接回车）", "Outgoing IP address (for allow-lists; may be empty)"
    ),
    default="",
    show_default=False,
    help=say("检查出口 IP 地址", "outgoing IP address"),
)
def command(folder: Path, office: str, telephone: str, authorisation: str, address: str) -> int:
    made = workspace.create(folder, office=office, telephone=telephone, authorisation=authorisation, address=address)
    note(say(f"工作目录已建立：{made.folder}", f"made the workspace {made.folder}"))
    note(
        say(
            "请在 sites.csv 中填写要检查的网站，一行一个，可用 WPS 或 Excel 编辑。",
            "List the sites in sites.csv, one per row; any spreadsheet program will do.",
        )
    )
    next_step(f"cd {made.folder} && xuncha plan")
    return 0
