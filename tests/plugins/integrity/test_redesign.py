"""While a redesign was announced: what it brings about is left alone, what defacers do is still asked about."""

from datetime import date

import pytest

from xuncha.model.outcome import Status
from xuncha.model.prints import Redesign
from xuncha_plugins.integrity.checks import defacement, injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

PLANNED = (Redesign(date(2026, 1, 1), date(2026, 3, 1), "张三"),)
NEW = "".join(f'<li><a href="/n/{at}.html">新版栏目新闻{at}</a></li>' for at in range(30))


def asked(compared, check, now):
    outcome = compared(check, now, redesigns=PLANNED)
    return [(one.key, one.status) for one in outcome.findings]


def test_an_emptied_home_page_is_asked_about(compared):
    assert asked(compared, replaced, "<title>示例县教育局</title><body>") == [("replaced", Status.MANUAL)]


@pytest.mark.parametrize("words", ["打倒共产党 天灭中共", "./Mr.X was here - no system is safe"])
def test_a_home_page_replaced_by_a_defacers_words_is_asked_about(compared, words):
    assert asked(compared, defacement, f"<body bgcolor=red><h1>{words}</h1>")


def test_a_slogan_on_the_new_page_is_asked_about(compared):
    now = f"<title>示例县教育局</title>{NEW}<p>打倒共产党</p>"
    assert asked(compared, replaced, now) == [("slogan", Status.MANUAL)]


@pytest.mark.parametrize("words", ["快连VPN官网下载", "皇冠体育官网_乐鱼体育app"])
def test_a_title_that_advertises_is_asked_about(compared, words):
    assert asked(compared, title, f"<title>{words}</title><h1>{words}</h1>{NEW}") == [("hijacked", Status.MANUAL)]


@pytest.mark.parametrize("check", [title, replaced, injected, redirected, defacement])
def test_a_redesign_is_left_alone(compared, check):
    now = f"<title>示例县教育局门户网站</title>{NEW}"
    assert compared(check, now, redesigns=PLANNED).status in (Status.PASS, Status.NOT_APPLICABLE)
