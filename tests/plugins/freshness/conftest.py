"""A site as a table of pages, gathered as the inspection does: level by level, then the probes, then the checks."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import xuncha_plugins.freshness as plugin
from xuncha.api import Crawl, PageRecord, Past, Site, SiteKind
from xuncha.metadata import PluginMeta, load_checks
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page
from xuncha.testing import FakeNet, judge
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.freshness import article_checks, column_checks, home_checks, probes, reports
from xuncha_plugins.freshness.articles import ArticlesSeen, DoubtParams
from xuncha_plugins.freshness.columns import ColumnParams, ColumnsSeen
from xuncha_plugins.freshness.facts import Columns
from xuncha_plugins.freshness.reports import ReportsSeen

NOW = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)
HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
CHECKS = {
    value.__xuncha__.id: value
    for module in (home_checks, column_checks, article_checks, reports)
    for value in vars(module).values()
    if hasattr(value, "__xuncha__") and hasattr(value.__xuncha__, "wants")
}
_LED = ("a", "area", "iframe", "frame", "script-fragment")


def crawled(bodies: dict[str, bytes], site: Site, depth: int = 6) -> list[Any]:
    """The pages in the order of a crawl, with their levels; ``bodies`` by absolute URL."""
    seen, pages = {site.home}, []
    waiting = [(site.home, 0, "")]
    while waiting:
        url, level, parent = waiting.pop(0)
        if url not in bodies:
            continue
        page = parse_page(bodies[url], url=url, depth=level, parent=parent)
        pages.append(page)
        for link in page.links:
            inside = link.kind in ("iframe", "frame", "script-fragment")
            if link.kind in _LED and link.target not in seen and level < depth:
                seen.add(link.target)
                waiting.insert(0, (link.target, level, url)) if inside else waiting.append(
                    (link.target, level + 1, url)
                )
    return pages


@dataclass
class Gathered:
    """What was gathered of a site; ``outcome(check)`` judges it."""

    site: Site
    facts: dict[type, object]
    net: FakeNet
    asked: list[str] = field(default_factory=list)

    def fact(self, kind):
        return self.facts[kind]

    def outcome(self, check: str, **params: object):
        function = CHECKS[check]
        values = function.__xuncha__.params(**params)
        return judge(function, *self.facts.values(), params=values, site=self.site)

    def said(self, check: str, **params: object):
        outcome = self.outcome(check, **params)
        return outcome.status.value, [found.key for found in outcome.findings]


def gather(bodies, site=SITE, *, now=NOW, complete=True, past=None, answers=None) -> Gathered:
    past = past or {}
    clock = lambda: now  # noqa: E731
    pages = crawled(bodies, site)
    seen = [
        ColumnsSeen(site, ColumnParams(), clock, Past(past.get("columns", ()))),
        ArticlesSeen(site, DoubtParams(), clock, Past(past.get("articles", ()))),
        ReportsSeen(clock),
    ]
    for page in pages:
        for one in seen:
            one.visit(page)
    facts = {type(fact): fact for fact in (one.conclude() for one in seen)}
    records = tuple(PageRecord(page.url, page.url, page.depth, 200) for page in pages)
    facts[Crawl] = Crawl(site.home, records, (), len(records), complete=complete)
    net = FakeNet({**{url: reply(body) for url, body in bodies.items()}, **(answers or {}), "http*": status(404)})
    columns = facts[Columns]
    lists = asyncio.run(probes.scripted_lists(site, columns, probes.ListParams(), net))
    opened = asyncio.run(probes.opened_articles(site, facts[Crawl], columns, lists, probes.ArticleParams(), net))
    facts |= {type(lists): lists, type(opened): opened}
    return Gathered(site, facts, net, net.urls)


@pytest.fixture(scope="session")
def gathered():
    """Gather a site from its pages."""
    return gather


@pytest.fixture(scope="session")
def html():
    """A page of the usual template: menu, breadcrumb, content, footer."""
    return page_of


@pytest.fixture(scope="session")
def rows():
    """A list as TRS writes it, of one row for each date; None is a row without."""
    return rows_of


@pytest.fixture(scope="session")
def department():
    """A department's site with fresh columns; what is handed over replaces pages by their path."""

    return lambda changed=None: department_of(changed or {})


@pytest.fixture(scope="session")
def now():
    """The moment of the inspection."""
    return NOW


@pytest.fixture(scope="session")
def checks():
    """The plugin's checks by their ids."""
    return CHECKS


