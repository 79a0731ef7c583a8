"""What defacers write, and who only writes about them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.integrity import signs
from xuncha_plugins.integrity.checks import defacement

HACKED = [
    "Hacked by Ghost",
    "HACKED BY  ~ MR.X",
    "Defaced By Cyb3r Team",
    "0wned by r00t",
    "You have been hacked!",
    "Your website has been pwned",
    "Your files have been encrypted",
    "本站已被黑客入侵",
    "你的网站已经被我们拿下",
    "黑客张三到此一游",
    "Ｈａｃｋｅｄ　ｂｙ　Ｇｈｏｓｔ",
    "H\u200backed b\u200by Ghost",
    "H a c k e d  b y  Ghost",
    "H.a.c.k.e.d By Ghost",
    "HACKED!!! by Ghost",
    "P0wned by Ghost",
    "[ Hacked ] ~ k1ng",
    "Hacker:xiaobai QQ:123456",
    "本站已被黑客小白拿下",
    "网站已被我控制，请联系QQ10086",
    "本網站已被駭客入侵",
    "你的網站已經被我們攻破",
]
INNOCENT = [
    "公安机关破获一起黑客入侵网站案",
    "演练：假设系统被我方红队攻破",
    "火势已被我们控制，无人员伤亡",
    "黑客松：Hackathon 2024 报名",
    "国家超算中心服务器被我国企业拿下订单",
    "Hackers: what every office should know",
    "网站被黑了怎么办？网络安全宣传周问答",
    "我市多家单位网站被黑客攻击情况的通报",
    "How to tell whether a website was hacked",
    "本网站由示例县教育局主办，系统由某公司承建",
    "远程渗透测试服务采购公告",
    "您的网站被黑客入侵了怎么办？",
    "黑客：张三落网",
    "此网站已被黑客控制，请勿访问",
    "网警提醒：此网站已被黑客入侵",
    "贵单位的数据被加密怎么办",
    "黑客到此一游：网络安全知识问答",
    "Your files are encrypted: what to do",
    "本網站由示例縣教育局主辦",
    "您的網站被駭客入侵了怎麼辦？",
]


def said(made, html, depth=0):
    page = made.parsed(html, depth=depth)
    return judge(defacement, made.visit(page), crawl=made.crawl(page))


@pytest.mark.parametrize("words", HACKED)
def test_the_title_of_a_defacer_fails(made, words):
    assert said(made, f"<title>{words}</title><p>x").status is Status.FAIL


@pytest.mark.parametrize("words", HACKED)
def test_the_words_of_a_defacer_on_a_line_of_the_page_fail(made, words):
    assert said(made, made.page(body=f"<h1>{words}</h1>")).status is Status.FAIL


@pytest.mark.parametrize("words", INNOCENT)
def test_who_writes_about_it_is_left_alone(made, words):
    assert said(made, made.page(body=f"<p>{words}</p>")).status is Status.PASS


@pytest.mark.parametrize("words", INNOCENT)
def test_titles_about_it_are_left_alone(made, words):
    assert said(made, made.page(title=words)).status is Status.PASS


def test_in_lists_the_words_prove_nothing(made):
    row = '<ul><li><a href="/art/9.html">本站已被黑客入侵</a><span>2026-01-05</span></li></ul>'
    assert said(made, made.page(body=row)).status is Status.MANUAL


def test_quoted_in_an_article_they_prove_nothing(made):
    body = "<p>网页被篡改的常见字样有以下几种，各单位要认真排查。</p>" * 5 + "<p>Hacked by XXX</p>"
    head = '<meta name="ArticleTitle" content="网络安全常识"><meta name="PubDate" content="2026-01-03 10:00">'
    article = (
        f"<html><head>{head}</head><body><h1>网络安全常识</h1><p>发布时间：2026-01-03 10:00</p>{body}</body></html>"
    )
    page = made.parsed(article, "http://www.a.gov.example/art/9.html", depth=2)
    assert judge(defacement, made.visit(page), crawl=made.crawl(page)).status is Status.MANUAL


def test_a_script_that_shows_the_words_fails(made):
    found = said(made, made.page(head="<script>alert('Hacked by xXx Crew')</script>"))
    assert [one.key for one in found.findings] == ["script"]


def test_a_short_page_with_a_doubtful_word_is_asked_about(made):
    assert said(made, "<p>we are anonymous, expect us").status is Status.MANUAL


def test_text_full_of_spam_is_asked_about_and_not_repeated(made):
    found = said(made, made.page(body="<p>百家乐 六合彩 时时彩 老虎机 真人娱乐</p>"))
    assert found.status is Status.MANUAL
    assert "百家乐" not in str(found.findings)


def test_police_who_name_what_they_fight_are_left_alone(made):
    text = "<p>公安机关打击百家乐、六合彩、时时彩、老虎机等网络赌博</p>"
    assert said(made, made.page(body=text)).status is Status.PASS


def test_what_stands_for_a_picture_in_a_defacers_words_is_asked_about(made):
    found = said(made, made.page(body='<img src="/u.gif" alt="Hacked by kk">'))
    assert [(one.key, one.status) for one in found.findings] == [("caption", Status.MANUAL)]


@pytest.mark.parametrize("words", ["网络安全宣传周：网站被黑客入侵怎么办", "示例县教育局 logo"])
def test_captions_of_honest_pictures_are_left_alone(made, words):
    assert said(made, made.page(body=f'<img src="/u.gif" alt="{words}">')).status is Status.PASS


def test_many_headlines_with_one_word_of_spam_are_asked_about(made):
    rows = "".join(f'<p><a href="/art/{at}.html">百家乐开户送彩金{at}</a></p>' for at in range(6))
    assert [one.key for one in said(made, made.page(body=rows)).findings] == ["spam"]


def test_many_headlines_about_the_fight_against_it_are_left_alone(made):
    rows = "".join(f'<p><a href="/art/{at}.html">我县查处百家乐赌博案件{at}起</a></p>' for at in range(6))
    assert said(made, made.page(body=rows)).status is Status.PASS


def test_headlines_that_quote_the_words_are_left_alone(made):
    names = ("百家乐", "时时彩", "六合彩", "老虎机", "真人娱乐")
    text = "".join(f"<p>会计与“{name}”的故事</p>" for name in names)
    assert said(made, made.page(body=text)).status is Status.PASS


def test_addresses_in_the_words_are_defanged(made):
    found = said(made, "<title>Hacked by www.bad.example</title>").findings[0]
    assert "www.bad.example" not in str(found.params)


def test_nothing_is_said_of_a_site_that_was_not_seen(made):
    page = made.parsed(made.page())
    crawl = made.crawl(page, complete=False, problem="timeout")
    assert judge(defacement, made.visit(), crawl=crawl).status is Status.INCONCLUSIVE


def test_it_is_told_how_many_pages_were_read_in_full(made):
    (told,) = said(made, made.page()).notes
    assert (told.key, told.params["pages"].value) == ("looked", 1)


CASES = (
    "“澳门新葡京”“皇冠体育”等赌博网站层层发展代理，设真人荷官、百家乐、六合彩、时时彩等玩法。",
    "经查，犯罪嫌疑人李某通过搭建网站吸引参赌人员投注，涉案金额3.2亿元。",
)
VENUES = "金沙娱乐城、太阳城娱乐城、威尼斯人娱乐会所、银河娱乐城、永利娱乐"
WARNING = """<html><head><title>勒索病毒预警_示例县教育局</title><meta name="ArticleTitle" content="勒索病毒预警">
<meta name="PubDate" content="2026-01-03 10:00"></head><body><ul><li><a href="/">首页</a></li></ul><h1>勒索病毒预警</h1>
<p>发布时间：2026-01-03 10:00</p><p>Your files have been encrypted</p><p>电脑弹出上述提示的，请断网。</p></body>"""


@pytest.mark.parametrize("words", ["<p>".join(CASES), f"{VENUES} KTV 经营许可予以公示。", f"<p>{VENUES}许可证号1</p>"])
def test_police_notices_and_lists_of_venues_are_left_alone(made, words):
    assert said(made, made.page(body=f"<p>{words}</p>")).status is Status.PASS


def test_names_on_a_page_about_licences_are_left_alone(made):
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in VENUES.split("、"))
    html = made.page(title="娱乐场所行政许可公示", body=f"<table>{rows}</table>")
    assert said(made, html).status is Status.PASS


def test_names_in_a_list_of_what_was_shut_down_are_left_alone(made):
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in ("皇冠体育", "亚博体育", "六合彩开奖", "威尼斯人"))
    assert said(made, made.page(title="第12批违法赌博网站名单", body=f"<table>{rows}</table>")).status is Status.PASS


def test_the_same_names_on_another_page_are_asked_about(made):
    assert said(made, made.page(body=f"<p>{VENUES.replace('会所', '')}</p>")).status is Status.MANUAL


def test_an_article_that_warns_may_show_what_it_warns_of(made):
    page = made.parsed(WARNING, "http://www.a.gov.example/art/1.html", depth=2)
    assert judge(defacement, made.visit(page), crawl=made.crawl(page)).status is Status.PASS


def test_every_word_of_spam_is_looked_for():
    words = signs._words()
    assert not [word for word in words.spam if not any(stem in word for stem in words.spam_stems)]


def test_no_word_that_is_looked_for_first_mixes_latin_letters_with_others():
    assert not [word for _, _, word in signs._stems().others if re.search("[A-Za-z]", word)]


def test_every_traditional_character_has_its_simplified_one():
    assert not {old for old, new in signs._simplified().items() if chr(old) == new or ord(new) in signs._simplified()}


@given(some.text("Hacked by 黑客入侵\n\u200b Ｈ駭網", max_size=60))
def test_any_text_is_read(text):
    read = signs._read(text)
    assert read.shown.lower() == read.lower
    assert all(line in read.shown for line in signs._lines_with(["ack", "黑"], read))
