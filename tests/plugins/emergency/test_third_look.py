"""Forms within plans, days of the paper, drills that were none, and reports that somebody may leave undone."""

import pytest

from xuncha.testing import judge
from xuncha_plugins.emergency import checks, reporting_checks

HEAD = "示例局网络安全应急演练记录\n"
REST = "参加：信息中心、办公室\n情景：门户网站首页被篡改\n过程：9:08断网；9:15报告领导小组；9:40用备份恢复\n"
GOOD = "结果：全程65分钟，达到预案要求。"


def of_drill(read_drill, text, **declared):
    outcome = judge(checks.drill, *read_drill(HEAD + text, **declared))
    return str(outcome.status), [found.key for found in outcome.findings]


@pytest.fixture
def good(cases):
    return next(one.text for one in cases("plans") if one.path.stem == "01-bureau")


@pytest.mark.parametrize("other", ["打印日期：", "归档日期：", "填表日期：", "归档：", "印发日期："])
def test_an_old_drill_is_not_renewed_by_a_day_of_the_paper(read_drill, other):
    text = f"演练时间：2023年6月12日\n{REST}{GOOD}\n{other}2026年11月20日"
    assert of_drill(read_drill, text) == ("fail", ["old"])


def test_a_record_dated_only_by_the_day_it_was_filled_in_is_asked_about(read_drill):
    assert of_drill(read_drill, f"{REST}{GOOD}\n填表日期：2026年6月15日") == ("manual", ["paper-date"])


def test_the_day_of_the_drill_counts_beside_others(read_drill):
    text = f"演练时间：2026年6月12日\n{REST}{GOOD}\n打印日期：2026年11月20日"
    assert of_drill(read_drill, text) == ("pass", [])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("情景：首页被篡改\n结果：网页始终没能改回来，最后请厂家来人，第二天下午才弄好。", "failed"),
        ("内容：组织观看网络安全宣传片，讲解首页被篡改的演练知识。\n结果：达到预期目的。", "watched"),
        ("情景：首页被篡改\n结果：仅进行了人员签到和拍照，演练圆满结束。", "hollow"),
        ("情景：机房火灾，人员疏散，网站首页被篡改未涉及\n结果：全体人员3分钟撤离完毕，达到预期。", "hollow"),
        ("情景：首页被篡改\n结果：详见附件（附件未找到），效果良好。", "hollow"),
        ("情景：首页被篡改\n结果：采用口头推演，未实际操作，达到预期。", "hollow"),
    ],
)
def test_a_drill_without_practice_or_success_is_asked_about(read_drill, text, key):
    status, keys = of_drill(read_drill, f"时间：2026年6月12日\n参加：张建国、李敏\n{text}")
    assert (status, key in keys) == ("manual", True)


@pytest.mark.parametrize(
    "more",
    ["演练前组织观看警示片。\n", "演练全程一直未出现异常。\n", "未造成实际损失。\n", "机房值班人员配合疏散。\n"],
)
def test_a_drill_that_was_practised_passes_whatever_else_was_done(read_drill, more):
    assert of_drill(read_drill, f"时间：2026年6月12日\n{REST}{more}{GOOD}") == ("pass", [])


FORM = "信息报告单\n报告单位：________ 报告时间：________\n影响范围：________ 联系人：________\n已采取措施：________\n"


def approved(read_plan, text):
    outcome = judge(checks.plan_approved, *read_plan(text))
    return str(outcome.status), [found.key for found in outcome.findings]


def test_a_form_within_an_approved_plan_is_no_template(read_plan, good):
    before, last = good.rsplit("\n五、", 1) if "\n五、" in good else good.rsplit("\n第五", 1)
    text = f"{before}\n{FORM}{'五、' if chr(10) + '五、' in good else '第五'}{last}"
    assert approved(read_plan, text) == approved(read_plan, good)
    assert approved(read_plan, good)[0] == "pass"


def test_blanks_of_the_plan_itself_still_make_a_template(read_plan, good):
    text = good.replace("\n五、", "\n由____局长任组长，____副局长任副组长，____科负责联络。\n五、", 1)
    assert approved(read_plan, text)[1] == ["blanks"]


