"""What every site says of itself: about us, contact, site map, accessibility, and the yearly report."""

from collections.abc import Iterator
from datetime import date

from xuncha.lab.columns import columns_of
from xuncha.lab.layout import INTERACTION_HUB, Setting, anchor, column_anchor, lines
from xuncha.lab.pieces import plain_page
from xuncha.lab.resource import Resource

REPORT = "/about/ndbb.html"
_PUBLISHED = (1, 20)


def report_link(setting: Setting) -> str:
    """The item for the home page."""
    if setting.has("freshness-report-missing"):
        return ""
    return f"<li>{anchor(REPORT, _report_title(setting))}</li>"


def _report_title(setting: Setting) -> str:
    return f"政府网站工作年度报表（{report_year(setting.now.date())}年度）"


def report_year(today: date) -> int:
    """The year of the newest report: that of last year is published on 20 January."""
    return today.year - (1 if (today.month, today.day) >= _PUBLISHED else 2)


def about_pages(setting: Setting, articles: int) -> Iterator[tuple[str, Resource]]:
    """The pages by path; ``articles`` are what the yearly report tells of."""
    identity = setting.identity
    texts = {
        "gywm": ("关于我们", _paragraphs(f"{setting.site.name}发布政务信息，提供办事服务，回应公众关切。")),
        "lxwm": ("联系我们", _paragraphs(f"地址：{identity.address}", f"电话：{identity.telephone}", "邮编：000000")),
        "wzdt": ("网站地图", _columns(setting)),
        "wza": ("无障碍声明", _paragraphs("本网站支持键盘操作和读屏软件，页面文字可以用浏览器放大。")),
        "ndbb": (_report_title(setting), _report(setting, articles)),
    }
    gone = {
        "ndbb": "freshness-report-missing",
        "wzdt": "site-map-missing",
        "wza": "accessibility-missing",
        "lxwm": "contact-missing",
    }
    for name, (title, body) in texts.items():
        if not setting.has(gone.get(name, "")):
            published = _published(setting) if name == "ndbb" else ""
            yield f"/about/{name}.html", plain_page(setting, title, body, published=published)


def _paragraphs(*texts: str) -> str:
    return lines(f"<p>{text}</p>" for text in texts)


def _columns(setting: Setting) -> str:
    columns = (column_anchor(setting, column) for column in columns_of(setting.site))
    return lines(f"<p>{link}</p>" for link in (*columns, anchor(INTERACTION_HUB, "互动交流"), _about_us()))


def _about_us() -> str:
    return anchor("/about/gywm.html", "关于我们")


def _published(setting: Setting) -> str:
    return f"{report_year(setting.now.date()) + 1}-01-20 10:00"


def _report(setting: Setting, articles: int) -> str:
    year = report_year(setting.now.date())
    rows = (
        ("填报单位", setting.site.sponsor),
        ("信息发布总数", f"{articles * 12}条"),
        ("办事服务事项", "6项，可全程在线办理6项"),
        ("留言收到数量／办结数量", "36条／36条"),
        ("安全检测评估次数／应急演练", "4次／已开展"),
    )
    table = lines(f"<tr><th>{name}</th><td>{text}</td></tr>" for name, text in rows)
    told = f"<p>发布时间：{_published(setting)}</p>\n<p>填报日期：{year + 1}年1月15日</p>"
    return f'{told}\n<table class="guide">\n{table}\n</table>'
