"""When a site stops answering us in the middle of a crawl."""

from xuncha.crawl.breaker import LIMIT, PAUSE
from xuncha.model.reasons import Reason
from xuncha.testing.net import page, status

HOME = "http://www.example.gov.cn"
CHALLENGE = page("<script>var a='EO_Bot_Ssid';</script>")


def links(count, prefix=""):
    return "".join(f"<a href='{prefix}/{number}'>{number}</a>" for number in range(count))


def test_what_came_since_the_last_good_page_is_blocked_and_the_crawl_stops(visit):
    done = visit(
        {
            "/": [links(20), CHALLENGE],
            "/0": ["甲", CHALLENGE],
            **{f"/{number}": CHALLENGE for number in range(1, 20)},
        }
    )
    problems = [record.problem for record in done.crawl.pages]
    assert problems == [None, None, *[Reason.BLOCKED_DURING_RUN] * LIMIT]
    assert (done.crawl.stopped, done.crawl.complete) == (Reason.BLOCKED_DURING_RUN, False)
    assert done.crawl.known == 21


def test_it_pauses_once_before_it_stops(visit):
    done = visit({"/": [links(9), status(403)], "/*": status(403)})
    assert done.slept == [PAUSE]


def test_after_a_pause_that_helped_it_goes_on(visit):
    refused = {f"/{number}": status(403) for number in range(LIMIT)}
    done = visit({"/": [links(9), status(403), "首页"], **refused, "/*": "好"})
    assert done.crawl.stopped is None
    assert [record.problem for record in done.crawl.pages].count(Reason.BLOCKED_DURING_RUN) == LIMIT
    assert done.record("/8").opened


def test_pages_that_refuse_everybody_are_their_own_matter(visit):
    refused = {f"/{number}": status(403) for number in range(LIMIT)}
    done = visit({"/": links(9), **refused, "/*": "好"})
    assert [record.status for record in done.crawl.pages].count(403) == LIMIT
    assert Reason.BLOCKED_DURING_RUN not in [record.problem for record in done.crawl.pages]
    assert done.slept == []


def test_a_host_of_the_site_that_never_answers_does_not_stop_the_rest(visit):
    dead = "".join(f"<a href='http://example.gov.cn/{number}'>x</a>" for number in range(30))
    pages = {
        "/": dead + links(3),
        "http://example.gov.cn/robots.txt": status(404),
        "http://example.gov.cn/*": Reason.TIMEOUT,
    }
    done = visit({**pages, "/0": "a", "/1": "b", "/2": "c"})
    assert done.record("/2").opened
    assert [record.problem for record in done.crawl.pages].count(Reason.TIMEOUT) == LIMIT
    assert (done.crawl.complete, done.crawl.known) == (False, 34)
