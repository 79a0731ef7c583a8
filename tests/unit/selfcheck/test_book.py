from dataclasses import replace
from datetime import date, datetime

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.selfcheck import Answer, Declaration
from xuncha.selfcheck.book import Book
from xuncha.selfcheck.taking import Taken
from xuncha.store.errors import StoreError

AT = datetime(2026, 8, 4, 10, 0, tzinfo=SHANGHAI)
FIRST = Declaration("civil", {"plan": Answer("yes", "有", "一!C5")}, "张某", date(2026, 8, 3), AT, "a" * 64, "民政局")
OTHER = replace(FIRST, site="homes")


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def test_what_is_taken_in_is_found_again(book, form):
    book.add(Taken((FIRST, OTHER), "0532-1"), form)
    assert book.current() == {"civil": FIRST, "homes": OTHER}


def test_a_later_declaration_supersedes_and_the_earlier_one_is_kept(book, form):
    later = replace(FIRST, answers={"plan": Answer("no")}, sha256="b" * 64)
    for said in (FIRST, later):
        book.add(Taken((said,)), form)
    assert book.current()["civil"] == later
    assert [entry.sha256 for entry in book.entries()] == ["a" * 64, "b" * 64]


def test_what_was_changed_afterwards_is_found(book, form):
    book.add(Taken((FIRST,)), form)
    book.log.write_bytes(book.log.read_bytes().replace(b"yes", b"no "))
    with pytest.raises(StoreError, match="line 1 was changed"):
        book.current()


def test_a_line_that_was_torn_off_costs_only_itself(book, form):
    book.add(Taken((FIRST,)), form)
    with book.log.open("ab") as file:
        file.write(b"0123456789abcdef {half")
    book.add(Taken((OTHER,)), form)
    assert set(book.current()) == {"civil", "homes"}


def test_a_run_keeps_what_stands_declared_of_its_own_sites(book, form):
    book.add(Taken((FIRST, OTHER)), form)
    assert book.declared(form, ["civil", "new"]).sites == {"civil": FIRST}


def test_nothing_is_there_before_the_first_import(book):
    assert not book.begun
    assert book.current() == {}
