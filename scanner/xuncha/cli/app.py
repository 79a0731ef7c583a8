"""The commands by name, each in a module that is imported when the command is called."""

import sys
from importlib import import_module
from typing import Any

import click

from xuncha import __version__
from xuncha.cli import chinese
from xuncha.cli.language import LANG, say
from xuncha.errors import XunchaError
from xuncha.os_errors import explained

if LANG == "zh":
    chinese.speak()

USAGE = 2
INTERRUPTED = 130

COMMANDS = {
    "init": ("init", say("建立工作目录", "Make a workspace.")),
    "scan": ("scan", say("检查网站", "Inspect websites.")),
    "monitor": ("monitor.command", say("连续监测网站首页能否打开", "Watch for days whether home pages open.")),
    "plan": ("plan", say("预览将要执行的检查，不发送任何请求", "Show what a scan would do, without sending anything.")),
    "demo": (
        "demo.command",
        say("在本机示例网站上演示并自检，不访问外网", "Inspect example websites on this machine, offline."),
    ),
    "doctor": ("doctor", say("查看本机运行环境和网络情况", "Check this machine and its network.")),
    "check": ("check", say("查看检查点", "List and show checks.")),
    "profile": ("profile", say("查看和校验检查方案", "List, show and validate profiles.")),
    "plugin": ("plugin", say("查看插件", "List plugins.")),
    "site": ("site", say("查看和导入网站名录", "List and import sites.")),
    "run": ("run", say("查看、继续、重新判定、核验检查记录", "List, show, resume, judge again and verify runs.")),
    "baseline": (
        "baseline.command",
        say("核准网页基线，与基线比对，验证封印", "Approve the state of pages, compare with it, verify its seal."),
    ),
    "evidence": (
        "evidence.command",
        say("佐证材料：生成清单、离线核验、人工审核", "Ask for evidence, verify it offline, review it."),
    ),
    "review": (
        "review.command",
        say("人工复核：列出问题，记录结论，导出导入 Excel", "Review findings: list, record, by workbook too."),
    ),
    "selfcheck": (
        "selfcheck.command",
        say("自查表：生成、导入、与检查结果对照", "Self-check forms: make, read back, hold against a run."),
    ),
    "report": ("report", say("生成检查报告", "Write the report of a run.")),
    "db": (
        "db",
        say("升级、重建检查结果索引，清理旧记录", "Upgrade or rebuild the index of results, remove old runs."),
    ),
}


class Commands(click.Group):
    """Imports a command's module when it is called; the help needs only the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"xuncha.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Every error that is meant for a person becomes its message and an exit code; nothing else is caught."""
        try:
            return super().main(*args, **kwargs) or 0
        except click.exceptions.Abort:
            return INTERRUPTED
        except click.ClickException as error:
            error.show()
            return USAGE
        except XunchaError as error:
            return told(error.lines(LANG))
        except BrokenPipeError:  # who read along has seen enough
            return 0
        except OSError as error:
            return told([explained(error).of(LANG)])


def told(lines: list[str]) -> int:
    """Print an error; the exit code, which is never one that says something about a site."""
    for line in lines:
        click.echo(say(f"错误：{line}", f"error: {line}"), err=True)
    return USAGE


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "巡查：对照检查通知逐项检查政务网站，问题附证据，整改有步骤。",
        "Xuncha inspects government websites against an inspection notice, proves what it says, and tells each "
        "department what to do next.",
    ),
    epilog=say(
        "第一次使用请运行 xuncha demo；检查一个网站：xuncha scan http://www.example.gov.cn/",
        "To see it at work: xuncha demo. To inspect a site: xuncha scan http://www.example.gov.cn/",
    ),
)
@click.version_option(__version__, "-V", "--version", prog_name="xuncha")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    help=say("界面和报告的语言", "Language of messages and reports."),
)
def cli() -> None:
    """The root of all commands."""
    if sys.platform == "win32":
        import asyncio  # noqa: PLC0415

        asyncio.set_event_loop_policy(asyncio.WindowsProactorEventLoopPolicy())
