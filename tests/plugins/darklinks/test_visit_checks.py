"""Visits in disguise and to what does not exist: at most so many, confirmed, and never judged by a block page."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.model.netapi import NetError
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode
from xuncha.testing import SITE, FakeNet, judge
from xuncha.testing.net import page as reply
from xuncha.testing.net import redirect, status
from xuncha_plugins.darklinks.cloaking import MOST, CloakingParams, guises
from xuncha_plugins.darklinks.error_pages import ErrorPageParams, echoes
from xuncha_plugins.darklinks.visit_checks import cloaking, error_pages

HOME = "http://www.a.gov.example/"
PLAIN = "<title>示例局</title><h1>示例局</h1><a href='http://www.company.com/'>技术支持</a>"
MISSING, ORDINARY = status(404), reply(PLAIN)
SPAM = "<title>皇冠体育官网_百家乐投注</title><h1>开户</h1>"


class Visited:
    """A site that tells visitors apart; ``answers`` are asked one after the other."""

    def __init__(self, crawl, home, missing=MISSING):
        self.asked = []
        net = FakeNet({HOME: reply(PLAIN), f"{HOME}*": status(404)})
        net.fetch = self.fetch
        self._answers = {"home": home, "missing": missing}
        self.fact = asyncio.run(guises(SITE, crawl, CloakingParams(), net))

    async def fetch(self, url, *, headers=None, **_):
        visitor = f"{headers.get('User-Agent', '')} {headers.get('Referer', '')}"
        self.asked.append(visitor)
        planned = self._answers["home" if url == HOME else "missing"]
        answer = planned(visitor) if callable(planned) else planned
        if isinstance(answer, Exception):
            raise answer
        return replace(answer, url=url, final_url=url)


def for_spiders(shown, others=ORDINARY):
    return lambda visitor: shown if "Baiduspider" in visitor else others


def for_searchers(shown):
    return lambda visitor: shown if "baidu.com/link" in visitor else reply(PLAIN)


def test_all_are_shown_the_same(crawled):
    assert judge(cloaking, Visited(crawled, reply(PLAIN)).fact).status is Status.PASS


@pytest.mark.parametrize("home", [for_spiders(reply(SPAM)), for_searchers(reply(SPAM))])
def test_spam_for_some_visitors_fails(crawled, home):
    outcome = judge(cloaking, Visited(crawled, home).fact)
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].key.startswith("shown-")


def test_searchers_who_are_sent_away_fail(crawled):
    outcome = judge(cloaking, Visited(crawled, for_searchers(redirect("http://www.h88999.vip/"))).fact)
    assert [found.key for found in outcome.findings] == ["sent-searcher"]
    assert "h88999[.]vip" in str(outcome.findings[0].params["url"].value)


def test_telephones_may_be_sent_to_the_sites_own_pages(crawled):
    home = lambda visitor: redirect("http://m.a.gov.example/") if "Mobile" in visitor else reply(PLAIN)  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.PASS


def test_spam_for_spiders_on_missing_pages_fails(crawled):
    visited = Visited(crawled, reply(PLAIN), for_spiders(reply(SPAM), status(404)))
    assert judge(cloaking, visited.fact).status is Status.FAIL


def test_what_is_seen_once_only_is_left_open(crawled):
    answers = iter([reply(SPAM)])
    home = lambda visitor: next(answers, reply(PLAIN)) if "Baiduspider" in visitor else reply(PLAIN)  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.INCONCLUSIVE


def test_links_that_change_from_visit_to_visit_are_no_disguise(crawled):
    rounds = iter(range(100))
    links = lambda at: "".join(f"<a href='http://w{at}-{n}.example.com/'>x</a>" for n in range(6))  # noqa: E731
    home = lambda visitor: reply(PLAIN + (links(next(rounds)) if "Baiduspider" in visitor else ""))  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.INCONCLUSIVE


def test_links_that_only_a_spider_is_shown_are_asked_about(crawled):
    links = "".join(f"<a href='http://w{n}.example.com/'>x</a>" for n in range(6))
    assert judge(cloaking, Visited(crawled, for_spiders(reply(PLAIN + links))).fact).status is Status.MANUAL


@pytest.mark.parametrize("block", [status(403), status(412), status(521), status(503)])
def test_a_spider_that_is_turned_away_tells_nothing(crawled, block):
    outcome = judge(cloaking, Visited(crawled, for_spiders(block)).fact)
    assert outcome.status is Status.INCONCLUSIVE


def test_a_block_page_is_no_spam_even_if_it_says_so(crawled):
    outcome = judge(cloaking, Visited(crawled, for_spiders(reply(SPAM, status=403))).fact)
    assert outcome.status is Status.INCONCLUSIVE


def test_there_are_never_more_visits_than_agreed(crawled):
    home = lambda visitor: reply(PLAIN if "Windows" in visitor and "link" not in visitor else SPAM)  # noqa: E731
    visited = Visited(crawled, home, for_spiders(reply(SPAM), status(404)))
    assert len(visited.asked) == MOST


def test_a_site_that_does_not_answer_is_left_open(crawled):
    fact = Visited(crawled, NetError(Reason.TIMEOUT, ""), NetError(Reason.TIMEOUT, "")).fact
    assert judge(cloaking, fact).status is Status.INCONCLUSIVE


ARTICLES = "".join(f"<li>关于第{n}项工作情况的说明，请各单位认真贯彻落实</li>" for n in range(12))
OWN = f"<title>示例区人民政府</title><h1>示例区人民政府</h1><ul>{ARTICLES}</ul><p>主办：示例区人民政府办公室</p>"
STRANGER = f"<title>星豪会值得您信赖</title><h1>星豪会</h1><p>{'每天都有新的惊喜等着您来发现，' * 9}</p>"


def retitled(title, body=OWN):
    return reply(body.replace("<title>示例区人民政府", f"<title>{title}"))


def seen_by_spiders(crawled, shown, own=OWN):
    return judge(cloaking, Visited(crawled, for_spiders(shown, reply(own))).fact)


@pytest.mark.parametrize("shown", [reply(STRANGER), retitled("星豪会值得您信赖")])
def test_another_page_for_spiders_is_asked_about_with_both_titles(crawled, shown):
    outcome = seen_by_spiders(crawled, shown)
    assert (outcome.status, [one.key for one in outcome.findings]) == (Status.MANUAL, ["other-spider"])
    assert outcome.findings[0].params["plain"].value == "示例区人民政府"


@pytest.mark.parametrize("title", ["开云体育官方网站-示例区人民政府", "球速体育(中国)官方网站-IOS/安卓通用版"])
def test_a_hijacked_title_for_spiders_fails(crawled, title):
    assert [one.key for one in seen_by_spiders(crawled, retitled(title)).findings] == ["shown-spider"]


def test_planted_links_on_the_plain_page_excuse_no_title(crawled):
    links = "<div><a href='http://x.example.com/'>百家乐</a><a href='http://y.example.com/'>皇冠体育</a></div>"
    shown = retitled("百家乐开户_皇冠体育官网")
    assert seen_by_spiders(crawled, shown, OWN + links).status is Status.FAIL


def test_dates_counters_and_news_may_differ(crawled):
    rounds = iter(range(100))
    news = "<p>今天是2026年11月{}日 访问量：{}</p><li>新的消息</li>"
    home = lambda _: reply(OWN + news.format(next(rounds), next(rounds) * 977))  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.PASS


def test_telephones_may_have_pages_of_their_own(crawled):
    home = lambda visitor: reply(STRANGER if "Mobile" in visitor else OWN)  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.PASS


def test_a_telephone_that_is_sent_to_strangers_is_a_question(crawled):
    home = lambda visitor: redirect("http://m.shili-wap.example.com/") if "Mobile" in visitor else reply(OWN)  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.MANUAL


@pytest.mark.parametrize(
    ("shown", "own"),
    [
        (reply(OWN), "<title>示例区人民政府</title><div id=app></div>"),
        (
            reply(OWN + "<a href='http://w1.example.com/'>一</a><a href='http://w2.example.com/'>二</a>"),
            "<div id=app></div>",
        ),
        (reply("<title>示例区人民政府</title>"), OWN),
    ],
)
def test_what_cannot_be_compared_is_left_open(crawled, shown, own):
    outcome = seen_by_spiders(crawled, shown, own)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NEEDS_BROWSER)


def test_spiders_that_are_sent_on_within_the_site_are_a_question(crawled):
    outcome = seen_by_spiders(crawled, redirect("http://www.a.gov.example/spider/"))
    assert [one.key for one in outcome.findings] == ["moved-spider"]


def test_a_script_that_sends_searchers_away_fails(crawled):
    jump = "<title>示例区</title><script>window.location.replace('https://www.qp-x.example.com/')</script>"
    home = lambda visitor: reply(jump if "baidu.com/link" in visitor else OWN)  # noqa: E731
    assert [one.key for one in judge(cloaking, Visited(crawled, home).fact).findings] == ["sent-searcher"]


def test_a_browser_that_is_shown_another_page_itself_confirms_nothing(crawled):
    rounds = iter([STRANGER])
    home = lambda _: reply(next(rounds, OWN))  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.INCONCLUSIVE


def test_a_page_for_spiders_where_nothing_should_be_is_asked_about(crawled):
    visited = Visited(crawled, reply(OWN), for_spiders(reply(STRANGER), status(404)))
    assert [one.key for one in judge(cloaking, visited.fact).findings] == ["other-spider"]


def test_two_links_that_only_spiders_are_shown_are_asked_about(crawled):
    links = "<a href='http://w1.example.com/'>建站</a><a href='http://w2.example.com/'>搬家</a>"
    assert [one.key for one in seen_by_spiders(crawled, reply(OWN + links)).findings] == ["hosts"]


HEAD = OWN.replace("<h1>", '<meta name="{}" content="{}"><h1>', 1)
PARAGRAPHS = "<p>皇冠体育官网 百家乐开户 送彩金 bet365投注 六合彩开奖</p>" * 5


@pytest.mark.parametrize(
    "shown",
    [
        HEAD.format("description", "皇冠体育官网-百家乐开户送彩金"),
        HEAD.format("description", "澳门新葡京官网开户"),
        HEAD.format("keywords", "百家乐,时时彩,皇冠体育投注"),
        OWN.replace("<h1>示例区人民政府", "<h1>皇冠体育官网_百家乐开户"),
        OWN + PARAGRAPHS,
        OWN + "<p>百家乐 皇冠体育 开户 投注</p>",
    ],
)
def test_spam_in_description_heading_or_text_for_spiders_fails(crawled, shown):
    outcome = seen_by_spiders(crawled, reply(shown))
    assert (outcome.status, [one.key for one in outcome.findings]) == (Status.FAIL, ["shown-spider"])


def test_spam_in_the_text_that_everybody_is_shown_is_no_disguise(crawled):
    assert seen_by_spiders(crawled, reply(OWN + PARAGRAPHS), OWN + PARAGRAPHS).status is Status.PASS


def test_news_of_fighting_spam_that_only_a_spider_happened_to_see_is_none(crawled):
    news = "<li>警方捣毁百家乐、六合彩赌博窝点，抓获犯罪嫌疑人</li>"
    assert seen_by_spiders(crawled, reply(OWN + news)).status is Status.PASS


def test_spam_in_the_text_that_comes_and_goes_for_everybody_is_left_open(crawled):
    rounds = iter(range(100))
    home = lambda _: reply(OWN + (PARAGRAPHS if next(rounds) else ""))  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("name", ["Googlebot", "Sogou", "360Spider", "bingbot", "so.com", "sogou.com", "google.com"])
def test_what_other_engines_are_shown_is_seen_as_well(crawled, name):
    home = lambda visitor: reply(SPAM if name in visitor else OWN)  # noqa: E731
    assert judge(cloaking, Visited(crawled, home).fact).status is Status.FAIL


def test_a_second_kind_of_spider_is_sent_only_where_it_can_be_confirmed(crawled):
    home = lambda visitor: reply(SPAM if "Baiduspider" in visitor or "Googlebot" in visitor else OWN)  # noqa: E731
    visited = Visited(crawled, home, for_spiders(reply(SPAM), status(404)))
    assert len(visited.asked) == MOST
    assert {one.key for one in judge(cloaking, visited.fact).findings} == {"shown-spider"}


def test_where_nothing_is_only_a_spider_is_asked(crawled):
    assert len(Visited(crawled, reply(OWN)).asked) == MOST - 2


def test_a_page_that_everybody_is_shown_where_nothing_should_be_is_no_disguise(crawled):
    assert judge(cloaking, Visited(crawled, reply(OWN), reply(STRANGER)).fact).status is Status.PASS


def test_the_inspection_by_the_notice_goes_as_far_as_disguise():
    assert load_profile("notice", roots()).allows(Mode.DISGUISE)


def answered(crawl, pages):
    net = FakeNet({f"{HOME}*": status(404), **pages})
    return asyncio.run(echoes(SITE, crawl, ErrorPageParams(), net)), net


def test_missing_pages_without_spam_pass(crawled):
    fact, net = answered(crawled, {})
    assert judge(error_pages, fact).status is Status.PASS
    assert len(net.urls) == 5


def test_missing_pages_with_spam_fail(crawled):
    fact, _ = answered(crawled, {f"{HOME}*": reply(SPAM, status=404)})
    assert {found.key for found in judge(error_pages, fact).findings} == {"missing-spam", "search-spam"}


def test_a_search_that_lends_its_title_is_a_hint(crawled):
    echo = lambda url, _: reply(f"<title>{url.rpartition('=')[2]} 的搜索结果</title>")  # noqa: E731
    fact, _ = answered(crawled, {f"{HOME}?s=*": echo})
    assert [found.key for found in judge(error_pages, fact).findings] == ["echo"]


def test_a_search_that_is_kept_out_of_indexes_lends_nothing(crawled):
    echo = lambda url, _: reply(f"<title>{url.rpartition('=')[2]}</title><meta name=robots content=noindex>")  # noqa: E731
    fact, _ = answered(crawled, {f"{HOME}?s=*": echo})
    assert judge(error_pages, fact).status is Status.PASS


def test_where_nothing_answers_nothing_is_said(crawled):
    fact, _ = answered(crawled, {f"{HOME}*": Reason.TIMEOUT})
    assert judge(error_pages, fact).status is Status.INCONCLUSIVE
