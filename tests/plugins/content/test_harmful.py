"""Links outside: what they promise, what opens, and what may be said of it."""

import asyncio

import pytest

from xuncha.api import Crawl, Reason, Status
from xuncha.model.crawl import LinkSource, LinkTarget, LinkUse, PageRecord
from xuncha.testing import FakeNet, judge
from xuncha.testing.net import page as reply
from xuncha.testing.net import redirect, status
from xuncha_plugins.content.harmful_checks import harmful
from xuncha_plugins.content.harmful_facts import HarmfulTargets
from xuncha_plugins.content.harmful_probe import HarmfulParams, candidates, harmful_targets
from xuncha_plugins.content.harmful_words import is_sign, is_trusted, masked

HOME = "http://www.a.gov.example/"
BETTING = reply(
    "<title>皇冠体育_百家乐_时时彩</title><meta name=keywords content=六合彩,老虎机>"
    "<h1>注册送彩金</h1><p>百家乐、时时彩，立即投注，开户返水，提款秒到账</p>"
)
SHOP = reply("<title>示例旅游网</title><p>景点门票、酒店预订</p>")
WARNING = reply(
    "<title>警方揭秘百家乐骗局</title><p>民警捣毁一处赌博窝点，百家乐、老虎机、时时彩均为骗局，"
    "所谓注册送彩金、返水、立即投注都是诈骗，请远离赌博。</p>"
)
ENCYCLOPEDIA = reply("<title>百家乐（纸牌游戏）</title><p>百家乐与老虎机是常见的游戏，玩家下注后比较点数。</p>")


@pytest.fixture
def linked():
    """A crawl whose home page links to these: address → words of the link."""

    def make(links, *, use=LinkUse.PAGE):
        targets = tuple(
            LinkTarget(url, use, False, (LinkSource(HOME, text, 7, 0),), 1, True) for url, text in links.items()
        )
        return Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, words=900),), targets, 1, complete=True)

    return make


@pytest.fixture
def looked(linked):
    """The outcome over links and what answers for them; and the net."""

    def run(links, answers, **params):
        crawl, net = linked(links), FakeNet(answers)
        fact = asyncio.run(harmful_targets(crawl, HarmfulParams(**params), net))
        return judge(harmful, crawl, fact), net

    return run


@pytest.mark.parametrize("text", ["皇冠体育投注平台", "示例区旅游网", ""])
def test_a_live_betting_site_is_accused_whatever_the_link_says(looked, text):
    outcome, _ = looked({"http://x.example/": text}, {"http://x.example/": BETTING})
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "gambling")


def test_pornography_and_forged_papers_are_kinds_of_their_own(looked):
    porn = reply("<title>成人视频</title><p>成人电影 无码视频 在线观看 免费观看 未满18岁请离开</p>")
    papers = reply("<title>办假证 刻章办证</title><p>代办文凭，假学历，货到付款，先办后付，加微信</p>")
    outcome, _ = looked({"http://p.example/": "", "http://q.example/": ""}, {"http://p*": porn, "http://q*": papers})
    assert [found.key for found in outcome.findings] == ["porn", "papers"]


@pytest.mark.parametrize("shown", [SHOP, WARNING, ENCYCLOPEDIA, status(404)], ids=["shop", "warning", "wiki", "gone"])
def test_honest_targets_are_never_accused(looked, shown):
    outcome, _ = looked({"http://x.example/": "示例区旅游网"}, {"http://x.example/": shown})
    assert outcome.status in (Status.PASS, Status.MANUAL)


@pytest.mark.parametrize("shown", [SHOP, WARNING, status(404)], ids=["shop", "warning", "gone"])
def test_a_link_without_signs_to_an_honest_page_is_nothing(looked, shown):
    outcome, _ = looked({"http://x.example/": "示例区旅游网"}, {"http://x.example/": shown})
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("shown", [SHOP, WARNING], ids=["shop", "warning"])
def test_signs_that_the_page_does_not_confirm_are_asked_about(looked, shown):
    outcome, _ = looked({"http://x.example/": "澳门赌场"}, {"http://x.example/": shown})
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "sign")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("威尼斯人酒店预订-旅行网", "葡京、威尼斯人、金沙娱乐、银河娱乐，优惠活动，24小时客服，注册登录"),
        ("太阳城小区二手房", "太阳城、葡京花园、必赢大厦，代理加盟，优惠活动，开户提款"),
        ("如何识别假发票 - 财税网", "代开发票、假发票、代开增值税发票，全国各地，网上可查，货到付款，加微信"),
        ("假发票案例 - 财税网", "代开发票、假发票、代开增值税发票，全国各地，网上可查，货到付款，加微信"),
    ],
)
def test_hotels_quarters_and_guides_are_never_accused(looked, title, text):
    shown = reply(f"<title>{title}</title><p>{text}</p>")
    outcome, _ = looked({"http://x.example/": ""}, {"http://x.example/": shown})
    assert outcome.status in (Status.PASS, Status.MANUAL)


