"""What sells is told from hotels, hospitals, shops and headlines that have the same words."""

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.links import MAX_OUTSIDE
from xuncha_plugins.darklinks.voices import voice
from xuncha_plugins.darklinks.words import bare_words, signs

TAB = '<div class="tab_c" style="display:none">{}</div>'
AWAY = '<div style="position:absolute;left:-9999px">{}</div>'
HOTELS = ("澳门威尼斯人", "澳门银河", "美高梅", "葡京")
HOSPITALS = ("不孕不育医院", "癫痫病医院", "男科医院")
BARS = ("金沙娱乐城", "太阳城娱乐", "永利娱乐", "威尼斯人娱乐会所")
NEWS = ("视频：一局百家乐输掉一套房", "裸聊一分钟 转账十万元", "一夜之间六合彩吞掉三代人积蓄")


def links(*texts, to="http://www.sl-{}-company.com/"):
    return "".join(f'<a href="{to.format(chr(97 + at))}">{text}</a>' for at, text in enumerate(texts))


def status(plants, no_sheets, *pages):
    return judge(hidden, plants(*pages), no_sheets).status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("澳门百家乐开户", "sells"),
        ("澳门百家乐", "sells"),
        ("百\u200b家\u200b乐", "sells"),
        ("传奇私服", "offer"),
        ("葡京官网", "sells"),
        ("要闻皇冠体育投注", "sells"),
        ("百家乐", "brand"),
        ("金沙娱乐城", "name"),
        ("听话水", "name"),
        ("视频：一局百家乐输掉一套房", "news"),
        ("示例区教育局", ""),
    ],
)
def test_how_a_link_speaks(text, expected):
    assert voice(text, signs(text) | bare_words(text)) == expected


def test_words_that_overlap_are_taken_out_in_one_order():
    found = sorted(signs("要闻皇冠体育投注"))
    assert voice("要闻皇冠体育投注", found) == voice("要闻皇冠体育投注", found[::-1]) == "sells"


@pytest.mark.parametrize("texts", [HOTELS, HOSPITALS, BARS, NEWS, ("百家乐园", "亚博会")])
@pytest.mark.parametrize("markup", [TAB, "<div hidden>{}</div>", "<ul>{}</ul>"])
def test_names_and_headlines_in_tabs_and_lists_are_ordinary(page, plants, no_sheets, texts, markup):
    assert status(plants, no_sheets, page(markup.format(links(*texts)))) is Status.PASS


@pytest.mark.parametrize("texts", [HOTELS, HOSPITALS, BARS])
def test_the_same_names_where_no_tab_keeps_anything_are_asked_about(page, plants, no_sheets, texts):
    assert status(plants, no_sheets, page(AWAY.format(links(*texts)))) is Status.MANUAL


def test_names_to_odd_hosts_are_asked_about(page, plants, no_sheets):
    markup = TAB.format(links(*HOTELS, to="http://www.x{}8899.top/"))
    assert status(plants, no_sheets, page(markup)) is Status.MANUAL


def test_one_brand_in_a_tab_may_be_a_shop_and_is_asked_about(page, plants, no_sheets):
    assert status(plants, no_sheets, page(TAB.format(links("百家乐")))) is Status.MANUAL
    assert status(plants, no_sheets, page(TAB.format(links("百家乐", "皇冠体育")))) is Status.FAIL


def test_links_that_can_be_seen_are_a_question_at_most(page, plants, no_sheets):
    seen = page(f"<p>{links('澳门百家乐开户', '皇冠体育投注', '六合彩资料')}</p>")
    assert status(plants, no_sheets, seen) is Status.MANUAL


def test_a_script_that_moves_tabs_with_hotels_is_no_hint(page, plants):
    tabs = f'<div id="t2">{links(*HOTELS)}</div><script>document.getElementById("t2").style.display="none"</script>'
    assert judge(scripted, plants(page(tabs))).status is Status.PASS


BETTING = ("澳门百家乐开户", "乐鱼体育投注")


@pytest.mark.parametrize(
    "to",
    [
        "/upload/{}.html",
        "http://{}.gov.example/",
        "http://jwc-{}.edu.cn/hg/",
        "http://njj-{}.gov.cn/up/1.html",
        "https://tieba.baidu.com/p/{}",
    ],
)
def test_hidden_links_that_solicit_are_told_wherever_they_lead(page, plants, no_sheets, to):
    outcome = judge(hidden, plants(page(TAB.format(links(*BETTING, to=to)))), no_sheets)
    assert [(found.key, found.status) for found in outcome.findings] == [("familiar", Status.FAIL)]


@pytest.mark.parametrize(
    "to",
    [
        "https://bjl-{}.oss-cn-hongkong.aliyuncs.com/",
        "https://hg-{}.github.io/",
        "https://{}.cos.ap-beijing.myqcloud.com/",
        "https://{}.z13.web.core.windows.net/",
        "http://www.xh-{}.org.cn/a/",
    ],
)
def test_places_where_anybody_can_put_files_are_strange(page, plants, no_sheets, to):
    assert status(plants, no_sheets, page(TAB.format(links(*BETTING, to=to)))) is Status.FAIL


