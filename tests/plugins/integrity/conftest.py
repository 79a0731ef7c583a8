"""A page of an office as its CMS makes it, visits to it, and what the checks say of them."""

from datetime import datetime, timedelta

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.prints import Approval, Baseline, BaselinePage, Seal, SealState
from xuncha.page import parse_page
from xuncha.testing import SITE, gather, judge
from xuncha.testing.judging import earlier
from xuncha_plugins.integrity.seen import PrintsTaken

URL = "http://www.a.gov.example/"
START = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)
NEWS = ("安全生产工作会议召开", "部署防汛抗旱工作", "义务教育招生公告", "部门预算公开", "公开招聘公告", "专项检查通报")
MENU = ("首页", "机构职能", "工作动态", "通知公告", "政策文件", "办事指南", "互动交流", "专题专栏")
FOOT = "主办：示例县教育局　京ICP备12345678号　网站标识码：1101000001"


def office(day=0, *, title="示例县教育局", head="", body="", foot=FOOT, menu=MENU, news=None):
    """The home page on a day: lists move on, counters count."""
    links = "".join(f'<li class="nav"><a href="/col/{at}.html">{name}</a></li>' for at, name in enumerate(menu))
    rows = "".join(
        f'<li><a href="/art/{day + at}.html">{name}（第{day + at}期）</a><span>2026-01-{at + 1:02}</span></li>'
        for at, name in enumerate(NEWS[day % 3 :] if news is None else news)
    )
    words = "<p>认真贯彻落实上级部署，加强统筹协调，完善工作机制，强化督促检查，确保各项任务落地见效。</p>" * 4
    return f"""<html><head><meta charset="utf-8"><title>{title}</title>
<script src="/js/jquery.js?v={day}"></script>{head}</head><body><ul id="menu">{links}</ul>
<div id="news">{rows}</div><div id="text">{words}</div>{body}
<div id="foot">{foot} 访问量：{10000 + 7 * day}</div></body></html>"""


def seen_as(html, url=URL, *, requested="", depth=0, encoding="utf-8"):
    return parse_page(html.encode(encoding), url=url, requested=requested, depth=depth, status=200)


def visit(*pages, day=0, past=None):
    moment = START + timedelta(days=day)
    return gather(PrintsTaken, *pages, now=moment, past=past)


def approved(prints, redesigns=()):
    pages = (BaselinePage(one, Approval("张三", START), prints.algorithms) for one in prints.pages)
    return Baseline(SITE.id, tuple(pages), Seal("h", 1, SealState.INTACT), tuple(redesigns))


def crawl_of(*pages, complete=True, **more):
    records = tuple(PageRecord(page.requested, page.url, page.depth, 200, **more) for page in pages)
    return Crawl(URL, records, (), len(records), complete=complete)


@pytest.fixture
def compared():
    """The outcome of a check over a page as it is now, after ``before`` was approved."""

    def compare(check, now, before=None, day=30, redesigns=(), past=None, **more):
        first = visit(seen_as(before or office()))
        page = seen_as(now)
        now = visit(page, day=day, past=past)
        return judge(check, now, approved(first, redesigns), crawl_of(page, **more), crawl=crawl_of(page, **more))

    return compare


@pytest.fixture
def history():
    """Visits on these days, each recalling the one before; gives the last."""

    def visits(*pages):
        past, last = None, None
        for day, html in enumerate(pages):
            last = visit(seen_as(html), day=day, past=past)
            past = earlier((START + timedelta(days=day), last))
        return last, past

    return visits


@pytest.fixture(scope="session")
def made():
    """The helpers of this file, for tests that put visits together themselves."""

    class Made:
        page = staticmethod(office)
        parsed = staticmethod(seen_as)
        visit = staticmethod(visit)
        approved = staticmethod(approved)
        crawl = staticmethod(crawl_of)

    return Made