@pytest.mark.parametrize("text", ["威尼斯人酒店预订", "太阳城小区", "必赢物业", "葡京花园"])
def test_names_of_places_are_no_sign(text):
    assert not is_sign(text)


def test_a_page_with_some_of_the_words_is_asked_about(looked):
    outcome, _ = looked({"http://x.example/": ""}, {"http://x.example/": ENCYCLOPEDIA})
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "maybe")


GONE = {"no-name": Reason.NO_SUCH_NAME, "404": status(404), "410": status(410)}
SHUT = {"timeout": Reason.TIMEOUT, "refused": Reason.REFUSED, "403": status(403), "502": status(502)}
PLAIN = ["皇冠体育", "澳门新葡京娱乐城", "成人视频在线观看", "百家乐 时时彩", "刻章办证 加微信", "真人娱乐"]
VAGUE = ["如何办理毕业证：假证的识别与新规定说明", "亚博会组委会", "新葡京酒店预订", "太阳城娱乐假日酒店"]
VAGUE_SIGN = "关于老虎机设备进口报关流程问答汇编"


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("opens", GONE.values(), ids=GONE)
def test_a_plain_sign_whose_target_is_gone_is_told_to_a_person(looked, text, opens):
    outcome, _ = looked({"http://x.example/": text}, {"http://x.example/": opens})
    assert (outcome.status, [found.key for found in outcome.findings]) == (Status.MANUAL, ["unopened"])


@pytest.mark.parametrize("opens", SHUT.values(), ids=SHUT)
def test_a_plain_sign_that_does_not_open_now_is_told_and_left_open(looked, opens):
    outcome, _ = looked({"http://x.example/": "皇冠体育"}, {"http://x.example/": opens})
    assert (outcome.findings[0].key, outcome.coverage.complete) == ("unopened", False)


@pytest.mark.parametrize("opens", GONE.values(), ids=GONE)
@pytest.mark.parametrize("text", [*VAGUE, VAGUE_SIGN, "示例区旅游网", ""])
def test_a_dead_link_whose_words_tell_little_is_for_other_checks(looked, text, opens):
    assert looked({"http://bet8.example/": text}, {"http://bet8.example/": opens})[0].status is Status.PASS


@pytest.mark.parametrize("opens", SHUT.values(), ids=SHUT)
def test_a_vague_sign_that_does_not_open_leaves_the_question_open(looked, opens):
    outcome, _ = looked({"http://x.example/": VAGUE_SIGN}, {"http://x.example/": opens})
    assert (outcome.status, outcome.findings) == (Status.INCONCLUSIVE, ())


def test_what_is_told_of_a_dead_link_names_its_page_and_can_not_be_opened(looked):
    outcome, _ = looked({"http://www.x.example/a": "澳门新葡京娱乐城"}, {"http://*": Reason.NO_SUCH_NAME})
    (told,) = outcome.findings
    assert (told.locator.page, told.params["url"].value) == (HOME, "hxxp://www[.]x[.]example/a")
    assert "葡京" not in repr(told)


def test_an_honest_link_that_does_not_open_is_for_other_checks(looked):
    outcome, _ = looked({"http://x.example/": "示例区旅游网"}, {"http://x.example/": Reason.TIMEOUT})
    assert outcome.status is Status.PASS


def test_governments_and_newspapers_are_not_even_asked(looked):
    links = {
        "http://www.b.gov.cn/": "皇冠体育赌博案告破",
        "http://news.cn/a": "老虎机骗局",
        "http://jyj.edu.cn/": "学校",
    }
    outcome, net = looked(links, {})
    assert (outcome.status, net.urls) == (Status.PASS, [])


def test_a_redirect_to_a_newspaper_is_fine(looked):
    answers = {"http://x.example/": redirect("http://www.people.com.cn/a"), "http://www.people.com.cn/a": BETTING}
    assert looked({"http://x.example/": "六合彩"}, answers)[0].status is Status.PASS