def test_one_of_them_to_the_site_itself_is_asked_about(page, plants, no_sheets):
    assert status(plants, no_sheets, page(TAB.format('<a href="/up/1.html">百家乐开户</a>'))) is Status.MANUAL


@pytest.mark.parametrize(
    "text", ["网络赌博投诉", "查处百家乐投注窝点", "体育投注专项整治", "百家乐", "体育局", "彩票投注站查询"]
)
def test_what_an_office_writes_of_them_on_its_own_pages_is_ordinary(page, plants, no_sheets, text):
    assert status(plants, no_sheets, page(TAB.format(links(text, to="/art/{}.html")))) is Status.PASS


def test_links_to_the_site_itself_that_can_be_seen_are_ordinary(page, plants, no_sheets):
    assert status(plants, no_sheets, page(links(*BETTING, to="/a/{}.html"))) is Status.PASS


def test_an_office_of_the_lottery_may_link_to_its_games(page, plants, no_sheets):
    own = page(TAB.format(links("体育投注技巧", "足球投注平台", to="/wf/{}.html")), "示例省体育彩票管理中心")
    assert status(plants, no_sheets, own) is Status.PASS


def test_a_page_with_more_links_than_are_looked_at_is_not_cleared(page, plants, no_sheets):
    crowded = page("".join(f'<a href="http://www.x{at}.com/">友情链接</a>' for at in range(MAX_OUTSIDE + 1)))
    outcome = judge(hidden, plants(crowded), no_sheets)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.BUDGET_REACHED)


COMPANIES = [f"示例{name}" for name in ("集团", "化工", "泵业", "港口", "银行", "农食", "纺织", "药业", "电力")]


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="overflow:hidden"><ul style="position:relative;left:-1000px">{}</ul></div>',
        '<ul style="position:relative;left:-880px;width:4000px">{}</ul>',
        '<div style="overflow:hidden"><div style="transform:translate3d(-1200px,0,0)">{}</div></div>',
        '<div style="text-indent:-9999px">{}</div>',
    ],
)
def test_partners_on_the_track_of_a_carousel_or_under_their_logos_are_no_crowd(page, plants, no_sheets, markup):
    assert status(plants, no_sheets, page(markup.format(links(*COMPANIES)))) is Status.PASS


def test_a_crowd_from_everywhere_that_is_indented_away_is_asked_about(page, plants, no_sheets):
    trades = ("翻译公司", "女装", "钢管厂", "搬家", "月嫂", "记账", "租赁", "墙板")
    assert status(plants, no_sheets, page(f'<div style="text-indent:-9999px">{links(*trades)}</div>')) is Status.MANUAL


TAXES = ("代开发票", "代开增值税发票", "代开发票预约平台", "代开增值税发票登录入口")


@pytest.mark.parametrize("to", ["/bsfw/{}.html", "https://etax.{}.chinatax.gov.cn/", "http://www.sl-{}-tax.com/"])
def test_a_tax_office_may_link_to_its_invoices(page, plants, no_sheets, to):
    assert status(plants, no_sheets, page(TAB.format(links(*TAXES, to=to)))) is Status.PASS


def test_offers_without_soliciting_are_told_only_where_they_lead_to_strangers(page, plants, no_sheets):
    assert status(plants, no_sheets, page(TAB.format(links("游戏外挂", to="/kp/{}.html")))) is Status.PASS
    assert status(plants, no_sheets, page(TAB.format(links("游戏外挂")))) is Status.FAIL


def test_a_host_that_sounds_like_spam_is_explained_by_the_words_of_the_link(page, plants, no_sheets):
    link = '<a href="http://www.lasvegas-casino-museum.org/">{}</a>'
    assert status(plants, no_sheets, page(TAB.format(link.format("拉斯维加斯博物馆")))) is Status.PASS
    assert status(plants, no_sheets, page(TAB.format(link.format("友情")))) is Status.MANUAL


def test_hosts_in_chinese_say_what_they_sell(page, plants, no_sheets):
    markup = TAB.format('<a href="http://www.百家乐开户.com/">官方网站</a><a href="http://澳门赌场.net/">首页</a>')
    assert status(plants, no_sheets, page(markup)) is Status.FAIL


@pytest.mark.parametrize("texts", [HOTELS, HOSPITALS, BARS, NEWS])
@pytest.mark.parametrize(
    "markup",
    [
        '<div style="opacity:0">{}</div>',
        '<div style="visibility:hidden">{}</div>',
        '<div style="height:0;overflow:hidden">{}</div>',
        '<div style="overflow:hidden"><ul style="position:relative;left:-1200px">{}</ul></div>',
        "<noscript>{}</noscript>",
    ],
)
def test_accordions_and_carousels_keep_names_and_headlines_as_well(page, plants, no_sheets, texts, markup):
    assert status(plants, no_sheets, page(markup.format(links(*texts)))) is Status.PASS


def test_what_is_sure_is_told_before_what_is_asked(page, plants, no_sheets):
    spam = '<a href="http://bet365-1.example/">友</a><a href="http://www.casino88.example/">情</a>'
    assert status(plants, no_sheets, page(TAB.format(links("百家乐") + spam))) is Status.FAIL
