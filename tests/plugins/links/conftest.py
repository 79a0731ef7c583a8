"""Small crawls and answers to judge links by."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.model.crawl import Crawl, LinkSource, LinkTarget, LinkUse, PageRecord
from xuncha.page import parse_page
from xuncha.testing import SITE, FakeNet
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.links.facts import LinkAnswers
from xuncha_plugins.links.probes import AnswerParams, link_answers

HOME = "http://www.a.gov.example/"
HOME_RECORD = PageRecord(HOME, HOME, 0, 200, "text/html", 900, title="示例局", sha256="home", words=900)


@pytest.fixture
def target():
    """Make a link target, by default a page of the site that the home page links to once."""

    def make(url, use=LinkUse.PAGE, *, internal=None, text="通知", pages=(HOME,), total=None):
        url = url if url.startswith("http") else HOME + url.lstrip("/")
        inside = url.startswith(HOME) if internal is None else internal
        sources = tuple(LinkSource(page, text, 7, int(page != HOME)) for page in pages)
        return LinkTarget(url, use, inside, sources, total or len(sources), HOME in pages)

    return make


@pytest.fixture
def crawled():
    """Make a crawl of a home page, further pages and link targets; complete unless more is known."""

    def make(*targets, pages=(), known=None, home=HOME_RECORD, **values):
        records = (home, *pages)
        known = len(records) if known is None else known
        return Crawl(HOME, records, targets, known, **{"complete": known == len(records), **values})

    return make


@pytest.fixture
def record():
    """Make the record of a page of the site."""

    def make(path, code=200, **values):
        url = HOME + path.lstrip("/")
        seen = {"media_type": "text/html", "title": path, "sha256": path, "bytes": 500, **values}
        return replace(PageRecord(url, url, 1, code), **seen)

    return make


REFERENCE = "www.gov.cn"
"""What every network knows that sees the Internet."""


@pytest.fixture
def asked():
    """Run the probe over a crawl with planned pages and names; gives its fact and the net. Nobody pauses."""

    def run(crawl, pages=None, *, names=None, site=SITE, **params):
        calm = {f"{HOME}*": status(404), **(pages or {})}
        net = FakeNet(calm, names={REFERENCE: ("192.0.2.80",), **(names or {})})
        fact = asyncio.run(link_answers(site, crawl, AnswerParams(pause=0, **params), net))
        return fact, net

    return run


@pytest.fixture
def shown():
    """Make a page from markup."""

    return lambda markup, url=HOME, depth=0: _parsed(f"{markup}<p>{'政务信息' * 100}</p>", url, depth)


@pytest.fixture
def notice():
    """Make a home page that is no more than a notice and ``markup``."""
    return lambda markup="": _parsed(f"<h1>网站正在升级维护</h1>{markup}", HOME, 0)


def _parsed(markup, url, depth):
    body = f"<html><body>{markup}</body></html>".encode()
    return parse_page(body, url=url, requested=url, status=200, headers=(("content-type", "text/html"),), depth=depth)


@pytest.fixture
def nothing_asked():
    """Answers of a probe that had nothing to ask."""
    return LinkAnswers()


@pytest.fixture
def html():
    """A small web page with this title, as a reply."""
    return lambda title="网页", **values: reply(f"<!DOCTYPE html><html><title>{title}</title></html>", **values)
