import pytest

from xuncha.config.errors import MAX_PROBLEMS, ConfigError, Place, Problem, nearest, quoted
from xuncha.errors import UsageError
from xuncha.model.text import Text

TEXT = Text("错", "wrong")


def test_a_place_names_file_sheet_line_and_column():
    assert str(Place("a.xlsx", 3, 2, "网站")) == "a.xlsx[网站]:3:2"


def test_a_problem_is_one_line_in_either_language():
    problem = Problem(Place("a", 1), TEXT, "field", Text("改", "mend it"))
    assert [problem.of("zh"), problem.of("en")] == ["a:1: field: 错（改）", "a:1: field: wrong (mend it)"]


def test_many_problems_are_counted_beyond_the_cap():
    error = ConfigError([Problem(Place("a", n), TEXT) for n in range(MAX_PROBLEMS + 7)])
    assert error.lines("en")[-1] == "and 7 more"


def test_a_configuration_error_is_a_usage_error():
    assert issubclass(ConfigError, UsageError)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("notce", "did you mean notice?"), ("NOTICE", "did you mean notice?"), ("zzz", "allowed: quick, notice, deep")],
)
def test_the_nearest_name_is_hinted_at(name, hint):
    assert nearest(name, ["quick", "notice", "deep"]).en == hint


def test_nothing_is_hinted_where_there_is_nothing():
    assert nearest("x", []) is None


def test_what_is_quoted_is_short():
    assert quoted("x" * 100, 10) == "xxxxxxxxx…"
