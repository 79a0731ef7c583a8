"""One pass finds the words of all lexicons."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.content.lexicon import Automaton, Hit, alternation, around, has_chinese, line_of

WORDS = st.lists(st.text("甲乙丙ab.(", min_size=1, max_size=5), min_size=1, max_size=12, unique=True)


@given(WORDS, st.text("甲乙丙ab.(丁\n", max_size=60))
def test_the_tree_finds_what_a_list_longest_first_finds(words, text):
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(alternation(words), text) == re.findall(plain, text)


def test_hits_come_by_family_with_their_places():
    hits = Automaton({"fruit": ["苹果", "苹果树"], "animal": ["马"]}).hits("马在苹果树下")
    assert hits == {"animal": [Hit("马", 0, 1)], "fruit": [Hit("苹果树", 2, 5)]}


def test_a_word_in_two_families_is_refused():
    with pytest.raises(ValueError, match="苹果"):
        Automaton({"fruit": ["苹果"], "company": ["苹果"]})


@given(st.text(max_size=40))
def test_chinese_is_told_from_other_scripts(text):
    told = any("\u4e00" <= character <= "\u9fff" for character in text)
    assert has_chinese(text) or not told


@pytest.mark.parametrize("text", ["“quoted” – naïve", "Ω привет", "ひらがな", ""])
def test_other_scripts_are_left_at_once(text):
    assert not has_chinese(text)


def test_a_hit_is_shown_with_its_line():
    text = "第一行\n由示例区入民政府解释\n末行"
    hit = Hit("入民政府", text.index("入"), text.index("解"))
    assert (line_of(text, hit), around(text, hit, 2)) == ("由示例区入民政府解释", "例区入民政府解释")
