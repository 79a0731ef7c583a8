"""Whatever people write, in whatever order the rows and columns come back: what is taken is what they meant."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha.model.locator import PageLocator
from xuncha.model.outcome import Review, Severity, Status
from xuncha.model.text import Text
from xuncha.review.columns import READ, verdict_words
from xuncha.review.filled import rows_of
from xuncha.review.rows import Row
from xuncha.review.taking import take
from xuncha.review.workbook import write_workbooks
from xuncha.selfcheck.grid import as_grid
from xuncha.selfcheck.workbook import Wanted, sheets
from xuncha.store.result import FindingView, MessageView

RUN = "20260804-090000-ab12"
WANTED = Wanted(columns=tuple(word for column in READ for word in (column.title.zh, column.title.en)))
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30).filter(
    str.strip
)
SAID = st.tuples(st.sampled_from(Review), WORDS, WORDS)


def finding(number, words):
    message = MessageView("k", {}, words, words)
    place = PageLocator(f"http://a.example/{words}", 1)
    return FindingView(f"v1:{number:032x}", Status.FAIL, place, message, excerpt=words)


def row(number, words):
    about = ("a", words, words, "links.dead", Text(words, words))
    return Row(*about, ("2.3",), Severity.HIGH, f"c1:{number:032x}", finding(number, words))


def exported(found):
    with TemporaryDirectory() as folder:
        ((path, _),) = write_workbooks(found, RUN, Path(folder) / "x.xlsx", "zh")
        return openpyxl.load_workbook(path)


def read(table):
    book, body = openpyxl.Workbook(), BytesIO()
    for values in table:
        book.active.append(values)
    book.save(body)
    return [as_grid(one) for one in sheets(body.getvalue(), WANTED)]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.none() | SAID, min_size=1, max_size=5), st.data())
def test_what_is_written_is_what_is_taken_in_any_order(said, data):
    found = [row(number, "=1+1") for number in range(len(said))]
    head, *body = [list(values) for values in exported(found).worksheets[0].iter_rows(values_only=True)]
    for values, one in zip(body, said, strict=True):
        if one:
            values[1:4] = verdict_words(one[0], "zh"), "'" + one[1], "'" + one[2]
    columns = data.draw(st.permutations(range(len(head))))
    table = [[values[column] for column in columns] for values in (head, *data.draw(st.permutations(body)))]
    known = {RUN: {one.finding.fingerprint: ("a", "links.dead") for one in found}}
    taken = take(rows_of(read(table), "x"), known, {}).decisions.get(RUN, [])
    meant = {
        one.finding.fingerprint: (verdict, "'" + by, "'" + reason)
        for one, answer in zip(found, said, strict=True)
        if answer
        for verdict, by, reason in [answer]
    }
    assert {one.fingerprint: (one.verdict, one.by, one.reason) for one in taken} == meant


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_no_text_of_a_site_breaks_the_workbook_or_becomes_a_formula(texts):
    book = exported([row(number, words) for number, words in enumerate(texts)])
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert book.worksheets[0].max_row == len(texts) + 1


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(st.text(max_size=12) | st.integers() | st.booleans(), max_size=6), max_size=6))
def test_any_table_is_read_or_refused_with_a_reason(table):
    sheets_read = rows_of(read([[_plain(cell) for cell in line] for line in table]), "x")
    assert sheets_read.rows == []
    assert sheets_read.problems


def _plain(cell):
    """What openpyxl takes: it refuses control characters itself."""
    return "".join(char for char in cell if char.isprintable()) if isinstance(cell, str) else cell
