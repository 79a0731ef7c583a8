import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.pictures.privacy import MOST, recognised
from xuncha.store.mask import mask_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("手机 13812345678，座机 0532-88881234", ("13812345678",)),
        ("手机 138 1234 5678 。", ("138 1234 5678",)),
        ("身份证 11010119900307803X 公示", ("11010119900307803X",)),
        ("手机１３８１２３４５６７８", ("１３８１２３４５６７８",)),
        ("password=abcd1234xyz 完", ("password=abcd1234xyz",)),
        ("2026年11月23日 鲁ICP备00000021号", ()),
    ],
)
def test_the_whole_word_is_covered_not_only_what_texts_mask(text, words):
    assert recognised(text) == words


def test_each_word_is_told_once():
    assert recognised("13812345678 13812345678", "13812345678") == ("13812345678",)


def test_more_words_than_are_covered_one_by_one_can_be_told_from_as_many():
    many = " ".join(f"138{number:08}" for number in range(1_000, MOST + 1_100))
    assert len(recognised(many)) == MOST + 1


@given(st.text(alphabet="0123456789Xx -，号手机", max_size=80))
def test_without_the_covered_words_nothing_is_left_to_mask(text):
    for word in sorted(recognised(text), key=len, reverse=True):
        text = text.replace(word, "█" * len(word))
    assert mask_text(text) == text
