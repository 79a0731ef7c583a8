"""What offices put onto their own pages every day, and what only looks like it."""

from dataclasses import replace as with_

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import SITE, judge
from xuncha_plugins.integrity.checks import injected
from xuncha_plugins.integrity.look_checks import replaced

LAYER = '<div id="tan" style="position:fixed;left:0;top:0;width:100%;height:100%;z-index:999">{}</div>'.format
NOTICE = "<h2>关于启用新域名的公告</h2><p>自2026年12月1日起本网站启用新域名。</p>"
CLOSE = '<a href="javascript:close()">关闭</a>'
PICTURES = '<img src="{0}/logo.png"><img src="{0}/ewm.jpg">'.format


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    "words", ["欢度元旦 喜迎新春", "热烈庆祝示例县撤县设区十周年", "市水利局召开半年工作会议", "关于国庆放假的通知"]
)
@pytest.mark.parametrize("large", ["<h1>{}</h1>", '<font size="5" color="red">{}</font>'])
def test_large_words_of_festivals_and_meetings_are_left_alone(compared, made, words, large):
    assert compared(replaced, made.page(9, body=large.format(words))).status is Status.PASS


@pytest.mark.parametrize("words", ["打倒某某 还我血汗钱", "热烈庆祝贪官落马", "同胞们觉醒吧"])
def test_large_words_of_others_are_asked_about(compared, made, words):
    assert keys(compared(replaced, made.page(9, body=f"<h1>{words}</h1>"))) == ["heading"]


def test_a_notice_that_can_be_closed_is_left_alone(compared, made):
    assert compared(replaced, made.page(9, body=LAYER(NOTICE + CLOSE))).status is Status.PASS


@pytest.mark.parametrize(
    "inner",
    [
        NOTICE,
        CLOSE,
        "<p>同胞们，请转发此信，让所有人都看到真相</p>" + CLOSE,
        NOTICE + CLOSE + '<a href="//x.com">x</a>',
    ],
)
def test_a_layer_that_is_no_such_notice_is_asked_about(compared, made, inner):
    assert keys(compared(replaced, made.page(9, body=LAYER(inner)))) == ["covered"]


def test_the_offices_own_app_is_left_alone(compared, made):
    link = '<a href="https://app.ishili.com/down/aishili.apk">下载“爱示例”APP</a>'
    assert compared(injected, made.page(9, body=link)).status is Status.PASS


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://app.ishili.com/down/aishili.apk">下载APP</a>',
        '<a href="https://app.ishili.com/down/aishili.exe">下载“爱示例”APP</a>',
        '<a href="https://app.ishili.vip/down/aishili.apk">下载“爱示例”APP</a>',
    ],
)
def test_programs_that_are_not_said_to_be_the_offices_are_asked_about(compared, made, link):
    assert keys(compared(injected, made.page(9, body=link))) == ["download"]


@pytest.mark.parametrize(
    "added",
    [
        '<form action="https://www.wjx.cn/joinnew/processjq.ashx"></form>',
        '<script src="https://gov.govwza.cn/dist/aria.js"></script>',
    ],
)
def test_services_that_offices_use_are_left_alone(compared, made, added):
    assert compared(injected, made.page(9, body=added)).status is Status.PASS


def test_the_banner_of_a_campaign_beside_the_pages_own_pictures_is_left_alone(compared, made):
    banner = '<a href="https://h5.paper.com/zt/"><img src="https://img.paper.com/zt.jpg"></a>'
    before, now = made.page(body=PICTURES("/pic")), made.page(9, body=banner + PICTURES("/pic"))
    assert compared(injected, now, before).status is Status.PASS


def test_a_picture_from_elsewhere_in_an_own_ones_place_is_asked_about(compared, made):
    now = made.page(9, body=PICTURES("/pic").replace("/pic/ewm", "https://pic.strangers.com/q"))
    assert keys(compared(injected, now, made.page(body=PICTURES("/pic")))) == ["banner"]


@pytest.mark.parametrize(
    "words",
    ["未知链接不点击，陌生来电不轻信，个人信息不透露，转账汇款多核实", "参军报国 无上光荣", "珍爱生命 预防溺水"],
)
def test_large_words_of_campaigns_are_left_alone(compared, made, words):
    assert compared(replaced, made.page(9, body=f"<marquee>{words}</marquee>")).status is Status.PASS


def test_a_station_of_farmers_may_fight_pests(compared, made):
    assert compared(replaced, made.page(9, body="<h2>打倒害虫：小麦防倒伏</h2>")).status is Status.PASS


@pytest.mark.parametrize("at", ["cdn.jsdelivr.net/npm/vue@3", "unpkg.com/swiper@8/swiper-bundle.min.js"])
def test_packages_that_everybody_uses_are_left_alone(compared, made, at):
    assert compared(injected, made.page(9, head=f'<script src="https://{at}"></script>')).status is Status.PASS


@pytest.mark.parametrize(
    "at", ["cdn.jsdelivr.net/npm/vue-helper-x@3", "unpkg.com/evil/vue.js", "cdn.jsdelivr.net/gh/vue/a"]
)
def test_other_packages_are_asked_about(compared, made, at):
    assert keys(compared(injected, made.page(9, head=f'<script src="https://{at}"></script>'))) == ["script"]


@pytest.fixture
def beside_shili(made):
    """What a new frame on the page of Shili county amounts to."""

    def framed(url):
        home = "http://www.shili.gov.cn/"
        before, now = (made.parsed(made.page(9, body=body), home) for body in ("", f'<iframe src="{url}"></iframe>'))
        site, crawl = with_(SITE, urls=(home,)), made.crawl(now)
        return judge(injected, made.visit(now), made.approved(made.visit(before)), crawl, site=site, crawl=crawl)

    return framed


def test_the_frame_of_the_places_broadcaster_is_left_alone(beside_shili):
    assert beside_shili("https://live.shilitv.com/embed/1").status is Status.PASS


@pytest.mark.parametrize("host", ["live.shilibet.com", "shilitv.vip", "www.strangertv.com"])
def test_the_frames_of_others_are_asked_about(beside_shili, host):
    assert keys(beside_shili(f"https://{host}/embed/1")) == ["frame"]
