"""What we do not want to have: work secrets, state secrets, ID numbers, passwords. Told by names, titles and numbers.

The report of a classified-protection assessment lists a system's weaknesses, a network diagram the way in: both are
work secrets (工作秘密), and an inspection needs neither. What counts is what a document is, by its own title or its
file's name as a whole: a plan whose contents list names an annex “网络拓扑图” is a plan, and the contract of a company
called 拓扑 a contract.
"""

import re
from collections.abc import Iterator
from itertools import islice

from xuncha.evidence.identity import holds_resident_id, is_named_after_id
from xuncha.evidence.logins import holds_login
from xuncha.evidence.marks import bears_mark
from xuncha.model.documents import DocumentText, Where
from xuncha.model.evidence import Fault

_OF_NETWORK = r"(?:网络|网站|系统|安全|机房|部署|技术|物理|逻辑|服务器|云平台|内网|专网)"
_IS_SECRET = re.compile(
    r"(?:测评报告书?"
    r"|(?:等级|等保|安全).{0,12}测评(?:结果|结论)(?:通知书|记录)?"
    r"|(?:漏洞|脆弱性|弱口令).{0,6}(?:扫描|检测|评估|分析|测试).{0,4}(?:报告书?|结果|清单|明细表?|台账)"
    r"|(?:漏洞|弱口令)(?:清单|明细表?|台账)|渗透(?:性)?测试(?:结果)?报告书?|密码应用安全性?评估报告书?|密评报告书?"
    r"|拓扑(?:结构|关系|连接)?(?:示意)?图?(?:说明|资料)?"
    rf"|{_OF_NETWORK}.{{0,4}}(?:结构|架构|部署|连接)(?:示意)?图"
    r"|(?:IP|网络|内网|主机|服务器)\s?(?:地址|网段|段)?(?:规划|分配|清单|台账)(?:一览)?(?:表|图)?|地址(?:规划|分配)(?:清单|表)?"
    r"|topology|network[ _-]?diagram)"
    r"(?:的?(?:封面|首页|扉页|结论|签字|盖章|节选|摘录|摘要|部分|关键|附录|正文|页|和|及|与|、)+)?$",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile("绩效|政务公开|满意度|无障碍|适老|性能|功能|软件|内容|服务|普查|信用|心理|第三方")
_OF_SECURITY = re.compile("等级|等保|安全")
_NOT_HERE = re.compile("不得|不要|请勿|切勿|勿|禁止|无需|不需|另存|另附|不随|未附|不附|从略|略去")
_TRIMMINGS = re.compile(
    r"(?:[（(\[【][^（(\[【）)\]】]{0,20}[）)\]】]|[\s_.·-]|[vV]?[0-9]{1,8}|[年月日号]|第[0-9]+页|终稿|定稿|最终|最新|正式|盖章"
    r"|扫描件|复印件|电子|影印件|副本|截图|照片|版|稿|final)$",
    re.IGNORECASE,
)
_ID_CARD = re.compile(r"身份证(?:号码?)?(?:正反面|正面|反面|复印|扫描|照片|图片|信息|材料|清单|统计|登记|表|件)*$")
_LOGIN_LIST = re.compile(
    r"(?:账号|帐号|账户|用户名?)[和及与、]?(?:口令|密码)(?:清单|明细|一览|统计|登记|记录|信息|表|单)*$"
)

_NUMBERED = re.compile(r"^\s*报告编号\s*[:：]", re.MULTILINE)
_ASSESSED = re.compile(r"测评机构|被测(?:单位|对象|系统)|等级测评结论")
_HEAD = 6_000
"""Characters in which a document says what it is."""

_TITLE_LINES = 12
"""Lines of a cover: unit, title, number, dates."""

_LONGEST_TITLE = 60
_CONTENTS = re.compile(
    r"目[\s\u3000]*[录次]|contents|第[一1]\s*[章节条部]|[一1]\s*[、.．]\s*\S|前\s*言|摘\s*要", re.IGNORECASE
)
_OTHER_TITLE = re.compile(
    r"(?:预案|方案|制度|办法|规定|规程|细则|规范|流程|手册|指南|标准|合同|协议|协议书|委托书|承诺书|通知|通报|通告|函|复函"
    r"|请示|批复|报告|总结|纪要|记录|记录表|登记表|证明|证书|备案表|说明|名册|名单|通讯录|清单|台账|表|计划|要点)$"
)


def named_fault(path: str) -> Fault | None:
    """Why a file must not be here by its name alone: an assessment report, a network diagram, an ID card, passwords."""
    name = path.rpartition("/")[2]
    stem = _trimmed(name.rpartition(".")[0] or name)
    if is_named_after_id(path) or _ID_CARD.search(stem):
        return Fault.RESIDENT_ID
    if _LOGIN_LIST.search(stem):
        return Fault.LOGIN
    return Fault.WORK_SECRET if _is_secret(stem) else None


def refusal(document: DocumentText) -> Fault | None:
    """Why a document must not stay here; None where nothing speaks against it."""
    text = f"{document.text}\n{document.unseen}"
    if bears_mark(document):
        return Fault.STATE_SECRET
    head = text[:_HEAD]
    if any(map(_is_secret, _titles(document))) or (_NUMBERED.search(head) and _ASSESSED.search(head)):
        return Fault.WORK_SECRET
    if holds_resident_id(text):
        return Fault.RESIDENT_ID
    return Fault.LOGIN if holds_login(text) else None


def _titles(document: DocumentText) -> Iterator[str]:
    """The lines with which a document says what it is; each sheet of a workbook does so for itself."""
    for number, part in enumerate(document.parts):
        if part.where is Where.SHEET:
            yield part.name
        if not number or part.where is Where.SHEET:
            yield from _title_lines(part.text[:_HEAD])


def _title_lines(text: str) -> Iterator[str]:
    """The lines at its head, up to the contents, the first chapter or sentence, or the title of something else."""
    lines = ("".join(line.split("\t")).strip() for line in text.splitlines() if line.strip())
    for line in islice(lines, _TITLE_LINES):
        if _CONTENTS.match(line) or "。" in line:
            return
        if _is_secret(line):
            yield line
        elif _OTHER_TITLE.search(_trimmed(line)):
            return


def _is_secret(title: str) -> bool:
    """Whether a title as a whole is that of an assessment report, a diagram or a list of addresses."""
    if len(title) > _LONGEST_TITLE or _NOT_HERE.search(title):
        return False
    found = _IS_SECRET.search(_trimmed(title))
    if found is None or re.search("[，。；,;：:]", title[: found.start()]):
        return False
    return bool(_OF_SECURITY.search(title)) or not ("测评" in found[0] and _OF_SOMETHING_ELSE.search(title))


def _trimmed(title: str) -> str:
    """A title without what people hang behind it: dates, versions, 盖章版, 扫描件."""
    title = title.strip()[-200:]
    while (bare := _TRIMMINGS.sub("", title)) != title:
        title = bare
    return title
