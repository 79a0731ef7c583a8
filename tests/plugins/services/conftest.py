"""A small site as a table of pages, gathered as the inspection does: pages, then what they link to, then the probes."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import xuncha_plugins.services as plugin
from xuncha.api import Crawl, LinkSource, LinkTarget, LinkUse, PageRecord, Site, SiteKind
from xuncha.metadata import load_checks
from xuncha.page import parse_page
from xuncha.testing import FakeNet, gather, judge
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.services import download_checks, guide_checks, online_checks, search_checks
from xuncha_plugins.services.downloads import FileParams, file_answers
from xuncha_plugins.services.entries import EntryParams, entry_answers
from xuncha_plugins.services.functions import FunctionsSeen
from xuncha_plugins.services.guides import GuidesSeen
from xuncha_plugins.services.searching import SearchParams, search_answers

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
MODULES = (search_checks, download_checks, online_checks, guide_checks)
CHECKS = {
    value.__xuncha__.id: value
    for module in MODULES
    for value in vars(module).values()
    if hasattr(value, "__xuncha__") and value.__module__ == module.__name__
}
FOOTER = (
    '<div class="footer"><p>主办：示例区示例局</p><p>地址：示例路1号　电话：0000-88000000</p>'
    "<p>鲁ICP备12345678号-1 网站标识码3702020012</p></div>"
)


@dataclass
class Inspected:
    """What was gathered of a site, and what its checks say of it."""

    crawl: Crawl
    facts: tuple[object, ...]
    net: FakeNet
    site: Site = SITE
    asked: list[str] = field(default_factory=list)

    def fact(self, kind):
        return next(fact for fact in self.facts if isinstance(fact, kind))

    def outcome(self, check):
        return judge(CHECKS[f"services.{check}"], *self.facts, self.crawl, site=self.site, crawl=self.crawl)

    def said(self, check):
        """The status, and what is found, or why nothing could be told."""
        outcome = self.outcome(check)
        keys = [found.key for found in outcome.findings]
        return outcome.status.value, keys or (outcome.reason and outcome.reason.code.value)


def _page(markup, url, depth, *, title, footer, encoding="utf-8", link_text=""):
    body = (
        f'<html><head><meta charset="{encoding}"><title>{title}</title></head><body>{markup}{footer}</body></html>'
    ).encode(encoding)
    return parse_page(body, url=url, depth=depth, link_text=link_text)


def _targets(pages):
    found = {}
    for page in pages:
        for link in page.links:
            if link.target:
                found.setdefault(link.target, []).append(link)
    return tuple(
        LinkTarget(
            url,
            links[0].use,
            url.startswith(HOME),
            tuple(LinkSource(link.page, link.text, link.line, link.depth) for link in links[:20]),
            len(links),
            any(link.depth == 0 for link in links),
        )
        for url, links in found.items()
        if links[0].use is not LinkUse.FORM
    )


def inspect(pages, answers=None, *, names=None, site=SITE, complete=True, records=(), **crawl_values):
    seen = tuple(PageRecord(p.url, p.url, p.depth, 200, words=len(p.text), scripted=p.scripted) for p in pages)
    known = len(seen) + len(records) + (0 if complete else 50)
    crawl = Crawl(HOME, (*seen, *records), _targets(pages), known, complete, **crawl_values)
    functions, guides = gather(FunctionsSeen, *pages, site=site), gather(GuidesSeen, *pages, site=site)
    net = FakeNet({**(answers or {}), "http*": status(404)}, names={"www.gov.cn": ("192.0.2.80",), **(names or {})})
    search = asyncio.run(search_answers(crawl, functions, SearchParams(), net))
    files = asyncio.run(file_answers(crawl, FileParams(pause=0), net))
    entries = asyncio.run(entry_answers(site, crawl, functions, guides, EntryParams(pause=0), net))
    return Inspected(crawl, (functions, guides, search, files, entries), net, site, net.urls)


@pytest.fixture
def inspected():
    """Gather and ask; answers by absolute URL as in ``FakeNet``, whatever else is asked answers 404."""
    return inspect


@pytest.fixture
def page():
    """A page of a site, below the home page unless said otherwise."""

    def make(markup, path="xwdt/1.html", depth=2, *, title="示例局", footer=FOOTER, **values):
        return _page(markup, HOME + path, depth, title=title, footer=footer, **values)

    return make


@pytest.fixture
def home(page):
    """A home page with enough words to be one."""

    def make(markup, **values):
        return page(f'{markup}<p><a href="/xwdt/">工作动态</a></p><p>{"政务信息" * 100}</p>', "", 0, **values)

    return make


@pytest.fixture
def article(page):
    """An article as TRS writes it."""

    def make(title, number=1, date="2026-10-08", **values):
        path = f"xwdt/{date[:4]}{date[5:7]}/t{date.replace('-', '')}_{number}.html"
        text = "会议传达学习了上级有关文件精神，通报了前一阶段工作进展情况，对下一步工作作出安排部署。" * 3
        markup = (
            f"<h1>{title}</h1><p>发布时间：{date} 09:30　来源：示例局</p>"
            f'<div class="TRS_Editor"><p>{text}</p><p>{text}</p></div>'
        )
        return page(markup, path, title=f"{title}_示例局", **values)

    return make


@pytest.fixture(scope="session")
def texts():
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture(scope="session")
def checks():
    """The plugin's checks by their ids."""
    return CHECKS


@pytest.fixture(scope="session")
def answered():
    """A page that answers."""
    return lambda markup, title="搜索结果", **values: reply(
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{markup}</body></html>', **values
    )
