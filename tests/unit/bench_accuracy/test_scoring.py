"""Precision, recall and misses."""

import pytest
from bench.extractors import Aim
from bench.scoring import Results, table, told


@pytest.fixture
def results():
    return Results()


def score(results, what="published"):
    one = results.scores[what]
    return one.found, one.wrong, one.missed


@pytest.mark.parametrize(
    ("expected", "got", "counts"),
    [
        ({"2021-06-24"}, {"2021-06-24"}, (1, 0, 0)),
        ({"2021-06-24"}, {"2021-06-25"}, (0, 1, 1)),
        ({"2021-06-24"}, set(), (0, 0, 1)),
        (set(), {"2021-06-24"}, (0, 1, 0)),
        (set(), set(), (0, 0, 0)),
    ],
)
def test_a_value_is_found_wrong_or_missed(results, expected, got, counts):
    results.compare("published", "a.html", frozenset(expected), frozenset(got))
    assert score(results) == counts


def test_a_miss_tells_what_was_expected_and_got(results):
    results.compare("published", "a.html", frozenset(("2021-06-24",)), frozenset())
    (miss,) = results.misses
    assert (miss.file, miss.expected, miss.got) == ("a.html", "2021-06-24", "none")


def test_none_where_none_is_expected_is_right(results):
    results.compare("published", "a.html", frozenset(), frozenset())
    assert results.scores["published"].right == 1
    assert results.scores["published"].precision is None


@pytest.mark.parametrize(
    ("expected", "got", "counts"),
    [
        ("fail", "fail", (1, 0, 0)),
        ("", "warn", (1, 0, 0)),
        ("", "pass", (0, 0, 1)),
        ("fail", "warn", (0, 1, 1)),
        ("pass", "fail", (0, 1, 0)),
        ("pass", "inconclusive", (0, 0, 0)),
        ("clean", "inconclusive", (0, 0, 0)),
        ("clean", "warn", (0, 1, 0)),
    ],
)
def test_a_status_counts_by_whether_it_says_something_against_the_page(results, expected, got, counts):
    results.compare_status("links.empty", "a.html", expected, got)
    assert score(results, "links.empty") == counts


def test_a_wrong_status_that_accuses_nobody_is_still_told(results):
    results.compare_status("links.empty", "a.html", "pass", "inconclusive")
    assert results.misses[0].got == "inconclusive"


def test_the_table_marks_an_aim_that_is_missed(results):
    results.compare("published", "a.html", frozenset(("2021-06-24",)), frozenset())
    assert "BELOW the aim 0.98 / 0.95" in list(table(results.scores, {"published": Aim(0.98, 0.95)}))[1]


def test_misses_are_grouped_by_what_was_measured(results):
    for what in ("newest", "published", "newest"):
        results.compare(what, "a.html", frozenset(("2021-06-24",)), frozenset())
    assert [line.strip() for line in told(results.misses) if line.startswith("\n")] == ["newest:", "published:"]