def test_requests_go_out_as_external_ones(looked):
    _, net = looked({"http://x.example/": ""}, {"http://x.example/": SHOP})
    assert [asked.external for asked in net.asked] == [True]


def test_no_harmful_word_reaches_the_report_in_full(looked):
    outcome, _ = looked({"http://x.example/": "皇冠体育投注平台"}, {"http://x.example/": BETTING})
    assert not [word for word in ("皇冠体育", "百家乐", "时时彩") if word in repr(outcome.findings)]


@pytest.mark.parametrize("text", ["皇冠体育 www.x.example", "友情链接"])
@pytest.mark.parametrize("shown", [BETTING, ENCYCLOPEDIA], ids=["certain", "maybe"])
def test_no_address_in_the_report_can_be_opened(looked, text, shown):
    outcome, _ = looked({"http://www.x.example/a": text}, {"http://www.x.example/a": shown})
    assert outcome.findings
    assert "hxxp://www[.]x[.]example/a" in repr(outcome.findings)
    assert "//www.x.example" not in repr(outcome.findings)


def test_words_of_a_link_hold_no_address_that_can_be_opened(looked):
    links, answers = {"http://x.example/": "皇冠体育www.bad.example"}, {"http://x.example/": ENCYCLOPEDIA}
    outcome, _ = looked(links, answers)
    assert "www[.]bad[.]example" in repr(outcome.findings)


def test_signs_come_first_then_odd_names_then_one_of_each_host(linked):
    crawl = linked({
        "http://b.example/1": "", "http://b.example/2": "", "http://bet9.example/": "", "http://c.example/": "百家乐"
    })  # fmt: skip
    urls = [one.target.url for one in candidates(crawl)]
    assert urls == ["http://c.example/", "http://bet9.example/", "http://b.example/1"]


def test_pictures_and_scripts_are_no_candidates(linked):
    assert candidates(linked({"http://x.example/a.js": "皇冠体育"}, use=LinkUse.SCRIPT)) == []


def test_beyond_the_budget_the_answer_is_not_all(looked):
    links = {f"http://{n}.example/": "友情链接" for n in range(10)}
    outcome, net = looked(links, {"http://*": SHOP}, targets=3)
    assert (outcome.status, outcome.coverage.seen, len(net.urls)) == (Status.INCONCLUSIVE, 3, 3)


def test_a_sign_beyond_the_budget_is_said(looked):
    outcome, _ = looked(
        {"http://a.example/": VAGUE_SIGN, "http://b.example/": "六合彩"}, {"http://*": status(404)}, targets=1
    )
    assert (outcome.findings[0].key, outcome.coverage.complete) == ("unopened", False)


def test_a_vague_sign_beyond_the_budget_is_said(looked):
    links = {"http://a.example/": VAGUE_SIGN, "http://b.example/": VAGUE_SIGN}
    assert looked(links, {"http://*": status(404)}, targets=1)[0].reason.code is Reason.BUDGET_REACHED


def test_a_notice_in_place_of_a_site_tells_nothing(bare):
    assert judge(harmful, bare, HarmfulTargets()).reason.code is Reason.TOO_FEW_PAGES


@pytest.mark.parametrize(
    "text",
    [
        "警方捣毁百家乐赌博窝点",
        "禁赌宣传：远离六合彩",
        "中国体育彩票",
        "福利彩票开奖公告",
        "办证大厅",
        "不动产登记办证指南",
        "刻章备案",
        "体育投注站设置公示（体彩）",
        "男子网上裸聊被诈骗",
    ],
)
def test_words_of_those_who_fight_it_and_of_offices_are_no_sign(text):
    assert not is_sign(text)


@pytest.mark.parametrize("host", ["gov.cn.evil.example", "notpeople.com.cn", "x.gov.cn.com", "x.gov.top"])
def test_names_that_only_look_like_trusted_ones_are_not(host):
    assert not is_trusted(host)


@pytest.mark.parametrize(
    "host", ["www.shili.gov.cn", "gov.cn", "www.tax.gov.uk", "xn--fsqr3g1x9b.xn--zfr164b", "jd.com"]
)
def test_hosts_of_governments_and_well_known_ones_are_trusted(host):
    assert is_trusted(host)


def test_masking_leaves_the_first_character():
    assert masked("欢迎光临澳门赌场和bet365") == "欢迎光临澳***和b*****"
