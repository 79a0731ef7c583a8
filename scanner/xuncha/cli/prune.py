"""``xuncha db prune``: old runs go, once somebody has seen which."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from xuncha.cli.ending import index_url
from xuncha.cli.language import LANG, say
from xuncha.cli.output import note, show_table
from xuncha.cli.sources import Sources
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import system_clock
from xuncha.store import format as words
from xuncha.store.labels import label
from xuncha.store.pruning import Limits, Pruning, Stored, plan_pruning, remove
from xuncha.workspace import Workspace

_AGE = re.compile(r"([0-9]{1,4})\s*(d|w|天|周)?")
_WEEKS = frozenset({"w", "周"})


def _since(_context: click.Context, _option: click.Parameter, age: str | None) -> datetime | None:
    if age is None:
        return None
    match = _AGE.fullmatch(age.strip())
    if match is None:
        raise click.BadParameter(say("请写成 90d（天）或 12w（周）", "write 90d (days) or 12w (weeks)"))
    days = int(match[1]) * (7 if match[2] in _WEEKS else 1)
    return system_clock() - timedelta(days=days)


@click.command(
    "prune",
    help=say(
        "删除旧的检查记录。每个网站在每个检查方案下最后一次完成的检查总是保留。",
        "Remove old runs. The last finished run of a site under each profile is always kept.",
    ),
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help=say("保留最近多少次完成的检查", "how many of the newest finished runs stay"),
)
@click.option(
    "--older-than",
    "since",
    callback=_since,
    metavar=say("时长", "AGE"),
    help=say(
        "只删除早于该时间的，例如 90d、12w；与 --keep 同用时，两个条件都满足才删除",
        "remove only what is older, such as 90d or 12w; with --keep, both must say so",
    ),
)
@click.option(
    "--discard-interrupted",
    "discard",
    is_flag=True,
    help=say(
        "同时删除未完成的检查（删除后不能再继续）", "remove unfinished runs too; they can't be resumed afterwards"
    ),
)
@click.option("--yes", "-y", "sure", is_flag=True, help=say("不再询问", "don't ask"))
def command(keep: int | None, since: datetime | None, sure: bool, discard: bool) -> int:
    """Tell what goes and what stays, ask, remove."""
    if keep is None and since is None and not discard:
        text = "请用 --keep、--older-than 或 --discard-interrupted 说明删除哪些检查记录"
        raise UsageError(say(text, "say which runs: --keep, --older-than or --discard-interrupted"))
    workspace = Sources.here().workspace
    with writing(workspace.folder, "xuncha db prune"):
        found = plan_pruning(workspace.runs, Limits(keep, since, discard))
        _tell(found)
        if found.removed:
            _ask(sure)
        remove([*found.remnants, *(run.folder for run in found.removed)])
        _forget(workspace, [run.meta.id for run in found.removed])
        _drop_old_catalogues(workspace.folder / ".cache")
    if found.removed:
        size = words.size(sum(run.bytes for run in found.removed), LANG)
        count = len(found.removed)
        note(say(f"已删除 {count} 次检查，腾出 {size}", f"removed {count} runs, {size}"))
    return 0


def _tell(found: Pruning) -> None:
    for error in found.unreadable:
        note(say("未能读取，不作改动：", "could not be read and stays: ") + " ".join(error.lines(LANG)))
    for run in found.last_good:
        note(
            say(
                f"保留 {run.meta.id}：是某个网站最后一次完成的检查",
                f"{run.meta.id} stays: it is the last finished run of some site",
            )
        )
    if not found.removed:
        note(say("没有可以删除的检查记录", "no run can be removed"))
        return
    headers = (say("将删除", "to be removed"), say("状态", "state"), say("检查方案", "profile"))
    more = (say("网站数", "sites"), say("开始时间", "started"), say("大小", "size"))
    show_table([*headers, *more], [_row(run) for run in found.removed])


def _row(run: Stored) -> list[str]:
    meta = run.meta
    moment, size = words.moment(meta.started), words.size(run.bytes, LANG)
    return [meta.id, label("state", meta.state, LANG), meta.profile, str(len(run.sites)), moment, size]


def _ask(sure: bool) -> None:
    """Raises click.Abort for a no."""
    if sure:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            say("没有删除：无法询问，请加 --yes 再运行", "nothing was removed: nobody to ask; run it again with --yes")
        )
    click.confirm(say("删除后无法恢复，确定删除吗", "They can't be brought back. Remove them"), abort=True, err=True)


def _forget(workspace: Workspace, ids: list[str]) -> None:
    from xuncha.store import database  # noqa: PLC0415 - SQLAlchemy is heavy

    if ids:
        url = index_url(workspace)
        database.upgrade(url)
        database.forget_runs(url, ids)


def _drop_old_catalogues(cache: Path) -> None:
    """All but the newest: each installation and each change of a plugin left one."""
    kept = sorted(cache.glob("catalogue-*.json"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-1]:
        old.unlink(missing_ok=True)
