"""Numbers of invented persons, pages and attachments that show them."""

import asyncio
from datetime import date, datetime

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import Crawl, LinkSource, LinkTarget, LinkUse, PageRecord
from xuncha.page import parse_page
from xuncha.testing import FakeDocuments, FakeNet, gather, judge
from xuncha_plugins.content.personal_files import PersonalFileParams, personal_files
from xuncha_plugins.content.personal_numbers import exposed
from xuncha_plugins.content.words_seen import WordsSeen

TODAY = date(2026, 11, 2)
HOME = "http://www.a.gov.example/"
CRAWLED = Crawl(
    HOME,
    tuple(PageRecord(f"{HOME}{n}.html", f"{HOME}{n}.html", 1, 200, words=900) for n in range(3)),
    (),
    3,
    complete=True,
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture
def resident():
    """An identity number of nobody: area, date of birth, sequence, and the check character that belongs to them."""

    def make(born="19800315", sequence=1, area="370203"):
        seventeen = f"{area}{born}{sequence:03}"
        total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
        return seventeen + "10X98765432"[total % 11]

    return make


@pytest.fixture
def bank_card():
    """A card number of nobody: digits of a bank and the check digit that belongs to them."""

    def make(start="621700239000123456"):
        doubled = sum(sum(divmod(int(digit) * (2 - index % 2), 10)) for index, digit in enumerate(reversed(start)))
        return f"{start}{-doubled % 10}"

    return make


@pytest.fixture
def found():
    """What a text shows of persons."""
    return lambda text, many=5: exposed(text, TODAY, many)


@pytest.fixture
def shown():
    """Make a page from markup."""

    def make(markup, url=HOME, depth=0):
        body = f"<html><body><h1>政务公开</h1>{markup}<p>{'政务信息' * 30}</p></body></html>".encode()
        headers = (("content-type", "text/html; charset=utf-8"),)
        return parse_page(body, url=url, requested=url, status=200, headers=headers, depth=depth)

    return make


@pytest.fixture
def attached():
    """A crawl of a home page that links to these documents: path → words of the link."""

    def make(links, *, complete=True, scripted=False, pages=()):
        targets = tuple(
            LinkTarget(HOME + path, LinkUse.ATTACHMENT, True, (LinkSource(HOME, text, 7, 0),), 1, True)
            for path, text in links.items()
        )
        home = PageRecord(HOME, HOME, 0, 200, "text/html", 900, scripted=scripted)
        known = 1 + len(pages) + (0 if complete else 99)
        return Crawl(HOME, (home, *pages), targets, known, complete=complete)

    return make


@pytest.fixture
def searched():
    """Run the probe over a crawl, its answers and what each document holds; gives its fact and the net."""

    def run(crawl, answers, documents=None, **params):
        net, reader = FakeNet(answers), FakeDocuments(documents)
        now = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
        fact = asyncio.run(personal_files(crawl, PersonalFileParams(**params), net, reader, lambda: now))
        return fact, net

    return run


@pytest.fixture
def published():
    """Make a page as it was fetched on the day ``TODAY``: body, address, title, depth."""

    def make(markup, url=HOME + "zwgk/a.html", title="政务公开_示例局", depth=1):
        body = f"<html><head><title>{title}</title></head><body>{markup}</body></html>".encode()
        headers = (("content-type", "text/html; charset=utf-8"),)
        fetched = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
        return parse_page(body, url=url, headers=headers, depth=depth, fetched_at=fetched)

    return make


@pytest.fixture
def wording(published):
    """What the words of pages give away; a page is markup, or made by ``published``."""

    def run(*pages):
        return gather(WordsSeen, *(published(page) if isinstance(page, str) else page for page in pages))

    return run


@pytest.fixture
def answer(wording):
    """The outcome of a check over the words of pages."""

    def run(check, *pages, crawl=CRAWLED, **params):
        return judge(check, crawl, wording(*pages), **params)

    return run


@pytest.fixture
def crawled():
    """The crawl of three pages."""
    return CRAWLED


@pytest.fixture
def bare():
    """The crawl of a notice in place of a site."""
    return Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, words=20),), (), 1, complete=True)
