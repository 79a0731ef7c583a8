"""``xuncha plugin list``: where each plugin comes from and whether it loads; ``lint`` for those who write one."""

import click

from xuncha.cli import lint
from xuncha.cli.language import LANG, say
from xuncha.cli.output import listing, show_json, show_table
from xuncha.cli.sources import Sources
from xuncha.exit_codes import PLUGIN_FAILED
from xuncha.store.snapshot import OURS


@click.group("plugin", help=say("查看和校验插件", "List and check plugins."))
def command() -> None: ...


command.add_command(lint.command)


@command.command("list", help=say("列出已安装的插件", "List installed plugins."))
@listing
def list_plugins(form: str) -> int:
    known = Sources.here().catalogue()
    counts = {entry.ref.name: sum(check.plugin == entry.ref.name for check in known.checks) for entry in known.plugins}
    if form == "json":
        show_json(
            [
                {
                    "name": entry.ref.name,
                    "distribution": entry.ref.distribution,
                    "version": entry.ref.version,
                    "admitted": entry.ref.distribution == OURS,
                    "checks": counts[entry.ref.name],
                    "failure": entry.failure,
                }
                for entry in known.plugins
            ]
        )
    else:
        rows = [
            [
                entry.ref.name,
                entry.meta.title.of(LANG) if entry.meta else "",
                f"{entry.ref.distribution} {entry.ref.version}",
                str(counts[entry.ref.name]),
                entry.failure or ("" if entry.ref.distribution == OURS else say("未准入", "not admitted")),
            ]
            for entry in known.plugins
        ]
        show_table(
            [
                say("名称", "name"),
                say("说明", "title"),
                say("来源", "from"),
                say("检查点", "checks"),
                say("状态", "state"),
            ],
            rows,
        )
    return PLUGIN_FAILED if known.failed() else 0
