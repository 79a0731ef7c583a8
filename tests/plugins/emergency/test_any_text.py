"""Whatever stands in a document is read to an end."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xuncha_plugins.emergency as plugin
from xuncha.api import DocumentKind, DocumentText, Part, Reason, Where
from xuncha_plugins.emergency.dates import dates
from xuncha_plugins.emergency.lines import plain, sentence_at, sentences
from xuncha_plugins.emergency.telephones import starred

TABLES = "".join(
    path.read_text("utf-8") for path in Path(plugin.__file__).parent.glob("*.yaml") if path.stem != "checks"
)
WORDS = sorted(set(re.findall(r"[\u4e00-\u9fff]{1,6}", TABLES)))
MARKS = [
    "。",
    "；",
    "：",
    "，",
    "\n",
    "\t",
    " ",
    "一、",
    "（一）",
    "1.",
    "第一条",
    "附件1",
    "2026年3月5日",
    "二〇二六年",
    "×××",
    "____",
    "16600001234",
    "1小时内",
    "目录",
    "…………3",
]
TEXT = st.lists(st.sampled_from(WORDS + 8 * MARKS) | st.text(max_size=6), max_size=60).map("".join)
KIND = st.sampled_from([DocumentKind.DOCX, DocumentKind.PDF, DocumentKind.TEXT])


@settings(max_examples=60, deadline=None)
@given(TEXT, KIND)
def test_any_text_is_read_and_judged(read_plan, read_drill, statuses, text, kind):
    document = {"a": DocumentText(kind, (Part(Where.PAGE, "1", text), Part(Where.NOTE, "header1.xml", text[:40])))}
    assert set(statuses(*read_plan(document)).values()) <= {"pass", "fail", "warn", "manual", "inconclusive"}
    read_drill(document)


@given(TEXT)
def test_sentences_lose_nothing(text):
    line = plain(text)
    assert "".join(sentences(line)) == line
    assert all(sentence_at(line, at) in line for at in range(0, len(line), 7))


@given(TEXT)
def test_dates_are_dates_and_stand_where_they_say(text):
    assert all(text[at : at + 2] == "20" or text[at] == "二" for _, at in dates(text))


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_no_telephone_number_stays_whole(number):
    assert number not in starred(f"电话:{number}。")


@pytest.mark.parametrize(
    "piece", ["经会议", "×", "_", "一、适用范围\n", "半小时内报告", "1", " \t", "\ufdfa", "附件1\n"]
)
def test_two_megabytes_are_read_in_part_and_said_to_be(read_plan, piece):
    _, plan = read_plan(piece * (2_000_000 // len(piece)))
    assert not plan.complete


def test_a_file_that_is_no_longer_there_is_told(read_plan):
    _, plan = read_plan({"a.docx": Reason.DOCUMENT_ENCRYPTED})
    assert [one.reason for one in plan.unread] == [Reason.DOCUMENT_ENCRYPTED]
