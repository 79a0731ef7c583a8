"""Test words as editors and templates leave them behind, and honest texts that speak of tests."""

import pytest

from xuncha.api import Status
from xuncha_plugins.content.words_checks import placeholder

INNOCENT = [
    "全市开展第三轮核酸检测，测试结果两小时可查。",
    "普通话水平测试报名通知",
    "国家学生体质健康标准测试成绩公布",
    "系统已通过软件测试，测试内容包括功能、性能和安全。",
    "软件测试测试员岗位招聘",
    "请在此处签名并加盖公章",
    "申请表此处填写申请人姓名、住址",
    "这里是全国文明城市",
    "新建栏目数量较上年增加三个",
    "网速测试",
    "心理测试",
    "测试公告",
    "测试须知",
    "新闻标题",
    "示例区人民政府",
    "此处显示本人身份证号码后四位",
    "test report of water quality",
    "测试期间请勿离开座位",
    "欢迎使用政务服务网",
    "本次测试内容为公共基础知识",
]


@pytest.mark.parametrize(
    "title",
    [
        "测试标题_示例局",
        "测试测试",
        "标题标题标题-示例局",
        "新建栏目3",
        "asdfasdf_某局",
        "这是一条测试新闻",
        "文章标题1",
        "测试信息，请勿删除！",
        "测试内容测试内容",
    ],
)
def test_a_title_of_test_words_is_accused(answer, published, title):
    assert answer(placeholder, published("<p>正文</p>", title=title)).status is Status.FAIL


@pytest.mark.parametrize(
    "title",
    [
        "测试",
        "test",
        "无标题文档",
        "Untitled Document",
        "ceshi123_示例局",
        "测试上传附件",
        "【测试】示例局召开会议",
        "欢迎使用TRS内容管理系统",
    ],
)
def test_a_title_that_may_be_one_is_asked_about(answer, published, title):
    assert answer(placeholder, published("<p>正文</p>", title=title)).status is Status.MANUAL


@pytest.mark.parametrize(
    "text",
    [
        "测试测试测试，此处填写正文内容。",
        "测试测试",
        "测试内容测试内容测试内容",
        "此信息为测试信息",
        "这里是内容",
        "请在此输入正文内容",
        '此处显示 id "main" 的内容',
        "示例文字示例文字示例文字",
        "内容内容内容内容",
        "Lorem ipsum dolor sit amet, consectetur",
    ],
)
def test_placeholder_words_on_a_page_are_accused(answer, text):
    assert answer(placeholder, f"<p>政务信息</p><p>{text}</p>").status is Status.FAIL


PROSE = (
    "展览介绍活字印刷、照相排版与激光照排的发展历程，展出字模、样张和排版软件的早期版本，并设互动体验区供观众动手排版。"
    * 2
)


@pytest.mark.parametrize("text", ["这是一条测试信息。", "这里是标题", "Lorem ipsum dolor sit amet, consectetur"])
def test_test_words_among_other_content_are_asked_about(answer, text):
    outcome = answer(placeholder, f"<p>{PROSE}</p><p>{text}</p>")
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "text-maybe")


def test_an_article_that_quotes_test_words_is_asked_about(answer, published):
    title = "关于防范诈骗短信的提示"
    body = f"<h1>{title}</h1><p>发布时间：2026-10-12　来源：示例局</p><p>短信称：</p><p>这是一条测试信息。</p>"
    page = published(body, title=title, url="http://www.a.gov.example/art/2026/10/12/art_1_2.html")
    assert page.is_article
    assert answer(placeholder, page).status is Status.MANUAL


def test_the_latin_of_typesetters_is_shown_to_the_end_of_its_line(wording):
    (filler,) = wording("<p>Lorem ipsum dolor</p><p>政务信息</p>").fillers
    assert filler.words == "Lorem ipsum dolor"


def test_menus_and_footers_are_no_other_content(answer):
    menu = "".join(f"<li><a href='/{n}/'>栏目名称之{n}号</a></li>" for n in range(20))
    foot = "<p>版权所有：示例区示例局 地址：示例路1号 网站标识码：3702030001</p>"
    assert answer(placeholder, f"<ul>{menu}</ul><p>这里是内容</p>{foot}").status is Status.FAIL


@pytest.mark.parametrize("text", INNOCENT)
def test_honest_texts_links_and_titles_are_fine(wording, published, text):
    page = published(f"<p>{text}</p><ul><li><a href='/b.html'>{text}</a></li></ul>", title=f"{text}_示例局")
    assert wording(page).fillers == ()


def test_the_words_in_a_form_tell_where_to_write(wording):
    form = "<form><input name=a><textarea name=b></textarea><p>请在此填写正文内容</p></form>"
    assert wording(form).fillers == ()


def test_a_link_of_test_words_is_one_finding_for_its_target(wording, published):
    menu = "<ul><li><a href='/x.html'>测试文章</a></li></ul>"
    (filler,) = wording(*(published(menu, url=f"http://www.a.gov.example/{n}.html") for n in range(3))).fillers
    assert (filler.target, filler.sure) == ("http://www.a.gov.example/x.html", True)


def test_doubtful_links_of_one_page_are_one_question(answer):
    outcome = answer(placeholder, "<a href='/1.html'>测试1</a><a href='/2.html'>Test 1</a>")
    assert [one.params["words"].value for one in outcome.findings] == ["测试1 / Test 1"]


def test_many_doubtful_links_are_shown_in_part(wording):
    (filler,) = wording("".join(f"<p><a href='/{n}.html'>测试{n}</a></p>" for n in range(9))).fillers
    assert filler.words == "测试0 / 测试1 / 测试2 / 测试3 / 测试4 / …"


def test_a_page_and_the_link_to_it_are_one(wording, published):
    linking = published("<a href='/x.html'>测试标题</a>")
    linked = published("<p>正文</p>", url="http://www.a.gov.example/x.html", title="测试标题")
    assert [filler.target for filler in wording(linking, linked).fillers] == [""]


def test_a_cell_of_a_table_is_no_title(wording):
    assert wording("<table><tr><td>阶段</td><td>测试</td><td>2026年3月</td></tr></table>").fillers == ()


def test_a_site_without_test_words_passes(answer):
    assert answer(placeholder, "<p>关于召开会议的通知</p>").status is Status.PASS


def test_a_notice_in_place_of_a_site_tells_nothing(answer, bare):
    assert answer(placeholder, "<p>测试测试测试</p>", crawl=bare).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("body", ["测试内容测试内容", "测试测试测试", "此条为测试信息，请勿删除"])
def test_an_article_of_test_words_only_is_accused(answer, published, body):
    info = "<p>发布时间：2026-10-12 10:20 来源：示例区示例局 字号：[大 中 小]</p>"
    url = "http://www.a.gov.example/tzgg/202610/t20261012_7001002.html"
    page = published(f"<h1>关于工作安排</h1>{info}<p>{body}</p><p>【打印】【关闭】</p>", url=url, title="关于工作安排")
    assert page.is_article
    assert answer(placeholder, page).status is Status.FAIL
