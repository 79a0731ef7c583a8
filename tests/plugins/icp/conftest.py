"""Home pages with footers of every kind, and a judge that also holds findings against the texts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import xuncha_plugins.icp as plugin
from xuncha.api import Page, Site, SiteKind
from xuncha.metadata import PluginMeta, load_checks
from xuncha.model.outcome import Outcome
from xuncha.page import parse_page
from xuncha.testing import gather, judge
from xuncha_plugins.icp.collect import Collector

HOME = "http://www.a.gov.cn/"
FILING = '<a href="https://beian.miit.gov.cn/">鲁ICP备12345678号-1</a>'
POLICE = (
    '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=37020202000012">'
    '<img src="/g.png">鲁公网安备 37020202000012号</a>'
)
CODE = "网站标识码：3702020012"
MARK = f'<a href="//bszs.conac.cn/sitename?method=show&id={"A1" * 16}"><img src="//dcs.conac.cn/image/red.png"></a>'
REPORT = (
    '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3702020012&url=x">'
    '<img src="/jc.png" alt="找错"></a>'
)
METAS = (
    '<meta name="SiteName" content="示例局">'
    '<meta name="SiteDomain" content="www.a.gov.cn">'
    '<meta name="SiteIDCode" content="3702020012">'
)


@pytest.fixture(scope="session")
def texts() -> PluginMeta:
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture
def site() -> Site:
    """The site as the inventory has it."""
    return Site(
        "a",
        "示例局",
        (HOME,),
        sponsor="示例局",
        site_code="3702020012",
        icp="鲁ICP备12345678号",
        police="鲁公网安备37020202000012号",
        kind=SiteKind.DEPARTMENT,
    )


@pytest.fixture
def page() -> Callable[..., Page]:
    """A page from markup."""

    def make(body: str, url: str = HOME, depth: int = 0, head: str = METAS) -> Page:
        html = f"<!DOCTYPE html><head><meta charset=utf-8><title>示例局</title>{head}</head><body>{body}</body>"
        return parse_page(html.encode(), url=url, depth=depth)

    return make


@pytest.fixture
def home(page) -> Callable[..., Page]:
    """A home page with a whole footer; the arguments replace elements, empty ones leave them out."""

    def make(extra: str = "", *, head: str = METAS, sponsor: str = "主办单位：示例局", **changes: str) -> Page:
        parts = {"code": CODE, "filing": FILING, "police": POLICE, "mark": MARK, "report": REPORT} | changes
        footer = " ".join((sponsor, *parts.values()))
        return page(f"<p>{'今日要闻' * 100}</p>{extra}<footer>{footer}</footer>", head=head)

    return make


@pytest.fixture
def judged(texts, site) -> Callable[..., Outcome]:
    """The outcome of a check; every message it used must be in the texts, with all its values."""

    def run(check, *facts: object, on: Site = site, **keywords) -> Outcome:
        outcome = judge(check, *_read(facts, check), site=on, **keywords)
        messages = texts.checks[check.__xuncha__.id].text.messages
        for found in outcome.findings:
            text = messages[found.key]
            wanted = {name for _, name, _, _ in Formatter().parse(text.zh) if name}
            assert wanted == set(found.params), found.key
        return outcome

    return run


def _read(facts, check):
    """What checks over pages are handed: the pages themselves, or what was gathered from them."""
    pages = tuple(fact for fact in facts if isinstance(fact, Page))
    return facts if check.__xuncha__.per_page or len(pages) < len(facts) else (gather(Collector, *pages),)


@pytest.fixture
def of_kind(site) -> Callable[[SiteKind | None], Site]:
    """The same site, of another kind."""
    return lambda kind: replace(site, kind=kind)
