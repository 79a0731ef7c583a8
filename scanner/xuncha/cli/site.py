"""``xuncha site list|import``."""

from collections.abc import Collection
from pathlib import Path

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import listing, next_step, note, show_json, show_table
from xuncha.cli.sources import Sources, tell
from xuncha.config.errors import InventoryError
from xuncha.errors import UsageError
from xuncha.inventory.authorisations import read_authorisations
from xuncha.inventory.csvfile import read_csv
from xuncha.inventory.merge import Merged, merged
from xuncha.inventory.read import read_inventory
from xuncha.inventory.rows import Reading, Sheet
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


@command.command(
    "import",
    help=say(
        "校验网站名录并合并到工作目录的 sites.csv：新网站追加，已有的网站（按编号、网址对应）更新；文件中的空白单元格"
        "不改动原有内容。原名录另存为 sites.csv.bak。加 --replace 则只保留文件中的网站。",
        "Check an inventory and merge it into the workspace's sites.csv: new sites are added, known ones (by id or "
        "address) updated; what is empty in the file changes nothing. The former one is kept as sites.csv.bak. With "
        "--replace, only the file's sites remain.",
    ),
)
@click.argument(
    "inventory", metavar=say("名录文件", "FILE"), type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--strict", is_flag=True, help=say("网站名录有任何错误行时不导入", "Refuse an inventory with any bad row.")
)
@click.option(
    "--replace", is_flag=True, help=say("用文件替换现有名录，不合并", "Put the file in place of the inventory.")
)
def import_sites(inventory: Path, strict: bool, replace: bool) -> int:
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
    papers = workspace.authorisations
    authorisations = read_authorisations(papers) if papers.is_file() else None
    found = read_inventory(inventory, authorisations=authorisations, strict=strict)
    tell([*found.problems, *found.notes])
    good = {place.line for place in found.places.values() if place.line}
    with writing(workspace.folder, "xuncha site import"):
        own = _own(workspace.sites) if workspace.sites.is_file() and not replace else None
        made = merged(own, read_csv(inventory, Reading()), good)
        if made is None:
            raise UsageError(
                say(
                    f"{workspace.sites}：没有可识别的表头，无法合并；确需替换请加 --replace",
                    f"{workspace.sites}: no known header, so nothing can be merged; --replace puts the file in place",
                )
            )
        _keep(workspace.sites, made.data)
    _count(made, {problem.place.line for problem in found.problems})
    next_step("xuncha plan")
    return 0


def _own(file: Path) -> Sheet:
    """The inventory as it stands. What can't be read can't be kept, so that is told before anything is written."""
    reading = Reading()
    sheet = read_csv(file, reading)
    if reading.problems:
        raise InventoryError(reading.problems)
    return sheet


def _keep(file: Path, data: bytes) -> None:
    """Write the inventory, with the former one beside it; at no moment there is none."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_bytes(data)
    if file.is_file():
        file.with_name(f"{file.name}.bak").write_bytes(file.read_bytes())
    fresh.replace(file)


def _count(made: Merged, bad: Collection[int | None]) -> None:
    note(
        say(
            f"已导入：新增 {made.added} 个网站，更新 {made.updated} 个，{made.known} 个没有变化；"
            "原名录另存为 sites.csv.bak",
            f"imported: {made.added} sites added, {made.updated} updated, {made.known} as they were; "
            "the former inventory is sites.csv.bak",
        )
    )
    if bad:
        note(
            say(
                f"有 {len(bad)} 行未导入（原因见上），改正后可再次导入同一文件",
                f"{len(bad)} rows were left out, see above; correct them and import the file again",
            )
        )
