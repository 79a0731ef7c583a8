"""Service guides (办事指南) with all their elements, as a table or under headings, and what they lead to."""

from collections.abc import Iterator
from html import escape

from xuncha.lab.attachments import FORMS, form_path
from xuncha.lab.blunders import SYSTEM
from xuncha.lab.columns import SERVICES, Article, page_path
from xuncha.lab.layout import Setting, anchor, lines
from xuncha.lab.pieces import framed, plain_page
from xuncha.lab.resource import Resource

PLATFORM = "zwfw.sheng.gov.example"
"""The host of the province's unified platform (一体化政务服务平台)."""

_ONLINE = "/wsbs/apply.html"
_ONLINE_GONE = "/wsbs/2019/apply.html"
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")
_LEFT_OUT = {"设定依据", "收费标准", "办理时限", "办理地点", "联系电话", "咨询投诉渠道"}


def service_links(setting: Setting) -> tuple[tuple[str, str], ...]:
    """The online systems that the home page links to."""
    return ((SYSTEM, "网上预约系统"), (_ONLINE, "网上申报"), (f"{setting.outside(PLATFORM)}/", "省政务服务网"))


def guide(setting: Setting, article: Article) -> Resource:
    """The guide of a service; every second one comes under headings instead of in a table."""
    elements = tuple(_shown(setting, article))
    body = _table(elements) if article.index % 2 == 0 else _headings(elements)
    return framed(setting, article, f"{article.title}办事指南", body)


def _shown(setting: Setting, article: Article) -> Iterator[tuple[str, str]]:
    """The elements in markup; the newest guide carries the faults."""
    faulty = article.index == 0
    for name, text in _elements(setting, article, catch_all=faulty and setting.has("guide-catch-all")):
        if not (faulty and setting.has("guide-incomplete") and name in _LEFT_OUT):
            yield name, escape(text)
    files = "　".join(anchor(form_path(article, ending), f"{article.title}{name}") for name, ending in FORMS)
    yield "表格下载", files
    entry = _ONLINE_GONE if faulty and setting.has("guide-online-dead") else _ONLINE
    yield "网上办理", f"本事项可网上全程办理。{anchor(f'{entry}?item={article.number}', '在线办理')}"


def _elements(setting: Setting, article: Article, *, catch_all: bool) -> tuple[tuple[str, str], ...]:
    site = setting.site
    materials = "1. 申请表（原件1份）；2. 身份证明（复印件1份）；3. 场地或者收入证明（原件核验）"
    return (
        ("事项名称", article.title),
        ("设定依据", "《示例区公共服务设施管理办法》第十二条"),
        ("申请条件", "在本区依法登记的单位，或者具有本区户籍（居住证）的个人"),
        ("办理材料", materials + "；4. 法律法规规定的其他材料" if catch_all else materials),
        ("办理流程", "申请→受理→审查→决定→送达"),
        ("办理时限", "法定时限20个工作日，承诺时限5个工作日"),
        ("收费标准", "不收费"),
        ("办理机构", site.sponsor),
        ("办理地点", f"示例区中心路1号示例区政务服务中心二楼{site.serial}号窗口"),
        ("办理时间", "周一至周五（法定节假日除外）9:00—12:00，13:30—17:00"),
        ("联系电话", f"0000-880000{site.serial:02}"),
        ("咨询投诉渠道", "咨询电话0000-88000010，监督投诉电话0000-88000011，也可在本网站信箱留言"),
    )


def _table(elements: tuple[tuple[str, str], ...]) -> str:
    rows = (f"<tr><th>{name}</th><td>{markup}</td></tr>" for name, markup in elements)
    return f'<table class="guide">\n{lines(rows)}\n</table>'


def _headings(elements: tuple[tuple[str, str], ...]) -> str:
    return lines(
        f"<p><strong>{_CHINESE[number]}、{name}</strong></p>\n<p>{markup}</p>"
        for number, (name, markup) in enumerate(elements)
    )


def service_pages(setting: Setting) -> Iterator[tuple[str, Resource]]:
    """The online systems of the site itself: applications and bookings."""
    up = (page_path(setting.site, SERVICES), SERVICES.name)
    apply = "<p>请选择申报事项，登录后填写申请。用户登录由省统一身份认证平台提供。</p>"
    yield _ONLINE, plain_page(setting, "网上申报", apply, up)
    book = (
        f'<form action="{SYSTEM}" method="get"><p>预约日期：<input type="text" name="day" maxlength="10">'
        '<input type="submit" value="查询余号"></p></form>'
    )
    yield SYSTEM, plain_page(setting, "网上预约系统", book, up)
