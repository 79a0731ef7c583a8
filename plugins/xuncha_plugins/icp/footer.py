"""Who runs the website, how to reach them, where its maps lead: what a home page says of that. No judgement, no I/O."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from xuncha.api import Page
from xuncha_plugins.icp.elements import Element

FOOT = 1_500
"""Characters at the end of a home page that can be its footer; above it stand articles that may use the same words."""

_ORGANISATION = (
    r"[\u4e00-\u9fff]{2,30}(?:政府|局|委员会|委|办公室|办|厅|院|中心|所|站|队|会|部"
    r"|[学党团]校|[大中小]学|幼儿园|馆|社|集团|公司)"
)
_SPONSOR = re.compile(rf"[主开]办(?:单位|方)?\s*[:：]?\s*({_ORGANISATION})")
_WORDS = {
    Element.SPONSOR: re.compile(
        rf"[主开]办|主管(?:单位|部门)|(?:版权所有|版权归|(?i:copyright)|©)[^\n]{{0,40}}?{_ORGANISATION}"
    ),
    Element.UNDERTAKER: re.compile(
        r"承办|协办|承建|(?:运行|运营)(?:维护|管理)|运维|技术(?:支持|保障|服务)|(?:维护|管理)\s*[:：]"
        r"|(?:制作|建设|开发|设计|编辑|维护|管理)单位|网站(?:建设|编辑|维护|管理)"
    ),
    Element.CONTACT: re.compile(
        r"联系(?:电话|方式|我们|人)|电\s*话|热线|传真|邮箱|信箱|地\s*址|邮\s*编|邮政编码|(?i:e-?mail|\btel\b)"
        r"|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"
    ),
    Element.COPYRIGHT: re.compile(r"版权|著作权|©|(?i:copyright|all rights reserved)"),
}
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
    {**_CLICKED, **_WORDS, Element.CONTACT: re.compile(r"联系|电话|邮编|地址")}
)
"""What an inline script mentions that may write the element."""


def said(page: Page, text: str) -> tuple[Element, ...]:
    """The elements that a home page shows; ``text`` is its visible text with half-width letters."""
    return tuple(dict.fromkeys(_said(page, text[-FOOT:])))


def sponsor(text: str) -> str:
    """The name after 主办单位; empty where there is none."""
    found = _SPONSOR.search(text[-FOOT:])
    return found[1] if found else ""


def _said(page: Page, foot: str) -> Iterator[Element]:
    yield from (element for element, words in _WORDS.items() if words.search(foot))
    clicked = " ".join(link.text for link in page.links if link.text)
    yield from (element for element, words in _CLICKED.items() if words.search(clicked))
    if "无障碍" in page.text or any(_TOOLBARS.search(script.src) for script in page.scripts):
        yield Element.ACCESSIBILITY
