"""Pages as publishing systems write them, and what the page probe makes of them."""

import pytest

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.rendered import Layout, LinkBox, Rect
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


@pytest.fixture
def box():
    """A link as a browser lays it out: black on white, in sight, unless told otherwise."""

    def make(url="http://www.bet1.example.com/", text="皇冠体育", size=(80, 16), **found):
        usual = {
            "shown": True,
            "opacity": 1.0,
            "clipped": False,
            "covered": False,
            "colour": "rgb(0, 0, 0)",
            "background": "rgb(255, 255, 255)",
            "font_size": 16.0,
            "path": "body > a",
        }
        return LinkBox(url, text, Rect(8, 100, *size), **usual | found)

    return make


@pytest.fixture
def layout():
    """A page as a browser lays it out, of its links and frames."""
    return lambda *links, frames=(), complete=True: Layout(1366, 800, links, tuple(frames), complete)
