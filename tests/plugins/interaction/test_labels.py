"""Labels and values come apart whatever carries them, and any text is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.interaction.facts import State
from xuncha_plugins.interaction.labels import columns, records


def test_labels_of_one_line_are_told_apart():
    (record,) = records("来信人：张三来信时间：2026-05-06 10:00状态：已回复")
    assert (record.day("asked"), record.state) == (date(2026, 5, 6), State.ANSWERED)


def test_a_label_may_stand_on_its_own_line():
    (record,) = records("留言时间\n2026-05-06\n办理状态\n办理中\n回复时间\n回复内容\n")
    assert (record.day("asked"), record.state) == (date(2026, 5, 6), State.WORKING)
    assert (record.day("answered"), record.answer) == (None, "")


def test_the_footer_below_a_letter_is_no_part_of_its_reply():
    text = "留言时间\n2026-05-06\n回复内容\n主办单位：区政府办　承办单位：区大数据中心\n地址：中心路1号\n"
    (record,) = records(text)
    assert record.answer == ""


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


def guestbook(*letters):
    return "\n".join("\n".join(f"{name}：{value}" for name, value in letter.items()) for letter in letters)


def test_where_title_and_state_lead_the_date_each_letter_keeps_its_own():
    answered = {"留言标题": "甲", "办理状态": "已答复", "留言时间": "2026-05-06", "内容": "问", "回复内容": "答。"}
    waiting = {"留言标题": "乙", "办理状态": "未答复", "留言时间": "2026-06-07", "内容": "问"}
    found = records(guestbook(answered, waiting, answered))
    assert [record.values["title"] for record in found] == ["甲", "乙", "甲"]
    assert [record.state for record in found] == [State.ANSWERED, State.PENDING, State.ANSWERED]


def test_a_question_may_stand_above_its_date():
    one, other = ({"咨询内容": words, "咨询时间": "2026-05-06"} for words in ("甲", "乙"))
    found = records(guestbook(one | {"答复内容": "答甲。"}, other | {"答复内容": "答乙。"}))
    assert [(record.values["question"], record.answer) for record in found] == [("甲", "答甲。"), ("乙", "答乙。")]


def test_what_follows_the_date_stays_with_it_below_a_search_form():
    letter = {"留言时间": "2026-05-06", "内容": "问", "办理状态": "已答复"}
    found = records("标题：全部\n办理状态：未答复\n" + guestbook(letter, letter | {"办理状态": "未答复"}))
    assert [record.state for record in found][1:] == [State.PENDING]


@pytest.mark.parametrize("label", ["办理状态：已答复\n办理状态", "标题：甲\n标题：乙\n办理状态"])
def test_two_titles_or_states_of_one_letter_tell_nothing(label):
    (record,) = records(f"留言时间：2026-05-06\n{label}：未答复")
    assert record.state is State.UNKNOWN


@given(st.text(alphabet="留言答复时间内容：\n 2026-05标题状态人张", max_size=400))
def test_any_text_is_read(text):
    for record in records(text):
        assert record.day("asked") is None or record.day("asked").year > 1900
        assert isinstance(record.state, State)
