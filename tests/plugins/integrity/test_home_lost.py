"""An approved home page that could not be compared: other pages don't answer for it."""

import pytest

from xuncha.model.crawl import Crawl, Hop, PageRecord
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.integrity.checks import defacement, injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

HOME = "http://www.a.gov.example/"
COMPARING = (injected, redirected, title, replaced)


@pytest.fixture
def lost(made):
    """The outcome of a check where ten other pages are as approved, and the home page answers as its ``record``."""

    def judged(check, **record):
        others = [made.parsed(made.page(), f"{HOME}art/{at}.html", depth=1) for at in range(10)]
        first, now = made.visit(made.parsed(made.page()), *others), made.visit(*others, day=9)
        home = PageRecord(HOME, HOME, 0, **record)
        crawl = Crawl(HOME, (home, *made.crawl(*others).pages), (), 11, complete=True)
        return judge(check, now, made.approved(first), crawl, crawl=crawl)

    return judged


@pytest.mark.parametrize("check", [*COMPARING, defacement])
def test_a_home_page_that_fails_leaves_it_open(lost, check):
    outcome = lost(check, status=500)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.SERVER_ERROR)


@pytest.mark.parametrize("check", [*COMPARING, defacement])
def test_a_home_page_that_is_gone_leaves_it_open(lost, check):
    assert lost(check, status=404).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", COMPARING)
def test_a_notice_in_its_place_leaves_it_open(lost, check):
    assert lost(check, status=200, marks=("maintenance:x",)).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [injected, title, replaced, defacement])
def test_no_answer_leaves_it_open_with_the_reason(lost, check):
    outcome = lost(check, status=0, problem=Reason.TIMEOUT)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TIMEOUT)


def test_a_redirect_to_a_stranger_that_does_not_answer_is_asked_about(lost):
    hops = (Hop(HOME, 302, "http://www.gone99.top/"),)
    outcome = lost(redirected, status=0, problem=Reason.NO_SUCH_NAME, hops=hops)
    assert (outcome.status, [one.key for one in outcome.findings]) == (Status.MANUAL, ["landed"])


def test_a_redirect_within_the_site_that_does_not_answer_accuses_nobody(lost):
    hops = (Hop(HOME, 302, f"{HOME}index.html"),)
    outcome = lost(redirected, status=0, problem=Reason.TIMEOUT, hops=hops)
    assert (outcome.status, outcome.findings) == (Status.INCONCLUSIVE, ())