@pytest.fixture(scope="session")
def texts() -> PluginMeta:
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture(scope="session")
def article():
    """An article page as TRS writes it."""
    return article_of


@pytest.fixture(scope="session")
def ago():
    """The day so many days before the inspection."""
    return ago_of


MENU = (("首页", "/"), ("工作动态", "/xwdt/gzdt/"), ("通知公告", "/xwdt/tzgg/"), ("政策文件", "/zwgk/zcwj/"),
        ("人事信息", "/zwgk/rsxx/"), ("领导信息", "/zwgk/ldxx/"), ("互动交流", "/hdjl/"))  # fmt: skip


def page_of(content: str, title: str = "示例局", *, trail: tuple = (), head: str = "", menu: tuple = MENU) -> bytes:
    entries = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in menu)
    crumbs = " &gt; ".join(f'<a href="{path}">{name}</a>' if path else name for name, path in (("首页", "/"), *trail))
    way = f'<div class="position">当前位置：{crumbs}</div>' if trail else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="nav"><ul>{entries}</ul></div>{way}<div class="main">{content}</div>'
        '<div class="footer"><p>主办单位：示例局 网站标识码：3702020012</p><p>鲁ICP备12345678号-1</p>'
        '<a href="/about/map.html">网站地图</a></div></body></html>'
    ).encode()


def ago_of(days: int) -> date:
    return NOW.date() - timedelta(days=days)


def rows_of(*days: int | None, folder: str = "/xwdt/gzdt", pinned: int | None = None, dated_urls: bool = False) -> str:
    """``days`` before the inspection, None for a row without a date; row number ``pinned`` is marked 置顶."""
    items = []
    for number, age in enumerate(days):
        day = ago_of(age) if age is not None else None
        name = f"t{day:%Y%m%d}_{1000 + number}" if day and dated_urls else f"content_{1000 + number}"
        pin = '<em class="top">置顶</em>' if number == pinned else ""
        when = f'<span class="time">{day:%Y-%m-%d}</span>' if day and not dated_urls else ""
        title = f"示例区召开第{number}次重点工作推进会议研究部署有关事项"
        items.append(f'<li>{pin}<a href="{folder}/{name}.html" title="{title}">{title}</a>{when}</li>')
    return f'<ul class="list">{"".join(items)}</ul>'


def article_of(title: str, day: date | None = None, *, column=("工作动态", "/xwdt/gzdt/"), head: str = "") -> bytes:
    when = f"<span>发布时间：{day:%Y-%m-%d} 09:30</span> " if day else ""
    text = "".join(f"<p>{title}，会议强调要进一步落实责任、细化措施、加强督导，第{n}部分。</p>" for n in range(8))
    body = f'<h1>{title}</h1><p class="info">{when}<span>来源：办公室</span></p><div class="TRS_Editor">{text}</div>'
    return page_of(body, f"{title}_示例局", trail=(column, ("正文", "")), head=head)


COLUMNS = {
    "/xwdt/gzdt/": ("工作动态", (1, 4, 9)),
    "/xwdt/tzgg/": ("通知公告", (3, 40, 90)),
    "/zwgk/zcwj/": ("政策文件", (30, 100, 200)),
    "/zwgk/rsxx/": ("人事信息", (60, 200, 300)),
}


def department_of(changed: dict[str, bytes | None]) -> dict[str, bytes]:
    """The pages by absolute URL. ``changed`` is by path, with ``home`` for the home page; None leaves a page out."""
    lists = {
        path: page_of(rows_of(*days, folder=path.rstrip("/")), f"{name}_示例局", trail=((name, ""),))
        for path, (name, days) in COLUMNS.items()
    }
    blocks = "".join(
        f'<div class="box"><h2><a href="{path}">{name}</a></h2>{rows_of(*days, folder=path.rstrip("/"))}</div>'
        for path, (name, days) in COLUMNS.items()
    )
    leaders = "<p>张某某，局长，主持全面工作。</p><p>李某某，副局长，分管政务服务和信息化工作。</p>" * 3
    pages = {
        "/": page_of(blocks),
        **lists,
        "/zwgk/ldxx/": page_of(leaders, "领导信息_示例局", trail=(("领导信息", ""),)),
        "/hdjl/": page_of('<form action="/letter"><input name="a"></form>', "互动交流_示例局"),
    }
    pages |= {"/" if path == "home" else path: body for path, body in changed.items()}
    return {HOME.rstrip("/") + path: body for path, body in pages.items() if body is not None}
