"""What is wrong with a log, and what a person is to do about it."""

from pathlib import Path

from xuncha.baseline.chain import Chain
from xuncha.baseline.heads import Known
from xuncha.model.prints import Seal, SealState
from xuncha.model.text import Text
from xuncha.store.errors import StoreError
from xuncha.store.labels import HEAD_SHOWN

_RESTORE = Text(
    "请从备份恢复 baselines 目录。如果是另一台机器或另一个人改写的，先在那里运行 xuncha baseline verify 核对首部，"
    "一致时在本机运行 xuncha baseline accept；都做不到时，运行 xuncha baseline reset 另起记录，重新查看并核准。",
    "Restore the folder baselines from a backup. Where another machine or person wrote to it, compare heads there "
    "with xuncha baseline verify, and if they agree run xuncha baseline accept here. If neither is possible, run "
    "xuncha baseline reset, and look and approve anew.",
)

NOT_OF_THE_RUN = Text("基线记录不是检查开始时的那一份", "the log of baselines is not the one with which the run began")


def broken(found: Text) -> Text:
    """``found`` with what to do about it."""
    return Text(f"{found.zh}。{_RESTORE.zh}", f"{found.en}. {_RESTORE.en}")


def missing(known: Known, log: Path) -> Text:
    return broken(
        Text(
            f"基线记录不见了（{log}）：本机记得有 {known.length} 条，首部 {known.head[:HEAD_SHOWN]}",
            f"the log of baselines is gone ({log}): this machine knows of {known.length} entries, "
            f"head {known.head[:HEAD_SHOWN]}",
        )
    )


def not_as_known(chain: Chain, known: Known) -> Text:
    """The seal holds and yet it isn't the log that this machine saw."""
    if known.workspace != chain.workspace:
        return broken(
            Text("这是另一份基线记录，不是本机见过的那一份", "this is another log than this machine knows here")
        )
    if chain.length < known.length:
        return broken(
            Text(
                f"基线记录被截短或换成了旧的：本机记得有 {known.length} 条，现在只有 {chain.length} 条",
                f"the log of baselines was cut or put back: this machine knows of {known.length} entries, "
                f"there are {chain.length}",
            )
        )
    return broken(
        Text(
            f"第 {known.length} 条与本机见过的不同：两处各自写过不同的内容，或记录被换过",
            f"entry {known.length} is not the one that this machine saw: two places wrote different things, or the "
            "log was exchanged",
        )
    )


def damaged(sites: int) -> Text:
    """The log is whole, and what it names is not."""
    return Text(
        f"有 {sites} 个网站核准时的页面内容缺失或被改动，这些网站无法比对。请先查是谁动的，再从备份恢复 baselines "
        "目录；无法恢复的，撤销后重新查看、重新核准",
        f"of {sites} {'site' if sites == 1 else 'sites'} what was approved is missing or was changed, and can't be "
        "compared. Find out who did it and restore the folder baselines from a backup, or withdraw, look and approve "
        "anew",
    )


def first_seen(chain: Chain) -> Text:
    head = chain.head[:HEAD_SHOWN]
    return Text(
        f"封印完好，但本机第一次见到这份基线记录，末尾若被截去无从发现。请与核准基线的机器或以往报告核对"
        f"（{chain.length} 条，首部 {head}），一致时运行 xuncha baseline accept {head} --by 姓名 --reason 已核对",
        "the seal holds, but this machine has never seen this log, so it couldn't tell if its end had been cut off. "
        f"Compare with the machine that approves, or an earlier report ({chain.length} entries, head {head}); if they "
        f"agree, run xuncha baseline accept {head} --by NAME --reason compared",
    )


def not_noted(error: StoreError) -> Text:
    return Text(
        f"封印完好，但本机记不下现在的首部，以后末尾若被截去可能无从发现：{error.said.zh}",
        f"the seal holds, but its head can't be noted on this machine, so a cut end might not be noticed: {error}",
    )


def no_key(found: Text) -> Text:
    return Text(
        f"{found.zh}。请从核准基线的机器安全地拷贝 seal.key（权限 600），或用环境变量 XUNCHA_SEAL_KEY 提供；"
        "密钥确已丢失的，运行 xuncha baseline reset 另起记录，重新查看并核准",
        f"{found.en}. Bring seal.key (mode 600) over from the machine that approves, or set XUNCHA_SEAL_KEY; if the "
        "key is lost, run xuncha baseline reset, and look and approve anew",
    )


def refused(seal: Seal) -> StoreError:
    """Nothing is written to a log that isn't intact."""
    return _because(Text("没有写入基线", "nothing was written to the baselines"), seal)


def unusable(seal: Seal) -> StoreError:
    """Nothing is read from such a log either."""
    return _because(Text("基线现在不能用", "the baselines can't be used"), seal)


def _because(lead: Text, seal: Seal) -> StoreError:
    said = seal.problem or Text("封印不完好", "the seal is not intact")
    if seal.state is SealState.UNSEALED:
        said = Text("还没有核准过任何页面", "no page was ever approved")
    return error_of(Text(f"{lead.zh}：{said.zh}", f"{lead.en}: {said.en}"))


def meanwhile() -> StoreError:
    return error_of(
        Text(
            "查看期间基线记录有了变动，没有写入。请重新查看后再核准",
            "the baselines were written to while you looked, so nothing was written; look again",
        )
    )


def other_head(chain: Chain) -> StoreError:
    """What was typed is not how the log ends."""
    return error_of(
        Text(
            f"首部对不上：现在的基线记录有 {chain.length} 条，首部以 {chain.head[:HEAD_SHOWN]} 开头。"
            f"请与另一台机器或以往报告核对后，输入至少前 {HEAD_SHOWN} 位",
            f"that is not the head: the log has {chain.length} entries, its head begins with "
            f"{chain.head[:HEAD_SHOWN]}. Compare with the other machine or an earlier report, then give "
            f"at least {HEAD_SHOWN} characters",
        )
    )


def error_of(text: Text) -> StoreError:
    return StoreError(text.en, text.zh)
