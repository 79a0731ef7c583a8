"""Pages with headers, and a judge that also holds findings against the texts."""

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

import xuncha_plugins.headers as plugin
from xuncha.api import Crawl, LinkTarget, LinkUse, Page, PageRecord, Site, SiteKind
from xuncha.metadata import PluginMeta, load_checks
from xuncha.model.outcome import Outcome
from xuncha.page import parse_page
from xuncha.testing import gather, judge
from xuncha_plugins.headers.facts import Answers, Resources
from xuncha_plugins.headers.loading import ResourcesSeen
from xuncha_plugins.headers.sampling import AnswersSeen

HOME = "https://www.a.gov.cn/"
PROBES = {Answers: AnswersSeen, Resources: ResourcesSeen}


@pytest.fixture(scope="session")
def texts() -> PluginMeta:
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture(scope="session")
def site() -> Site:
    """The site as the inventory has it."""
    return Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """A page from its headers, one ``Name: value`` to a line, and from markup."""

    def make(headers: str = "", body: str = "", *, path: str = "", url: str = HOME, depth: int = 0) -> Page:
        fields = [tuple(map(str.strip, line.split(":", 1))) for line in headers.strip().split("\n") if line.strip()]
        html = f"<!DOCTYPE html><head><meta charset=utf-8><title>示例局</title></head><body>{body}</body>"
        return parse_page(html.encode(), url=url + path, headers=fields, depth=depth or int(bool(path)))

    return make


@pytest.fixture(scope="session")
def crawled() -> Callable[..., Crawl]:
    """The crawl that the pages belong to; ``parts`` are URLs of frames, ``notices`` of notices."""

    def make(*pages: Page, parts: tuple[str, ...] = (), notices: tuple[str, ...] = (), bare: bool = False) -> Crawl:
        records = tuple(
            PageRecord(
                one.requested,
                one.url,
                one.depth,
                200,
                part_of=HOME if one.url in parts else "",
                marks=("soft-404:missing-zh",) if one.url in notices else (),
            )
            for one in pages
        )
        onward = () if bare else (LinkTarget(HOME + "next.html", LinkUse.PAGE, True, (), 1),)
        return Crawl(HOME, records, onward, len(pages), complete=True)

    return make


@pytest.fixture(scope="session")
def judged(texts, site, crawled) -> Callable[..., Outcome]:
    """The outcome of a check over pages; every message it used must be in the texts, with all its values."""

    def run(check, *pages: Page, crawl: Crawl | None = None, on: Site = site) -> Outcome:
        wanted = next(PROBES[kind] for kind in check.__annotations__.values() if kind in PROBES)
        outcome = judge(check, gather(wanted, *pages, site=on), site=on, crawl=crawl or crawled(*pages))
        messages = texts.checks[outcome.check].text.messages
        for found in outcome.findings:
            names = {name for _, name, _, _ in Formatter().parse(messages[found.key].zh) if name}
            assert names <= set(found.params), found.key
        return outcome

    return run


@pytest.fixture(scope="session")
def keys(judged) -> Callable[..., list[str]]:
    """The messages of what a check finds."""
    return lambda check, *pages, **more: [found.key for found in judged(check, *pages, **more).findings]
