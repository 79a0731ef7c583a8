"""What is written twice: titles of office, names of leaders and organs; and the many phrases that only look so."""

import pytest

from xuncha.api import Status
from xuncha_plugins.content.words_checks import typos

OFFICES = [
    ("11月16日，县委副书书记李明出席会议并讲话。", "书书记"),
    ("县委书记书记王明主持会议。", "书记书记"),
    ("镇党委书记记张华到村调研。", "书记记"),
    ("县委副副书记、县长李明出席。", "副副书记"),
    ("县政府办公室副副主任陪同调研。", "副副主任"),
    ("县人大常委会主主任出席会议。", "主主任"),
    ("县发改局主任主任张华作汇报。", "主任主任"),
    ("县长县长李明作政府工作报告", "县长县长"),
    ("县政协主席主席王明主持", "主席主席"),
    ("省委秘书秘书长参加调研", "秘书秘书长"),
    ("示例县人民人民政府关于印发规划的通知", "人民人民政府"),
    ("示例县人民政政府关于印发规划的通知", "人民政政府"),
    ("报示例县人民政府政府。", "人民政府政府"),
    ("示例村村民委委员会换届选举", "村民委委员会"),
    ("县人大常务委员委员会第三次会议", "委员委员会"),
    ("示例县人民代表代表大会公告", "人民代表代表大会"),
    ("示例县人民检察检察院提起公诉", "人民检察检察院"),
    ("示例县人民政府办公公室", "办公公室"),
    ("根据国务务院的部署", "国务务院"),
    ("中华人民人民共和国行政许可法", "中华人民人民共和国"),
]
LEADERS = [
    ("深入学习习近平总书记总书记重要讲话精神", "总书记总书记"),
    ("深入学习习近平总书总书记重要讲话精神", "总书总书记"),
    ("习近平习近平新时代中国特色社会主义思想", "习近平习近平"),
    ("学习贯彻习近平新时代新时代中国特色社会主义思想", "习近平新时代新时代"),
    ("坚持和发展中国特色社会主义主义", "社会主义主义"),
    ("贯彻党中央党中央、国务院决策部署", "党中央党中央"),
]
INNOCENT = """
我们常常委托第三方开展评估。|党委经常委会研究决定重大事项。|人人民主参与，人人民主监督|每人人民币200元|申请人人民政府信息公开
各区区长、县县长出席会议|全市市长热线办理情况|各镇镇长、乡乡长签订责任书|市市场监管局|省省级机关事务管理局
县县城建设规划|中国国家标准化管理委员会|政协常委委员视察|纪委委员、监委委员|党委委员会前学法
市纪委常委委员会议|中国国务院新闻办公室|财政部部长、教育部部长出席|水利局局长办公会|市人民医院院长代表
各乡镇党委委员会同相关站所|县委委员会见客商|常务委员会会议听取汇报|委员会委员会议室|市人大常委会会议
深入学习习近平总书记重要讲话精神|见习习近平新时代中国特色社会主义思想专题班|习近平平易近人的作风|习近平平等待人|实习习近平法治思想
图书书记载了当地历史|县志书书记载|兵书书记述|村书记记录走访情况|中央书记处书记处理日常工作
支部书记记者会|县委书记记在心上|总书记记得每一位乡亲|书记书记员签名|村支部书记书记项目评审
内科主任主任医师坐诊|副主任主任护师|业主主任委员|房主主任其职|县公证处主任主任公证员
市长市长信箱|县长县长热线|区长区长江大保护巡河|局长局长信箱|主席主席团会议
一副副春联|现场送出一副副对联|几副副本|社会主义义务教育|社会主义社会主要矛盾
示例县人民政府政府信息公开工作年度报告|示例县人民政府政府工作报告|示例县人民政府政府采购公告|示例县人民政府府办发〔2026〕3号|人民政府政府网站年度报表
全国人民代表大会会议|全国人民代表大会大会堂|人大代表代表群众发言|中共中央中央军委联合印发|中国共产党党员
中国共产党共产党员先锋岗|党中央中央八项规定精神|国务院院内交通管制|政府办公室办公室主任|中国特色社会主义思想思想政治教育
新中国中国特色社会主义|保密秘书长期从事|新社会主义义工|中国共产党示例省人民政府国有资产监督管理委员会委员会|历任学联主席主席任期均为一年
最高检检察长|自主主任务|由书记记入台账|评委委员会|国家发改委委员会|中共示例市委委员会|江山就是人民人民就是江山|折合人民人民币元|县委办公室办公室当代代表作品|人民法院法院文化建设
"""


@pytest.mark.parametrize(("text", "wrong"), OFFICES)
def test_titles_and_organs_with_a_part_written_twice_are_hints(answer, text, wrong):
    outcome = answer(typos, f"<div class='TRS_Editor'><p>　　{text}</p></div>")
    assert (outcome.status, outcome.findings[0].params["wrong"].value) == (Status.WARN, wrong)


@pytest.mark.parametrize(("text", "wrong"), LEADERS)
def test_names_of_leaders_and_party_written_twice_are_left_to_a_person(answer, text, wrong):
    outcome = answer(typos, f"<div id='zoom'><p>{text}</p></div>")
    assert (outcome.status, outcome.findings[0].params["wrong"].value) == (Status.MANUAL, wrong)


@pytest.mark.parametrize("text", [text for line in INNOCENT.split("\n") for text in line.split("|") if text])
def test_what_only_looks_like_writing_twice_is_fine(wording, text):
    assert wording(f"<p>{text}</p>").typos == ()


@pytest.mark.parametrize(
    "menu",
    [
        "<a href='/sz/'>市长</a><a href='/xx/'>市长</a>",
        "<span>习近平</span><span>习近平</span>",
        "<td>县委书记</td><td>书记</td>",
        "<li><a href='/gwy/'>国务院</a><b>国务院</b></li>",
    ],
)
def test_two_words_of_the_markup_are_not_one(wording, menu):
    assert wording(f"<table><tr>{menu}</tr></table>").typos == ()


def test_the_right_form_elsewhere_in_the_sentence_excuses_nothing(wording):
    assert wording("<p>县委副书书记李明、镇党委书记王华参加。</p>").typos != ()


def test_a_bulletin_that_quotes_such_slips_is_fine(wording):
    assert wording("<p>通报指出，个别网站存在错别字，出现“县委副书书记”等问题。</p>").typos == ()


def test_pages_that_script_builds_tell_nothing_of_slips(answer, bare):
    assert answer(typos, "<p>书书记</p>", crawl=bare).status is Status.INCONCLUSIVE
