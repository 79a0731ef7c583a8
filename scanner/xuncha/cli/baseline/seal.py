"""``xuncha baseline verify|accept|reset|rekey``: whether the seal holds, and what people do when it doesn't."""

from collections.abc import Sequence
from dataclasses import replace

import click

from xuncha.baseline import acts
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.key import find_keys
from xuncha.cli.baseline.sites import because, by_option, seal_line, tell_seal
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, listing, note, show_json
from xuncha.cli.sources import Sources
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import system_clock
from xuncha.model.prints import SealState
from xuncha.store.codec import dump
from xuncha.store.errors import StoreError


@click.command(
    "verify",
    short_help=say("验证基线是否被改动", "Check that no baseline was changed."),
    help=say(
        "验证基线是否被改动、删除或换成旧的；有问题、或本机无从判断末尾是否被截去时，退出码为 1",
        "Check that no baseline was changed, dropped or put back; exits with 1 if one was, or if this machine can't "
        "tell whether the end was cut off.",
    ),
)
@listing
def verify(form: str) -> int:
    baselines = Baselines(Sources.here().workspace.folder)
    book = baselines.look()
    checked = baselines.checked(book)
    if form == "json":
        faults = [dump(error.said) for error in checked.faults]
        show_json({"seal": dump(checked.seal), "faults": faults, "key": _key(baselines)})
    else:
        _tell(baselines, replace(book, seal=checked.seal), checked.faults)
    return 0 if checked.seal.sound or checked.seal.state is SealState.UNSEALED else 1


def _tell(baselines: Baselines, book: Book, faults: Sequence[StoreError]) -> None:
    click.echo(seal_line(book.seal))
    if book.seal.head:
        click.echo(f"{say('完整首部', 'the whole head')}{COLON}{book.seal.head}")
    click.echo(f"{say('密钥', 'key')}{COLON}{_key(baselines)}")
    if book.seal.problem:
        folded_note(book.seal.problem.of(LANG))
    if book.chain.torn:
        text = f"末尾有写入中断留下的半条记录（{book.chain.torn} 字节），下次写入时会清除，不影响已有基线"
        note(say(text, f"half a line ({book.chain.torn} bytes) at the end is left of an interrupted write; harmless"))
    for error in faults:
        folded_note(error.said.of(LANG))
    for folder, length in baselines.heads.gone():
        text = f"本机还记得 {folder} 中的 {length} 条基线记录，但该目录已不在；如已移到这里而基线不见了，请从备份恢复"
        hint = (
            f"this machine knows of {length} entries in {folder}, which is gone; if that was moved here, restore them"
        )
        note(say(text, hint))


def _key(baselines: Baselines) -> str:
    """Where the key comes from, and its name."""
    try:
        keys = find_keys(baselines.workspace)
    except StoreError as error:
        return error.said.of(LANG)
    return f"{keys.source} ({', '.join(key.name for key in keys.keys)})"


@click.command(
    "accept",
    short_help=say("核对首部后采用本机不认得的基线记录", "Take baselines that this machine does not know."),
    help=say(
        "本机不认得现在的基线记录（第一次见到，或从备份恢复）时，由专人与另一台机器或以往报告核对首部后予以采用",
        "Take the baselines as they are, where this machine does not know them: a person has compared their head with "
        "another machine or a report.",
    ),
)
@click.argument("head", metavar=say("首部", "HEAD"))
@by_option
@because("--reason", "why")
def accept(head: str, by: str, why: str) -> int:
    workspace = Sources.here().workspace
    baselines = Baselines(workspace.folder)
    with writing(workspace.folder, "xuncha baseline accept"):
        book = acts.accept(baselines, head, by, why, system_clock())
    tell_seal(book.seal)
    return 0


@click.command(
    "reset",
    short_help=say("另起基线记录", "Put the baselines aside and begin anew."),
    help=say(
        "基线记录无法恢复时，把它移到一边，另起新记录；所有页面都要重新查看和核准，佐证材料的审核意见、问题的复核意见也要重新记录",
        "Where the baselines can't be restored, put them aside and begin anew; every page must be approved again, and "
        "what was said by xuncha evidence review and xuncha review is to be said anew.",
    ),
)
@by_option
@because("--reason", "why")
@click.option("--yes", "-y", "sure", is_flag=True, help=say("不再询问", "don't ask"))
def reset(by: str, why: str, sure: bool) -> int:
    workspace = Sources.here().workspace
    baselines = Baselines(workspace.folder)
    with writing(workspace.folder, "xuncha baseline reset"):
        book = baselines.look()
        tell_seal(book.seal)
        if not book.begun:
            raise UsageError(say("还没有基线，不必重置", "there are no baselines to reset"))
        if not sure:
            text = "全部页面将没有基线，须重新核准。确定吗"
            click.confirm(say(text, "No page will have a baseline. Go on"), abort=True, err=True)
        book, aside = acts.reset(baselines, by, why, system_clock())
    if aside:
        note(say(f"原记录移到 {aside}", f"what was there lies in {aside}"))
    tell_seal(book.seal)
    return 0


@click.command(
    "rekey",
    short_help=say("更换封印密钥", "Change the key."),
    help=say(
        "更换封印密钥，例如可能已泄露、有人离岗时。已有的基线继续有效",
        "Change the key, for instance where it may have leaked or somebody has left. Baselines stay as they are.",
    ),
)
@by_option
def rekey(by: str) -> int:
    workspace = Sources.here().workspace
    baselines = Baselines(workspace.folder)
    with writing(workspace.folder, "xuncha baseline rekey"):
        book = acts.rekey(baselines, by, system_clock())
    tell_seal(book.seal)
    where = find_keys(baselines.workspace).source
    note(
        say(
            f"新密钥在 {where} 的最前面；本机各工作目录都更换后，请删去旧密钥，并把新密钥交给其他核准人",
            f"the new key comes first in {where}; once every workspace here is sealed with it, remove the former one, "
            "and bring the new one to whoever else approves",
        )
    )
    return 0
