"""The workbook for review: written, ill-treated as offices do, and read back; the whole file or nothing of it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from xuncha.model.outcome import Review
from xuncha.review.columns import COLUMNS
from xuncha.review.filled import rows_of
from xuncha.review.rows import Chosen, rows
from xuncha.review.taking import ReviewError, take
from xuncha.review.workbook import write_workbooks
from xuncha.selfcheck.grid import as_grid
from xuncha.selfcheck.workbook import sheets

RUN = "20260804-090000-ab12"
LETTERS = {column.title.zh: number for number, column in enumerate(COLUMNS, 1)}


@dataclass
class Book:
    """A workbook on its way back."""

    book: openpyxl.Workbook
    known: dict
    standing: dict

    @property
    def sheet(self):
        return self.book.worksheets[0]

    def say(self, row, **cells):
        names = {"verdict": "复核结论", "by": "复核人", "reason": "理由", "finding": "问题编号", "run": "检查编号"}
        for name, value in cells.items():
            self.sheet.cell(row, LETTERS[names[name]]).value = value

    def rewritten(self, change):
        """Every row of the first sheet as ``change`` makes it: a list of rows in, one out."""
        values = [[cell.value for cell in row] for row in self.sheet.iter_rows()]
        self.sheet.delete_rows(1, len(values) + 1)
        for number, row in enumerate(change(values), 1):
            for column, value in enumerate(row, 1):
                self.sheet.cell(number, column).value = value

    def taken(self, by=""):
        body = BytesIO()
        self.book.save(body)
        grids = [as_grid(one) for one in sheets(body.getvalue())]
        return take(rows_of(grids, "back.xlsx"), {RUN: self.known}, self.standing, by)

    def decisions(self, by=""):
        return self.taken(by).decisions.get(RUN, [])

    def faults(self):
        with pytest.raises(ReviewError) as error:
            self.taken()
        return "\n".join(error.value.lines("zh"))


@pytest.fixture
def book(office, link, failed, tmp_path):
    """The workbook of a run with three dead links, of which ``already`` were called false alarms before."""

    def of(words="打不开", already=0, lang="zh"):
        links = [link(number, words=words) for number in range(3)]
        made = office(failed(*links))
        for found in links[:already]:
            made.say(Review.FALSE_POSITIVE, found)
        everything = list(rows(made.stored(), Chosen(open_only=False)))
        ((path, _),) = write_workbooks(everything, RUN, tmp_path / "x.xlsx", lang)
        known = {row.finding.fingerprint: (row.site, row.check) for row in everything}
        standing = {row.finding.fingerprint: row.reviewed for row in everything if row.reviewed}
        return Book(openpyxl.load_workbook(path), known, standing)

    return of


def test_an_untouched_workbook_says_nothing(book):
    taken = book(already=1).taken()
    assert (taken.decisions, taken.unchanged) == ({}, 1)


def test_what_is_filled_in_is_what_is_taken(book):
    came = book()
    came.say(3, verdict="误报", by="李某", reason="对方停电")
    (said,) = came.decisions()
    assert (said.verdict, said.by, said.reason) == (Review.FALSE_POSITIVE, "李某", "对方停电")
    assert (said.site, said.check) == ("a", "links.dead")
    assert said.fingerprint == came.sheet.cell(3, LETTERS["问题编号"]).value


@pytest.mark.parametrize("word", ["属实", " 属实 ", "confirmed", "Confirmed"])
def test_a_verdict_is_known_in_both_languages(book, word):
    came = book()
    came.say(2, verdict=word, by="李某")
    assert came.decisions()[0].verdict is Review.CONFIRMED


def test_sorted_rows_and_moved_columns_are_read_back(book):
    came = book()
    came.say(2, verdict="属实", by="李某")
    finding = came.sheet.cell(2, LETTERS["问题编号"]).value
    came.rewritten(lambda table: [row[::-1] for row in (table[0], *reversed(table[1:]))])
    assert [(one.fingerprint, one.verdict) for one in came.decisions()] == [(finding, Review.CONFIRMED)]


def test_rows_above_the_header_and_further_columns_do_no_harm(book):
    came = book()
    came.say(2, verdict="属实", by="李某")
    came.rewritten(lambda table: [["请于周五前填完"], [], *([*row, "备注"] for row in table)])
    assert len(came.decisions()) == 1


def test_rows_without_a_name_take_that_of_who_imports(book):
    came = book()
    came.say(2, verdict="属实")
    assert came.decisions(by="王某某")[0].by == "王某某"


def test_a_verdict_that_was_changed_is_taken_and_counted(book):
    came = book(already=1)
    came.say(2, verdict="属实", reason="")
    taken = came.taken()
    assert (taken.changed, taken.decisions[RUN][0].verdict) == (1, Review.CONFIRMED)


def test_a_verdict_that_was_cleared_stays_and_it_is_said(book):
    came = book(already=1)
    came.say(2, verdict="", by="", reason="")
    taken = came.taken()
    assert taken.decisions == {}
    assert "--retract" in taken.notes[0].of("zh")


def test_a_name_alone_is_no_review_and_it_is_said(book):
    came = book()
    came.say(2, by="李某")
    assert came.decisions() == []
    assert "没有结论" in came.taken().notes[0].of("zh")


def test_who_was_reviewed_by_somebody_else_meanwhile_is_named(book):
    came = book(already=1)
    finding = came.sheet.cell(2, LETTERS["问题编号"]).value
    came.standing[finding] = came.standing.pop(finding).__class__(Review.CONFIRMED, "赵某", None)
    came.say(2, verdict="不作为问题")
    assert "导出以后又有人复核过" in came.taken().notes[0].of("zh")


def test_the_same_row_twice_is_one_decision(book):
    came = book()
    came.say(2, verdict="属实", by="李某")
    came.rewritten(lambda table: [*table, table[1]])
    assert len(came.decisions()) == 1


FAULTS = [
    ({"verdict": "假的", "by": "李某"}, "B2 复核结论", "没有这个结论"),
    ({"verdict": "属实"}, "C2 复核人", "没有写复核人"),
    ({"verdict": "误报", "by": "李某"}, "D2 理由", "须写明理由"),
    ({"verdict": "误报", "by": "李某", "reason": "长" * 501}, "D2 理由", "超过 500"),
    ({"by": "李某", "reason": "停电"}, "B2 复核结论", "没有选复核结论"),
    ({"verdict": "属实", "by": "李某", "finding": "v1:00"}, "R2 问题编号", "没有这个问题"),
    ({"verdict": "属实", "by": "李某", "run": "20200101-000000-aaaa"}, "Q2 检查编号", "没有检查记录"),
    ({"verdict": "属实", "by": "=A1"}, "C2 复核人", "公式"),
    ({"verdict": "=1/0"}, "B2 复核结论", "公式"),
]


@pytest.mark.parametrize(("cells", "where", "what"), FAULTS)
def test_a_fault_is_named_at_its_cell_and_nothing_is_taken(book, cells, where, what):
    came = book()
    came.say(2, **cells)
    came.say(3, verdict="属实", by="李某")
    (line,) = came.faults().splitlines()
    assert where in line
    assert what in line
    assert "[问题复核表]:2:" in line


def test_one_finding_with_two_verdicts_is_a_fault(book):
    came = book()
    came.say(2, verdict="属实", by="李某")
    came.rewritten(lambda table: [*table, [*table[1][:1], "待进一步核实", *table[1][2:]]])
    assert "与第 2 行是同一个问题" in came.faults()


@pytest.mark.parametrize("heading", ["理由", "问题编号", "检查编号"])
def test_a_column_that_is_missing_is_named(book, heading):
    came = book()
    came.sheet.cell(1, LETTERS[heading]).value = "别的"
    assert heading in came.faults() or "表头" in came.faults()


def test_a_workbook_without_the_header_is_refused(book):
    came = book()
    came.rewritten(lambda table: table[1:])
    assert "没有找到复核表的表头" in came.faults()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "\t=1", '=HYPERLINK("http://x")', "＝1+1"])
def test_no_text_of_a_site_becomes_a_formula(book, text):
    for row in book(words=text).sheet.iter_rows():
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
        assert not any(str(cell.value or "").startswith(("=", "+", "@", "-")) for cell in row)


def test_the_sheet_has_what_people_need(book):
    sheet = book().sheet
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("E2", "A1:R4", "$1:$1")
    assert sheet.data_validations.dataValidation[0].formula1 == '"属实,误报,不作为问题,待进一步核实"'
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_only_what_is_to_be_filled_in_is_unlocked_and_there_is_no_password(book):
    sheet = book().sheet
    unlocked = [cell.column for cell in sheet[2] if not cell.protection.locked]
    assert unlocked == [2, 3, 4]
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)


def test_more_rows_than_one_file_takes_go_into_the_next(monkeypatch, office, link, failed, tmp_path):
    monkeypatch.setattr("xuncha.review.workbook.MOST_ROWS", 2)
    found = rows(office(failed(*map(link, range(3)))).stored(), Chosen())
    made = list(write_workbooks(found, RUN, tmp_path / "y.xlsx", "zh"))
    assert [(path.name, count) for path, count in made] == [("y.xlsx", 2), ("y-2.xlsx", 1)]


def test_an_empty_workbook_has_its_header(tmp_path):
    ((path, count),) = write_workbooks([], RUN, Path(tmp_path / "z.xlsx"), "en")
    assert count == 0
    assert openpyxl.load_workbook(path).worksheets[0]["B1"].value == "Verdict"


def test_an_english_workbook_is_read_back(book):
    came = book(lang="en", already=1)
    came.sheet["B3"], came.sheet["C3"] = "undecided", "Li"
    assert [(one.verdict, one.by) for one in came.decisions()] == [(Review.UNDECIDED, "Li")]
