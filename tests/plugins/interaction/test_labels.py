"""Labels and values come apart whatever carries them, and any text is read."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.interaction.facts import State
from xuncha_plugins.interaction.labels import columns, records


def test_labels_of_one_line_are_told_apart():
    (record,) = records("来信人：张三来信时间：2026-05-06 10:00状态：已回复")
    assert (record.day("asked"), record.state) == (date(2026, 5, 6), State.ANSWERED)


def test_a_label_may_stand_on_its_own_line():
    (record,) = records("留言时间\n2026-05-06\n办理状态\n办理中\n回复时间\n回复内容\n")
    assert (record.day("asked"), record.state) == (date(2026, 5, 6), State.PENDING)
    assert (record.day("answered"), record.answer) == (None, "")


def test_blanks_within_a_label_do_not_matter():
    (record,) = records("标 题：路灯不亮\n留言时间：2026-05-06")
    assert record.values["title"] == "路灯不亮"


def test_telephones_and_sources_within_an_answer_do_not_end_it():
    (record,) = records("留言时间：2026-05-06\n答复内容：请带身份证，电话：0532-1，来源：区住建局。\n满意度：好")
    assert record.answer == "请带身份证，电话：0532-1，来源：区住建局。"


def test_the_footer_ends_an_answer():
    (record,) = records("留言时间：2026-05-06\n答复内容\n已修复。\n【打印】【关闭】\n主办单位：某局")
    assert record.answer == "已修复。"


def test_the_head_of_a_list_is_no_value():
    found = records("标题\n办理状态\n来信时间\n关于路灯的问题\n已答复\n2026-05-06")
    assert [record.day("asked") for record in found] == [None]


def test_the_head_names_its_dates_in_order():
    assert columns("标题\n回复日期\n来信日期\n状态") == ("answered", "asked")


@given(st.text(alphabet="留言答复时间内容：\n 2026-05标题状态人张", max_size=400))
def test_any_text_is_read(text):
    for record in records(text):
        assert record.day("asked") is None or record.day("asked").year > 1900
        assert isinstance(record.state, State)
