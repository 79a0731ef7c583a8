import re
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, RootModel

from xuncha.api import OneOf, Table, read_table
from xuncha.config.errors import ConfigError, InvalidError
from xuncha.config.validation import validate
from xuncha.config.yaml import Located


class Kind(Table):
    id: str
    names: tuple[str, ...] = ()


class Kinds(Table):
    kinds: tuple[Kind, ...]
    past: OneOf
    sidebars: OneOf = Field(alias="beside")
    year: re.Pattern[str] | None = None


class Words(RootModel[tuple[str, ...]]):
    pass


GOOD = "kinds: [{id: news, names: [动态]}]\npast: ['\\d{4}年', 旧版]\nbeside: [hot, 推荐]\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Reads a text as ``words.yaml`` of a package."""
    (tmp_path / "tabled").mkdir()
    (tmp_path / "tabled" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))

    def read(text, kind=Kinds):
        (tmp_path / "tabled" / "words.yaml").write_text(text, "utf-8")
        return read_table(kind, "tabled", "words.yaml")

    yield read
    sys.modules.pop("tabled", None)


@pytest.fixture
def said(table):
    """What is wrong with a text, without the folder."""

    def refused(text):
        with pytest.raises(ConfigError) as caught:
            table(text)
        return [problem.of("en").rpartition("/tabled/")[2] for problem in caught.value.problems]

    return refused


def test_a_table_is_read_as_its_model(table):
    assert table(GOOD).kinds == (Kind(id="news", names=("动态",)),)


def test_a_list_of_patterns_is_one_pattern_in_whatever_case(table):
    read = table(GOOD)
    assert read.past.fullmatch("2019年")
    assert read.past.fullmatch("旧版")
    assert read.sidebars.search("HOT")


def test_a_file_that_holds_a_list_is_read_as_a_root_model(table):
    assert table("[一, 二]", Words).root == ("一", "二")


def test_a_table_cannot_be_changed(table):
    with pytest.raises(ValueError, match="frozen"):
        table(GOOD).kinds = ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("names:", "name:", "words.yaml:1:20: kinds[1].name: unknown name (did you mean names?)"),
        ("id: news, ", "", "words.yaml:1:9: kinds[1].id: is missing"),
        ("动态", "''", "words.yaml:1:28: kinds[1].names[1]: must not be empty, found "),
        ("动态", "7", "words.yaml:1:28: kinds[1].names[1]: should be text, found 7"),
        ("旧版", "''", "words.yaml:2:18: past[2]: must not be empty, found "),
        (
            "旧版",
            "(旧版",
            "words.yaml:2:7: past: item 2 is not a regular expression: missing )",
        ),
        ("旧版", "(?x)旧", "words.yaml:2:7: past: item 2 is not a regular expression: global flags not at the start"),
        ("[hot, 推荐]", "[]", "words.yaml:3:9: beside: at least 1 are needed"),
        ("[hot, 推荐]", "hot", "words.yaml:3:9: beside: should be a list, found hot"),
        ("past", "year: ''\npast", "words.yaml:2:7: year: an empty pattern matches everything"),
        ("past", "year: (\npast", "words.yaml:2:7: year: should be a regular expression, found ("),
        ("past", "\tpast", "words.yaml:2:1: not YAML"),
    ],
)
def test_a_fault_is_named_at_its_place(said, old, new, line):
    (found,) = said(GOOD.replace(old, new, 1))
    assert found.startswith(line)


def test_all_faults_are_named_at_once(said):
    assert len(said("kinds: [{}]\npast: 1\nbesides: []")) == 4


def test_two_patterns_that_name_the_same_group_are_refused(said):
    (found,) = said("kinds: []\npast: [a, (?P<x>b), (?P<x>c)]\nbeside: [d]")
    assert found.startswith("words.yaml:2:7: past: item 3 is not a regular expression: redefinition of group name 'x'")


def test_a_file_that_is_not_there_is_named(table):
    table(GOOD)
    with pytest.raises(ConfigError, match=r"tabled/odd.yaml: no such file"):
        read_table(Kinds, "tabled", "odd.yaml")


@given(st.lists(st.text("ab()*+?\\|^$.{,}1", min_size=1, max_size=6), min_size=1, max_size=4))
def test_any_list_of_texts_is_a_pattern_or_refused_with_its_place(patterns):
    located = Located({"kinds": [], "past": patterns, "beside": ["x"]}, "t.yaml")
    with suppress(InvalidError):
        assert isinstance(validate(Kinds, located).past, re.Pattern)
