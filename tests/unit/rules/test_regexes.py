import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.rules.regexes import Unbounded, bounded


@pytest.mark.parametrize(
    "pattern",
    [
        r"\Aref: refs/[\w./-]{1,200}\s{0,4}\Z",
        r"(?m)^[A-Z_]{3,40}=.{1,100}$",
        r"\A(?:[a-z]{1,20}\.){1,5}x",
        r"<title>[^<]{0,200}Index of",
        r"(?i)phpinfo\(\)[^<]{0,200}+<h1",
        r"(?=abc)abc",
        r"DB_(?:HOST|NAME|USER)",
    ],
)
def test_patterns_that_end_soon_are_taken(pattern):
    assert bounded(pattern).pattern == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a*b", "upper bound"),
        ("(?:ab)+", "upper bound"),
        (r"(a|b)\1", "references back"),
        ("(?:a{1,9}){1,9}", "too slow"),
        ("[a-z]{1,200}[0-9a-f]{1,200}", "too slow"),
        ("(?:aa|a){1,60}b", "too slow"),
        ("a{1,70000}", "upper bound"),
        ("(", "no regular expression"),
        ("x" * 1_001, "longer than"),
        (r"\Ax{0,900}x{0,900}x{0,900}", "too slow"),
    ],
)
def test_patterns_that_may_run_long_are_refused(pattern, why):
    with pytest.raises(Unbounded, match=why):
        bounded(pattern)


@pytest.mark.parametrize("pattern", ["[^<]{0,300}<b", r"\d{1,300}\.x", r"[a-z]{1,300}="])
def test_a_repeat_that_must_end_at_the_next_word_costs_little(pattern):
    assert bounded(pattern)


@pytest.mark.parametrize(
    "pattern", ["[^>]{0,300}<[^>]{0,300}>", r"\w{1,300}a\w{1,300}b", "(?i)[A-Z]{1,300}a[b-z]{1,300}"]
)
def test_a_repeat_that_may_swallow_the_next_word_costs_its_ways(pattern):
    with pytest.raises(Unbounded):
        bounded(pattern)


@pytest.mark.parametrize(
    ("swallows", "letter"), [("\u017f", "s"), ("s", "\u017f"), ("\u212a", "k"), ("k", "\u212a"), ("\xb5", "\u03bc")]
)
def test_letters_that_are_alike_where_case_is_ignored_are_told(swallows, letter):
    for one in (swallows, f"[{swallows}]", f"[a{swallows}]"):
        with pytest.raises(Unbounded):
            bounded(f"(?i)\\A(?:{one}{{0,300}}{letter}){{0,300}}!")


@given(st.text("ab.*+?{}()[]|^$\\1,", max_size=12))
def test_any_text_is_taken_or_refused(pattern):
    try:
        taken = bounded(pattern)
    except Unbounded:
        return
    assert taken.pattern == pattern
