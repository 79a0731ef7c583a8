"""Pages that the crawl left because of a mark; exam papers and articles about secrecy."""

from dataclasses import replace
from datetime import datetime

import pytest

from xuncha.api import Reason, Status
from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import PageRecord
from xuncha.store.mask import has_secret_mark
from xuncha.testing import judge
from xuncha_plugins.content.secrecy import secrecy_marks

URL = "http://www.a.gov.example/nbwj/1.html"
MARKED = PageRecord(
    URL,
    URL,
    2,
    200,
    link_text="工作简报",
    sha256="0123456789abcdef" * 4,
    fetched_at=datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI),
    problem=Reason.STATE_SECRET_MARK,
)


def test_a_marked_page_is_asked_about_with_time_and_digest(crawled):
    outcome = judge(secrecy_marks, replace(crawled, pages=(*crawled.pages, MARKED)))
    (found,) = outcome.findings
    assert (outcome.status, found.locator.url, found.params["sha256"].value) == (Status.MANUAL, URL, "0123456789abcdef")


def test_nothing_of_the_page_is_shown(crawled):
    (found,) = judge(secrecy_marks, replace(crawled, pages=(MARKED,))).findings
    assert found.excerpt == ""
    assert "简报" not in repr(found)


def test_pages_without_a_mark_pass(crawled):
    assert judge(secrecy_marks, crawled).status is Status.PASS


def test_a_page_that_could_not_be_read_is_no_mark(crawled):
    unread = replace(MARKED, problem=Reason.PAGE_UNREADABLE)
    assert judge(secrecy_marks, replace(crawled, pages=(*crawled.pages, unread))).status is Status.PASS


def test_a_notice_in_place_of_a_site_tells_nothing(bare):
    assert judge(secrecy_marks, bare).reason.code is Reason.TOO_FEW_PAGES


@pytest.mark.parametrize(
    "text",
    [
        "绝密★启用前\n2026年普通高等学校招生全国统一考试",
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "涉密文件应当标注“机密★1年”等标志。",
        "机密文件不得上网",
        "保守商业秘密",
    ],
)
def test_the_crawl_does_not_leave_exam_papers_and_articles_about_secrecy(text):
    assert not has_secret_mark(text)
