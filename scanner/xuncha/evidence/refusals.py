"""What we do not want to have: work secrets, state secrets, resident ID numbers. Told by names and by words.

The report of a classified-protection assessment lists a system's weaknesses, a network diagram the way in: both are
work secrets (工作秘密), and an inspection needs neither. A file that merely speaks of them (“每年开展等级测评”)
is no such file, so only titles count: names of files, and short lines that end with the words.
"""

import re

from xuncha.model.evidence import Fault
from xuncha.store.mask import has_secret_mark, is_resident_id

_NAMED = re.compile(
    r"测评报告|拓扑|(?:网络|系统)(?:结构|架构|部署|连接)图|(?:IP|ip|地址)(?:地址)?(?:规划|分配|清单|台账)表?"
    r"|topolog|network[ _-]?diagram"
)
_REPORT = r"(?:网络安全|信息安全|信息系统(?:安全)?|安全)?等级(?:保护)?(?:安全)?测评报告"
_DIAGRAM = r"(?:网络|系统|安全)(?:部署)?(?:拓扑|结构|架构)(?:结构)?(?:示意)?图"
_TITLE = re.compile(rf"^[^，。；,;]{{0,40}}(?:{_REPORT}|{_DIAGRAM})[）)\s]*$", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*报告编号\s*[:：]", re.MULTILINE)
_ASSESSED = re.compile(r"测评机构|被测(?:单位|对象|系统)|等级测评结论")
_RESIDENT_ID = re.compile(r"(?<![0-9.])[1-8][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx](?![0-9])")
_HEAD = 6_000
"""Characters in which a document says what it is."""


def named_secret(path: str) -> bool:
    """Whether a file's name says that it is an assessment report or a network diagram."""
    return _NAMED.search(path.rpartition("/")[2]) is not None


def refusal(text: str) -> Fault | None:
    """Why a document's text must not stay here; None where nothing speaks against it."""
    if has_secret_mark(text):
        return Fault.STATE_SECRET
    head = text[:_HEAD]
    if _TITLE.search(head) or (_NUMBERED.search(head) and _ASSESSED.search(head)):
        return Fault.WORK_SECRET
    return Fault.RESIDENT_ID if holds_resident_id(text) else None


def holds_resident_id(text: str) -> bool:
    """Whether a valid resident ID number stands in ``text``."""
    return any(is_resident_id(re.sub("[ -]", "", found[0])) for found in _RESIDENT_ID.finditer(text))
