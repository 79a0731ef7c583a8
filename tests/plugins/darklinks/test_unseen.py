import pytest

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.darklinks.facts import Plants, Sheets
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.page_checks import injected, title_spam

HOME = "http://www.a.gov.example/"
OTHERS = tuple(PageRecord(f"{HOME}{at}.html", f"{HOME}{at}.html", 1, 200) for at in range(20))


@pytest.mark.parametrize("check", [hidden, scripted, title_spam, injected])
def test_other_pages_do_not_answer_for_a_home_page_that_did_not_come(check):
    home = PageRecord(HOME, HOME, 0, 500)
    crawl = Crawl(HOME, (home, *OTHERS), (), 21, complete=True)
    outcome = judge(check, Plants(), Sheets(), crawl=crawl)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.SERVER_ERROR)