PLAN = (
    "示例局网站网络安全应急预案\n示民发〔2026〕1号\n一、总则\n（一）适用范围。适用于门户网站网络安全事件的处置。\n二、组织机构\n"
    "成立领导小组，局长任组长，信息中心负责日常工作。\n三、事件报告\n{}\n四、应急处置\n网页被篡改：断网，保存日志，用备份恢复。\n"
)


def reported(read_plan, words):
    outcome = judge(reporting_checks.reporting, *read_plan(PLAN.format(words)))
    return str(outcome.status), [found.key for found in outcome.findings if found.key != "local-office"]


@pytest.mark.parametrize(
    "words",
    [
        "事件发生后4小时内逐级上报。一般情况下不向网信办报告，由本局内部处理。",
        "4小时内报区委网信办。（注：本条为照抄，实际由运维公司决定是否上报）",
        "发现事件立即报告局长，4小时内报告领导小组组长，由局长视情况决定是否报区委网信办。",
        "发生事件先由局内处理，处理不了的再报区委网信办，4小时内报分管领导。",
        "较大以上事件无需报区委网信办，4小时内报区政府办公室。",
    ],
)
def test_a_report_that_may_be_left_undone_is_asked_about(read_plan, words):
    status, keys = reported(read_plan, words)
    assert (status, "averse" in keys) == ("manual", True)


def test_a_limit_that_is_for_nobody_outside_is_asked_about(read_plan):
    words = "发生较大以上事件，4小时内上报。对外由区委网信办统一发布，报区委网信办审核。"
    assert reported(read_plan, words) == ("manual", ["limit-to-nobody"])


@pytest.mark.parametrize(
    "words",
    [
        "较大以上事件4小时内报区委网信办，不得迟报、漏报、瞒报、不报。",
        "较大以上事件4小时内报区委网信办，一般事件可不报网信办，由本局内部处理。",
        "4小时内报区委网信办，信息中心研判后视情况报领导小组组长。",
        "事件发生后4小时内报告区委网信办，不及时上报的追究责任。",
    ],
)
def test_a_plain_duty_to_report_passes(read_plan, words):
    assert reported(read_plan, words) == ("pass", [])


@pytest.mark.parametrize("when", ["次日上午下班前", "一周内", "4小时后"])
def test_a_limit_that_is_not_in_hours_is_shown(read_plan, when):
    plan = PLAN.format(f"依据《国家网络安全事件报告管理办法》。较大事件{when}报区委网信办。")
    outcome = judge(reporting_checks.reporting, *read_plan(plan))
    (found,) = [one for one in outcome.findings if one.key == "limit-unclear"]
    assert when in found.excerpt


def test_the_title_of_a_rule_is_no_word_on_reporting(read_plan):
    text = PLAN.format("较大事件尽快报区委网信办。").replace(
        "（一）", "编制依据：《国家网络安全事件报告管理办法》。\n（一）"
    )
    outcome = judge(reporting_checks.reporting, *read_plan(text))
    (found,) = [one for one in outcome.findings if one.key == "limit-unclear"]
    assert "尽快" in found.excerpt


@pytest.mark.parametrize(
    "more",
    [
        "本预案修订后15日内重新报区委网信办备案。",
        "运维单位应在24小时内提交初步分析报告。",
        "演练结束后10日内将总结报区委网信办。",
        "联络员变动的，5个工作日内报区委网信办。",
        "重要活动期间实行零报告制度，每24小时内向区委网信办报送一次情况。",
    ],
)
def test_limits_for_what_is_no_incident_are_not_late(read_plan, more):
    assert reported(read_plan, f"较大以上事件4小时内报区委网信办。{more}") == ("pass", [])


@pytest.mark.parametrize("more", ["□优秀 ☑合格 □不合格\n", "上年演练未达到2小时目标，今年有明显改进。\n"])
def test_what_was_not_chosen_or_was_last_year_is_no_failure(read_drill, more):
    assert of_drill(read_drill, f"时间：2026年6月12日\n{REST}{more}{GOOD}") == ("pass", [])
