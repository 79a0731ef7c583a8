"""Documents of a piece as lines: what could not be read is told, nothing grows without bound."""

import asyncio
from datetime import date

import pytest

from xuncha.api import (
    Ask,
    Declaration,
    DocumentKind,
    DocumentText,
    Part,
    Piece,
    Reason,
    Staffing,
    StaffRegister,
    Unsure,
    Where,
)
from xuncha.testing import FakeDocuments, FakeFiles, evidence
from xuncha_plugins.evidence import reading
from xuncha_plugins.evidence.days import days, days_of, end_in
from xuncha_plugins.evidence.reading import read_piece, to_look_at
from xuncha_plugins.evidence.spelling import plain


def read(**documents):
    said = Declaration(staffing=Staffing(register=StaffRegister(tuple(documents))))
    files = dict.fromkeys(documents, b"x")
    return asyncio.run(read_piece(evidence(said, files), Piece.REGISTER, FakeFiles(files), FakeDocuments(documents)))


def document(text, **more):
    return DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "2", text),), **more)


def test_lines_keep_their_places():
    (line,) = read(a="张伟").lines
    assert (line.locator.path, line.locator.place, line.locator.paragraph) == ("a", "staffing.register", 1)
    assert line.locator.sha256
    (line,) = read(a=document("张伟")).lines
    assert line.locator.page_number == 2


@pytest.mark.parametrize(
    ("found", "reason", "partly"),
    [
        (Reason.DOCUMENT_SCANNED, Reason.DOCUMENT_SCANNED, False),
        ("", Reason.DOCUMENT_SCANNED, False),
        (document("张伟", unread=1), Reason.DOCUMENT_SCANNED, True),
        (document("张伟", complete=False), Reason.DOCUMENT_TOO_LARGE, True),
        ("张伟\n" * 20_000, Reason.DOCUMENT_TOO_LARGE, True),
    ],
)
def test_what_was_not_read_is_told(found, reason, partly):
    (one,) = read(a=found).unread
    assert (one.at.path, one.reason, one.partly) == ("a", reason, partly)


def test_a_line_of_any_length_is_read_in_pieces():
    lines = read(a="一" * 10_000).lines
    assert {len(line.text) for line in lines} == {reading.LONGEST_LINE}


def test_characters_that_stand_for_many_count_as_many():
    found = read(a="\ufdfa" * 300_000)
    assert sum(len(plain(line.text)) for line in found.lines) <= reading.MOST_CHARACTERS
    assert max(len(plain(line.text)) for line in found.lines) <= reading.LONGEST_LINE
    assert [one.reason for one in found.unread] == [Reason.DOCUMENT_TOO_LARGE]


def test_a_day_from_which_something_runs_is_no_end():
    assert end_in("2026年3月1日起算") is None
    assert end_in("2026年3月1日起至2027年2月28日止") == date(2027, 2, 28)
    assert end_in("2024年1月1日起三年") == date(2026, 12, 31)
    assert end_in("2024年1月31日起，为期18个月") == date(2025, 7, 30)


def test_a_day_without_a_year_gets_the_one_that_is_named():
    assert days_of(["2026年应急演练总结", "6月12日上午举行"]) == [[], [date(2026, 6, 12)]]


def test_no_more_than_some_files_and_characters_are_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 1)
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 5)
    found = read(a="一二三\n四五六", b="七")
    assert [line.text for line in found.lines] == ["一二三"]
    assert [(one.at.path, one.partly) for one in found.unread] == [("a", True), ("b", False)]


def test_a_person_is_asked_about_pictures_and_not_about_what_is_damaged():
    picture, damaged = read(a=Reason.DOCUMENT_UNSUPPORTED, b=Reason.DOCUMENT_DAMAGED).unread
    (asked,) = to_look_at([picture], name="名册")
    assert isinstance(asked, Ask)
    assert asked.finding.params["name"].value == "名册"
    assert [type(one) for one in to_look_at([damaged])] == [Unsure]


@pytest.mark.parametrize(
    "text",
    ["2026-11-05", "2026年11月5日", "20261105.01", "2026.11.05.003", "二〇二六年十一月五日", "２０２６．１１．０５"],
)
def test_days_are_read_in_the_forms_of_offices_and_products(text):
    assert [day for day, _, _ in days(text)] == [date(2026, 11, 5)]


@pytest.mark.parametrize("text", ["", "2026", "20261399", "二〇二六年十三月五日", "3.2.1.2026", "电话 88123456"])
def test_other_numbers_are_no_days(text):
    assert days(text) == []


def test_of_a_bare_month_the_last_day_counts():
    assert days("2026年2月")[0][0] == date(2026, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "2026年1月1日至2026年12月31日",
        "2026-01-01~2026-12-31",
        "2026.1.1—2026.12.31",
        "2026年1月1日起至2026年12月31日止",
    ],
)
def test_a_period_ends_with_its_second_day(text):
    assert end_in(text) == date(2026, 12, 31)
