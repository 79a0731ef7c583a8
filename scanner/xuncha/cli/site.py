"""``xuncha site list|import``."""

from pathlib import Path

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import listing, next_step, note, show_json, show_table
from xuncha.cli.sources import Sources, tell
from xuncha.errors import UsageError
from xuncha.inventory.read import read_inventory
from xuncha.lock import writing
from xuncha.store.codec import dump
from xuncha.store.labels import label


@click.group("site", help=say("查看和导入网站名录", "List and import sites."))
def command() -> None: ...


@command.command("list", help=say("列出名录中的网站", "List the sites of an inventory."))
@click.argument("inventory", metavar=say("[名录文件]", "[FILE]"), required=False)
@listing
def list_sites(inventory: str | None, form: str) -> int:
    sites = Sources.here().sites([inventory] if inventory else [])
    if form == "json":
        show_json([dump(site) for site in sites])
        return 0
    rows = [
        [site.id, site.name, site.home, label("kind", site.kind, LANG) if site.kind else "", site.department]
        for site in sites
    ]
    show_table(
        [
            say("编号", "id"),
            say("网站名称", "name"),
            say("网址", "address"),
            say("网站类型", "kind"),
            say("责任部门", "department"),
        ],
        rows,
    )
    return 0


@command.command("import", help=say("校验网站名录并导入工作目录", "Check an inventory and put it into the workspace."))
@click.argument(
    "inventory", metavar=say("名录文件", "FILE"), type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--strict", is_flag=True, help=say("网站名录有任何错误行时不导入", "Refuse an inventory with any bad row.")
)
def import_sites(inventory: Path, strict: bool) -> int:
    workspace = Sources.here().workspace
    if not workspace.made:
        raise UsageError(
            say("当前不在工作目录中，请先运行 xuncha init", "this is not a workspace; run xuncha init first")
        )
    if inventory.suffix.lower() != ".csv":
        raise UsageError(
            say(
                "请先另存为“CSV UTF-8”格式；其他格式可用“xuncha scan 文件名”直接检查",
                "save it as CSV first, or inspect it where it is: xuncha scan FILE",
            )
        )
    found = read_inventory(inventory, strict=strict)
    tell([*found.problems, *found.notes])
    with writing(workspace.folder, "xuncha site import"):
        workspace.sites.write_bytes(inventory.read_bytes())
    note(say(f"已导入 {len(found.sites)} 个网站", f"imported {len(found.sites)} sites"))
    next_step("xuncha plan")
    return 0
