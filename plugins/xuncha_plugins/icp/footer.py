"""Who runs the website, how to reach them, where its maps lead: what a home page says of that. No judgement, no I/O."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from xuncha.api import Page
from xuncha_plugins.icp import formats
from xuncha_plugins.icp.elements import Element

FOOT = 1_500
"""Characters at the end of a home page that can be its footer; above it stand articles that may use the same words."""

_ORGANISATION = (
    r"[\u4e00-\u9fff]{2,30}(?:政府|局|委员会|委|办公室|办事处|办|厅|院|中心|所|站|队|会|部|处|联|协|署|海关|气象台"
    r"|[学党团]校|[大中小]学|幼儿园|馆|社|集团|公司)"
)
_HOLDS = rf"(?:版权所有|版权归|著作权|(?i:copyright)|©)[^\n]{{0,40}}?{_ORGANISATION}"
_HELD_BY = rf"{_ORGANISATION}(?:网站)?[^\S\n]{{0,3}}(?:版权所有|版权专有|保留所有|(?i:all rights))"
_LABELLED = re.compile(rf"[主开]\s?办\s?(?:(?:单\s?位|方|机构)\s*[:：]?|[:：])\s*({_ORGANISATION})")
_NAMED_BEFORE = re.compile(rf"({_ORGANISATION})[^\S\n]{{0,3}}[主开]办(?!单位|方|机构|\s*[:：])")
_NAMED_BEHIND = re.compile(rf"[主开]办\s*({_ORGANISATION})")

_OFFICE = r"(?:中心|局|办|科|处|股|室|厅|院|馆|站|所|部|委|集团|公司|团队)"
_CARE = r"(?:维护|运维|编辑|更新|制作|开发|保障|运营)"
_WORK = rf"(?:管理|建设|设计|{_CARE})"
_SIDES = r"(?:日常|具体|网站|网络|运行|技术|信息|内容){0,3}的?"
_DASH = r"[^\S\n]{0,2}[-‐-―−─~./]{0,2}[^\S\n]{0,2}"
_NUMBER = r"[2-9]\d{2,3}[- ]?\d{4}(?!\d)"
_TELEPHONE = (
    rf"(?<!\d)\(?0\d{{2,3}}(?:\)?{_DASH}{_NUMBER}|[)-]\s?12\d{{3}}(?!\d))"
    rf"|(?:\+|(?<!\d)00)86\)?{_DASH}(?:\(?0?[1-9]\d{{1,2}}\)?{_DASH}{_NUMBER}|1[3-9]\d{{9}}(?!\d))"
    r"|(?<!\d)[48]00(?:[- ]?\d){7}(?!\d)|(?<!\d)12345(?!\d)"
)
"""A number that needs no label to be known as one: with an area code, of a service line, the citizens' hotline."""

_ADDRESS = (
    r"[\u4e00-\u9fff](?:路|街|道|巷|弄|胡同|村)(?:[东南西北中]|[一二三四五六七八九十]段)?[^\S\n]?"
    r"\d{1,5}(?:-\d{1,4})?[^\S\n]?号"
)
_WORDS = {
    Element.SPONSOR: re.compile(rf"[主开]办|主管(?:单位|部门)|(?i:sponsor(?:ed by)?\s*:)|{_HOLDS}|{_HELD_BY}"),
    Element.UNDERTAKER: re.compile(
        r"承办|协办|承建|代维|(?:运行|运营)(?:维护|管理|保障|单位)|运维|技术(?:支持|支撑|保障|服务|维护|指导|开发)"
        rf"|(?:维护|管理|制作|建设|开发|设计|编辑|更新)\s*[:：]|{_WORK}(?:单位|部门|机构)"
        rf"|(?:网站|日常){_WORK}|(?:信息|内容|后台){_WORK}\s*[:：]"
        rf"|{_OFFICE}(?:{_SIDES}{_CARE}|(?:负责|承担){_SIDES}{_WORK})(?![\u4e00-\u9fff])"
        r"|(?i:powered by|technical support|maintained by|designed by)"
    ),
    Element.CONTACT: re.compile(
        r"联系(?:电话|方式|我们|人)|联络|电话|总机|座机|值班室|热线|传真|邮箱|信箱|地址|邮编|邮政编码"
        rf"|(?i:e-?mail|\btel\b|telephone|\bphone\b|\bfax\b|\badd(?:ress)?\b\s*:)|[\w.+-]{{1,64}}@[\w-]{{1,63}}\.\w"
        rf"|{_TELEPHONE}|{_ADDRESS}"
    ),
    Element.COPYRIGHT: re.compile(
        r"版权|著作权|保留所有权利|©|(?i:copyright|\(c\)\s?(?:19|20)\d\d|all rights reserved)"
    ),
}
_LABELS = {
    Element.SPONSOR: re.compile(r"[主开]办(?:单位|方)?\s?[:：]"),
    Element.UNDERTAKER: re.compile(r"承办(?:单位|方)?\s?[:：]|(?:运维|技术支持)(?:单位)?\s?[:：]"),
    Element.CONTACT: re.compile(r"(?:联系|值班|办公室?|总机)电话\s?[:：]|总机\s?[:：]"),
}
"""What says it wherever it stands: below a footer may stand a long list of other websites."""

_CLICKED = {
    Element.CONTACT: re.compile(r"联系(?:我们|方式|电话)|(?i:contact)"),
    Element.SITE_MAP: re.compile(
        r"(?:网站|站点|本站)(?:地图|结构图?)|地图导航|导航地图|(?:网站|站点|全站)导航|(?i:site\s?map)"
    ),
    Element.ACCESSIBILITY: re.compile(
        r"无障碍|适老|长者|关怀版|关爱版|长辈版|助老|敬老|老年|大字版|读屏|辅助(?:工具|浏览|阅读)"
        r"|(?i:accessib|barrier[- ]?free)"
    ),
}
_TOOLBARS = re.compile(r"(?i)wza|wuzhangai|accessib|barrier-?free|esd_?toolbar|canyou")
HINTS: Mapping[Element, re.Pattern[str]] = MappingProxyType(
    {**_CLICKED, **_WORDS, Element.CONTACT: re.compile(r"联系|电话|总机|邮编|地址|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")}
)
"""What stands in a script that may write the element, or in the words for a picture that may show it."""


def said(page: Page, text: str) -> tuple[Element, ...]:
    """The elements that a home page shows; ``text`` is its visible text, plain."""
    return tuple(dict.fromkeys([*_said(page, text[-FOOT:]), *_labelled(formats.closed_up(text))]))


def sponsor(text: str) -> str:
    """The name of the sponsor in plain text, behind its label or before the word; empty where there is none."""
    foot = text[-FOOT:]
    found = _LABELLED.search(foot) or _NAMED_BEFORE.search(foot) or _NAMED_BEHIND.search(foot)
    return found[1].rpartition("由")[2] if found else ""


def _labelled(text: str) -> Iterator[Element]:
    yield from (element for element, label in _LABELS.items() if label.search(text))


def _said(page: Page, foot: str) -> Iterator[Element]:
    both = f"{foot}\n{formats.closed_up(foot)}"
    yield from (element for element, words in _WORDS.items() if words.search(both))
    clicked = formats.plain("\n".join(link.text for link in page.links if link.text))
    yield from (element for element, words in _CLICKED.items() if words.search(formats.closed_up(clicked)))
    if "无障碍" in page.text or any(_TOOLBARS.search(script.src) for script in page.scripts):
        yield Element.ACCESSIBILITY
