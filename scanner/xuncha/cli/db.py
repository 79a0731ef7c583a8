"""``xuncha db upgrade|rebuild|prune``: the index over the bundles. The bundles are the truth."""

import click

from xuncha.cli import prune
from xuncha.cli.ending import index_url
from xuncha.cli.language import say
from xuncha.cli.output import note
from xuncha.cli.sources import Sources
from xuncha.lock import writing
from xuncha.store import database


@click.group(
    "db", help=say("升级、重建检查结果索引，清理旧记录", "Upgrade or rebuild the index of results, remove old runs.")
)
def command() -> None: ...


command.add_command(prune.command)


@command.command("upgrade", help=say("把索引升级到当前版本", "Bring the index to this version."))
def upgrade() -> int:
    workspace = Sources.here().workspace
    with writing(workspace.folder, "xuncha db upgrade"):
        database.upgrade(index_url(workspace))
    return 0


@command.command("rebuild", help=say("按检查记录重建索引", "Rebuild the index from the stored runs."))
def rebuild() -> int:
    sources = Sources.here()
    workspace = sources.workspace
    with writing(workspace.folder, "xuncha db rebuild"):
        url = index_url(workspace)
        database.upgrade(url)
        counts = database.rebuild(url, workspace.runs, sources.reviews())
    note(
        say(
            f"已重建：{counts.runs} 次检查，{counts.sites} 个网站，{counts.findings} 个问题",
            f"rebuilt: {counts.runs} runs, {counts.sites} sites, {counts.findings} findings",
        )
    )
    for folder, why in counts.unreadable:
        note(say(f"未能读取 {folder}：{why.zh}", f"could not read {folder}: {why.en}"))
    return 0
