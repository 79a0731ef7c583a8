import datetime as dt
import enum
from typing import Literal

import pytest
from pydantic import Field

from xuncha.config.errors import InvalidError
from xuncha.config.models import Strict
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import parse_yaml
from xuncha.model.text import Text


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Inner(Strict):
    count: int = Field(1, ge=1, lt=5)


class Outer(Strict):
    name: str
    colour: Colour = Colour.RED
    inner: Inner = Inner()
    rows: tuple[Inner, ...] = ()
    named: dict[str, Inner] = Field(default_factory=dict)
    day: dt.date | None = None
    word: Literal["x", "y"] = "x"
    flag: bool = False


def problems(text):
    with pytest.raises(InvalidError) as caught:
        validate(Outer, parse_yaml(text, "t.yaml"))
    return caught.value.problems


def test_a_good_document_becomes_a_model():
    assert validate(Outer, parse_yaml("name: a\ninner: {count: 2}", "t.yaml")).inner.count == 2


def test_a_part_of_a_document_can_be_validated():
    located = parse_yaml("x:\n  inner:\n    count: 9\n", "t.yaml")
    with pytest.raises(InvalidError, match=r"t.yaml:3:12: x.inner.count"):
        validate(Inner, located, ("x", "inner"))


def test_a_typo_names_the_nearest_field():
    (found,) = problems("name: a\ncolor: red")
    assert found.of("en") == "t.yaml:2:1: color: unknown name (did you mean colour?)"


def test_a_typo_below_a_free_name_names_the_nearest_field():
    (found,) = problems("name: a\nnamed:\n  k: {cuont: 1}")
    assert found.hint == Text("是否应为 count", "did you mean count?")


def test_a_wrong_choice_names_the_allowed_ones():
    (found,) = problems("name: a\ncolour: green")
    assert found.of("zh") == "t.yaml:2:9: colour: 不是允许的取值，现为 green（可用：red、blue）"


def test_a_missing_field_is_told_at_the_key_that_lacks_it():
    class Needs(Strict):
        outer: Outer

    with pytest.raises(InvalidError, match=r"t.yaml:1:1: outer.name: is missing"):
        validate(Needs, parse_yaml("outer:\n  flag: true", "t.yaml"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("inner: {count: 9}", "t.yaml:2:16: inner.count: must be less than 5, found 9"),
        ("inner: {count: x}", "inner.count: should be a whole number, found x"),
        ("rows: [{count: 0}]", "rows[1].count: must be at least 1, found 0"),
        ("rows: 3", "rows: should be a list, found 3"),
        ("named: []", "named: should be a mapping of names to values"),
        ("day: soon", "day: should be a date, such as 2026-08-05, found soon"),
        ("word: z", "word: not an allowed value, found z (allowed: x, y)"),
        ("flag: maybe", "flag: should be true or false, found maybe"),
    ],
)
def test_each_fault_is_said_in_words(line, said):
    (found,) = problems(f"name: a\n{line}")
    assert said in found.of("en")


def test_all_faults_are_told_at_once():
    assert len(problems("nmae: a\nrows: 3\nflag: maybe\nword: z")) == 5


def test_an_error_of_ours_keeps_both_languages():
    class Picky(Strict):
        name: str

        def model_post_init(self, _context):
            raise refuse("不行", "no")

    with pytest.raises(InvalidError) as caught:
        validate(Picky, parse_yaml("name: a", "t.yaml"))
    assert caught.value.problems[0].text == Text("不行", "no")


def test_control_characters_never_reach_the_terminal():
    (found,) = problems('name: a\nword: "\\e[2J\\u202e"')
    assert found.of("en").isprintable()
