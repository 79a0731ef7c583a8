"""What keeps a paper from proving anything by itself; what only sounds like it."""

import pytest

from xuncha.api import DocumentLocator, Passage
from xuncha_plugins.evidence.doubts import Doubt, doubts


def doubted(text, kind):
    lines = [Passage(line, DocumentLocator("a.txt", paragraph=at)) for at, line in enumerate(text.split("\n"))]
    return [shown.words for _, shown in doubts(lines, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "结果：恢复失败，备份不可用",
        "结果：未达到预案要求，超时3小时，评定不合格",
        "演练记录 日期 2026/6/12 科目 首页被篡改 参演 信息中心、办公室 结论 失败：备份无法恢复，网站中断6小时。",
        "结果：演练中止",
        "结果如下：页面未能恢复",
        "用时5小时，恢复成功，超过预定2小时目标。",
    ],
)
def test_a_result_that_tells_of_failure_is_seen(text):
    assert doubted(text, Doubt.FAILED)


@pytest.mark.parametrize(
    "text",
    [
        "情景：模拟备份无法恢复",
        "攻击方三次尝试失败，防守成功",
        "全程未出现失败，未超过2小时的目标",
        "如果恢复失败，立即上报",
        "结果：35分钟恢复，达到目的",
        "演练没有造成业务中断，未发现数据丢失。",
    ],
)
def test_scenarios_and_failures_of_attackers_are_no_failed_result(text):
    assert doubted(text, Doubt.FAILED) == []


@pytest.mark.parametrize(
    "text",
    [
        "拟于2026年6月12日组织首页被篡改应急演练。",
        "计划时间：2026年6月12日",
        "预期效果：30分钟恢复",
        "江北区档案局年度网络安全评估工作计划",
    ],
)
def test_what_is_only_planned_is_seen(text):
    assert doubted(text, Doubt.PLANNED)


@pytest.mark.parametrize(
    "text", ["按照年度工作计划，我局于6月12日组织演练", "原定于2026年5月举行，6月12日如期完成", "结果：达到预期效果"]
)
def test_a_plan_that_was_carried_out_is_none(text):
    assert doubted(text, Doubt.PLANNED) == []


@pytest.mark.parametrize(
    "text", ["每____天备份一次", "介质：□磁带 □硬盘", "责任人：（姓名）", "单位：××局", "__小时内报告"]
)
def test_what_was_left_to_be_filled_in_is_seen(text):
    assert doubted(text, Doubt.BLANK)


@pytest.mark.parametrize("text", ["介质：☑磁带 □硬盘", "二〇〇九年十月", "第一章 总则……1", "XXE漏洞"])
def test_ticked_forms_years_and_contents_are_no_blanks(text):
    assert doubted(text, Doubt.BLANK) == []


@pytest.mark.parametrize(
    "text",
    [
        "（本预案自2026年10月1日起废止，新预案正在起草。）",
        "江北区审计局关于废止《网站备份管理制度》的通知",
        "自2025年1月1日起废止，不再执行。",
    ],
)
def test_a_paper_that_is_no_longer_in_force_is_seen(text):
    assert doubted(text, Doubt.REPEALED)


@pytest.mark.parametrize(
    "text",
    [
        "本办法自2026年3月1日起施行，原《备份管理办法》同时废止。",
        "2019年印发的应急预案同时废止。",
        "备份磁带到期作废的，应当登记销毁。",
    ],
)
def test_a_paper_that_repeals_another_is_in_force(text):
    assert doubted(text, Doubt.REPEALED) == []


def test_a_brochure_of_the_maker_is_seen():
    text = "明御Web应用防火墙产品白皮书\n支持SQL注入防护，授权一般为三年。\n版权所有"
    assert doubted(text, Doubt.BROCHURE) == ["明御Web应用防火墙产品白皮书"]


def test_an_export_with_a_copyright_line_is_no_brochure():
    assert doubted("明御Web应用防火墙 系统信息\n授权截止日期：2027年6月30日\n版权所有", Doubt.BROCHURE) == []
