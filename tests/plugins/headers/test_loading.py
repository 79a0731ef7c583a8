"""Mixed content, and integrity of what comes from elsewhere."""

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import gather
from xuncha_plugins.headers.loading import MOST, ResourcesSeen
from xuncha_plugins.headers.loading_checks import integrity, mixed_content

PLAIN = "http://www.a.gov.cn/"
SCRIPT = '<script src="https://cdn.example.com/j.js"{}></script>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<script src="http://b.cn/a.js"></script>', ["blocked"]),
        ('<link rel="stylesheet" href="http://b.cn/a.css">', ["blocked"]),
        ('<iframe src="http://b.cn/"></iframe>', ["blocked"]),
        ('<img srcset="http://b.cn/a.png 2x">', ["blocked"]),
        ('<style>@import url("http://b.cn/a.css");</style>', ["blocked"]),
        ('<img src="http://b.cn/a.png">', ["upgraded"]),
        ('<video src="http://b.cn/a.mp4"></video>', ["upgraded"]),
        ('<p style="background:url(http://b.cn/a.png)">', ["upgraded"]),
        ('<form action="http://b.cn/x"></form>', ["sent-openly"]),
        ('<a href="http://b.cn/">b</a>', []),
        ('<link rel="canonical" href="http://www.a.gov.cn/">', []),
        ('<img src="http://b.cn/a.png"><link rel="preload" href="http://b.cn/a.png">', ["upgraded"]),
        ('<img src="//b.cn/a.png"><script src="/a.js"></script>', []),
    ],
)
def test_what_is_loaded_over_plain_http(keys, page, body, expected):
    assert keys(mixed_content, page(body=body)) == expected


def test_what_browsers_block_fails_what_they_show_is_a_hint(judged, page):
    assert judged(mixed_content, page(body='<script src="http://b.cn/a.js"></script>')).status is Status.FAIL
    assert judged(mixed_content, page(body='<img src="http://b.cn/a.png">')).status is Status.WARN


@pytest.mark.parametrize("where", ["header", "page"])
def test_pages_that_upgrade_are_no_fault(keys, page, where):
    body, word = '<script src="http://b.cn/a.js"></script>', "upgrade-insecure-requests"
    if where == "header":
        assert keys(mixed_content, page(f"Content-Security-Policy: {word}", body)) == []
    else:
        assert (
            keys(mixed_content, page(body=f'<meta http-equiv="Content-Security-Policy" content="{word}">{body}')) == []
        )


def test_a_site_on_http_is_not_asked(judged, page):
    outcome = judged(mixed_content, page(body='<img src="http://b.cn/a.png">', url=PLAIN))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.NO_HTTPS)


def test_a_target_on_many_pages_is_said_once(judged, page):
    body = '<img src="http://b.cn/a.png"><img src="http://b.cn/a.png">'
    found = judged(mixed_content, page(body=body), page(body=body, path="a.html")).findings
    assert [one.params["pages"].value for one in found] == [2]


def test_frames_of_a_page_are_left_to_the_page(keys, page):
    frame = page(body='<img src="http://b.cn/a.png">', path="foot.html")
    assert keys(mixed_content, page(body='<iframe src="/foot.html"></iframe>'), frame) == []


@pytest.mark.parametrize("check", [mixed_content, integrity])
def test_a_notice_in_place_of_the_site_is_not_judged(judged, crawled, page, check):
    home = page(body=SCRIPT.format(""))
    assert judged(check, home, crawl=crawled(home, bare=True)).status is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SCRIPT.format(""), ["unsealed"]),
        (SCRIPT.format(' integrity="sha384-abc"'), []),
        (SCRIPT.format(' integrity="md5-abc"'), ["unsealed"]),
        ('<link rel="stylesheet" href="https://cdn.example.com/a.css">', ["unsealed"]),
        ('<link rel="icon" href="https://cdn.example.com/a.ico">', []),
        ('<script src="/a.js"></script>', []),
        ('<script src="https://static.a.gov.cn/a.js"></script>', []),
        ('<script src="https://dcs.conac.cn/js/a.js"></script>', []),
        ('<script src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>', []),
        ('<script>var a = "https://cdn.example.com/a.js"</script>', []),
    ],
)
def test_what_is_loaded_from_elsewhere(keys, page, body, expected):
    assert keys(integrity, page(body=body)) == expected


def test_what_is_sealed_passes(judged, page):
    assert judged(integrity, page(body=SCRIPT.format(' integrity="sha384-abc"'))).status is Status.PASS


def test_where_nothing_comes_from_elsewhere_there_is_nothing_to_ask(judged, page):
    assert judged(integrity, page()).status is Status.NOT_APPLICABLE


def test_https_pages_that_load_nothing_openly_pass(judged, page):
    assert judged(mixed_content, page()).status is Status.PASS


def test_what_is_kept_is_bounded(page, site):
    body = "".join(f'<img src="http://b.cn/{number}.png">' for number in range(2 * MOST))
    found = gather(ResourcesSeen, page(body=body), site=site)
    assert (len(found.insecure), found.complete) == (MOST, False)
