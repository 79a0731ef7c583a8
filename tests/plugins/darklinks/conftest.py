"""Pages as publishing systems write them, and what the page probe makes of them."""

import pytest

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.page import parse_page
from xuncha.testing import gather
from xuncha_plugins.darklinks.facts import Sheets
from xuncha_plugins.darklinks.seen import PlantsSeen

HOME = "http://www.a.gov.example/"
SPAM = '<a href="http://www.bet1.example.com/">皇冠体育</a><a href="http://www.x99.top/a">六合彩开奖</a>'


@pytest.fixture
def page():
    """Make a page of a body, with a title and whatever else stands in the head."""

    def make(body="", title="示例区教育局", head="", url=HOME, before=""):
        markup = (
            f"<!DOCTYPE html>{before}<html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
            f"<body><h1>示例区教育局</h1>{body}<p>{'政务信息公开。' * 30}</p></body></html>"
        )
        return parse_page(markup.encode(), url=url, headers=(("content-type", "text/html; charset=utf-8"),))

    return make


@pytest.fixture
def spam():
    """Links as they are planted."""
    return SPAM


@pytest.fixture
def plants():
    """What the page probe remembers of pages."""
    return lambda *pages: gather(PlantsSeen, *pages)


@pytest.fixture
def no_sheets():
    """Nothing was linked, so nothing had to be fetched."""
    return Sheets()


@pytest.fixture
def half_seen():
    """A crawl that saw a tenth of the site."""
    return Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, words=900),), (), 10, complete=False)


@pytest.fixture
def crawled():
    """A crawl of a home page and nothing else."""
    return Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, words=900),), (), 1, complete=True)
