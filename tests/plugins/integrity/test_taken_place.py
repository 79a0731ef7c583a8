"""An approved home page in whose place something stands that belongs to no website."""

import pytest

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.integrity.checks import injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

HOME = "http://www.a.gov.example/"
DEFAULT = ("<h1>It works!</h1>", "soft-404:default-page", "")
EXPIRED = ("该域名已经到期", "parked-domain:expired", "")


@pytest.fixture
def taken(made):
    """The outcome of a check where ten other pages are as approved, and the home page is this one, marked so."""

    def judged(check, html, mark, headline, **more):
        others = [made.parsed(made.page(), f"{HOME}art/{at}.html", depth=1) for at in range(10)]
        first = made.visit(made.parsed(made.page()), *others)
        now = made.visit(made.parsed(f"<title>{headline}</title>{html}"), *others, day=9)
        home = PageRecord(HOME, HOME, 0, **{"status": 200, "title": headline, "marks": (mark,)} | more)
        crawl = Crawl(HOME, (home, *made.crawl(*others).pages), (), 11, complete=True)
        return judge(check, now, made.approved(first), crawl, crawl=crawl)

    return judged


@pytest.mark.parametrize(("answer", "key"), [(DEFAULT, "default-page"), (EXPIRED, "parked")])
def test_it_is_told_for_what_it_is(taken, answer, key):
    outcome = taken(replaced, *answer)
    assert (outcome.status, [one.key for one in outcome.findings]) == (Status.MANUAL, [key])


@pytest.mark.parametrize("answer", [DEFAULT, EXPIRED])
@pytest.mark.parametrize("check", [injected, redirected, title])
def test_the_other_pages_are_compared(taken, check, answer):
    outcome = taken(check, *answer)
    assert (outcome.status, outcome.coverage.seen) == (Status.PASS, 11)


@pytest.mark.parametrize(
    "more",
    [
        {"marks": ("maintenance:closed",)},
        {"marks": ("soft-404:server-fault",)},
        {"challenge": "ruishu"},
        {"status": 503},
        {"title": "网站暂时关闭"},
    ],
)
def test_what_keeps_visitors_out_for_now_leaves_it_open(taken, more):
    assert taken(replaced, *DEFAULT, **more).status is Status.INCONCLUSIVE
