"""A site as a table of pages, gathered as the inspection does: level by level, then the checks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Formatter

import pytest

import xuncha_plugins.interaction as plugin
from xuncha.api import Crawl, LinkSource, LinkTarget, Page, PageRecord, Site, SiteKind
from xuncha.metadata import PluginMeta, load_checks
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page
from xuncha.testing import gather, judge
from xuncha_plugins.interaction import activities, channel, letter_checks, letters

NOW = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
PROBES = (letters.LettersSeen, channel.AddressesSeen, activities.ActivitiesSeen)
CHECKS = {
    value.__xuncha__.id: value
    for module in (channel, letter_checks, activities)
    for value in vars(module).values()
    if hasattr(value, "__xuncha__") and hasattr(value.__xuncha__, "wants")
}
ENTRIES = (("首页", "/"), ("政务公开", "/gk/"), ("互动交流", "/hd/"))
MENU = '<ul class="nav">' + "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in ENTRIES) + "</ul>"
WORDS = "<p>" + "本局认真落实各项工作部署，扎实推进重点任务。" * 20 + "</p>"


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def crawled(bodies: dict[str, bytes | str], home: str) -> list[Page]:
    """The pages in the order of a crawl, with their levels; ``bodies`` by absolute URL."""
    seen, pages, waiting = {home}, [], [(home, 0, "", "")]
    while waiting:
        url, level, parent, words = waiting.pop(0)
        if url not in bodies:
            continue
        body = bodies[url]
        data = body.encode() if isinstance(body, str) else body
        pages.append(parse_page(data, url=url, depth=level, parent=parent, link_text=words))
        for link in pages[-1].links:
            if link.kind in ("a", "area", "iframe", "frame") and link.target not in seen:
                seen.add(link.target)
                waiting.append((link.target, level + 1, url, link.text))
    return pages


def crawl_of(pages: list[Page], bodies, home: str, *, complete: bool = True) -> Crawl:
    sources = defaultdict(list)
    for page in pages:
        for link in page.links:
            if link.target:
                sources[link.target, link.use].append(LinkSource(page.url, link.text, link.line, page.depth))
    targets = tuple(
        LinkTarget(url, use, _host(url) == _host(home), tuple(found[:20]), len(found), found[0].depth == 0)
        for (url, use), found in sources.items()
    )
    records = [
        PageRecord(page.url, page.url, page.depth, 200, title=page.title, words=len(page.text), scripted=page.scripted)
        for page in pages
    ]
    got = {page.url for page in pages}
    records += [
        PageRecord(one.url, one.url, 1, 404)
        for one in targets
        if one.internal and one.url not in got and one.use.value == "page" and one.url not in bodies
    ]
    return Crawl(home, tuple(records), targets, len(records) * (1 if complete else 3), complete=complete)


@dataclass
class Gathered:
    """What was gathered of a site; ``said(check)`` judges it and holds the findings against the texts."""

    site: Site
    facts: tuple[object, ...]
    crawl: Crawl
    texts: PluginMeta

    def fact(self, kind):
        return next(fact for fact in self.facts if isinstance(fact, kind))

    def outcome(self, check: str, **params: object):
        function = CHECKS[check]
        given = function.__xuncha__.params(**params) if params else None
        found = judge(function, *self.facts, params=given, site=self.site, crawl=self.crawl)
        for one in found.findings:
            text = self.texts.checks[check].text.messages[one.key]
            assert {name for _, name, _, _ in Formatter().parse(text.zh) if name} == set(one.params), one.key
        return found

    def said(self, check: str, **params: object):
        outcome = self.outcome(check, **params)
        return outcome.status.value, [one.key for one in outcome.findings]


@pytest.fixture(scope="session")
def texts() -> PluginMeta:
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture(scope="session")
def checks():
    """The plugin's checks by their ids."""
    return CHECKS


@pytest.fixture(scope="session")
def now():
    """The moment of the inspection, a Friday."""
    return NOW


@pytest.fixture(scope="session")
def gathered(texts):
    """Gather a site from its pages, by absolute URL."""

    def run(bodies, site=SITE, *, complete=True, now=NOW) -> Gathered:
        pages = crawled(bodies, site.home)
        facts = tuple(gather(probe, *pages, site=site, now=now) for probe in PROBES)
        return Gathered(site, facts, crawl_of(pages, bodies, site.home, complete=complete), texts)

    return run


@pytest.fixture(scope="session")
def html():
    """A page of the usual template: menu, breadcrumb, content."""

    def make(body: str, *, title: str = "示例局", trail: tuple[tuple[str, str], ...] = (), head: str = "") -> str:
        steps = " &gt; ".join(f'<a href="{url}">{name}</a>' if url else name for name, url in trail)
        place = f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; {steps}</div>' if steps else ""
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
            f"<body>{MENU}{place}{body}</body></html>"
        )

    return make


@pytest.fixture(scope="session")
def site_with(gathered, html):
    """A site whose home page leads to pages by their paths; to a mailbox unless ``home`` says otherwise."""

    def run(pages=None, *, home='<a href="/hd/jzxx/">局长信箱</a>', site=SITE, complete=True):
        bodies = {HOME: html(WORDS + home, title="示例局"), HOME + "gk/": html(WORDS), HOME + "hd/": html(WORDS)}
        bodies |= {HOME + path: body for path, body in (pages or {}).items()}
        return gathered(bodies, site, complete=complete)

    return run
