"""What an office has collected survives the next list that comes in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.inventory.merge import merged
from xuncha.inventory.rows import Line, Sheet

OWN = "编号,网站名称,网址,备注\n# 示例,,,\na,甲局,http://a.example/,已核对\n,乙局,http://b.example/,\n"


def sheet(text):
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(csv.reader(io.StringIO(text)), 1)]
    return Sheet("sites.csv", "", tuple(lines))


@pytest.fixture
def merge():
    """The rows of the merged file, and how many sites were added, updated and known already."""

    def run(own, other, good=range(100)):
        made = merged(sheet(own) if own is not None else None, sheet(other), good)
        text = made.data.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""))), (made.added, made.updated, made.known)

    return run


def test_a_new_site_is_added_below_the_others(merge):
    rows, counts = merge(OWN, "网站名称,网址\n丙局,http://c.example/\n")
    assert rows[:4] == list(csv.reader(io.StringIO(OWN)))
    assert (rows[4], counts) == (["", "丙局", "http://c.example/"], (1, 0, 0))


def test_a_known_site_is_updated_and_keeps_what_the_list_does_not_say(merge):
    rows, counts = merge(OWN, "id,name,责任部门\na,甲局（新）,办公室\n")
    assert rows[0] == ["编号", "网站名称", "网址", "备注", "责任部门"]
    assert (rows[2], counts) == (["a", "甲局（新）", "http://a.example/", "已核对", "办公室"], (0, 1, 0))


@pytest.mark.parametrize("line", ["b.example,", "https://www.b.example,", ",乙局"])
def test_a_site_is_known_by_its_home_page_and_without_one_by_its_name(merge, line):
    rows, counts = merge(OWN, f"网址,网站名称\n{line}\n")
    assert (len(rows), counts[0]) == (4, 0)


def test_two_sites_of_one_name_stay_two(merge):
    assert merge(OWN, "网址,网站名称\nhttp://d.example/,乙局\n")[1] == (1, 0, 0)


def test_a_list_that_says_nothing_new_changes_nothing(merge):
    rows, counts = merge(OWN, OWN, good={3, 4})
    assert (rows, counts) == (list(csv.reader(io.StringIO(OWN))), (0, 0, 2))


def test_only_good_lines_are_taken_over_and_cleaned(merge):
    rows, _ = merge(None, '网站名称,网址\n"=cmd()",http://c.example/\n坏,x y\n', good={2})
    assert rows == [["网站名称", "网址"], ["cmd()", "http://c.example/"]]


def test_a_bare_list_of_addresses_gets_a_header(merge):
    assert merge("", "a.example\nb.example\n")[0] == [["网址"], ["a.example"], ["b.example"]]


def test_what_has_no_known_header_is_not_touched():
    assert merged(sheet("a;b\n1;2\n"), sheet(OWN), range(9)) is None


CELL = st.text(st.characters(exclude_categories=["C"], exclude_characters="\x00"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
def test_no_line_of_the_own_inventory_is_ever_lost(rows):
    own = Sheet("", "", (Line(1, ("网站名称", "网址", "备注")), *(Line(n, row) for n, row in enumerate(rows, 2))))
    made = merged(own, sheet("网站名称,网址\n新局,http://new.example/\n"), {2})
    kept = [tuple(row) for row in csv.reader(io.StringIO(made.data.decode("utf-8-sig"), newline=""))]
    assert [row for row in rows if any(cell.strip() for cell in row) and row not in kept] == []
