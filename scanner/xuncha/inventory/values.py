"""What people write into a cell, as a value. Each parser takes cleaned text and raises ``BadCell`` when it can't."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from ipaddress import ip_network
from pathlib import PurePosixPath
from typing import Any, TypeVar

from xuncha.config.errors import nearest, quoted
from xuncha.config.written import day_in
from xuncha.model.site import SiteKind, SiteStatus
from xuncha.model.text import Text
from xuncha.net.addresses import PRIVATE, is_private_range
from xuncha.net.target import BadUrl, Target

MAX_CELL = 2000

_T = TypeVar("_T")


class BadCell(ValueError):  # noqa: N818 - it says what it is
    """A cell that does not hold what its column is for."""

    def __init__(self, zh: str, en: str, hint: Text | None = None) -> None:
        super().__init__(en)
        self.text = Text(zh, en)
        self.hint = hint


_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_SIGNS = "=@+-\t\r"
_NUMBER = re.compile(r"[-+]?[\d,. ()-]*\d[\d,. ()-]*%?")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})


def clean(text: str) -> str:
    """``text`` without control and direction characters, without the signs that make a spreadsheet run it.

    Excel's way of keeping digits as text, ``="0532"``, is unwrapped; signed numbers keep their sign.
    """
    text = unicodedata.normalize("NFC", text)
    kept = "".join(char if unicodedata.category(char) not in _INVISIBLE else _blank(char) for char in text)
    kept = kept.strip()
    wrapped = _FORMULA_TEXT.fullmatch(kept)
    if wrapped:
        return wrapped[1].strip()
    return kept if _NUMBER.fullmatch(kept) else kept.lstrip(_SIGNS).strip()


def _blank(char: str) -> str:
    return char if char == "\n" else " " if char in "\t\r\v\f" else ""


NOTHING = frozenset({"", "无", "暂无", "没有", "-", "--", "—", "——", "/", "\\", "n/a", "na", "null", "none"})
"""What people write where there is nothing to write."""


def text(value: str) -> str:
    """One line of text."""
    if len(value) > MAX_CELL:
        raise BadCell(f"超过 {MAX_CELL} 个字符", f"longer than {MAX_CELL} characters")
    return " ".join(value.split())


_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


def code(value: str) -> str:
    """A number that identifies something; refused where a spreadsheet has rounded it."""
    if _SCIENTIFIC.fullmatch(value):
        hint = Text("请把该列设为文本格式后重新填写", "format the column as text and enter it again")
        raise BadCell(f"{value} 是科学计数法，尾数已丢失", f"{value} has lost its last digits", hint)
    return text(value)


_LIST_ENDS = re.compile(r"[\n；;、|]+")
_URL_ENDS = re.compile(r"[\s；、，|]+|[,;](?=\s*(?:https?:|www\.|$))")


def texts(value: str) -> tuple[str, ...]:
    """Several entries, one per line or parted by ； ; 、 or |."""
    return tuple(text(part.strip()) for part in _LIST_ENDS.split(value) if part.strip())


def urls(value: str) -> tuple[str, ...]:
    """One or more entries in their one spelling; without a scheme they are http."""
    parts = [part for part in _URL_ENDS.split(unicodedata.normalize("NFKC", value)) if part]
    return tuple(dict.fromkeys(url(part) for part in parts))


def url(value: str) -> str:
    """One http or https URL in its one spelling."""
    written = value if has_scheme(value) else f"http://{value}"
    try:
        target = Target.parse(written)
    except BadUrl:
        hint = Text("应写成 http://www.example.gov.cn/", "write http://www.example.gov.cn/")
        raise BadCell(f"不是网址：{quoted(value)}", f"not a web address: {quoted(value)}", hint) from None
    if "." not in target.host and ":" not in target.host and target.host != "localhost":
        hint = Text("应写成 http://www.example.gov.cn/", "write http://www.example.gov.cn/")
        raise BadCell(f"域名不完整：{quoted(value)}", f"not a full host name: {quoted(value)}", hint)
    return target.url


def has_scheme(value: str) -> bool:
    """Whether a URL was written with ``http://`` or the like."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:/", value) is not None


def choice(called: Mapping[str, _T]) -> Callable[[str], _T]:
    """A parser for one of several words; blanks, brackets and case don't matter."""
    plain = {_plain(word): value for word, value in called.items()}

    def parse(value: str) -> _T:
        found = plain.get(_plain(value))
        if found is None:
            raise BadCell(f"无法识别的取值：{quoted(value)}", f"unknown value: {quoted(value)}", nearest(value, called))
        return found

    return parse


def _plain(word: str) -> str:
    return re.sub(r"[\s_()（）-]", "", unicodedata.normalize("NFKC", word)).lower()


kind = choice(
    {kind.value: kind for kind in SiteKind}
    | dict.fromkeys(("门户", "门户网站", "政府门户", "政府门户网站"), SiteKind.PORTAL)
    | dict.fromkeys(("部门网站", "部门", "部门自建网站", "自建网站"), SiteKind.DEPARTMENT)
    | dict.fromkeys(("专题", "专题网站", "专栏"), SiteKind.TOPIC)
    | dict.fromkeys(("业务系统", "系统", "办事系统"), SiteKind.BUSINESS_SYSTEM)
    | dict.fromkeys(("事业单位", "事业单位网站"), SiteKind.PUBLIC_INSTITUTION)
    | dict.fromkeys(("学校医院", "学校", "医院"), SiteKind.SCHOOL_OR_HOSPITAL)
    | dict.fromkeys(("国企", "国有企业"), SiteKind.STATE_ENTERPRISE)
)

