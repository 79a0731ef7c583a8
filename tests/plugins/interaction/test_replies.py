"""What says nothing is noticed, what says something is not: a telephone number in an answer is no evasion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.interaction.facts import Hollow
from xuncha_plugins.interaction.replies import reply


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_words_are_an_empty_reply(text):
    assert reply(text).hollow is Hollow.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "您好，您反映的问题已收悉，我们将认真研究。感谢您的来信！",
        "您的来信已收悉，感谢您对我们工作的关心和支持！",
        "网友您好：来信已收到，已转相关部门处理。",
        "尊敬的市民：您好！您的留言已转交有关科室办理，请您耐心等待。",
        "已收到，正在处理中。",
        "您好！您反映的问题我们高度重视，将尽快核实处理。谢谢！",
        "谢谢您的建议。",
        "您的来信我们已经看到了，会安排相关人员去看看，谢谢！",
        "已阅。",
        "根据有关规定，按照相关政策办理。",
    ],
)
def test_a_mere_receipt_is_noticed(text):
    assert reply(text).hollow is Hollow.RECEIPT


@pytest.mark.parametrize(
    "text",
    [
        "您的来信已收悉，请咨询有关部门。",
        "您好，请拨打0532-12345678咨询。",
        "您好！此问题请直接与区住建局联系，联系电话：0532-88880000。感谢您的来信！",
        "请致电12345。",
        "不归我们管，找别的部门。",
    ],
)
def test_being_sent_elsewhere_is_noticed(text):
    assert reply(text).hollow is Hollow.ELSEWHERE


@pytest.mark.parametrize(
    "text",
    [
        "您好，租房提取公积金每年一次，限额1.8万元。如有疑问请拨打0532-12345678。",
        "请携带身份证、户口簿到政务大厅2号窗口办理，咨询电话0532-12345678。",
        "经核实，该路段路灯已于10月12日修复。",
        "不可以。",
        "同意。",
        "根据相关规定，该路段不能设置停车位。",
        "已安排工作人员于10月12日到现场清理。",
        "已电话答复来信人。",
        "依据《山东省物业管理条例》第十二条，您可向街道办事处提出申请。",
        "您好，该小区学区为新街小学。",
        "建议您到任一社区卫生服务中心接种，凭身份证预约，工作日上午开放。",
        "感谢您的鼓励，我们已将来信转给窗口同志，并将继续改进服务。",
        "您好，非常感谢您的建议，该路口已列入2027年改造计划。",
    ],
)
def test_an_answer_with_substance_is_left_alone(text):
    assert reply(text).hollow is None


def test_the_same_words_have_the_same_digest():
    assert reply("您好， 已修复。\n").digest == reply("您好,已修复。").digest != reply("您好，未修复。").digest


def test_what_is_kept_of_a_hollow_reply_is_masked():
    assert "13812345678" not in reply("请拨打13812345678咨询。").excerpt


@given(st.text(max_size=300))
def test_any_text_is_judged(text):
    found = reply(text)
    assert (found.length == 0) == (found.digest == "")
    assert len(found.excerpt) <= 80
