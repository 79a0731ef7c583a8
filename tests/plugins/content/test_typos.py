"""Wrong forms in the kind of text that they are found in, and the many texts in which the same characters are right."""

from dataclasses import replace

import pytest

from xuncha.api import Reason, Status
from xuncha.model.crawl import PageRecord
from xuncha_plugins.content.typos import wrong_forms
from xuncha_plugins.content.words_checks import typos

INNOCENT = [
    "全体干部深入民心、走入民间，把服务送入民政对象家中。",
    "医保基金纳入民生实事，资金收入民生专户。",
    "外国资本进入中国入民营企业须经备案。",
    "干部走进入民政府会议室参加座谈。",
    "专家编入民法典释义，各地迈入民法典时代。",
    "一场激烈土地竞拍后，惨烈土方塌方事故的调查结束。",
    "轰轰烈烈土地革命战争时期的旧址。",
    "参加人民代表大会的人大代表人数共三百人。",
    "会上有人民代表大人数众多的提案。",
    "自己经营的门店、知己经年未见、他自己经历了困难。",
    "发布署名文章，公布署理人选。",
    "该市与外国务完善合作机制。",
    "听取社会主意识形态工作汇报",
    "学习中国共产党十九大代表先进事迹",
    "我党十九大以来的成就",
    "户口薄弱地区，登记薄弱环节",
    "执法津贴、司法津贴的发放",
    "统一按排名先后录取，工作按排序推进",
    "人民检查院子里的消防设施",
    "习近平总书记念兹在兹，习近平总书记要求",
    "各级政府办公听取汇报",
    "为社会保证局面稳定作出贡献",
    "组织大学生见习进平台企业、实习进平安示范社区",
    "队员们的日常练习近乎严苛，学习近评比前列的经验",
    "缅怀早期中国共产党中英勇就义的女烈士",
    "工作按排定计划推进，时间按排期执行，日程按排好的表进行",
    "习近平总记挂着山区群众",
    "被执行人名法院已公示，联系人名政府网可查",
    "示例区全国物院系统",
    "干部暑期培训工作部暑期班次",
    "提醒社会注意防范",
    "家长务委员会",
    "为人民币服务贸易结算提供便利",
    "时任省委书记习近平书记考察",
    "组织学习近总书记讲话原文",
]

ABOUT_TYPOS = [
    "通报指出，个别网站出现“中国入民”“烈土”等低级错误。",
    "检查发现错别字12处，如将人民政府误写为入民政府。",
    "勘误：第三页“党十九大”应为“党的十九大”。",
    "校对时发现入民法院一词，属于录入错别字。",
    "示例局 入民法院 人民法院",
]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("由示例区入民政府负责解释。", "人民政府"),
        ("热烈庆祝中国入民解放军建军", "中国人民"),
        ("区人民代表大人常务委员会公告", "人民代表大会"),
        ("清明祭扫革命烈土陵园", "革命烈士"),
        ("区人民检查院提起公诉", "人民检察院"),
        ("中华人民共合国国务院令", "中华人民共和国"),
        ("国物院办公厅印发通知", "国务院"),
        ("区人民代表大会长务委员会", "常务委员会"),
    ],
)
def test_names_of_state_organs_are_accused(answer, text, right):
    outcome = answer(typos, f"<p>{text}</p>")
    assert (outcome.status, outcome.findings[0].params["right"].value) == (Status.FAIL, right)


@pytest.mark.parametrize(
    "text",
    [
        "传达学习党十九大精神",
        "坚持社会主意核心价值观",
        "习进平主持会议",
        "认真学习习进平重要讲话",
        "扎实推进新时代中国特色社会注意建设",
        "学习十九届六种全会精神",
        "习总书计强调",
        "深入学习习近平总书重要讲话",
        "传达习近总书记的指示",
        "坚持全心全意为人民币服务",
        "党中英、国务院决定",
    ],
)
def test_wording_of_party_and_leaders_is_left_to_a_person(answer, text):
    assert answer(typos, f"<p>{text}</p>").status is Status.MANUAL


@pytest.mark.parametrize(
    "text",
    [
        "申请人须提供户口薄原件",
        "全县教肓工作会议",
        "材料己经提交",
        "严禁弄虚做假",
        "对安全生产工作进行了按排部暑",
        "现将工作按排如下",
        "切实履行主体责仼",
        "任务迫在眉捷，要再接再励",
    ],
)
def test_ordinary_slips_are_hints(answer, text):
    assert answer(typos, f"<p>{text}</p>").status is Status.WARN


@pytest.mark.parametrize("text", INNOCENT)
def test_the_same_characters_in_proper_texts_are_fine(wording, text):
    assert wording(f"<p>{text}</p>").typos == ()


@pytest.mark.parametrize("text", ABOUT_TYPOS)
def test_texts_about_typos_are_fine(wording, text):
    assert wording(f"<p>{text}</p>").typos == ()


LISTED = "<tr><td>示例局</td><td>人名政府</td></tr>"


@pytest.mark.parametrize("head", ["<tr><th>单位</th><th>错误</th></tr>", "<tr><td>单位</td><td>错误表述</td></tr>"])
def test_a_table_of_typos_is_fine(wording, head):
    assert wording(f"<table>{head}{LISTED}</table>").typos == ()


def test_a_page_on_typos_by_title_or_heading_is_fine(wording, published):
    titled = published(f"<table>{LISTED}</table>", title="关于网站错别字情况的通报_示例局")
    assert wording(titled, f"<h2>错敏信息清单</h2><table>{LISTED}</table>").typos == ()


def test_a_table_of_other_things_is_read(wording):
    assert wording(f"<table><tr><th>单位</th><th>名称</th></tr>{LISTED}</table>").typos != ()


def test_the_excerpt_shows_the_place_and_the_line_only(wording):
    (typo,) = wording("<p>第一行</p><p>由示例区入民政府负责解释。</p><p>末行</p>").typos
    assert typo.excerpt == "由示例区入民政府负责解释。"


def test_proper_occurrences_are_not_counted(wording):
    (typo,) = wording("<p>区入民政府。深入民政府。县入民政府。</p>").typos
    assert typo.count == 2


def test_a_slip_in_the_frame_of_every_page_is_one(wording, published):
    footer = "<div>主办：示例区入民政府办公室</div>"
    (typo,) = wording(*(published(footer, url=f"http://www.a.gov.example/{n}.html") for n in range(5))).typos
    assert (typo.url, typo.pages) == ("http://www.a.gov.example/0.html", 5)


def test_scripts_are_not_read(wording):
    assert wording("<script>var a='区入民政府'</script><p>正文</p>").typos == ()


def test_a_site_without_slips_passes(answer):
    assert answer(typos, "<p>示例区人民政府办公室印发通知。</p>").status is Status.PASS


def test_a_notice_in_place_of_a_site_tells_nothing(answer, bare):
    assert answer(typos, "<p>网站维护中</p>", crawl=bare).reason.code is Reason.TOO_FEW_PAGES


def test_pages_that_script_builds_leave_the_question_open(answer, crawled):
    scripted = PageRecord("http://www.a.gov.example/x", "http://www.a.gov.example/x", 0, 200, words=10, scripted=True)
    crawl = replace(crawled, pages=(*crawled.pages, scripted))
    assert answer(typos, "<p>示例区人民政府</p>", crawl=crawl).reason.code is Reason.NEEDS_BROWSER


def test_every_wrong_form_is_found_where_it_stands_alone(wording):
    missed = [form for form in wrong_forms() if form not in {typo.wrong for typo in wording(f"<p>{form}</p>").typos}]
    assert missed == []
