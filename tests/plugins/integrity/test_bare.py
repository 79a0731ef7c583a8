"""Pages that hold hardly anything but what defacers write, and titles that advertise; all without a baseline."""

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.integrity.checks import defacement

LEFT = [
    "Owned",
    "./Mr.X was here - no system is safe",
    "Cyber Army of Russia",
    "We are Anonymous",
    "lol admin sleeping? patch your site",
    "你被黑了",
    "网站已沦陷 By:暗夜",
    "已被拿下 by 小明",
    "黑页 by 小明",
    "Your site is mine now",
    "Site under control of Red Team",
    "Security breached",
    "hαcked by turk",
    "Mirror saved to zone-h",
    "管理员你的网站太脆弱了",
    "漏洞已提交，请修复！by 小黑",
    "贵站数据库已被下载",
    "打倒共产党",
    "习近平下台",
    "光复香港 时代革命",
    "Взломано Zer0",
    "Hackeado por Zer0",
    "Hacké par Zer0",
    "تم الاختراق بواسطة",
    "Zer0 tarafından hacklendi",
    "ini web udah gw hek",
    "Bị hack bởi Zer0",
    "해킹당했습니다",
    "ハッキングされました",
]
TOLD = [
    "演练科目：网站首页被篡改为“Hacked by XXX”，值班员发现后立即断网。",
    "“你被黑了”——一封邮件背后的骗局",
    "香港法院裁定“光复香港、时代革命”口号违法",
    "日本首相宣布下台",
    "农技站提醒：打倒害虫保丰收",
    "我市公安机关打击黑客组织纪实",
    "坚决反对“台湾独立”",
]
TITLES = [
    "快连VPN官网下载-快连加速器免费永久版",
    "纸飞机telegram中文版下载",
    "imtoken钱包官方下载_imtoken苹果版",
    "币安交易所app下载",
    "论文代写_硕士毕业论文代写",
    "WPS官网下载-WPS Office电脑版免费下载",
    "免费观看高清国产成人片",
    "深圳高端商务模特预约-上海外围",
    "壹号娱乐-NG大舞台,有梦你就来",
    "【楽天市場】ナイキ エアマックス 95 メンズ 新品 正規品",
    "สล็อตเว็บตรง คาสิโนออนไลน์",
]


def said(made, html, **where):
    page = made.parsed(html, **where)
    return judge(defacement, made.visit(page), crawl=made.crawl(page))


@pytest.mark.parametrize("words", LEFT)
def test_a_page_that_holds_nothing_else_is_asked_about(made, words):
    html = f"<title>{words}</title><body bgcolor=black><h1>{words}</h1><img src=//i.imgur.example/a.png>"
    assert said(made, html).status is Status.MANUAL


@pytest.mark.parametrize("words", ["Owned", "Expect us", "你被黑了"])
def test_a_page_with_nothing_but_a_picture_is_asked_about_for_its_title(made, words):
    assert said(made, f"<title>.::: {words} :::.</title><body bgcolor=black><img src=/x.jpg>").status is Status.MANUAL


@pytest.mark.parametrize(
    "words",
    ["垃圾分类进社区", "网站管理员公开招聘", "数据库已被纳入统一平台", "Flood under control", "脆弱性评估服务采购公告"],
)
def test_short_pages_with_such_words_in_another_sense_are_left_alone(made, words):
    assert said(made, f"<title>示例县</title><h1>{words}</h1><p>特此公告。").status is Status.PASS


@pytest.mark.parametrize("words", TOLD)
def test_short_pages_that_tell_about_it_are_left_alone(made, words):
    assert said(made, f"<title>示例县</title><h1>{words}</h1><p>请各单位认真学习。").status is Status.PASS


@pytest.mark.parametrize("words", ["习近平下台", "打倒共产党"])
def test_slogans_on_a_page_with_much_else_need_a_baseline(made, words):
    assert said(made, made.page(body=f"<p>{words}</p>")).status is Status.PASS


def test_a_sentence_among_others_in_a_short_text_is_asked_about(made):
    prose = "为贯彻落实上级部署，现将有关事项通知如下。加强督促检查，确保取得实效。" * 3
    assert said(made, f"<h1>关于报名的通知</h1><p>{prose}本站已被黑客入侵，Hacked by kk</p>").status is Status.MANUAL


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_advertises_what_the_page_does_not_is_asked_about(made, title):
    assert [found.key for found in said(made, made.page(title=title)).findings] == ["advertised"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_says_what_the_page_says_is_left_alone(made, title):
    assert said(made, made.page(title=title, body=f"<h2>{title}</h2>")).status is Status.PASS


@pytest.mark.parametrize(
    "title", ["警惕“快连VPN”一类软件下载陷阱", "教育局严厉打击论文代写", "谨防币安app下载诈骗", "示例县教育局"]
)
def test_titles_that_warn_are_left_alone(made, title):
    assert said(made, made.page(title=title)).status is Status.PASS
