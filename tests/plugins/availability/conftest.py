"""Visits, crawls and a clock for the tests of the availability plugin."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from xuncha.api import Crawl, LinkTarget, LinkUse, PageRecord, Site
from xuncha_plugins.availability.facts import HomeVisits, SecondVisits, Visit

HOME = "http://www.a.gov.example/"
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def site() -> Site:
    return Site("a", "示例局", (HOME,))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOON


@pytest.fixture
def visit() -> Callable[..., Visit]:
    """A visit some hours after noon; it opened, unless told otherwise."""

    def make(hours: float = 0, *, url: str = HOME, **what) -> Visit:
        status = 0 if "reason" in what else 200
        return Visit(url, NOON + timedelta(hours=hours), **({"status": status, "seconds": 0.2} | what))

    return make


@pytest.fixture
def home() -> Callable[..., HomeVisits]:
    return lambda *visits, **what: HomeVisits(HOME, visits, **what)


@pytest.fixture
def page() -> Callable[..., PageRecord]:
    """A page of the second level that opened, unless told otherwise."""

    def make(path: str, depth: int = 1, *, status: int = 200, **what) -> PageRecord:
        url = HOME + path
        given = {"bytes": 9000, "words": 900, "seconds": 0.2, "parent": HOME if depth else ""} | what
        return PageRecord(url, url, depth, status, **({"media_type": "text/html"} | given))

    return make


@pytest.fixture
def crawl(page) -> Callable[..., Crawl]:
    """A complete crawl of a sound home page, which links into the site, and ``pages``."""

    def make(*pages: PageRecord, front: PageRecord | None = None, **what) -> Crawl:
        records = (front or page("", 0), *pages)
        given = {"known": len(records), "complete": True} | what
        column = LinkTarget(f"{HOME}gk/", LinkUse.PAGE, internal=True, sources=(), sources_total=1)
        return Crawl(HOME, records, (column,), **given)

    return make


@pytest.fixture
def again(visit) -> Callable[..., SecondVisits]:
    """Later visits: (path, status) pairs."""
    return lambda *found: SecondVisits(tuple(visit(url=HOME + path, status=status) for path, status in found))
