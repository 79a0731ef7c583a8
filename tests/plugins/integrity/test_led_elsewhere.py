"""What leads away those who don't look at the page itself, what stays with visitors, and slogans on any page."""

import pytest

from xuncha.model.outcome import Status
from xuncha_plugins.integrity.checks import injected, redirected
from xuncha_plugins.integrity.look_checks import replaced

SENT_ON = '<noscript><meta http-equiv="refresh" content="0;url={}"></noscript>'.format
CANONICAL = '<link rel="canonical" href="{}">'.format
COPIES = '<script>e.clipboardData.setData("text/plain", {})</script>'.format
HIDDEN = '<div style="display:none"><a href="https://www.{}.com/">{}</a></div>'.format
SLOGANS = [
    "光复香港 时代革命",
    "结束一党专政 还政于民",
    "习近平下台",
    "台湾独立万岁",
    "西藏独立",
    "六四屠城 毋忘八九",
    "不要核酸要吃饭 不要领袖要选票",
    "Free Tibet! Free Hong Kong!",
]
ABOUT_THEM = [
    "坚决反对和遏制“台独”分裂，绝不允许任何人鼓吹台湾独立",
    "香港法院裁定“光复香港、时代革命”口号具分裂国家含义",
    "坚持人民民主专政",
    "公司设立独立核算账户",
    "日本首相宣布下台",
]


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    ("head", "key"), [(SENT_ON("https://www.k98ty.com/"), "refresh"), (CANONICAL("https://k98ty.com/"), "canonical")]
)
def test_who_sends_programs_to_strangers_is_asked_about(compared, made, head, key):
    assert keys(compared(redirected, made.page(9, head=head))) == [key]


@pytest.mark.parametrize("made_of", [SENT_ON, CANONICAL])
@pytest.mark.parametrize("url", ["/noscript.html", "http://www.a.gov.example/", "https://www.sd.gov.cn/"])
def test_addresses_of_the_sites_own_are_left_alone(compared, made, made_of, url):
    assert compared(redirected, made.page(9, head=made_of(url))).status is Status.PASS


def test_an_approved_canonical_address_is_left_alone(compared, made):
    head = CANONICAL("https://www.k98ty.com/")
    assert compared(redirected, made.page(9, head=head), made.page(head=head)).status is Status.PASS


def test_a_canonical_address_that_sells_gambling_fails(compared, made):
    assert compared(redirected, made.page(9, head=CANONICAL("https://bet365-x.com/"))).status is Status.FAIL


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ('<script>navigator.serviceWorker.register("/up/sw.js")</script>', "worker"),
        (COPIES('"打开支付宝搜索 55667788"'), "clipboard"),
        ('<script>navigator.clipboard.writeText("复制打开支付宝领红包")</script>', "clipboard"),
    ],
)
def test_scripts_that_stay_with_visitors_are_asked_about(compared, made, body, key):
    assert keys(compared(injected, made.page(9, body=body))) == [key]


@pytest.mark.parametrize(
    "body",
    [
        COPIES('sel + "来源：示例县"'),
        COPIES('"来源：示例县教育局网站"'),
        "<script>navigator.clipboard.writeText(location.href)</script>",
    ],
)
def test_scripts_that_help_to_copy_are_left_alone(compared, made, body):
    assert compared(injected, made.page(9, body=body)).status is Status.PASS


@pytest.mark.parametrize("words", ["快连VPN下载", "翻墙软件", "WhatsApp网页版", "Telegram中文版下载"])
def test_new_hidden_links_to_what_is_often_advertised_are_asked_about(compared, made, words):
    assert keys(compared(injected, made.page(9, body=HIDDEN("kl-office", words)))) == ["advert"]


@pytest.mark.parametrize("words", SLOGANS)
@pytest.mark.parametrize("element", ["p", "h2", "marquee"])
def test_new_slogans_are_asked_about(compared, made, words, element):
    body = f"<{element}>{words}</{element}>"
    assert compared(replaced, made.page(9, body=body)).status is Status.MANUAL


@pytest.mark.parametrize("words", ABOUT_THEM)
def test_who_speaks_about_slogans_is_left_alone(compared, made, words):
    assert compared(replaced, made.page(9, body=f"<p>{words}</p>")).status is Status.PASS