status = choice(
    {status.value: status for status in SiteStatus}
    | dict.fromkeys(("正常", "正常运行", "运行", "在用"), SiteStatus.NORMAL)
    | dict.fromkeys(("临时下线", "临时关停", "暂停"), SiteStatus.TEMPORARILY_OFFLINE)
    | dict.fromkeys(("例行维护", "维护", "维护中"), SiteStatus.MAINTENANCE)
    | dict.fromkeys(("永久下线", "关停", "已关停", "关闭", "已关闭"), SiteStatus.CLOSED)
)

_YES = ("是", "有", "对", "yes", "y", "true", "1", "√", "✓")
_NO = ("否", "无", "没有", "不", "no", "n", "false", "0", "×", "✗")
_ANSWERS = choice(dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no"))


def yes_or_no(value: str) -> bool:
    """是 or 否, in the ways people write them."""
    return _ANSWERS(value) == "yes"


def day(value: str) -> date:
    """A date such as 2026-08-05, 2026/8/5 or 2026年8月5日."""
    found = day_in(value)
    if found is None:
        hint = Text("应写成 2026-08-05", "write 2026-08-05")
        raise BadCell(f"不是日期：{quoted(value)}", f"not a date: {quoted(value)}", hint)
    return found


_COUNT = re.compile(r"(\d{1,3}(?:[,，]\d{3})+|\d{1,15})(?:\.0+)?|(\d{1,6}(?:\.\d{1,4})?)\s*万")
_WAN = 10_000


def count(value: str) -> int:
    """A whole number; 12,345 and 1.2万 are understood."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", value))
    if not found:
        raise BadCell(f"不是整数：{quoted(value)}", f"not a whole number: {quoted(value)}")
    return round(float(found[2]) * _WAN) if found[2] else int(re.sub("[,，]", "", found[1]))


_DAYS = re.compile(r"(\d{1,4})\s*(天|日|周|个月|月|年|days?|weeks?|months?|years?)?")
_UNITS = {"天": 1, "日": 1, "d": 1, "周": 7, "w": 7, "个": 30, "月": 30, "m": 30, "年": 365, "y": 365}


def days(value: str) -> int:
    """A deadline in days; 2周, 6个月 and 1年 are understood (months of 30 days)."""
    found = _DAYS.fullmatch(value.lower())
    if not found:
        raise BadCell(
            f"不是期限：{quoted(value)}", f"not a deadline: {quoted(value)}", Text("应写成“14天”", "write 14 days")
        )
    return int(found[1]) * _UNITS[(found[2] or "天")[0]]


_LEVELS = {sign: number for number, signs in enumerate(("一1", "二2", "三3", "四4", "五5"), 1) for sign in signs}


def protection_level(value: str) -> int | None:
    """等保级别, 1 to 5; None where the system has not been graded."""
    if value in {"未定级", "未备案"}:
        return None
    found = re.fullmatch(r"(?:等保)?第?([一二三四五1-5])级?(?:\.0)?", value)
    if not found:
        hint = Text("应写成“二级”或“2”", "write 2")
        raise BadCell(f"不是等保级别：{quoted(value)}", f"not a protection level: {quoted(value)}", hint)
    return _LEVELS[found[1]]


_OPENABLE = [str(each) for each in PRIVATE]
_PUBLIC = frozenset({"public", "公网", "互联网", "外网"})


def network(value: str) -> tuple[str, ...]:
    """Nothing for a site on the Internet; the private address ranges that may be reached for one that is not."""
    if value.lower() in _PUBLIC:
        return ()
    return tuple(_private_range(part) for part in re.split(r"[\s；;、，,|]+", value) if part)


def _private_range(value: str) -> str:
    try:
        found = ip_network(value, strict=False)
    except ValueError:
        hint = Text(
            "互联网网站留空；内网网站写地址段，例如 10.20.0.0/16", "leave empty, or write a range: 10.20.0.0/16"
        )
        raise BadCell(f"不是地址段：{quoted(value)}", f"not an address range: {quoted(value)}", hint) from None
    if not is_private_range(found):
        hint = Text(f"须在以下范围内：{'、'.join(_OPENABLE)}", f"a range within {', '.join(_OPENABLE)}")
        raise BadCell(f"{found} 不是内网地址段", f"{found} is no private range", hint)
    return str(found)


def endpoint(value: str) -> str:
    """``host`` or ``host:port`` to connect to instead of what DNS says."""
    if not re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/:@]+)(?::\d{1,5})?", value):
        hint = Text("应写成 10.20.0.5:8080", "write 10.20.0.5:8080")
        raise BadCell(f"不是主机和端口：{quoted(value)}", f"not a host and port: {quoted(value)}", hint)
    return value.lower()


def folder(value: str) -> str:
    """A folder below the evidence folder; never above it."""
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in value:
        hint = Text("只写 evidence 下的文件夹名", "name a folder below evidence/")
        raise BadCell(f"不能使用该路径：{quoted(value)}", f"this path can't be used: {quoted(value)}", hint)
    return text(str(path))


Parser = Callable[[str], Any]
