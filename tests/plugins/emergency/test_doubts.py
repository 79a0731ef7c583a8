"""Plans and records that say themselves that they prove nothing yet; words that only look like it."""

import pytest

from xuncha.testing import judge
from xuncha_plugins.emergency import checks, reporting_checks

HEAD = "示例局网络安全应急演练记录\n"
REST = "参加：信息中心、办公室\n情景：首页被篡改\n"


def of_drill(read_drill, text, **declared):
    outcome = judge(checks.drill, *read_drill(HEAD + text, **declared))
    return str(outcome.status), [found.key for found in outcome.findings]


def of_plan(read_plan, check, text):
    outcome = judge(check, *read_plan(text))
    return str(outcome.status), [found.key for found in outcome.findings]


@pytest.fixture
def good(cases):
    return next(one.text for one in cases("plans") if one.path.stem == "01-bureau")


@pytest.mark.parametrize(
    "result",
    [
        "结果：恢复失败，备份不可用，用时40分钟",
        "结果：未达到预案要求，超时3小时，评定不合格",
        "结论 失败：备份无法恢复，网站中断6小时。",
    ],
)
def test_a_drill_that_failed_is_asked_about(read_drill, result):
    status, keys = of_drill(read_drill, f"时间：2026年6月12日\n{REST}{result}")
    assert (status, "failed" in keys) == ("manual", True)


@pytest.mark.parametrize(
    "text",
    [
        f"计划时间：2026年6月12日\n{REST}预期效果：30分钟恢复，达到目的",
        f"拟于2026年6月12日组织演练。\n{REST}结果：30分钟恢复，达到目的",
    ],
)
def test_a_drill_that_is_only_planned_is_asked_about(read_drill, text):
    status, keys = of_drill(read_drill, text)
    assert (status, "planned" in keys) == ("manual", True)


def test_offices_that_came_took_part(read_drill):
    text = "2026年6月15日，演练首页被篡改。信息中心、办公室都来了，用时40分钟，达到目的。"
    assert of_drill(read_drill, text) == ("pass", [])


@pytest.mark.parametrize(
    "day",
    ["2026年应急演练总结\n6月12日上午举行。", "6月12日（2026年）举行。", "2026年汛前演练小结\n6月12日在机房举行。"],
)
def test_a_day_gets_the_year_that_the_record_names(read_drill, day):
    assert of_drill(read_drill, f"{day}\n{REST}结果：达到目的") == ("pass", [])


def test_a_drill_without_real_data_was_held(read_drill):
    text = f"时间：2026年6月12日\n{REST}演练未使用真实数据，没有造成业务中断。\n结果：达到目的"
    assert of_drill(read_drill, text) == ("pass", [])


@pytest.mark.parametrize("check", [checks.plan_current, checks.plan_approved])
def test_a_plan_that_was_repealed_is_asked_about(read_plan, good, check):
    status, keys = of_plan(read_plan, check, good + "\n（本预案自2026年10月1日起废止，新预案正在起草。）\n")
    assert (status, keys) == ("manual", ["repealed"])


def test_a_plan_that_repeals_the_former_one_is_in_force(read_plan, good):
    text = good + "\n2019年印发的原预案同时废止。\n"
    assert of_plan(read_plan, checks.plan_current, text) == ("pass", [])


def test_a_limit_that_refers_to_the_rules_is_asked_about(read_plan):
    text = "示例局网站应急预案\n按照《国家网络安全事件报告管理办法》规定的时限和程序，向网信部门、公安机关报告。\n"
    assert "limit-unclear" in of_plan(read_plan, reporting_checks.reporting, text)[1]


def test_a_limit_that_was_left_blank_is_asked_about(read_plan, good):
    text = good.replace("\n", "\n发生较大以上事件，__小时内报省委网信办。\n", 1)
    assert "blank" in of_plan(read_plan, reporting_checks.reporting, text)[1]


@pytest.mark.parametrize(
    "line",
    [
        "示例局 2026年3月1日印发（示局〔2026〕3号）",
        "版本：V3.1    批准人：吴斌（局长）    批准日期：2026-01-15",
        "本预案2026年4月10日由局长办公会讨论通过后执行。",
    ],
)
def test_approval_and_its_date_are_seen_beside_other_words(read_plan, line):
    text = f"示例局网站安全事件应急预案\n一、发生事件的，按本预案处置。\n{line}\n"
    assert not {"no-approval", "no-date"} & set(of_plan(read_plan, checks.plan_approved, text)[1])
