import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.rendered import Piece, Rect, Sight, Writing
from xuncha.pictures.privacy import MOST, bears_mark, largest_letters, recognised, still_legible
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


FRAME, HERE = Rect(10, 20, 300, 200), Rect(0, 0, 90, 16)


def seen(*words, frame=None, rect=HERE):
    """These words, one after the other in a line."""
    ends = [sum(map(len, words[: at + 1])) for at in range(len(words))]
    pieces = tuple(Piece(end - len(word), end, rect) for end, word in zip(ends, words, strict=True))
    return Sight((Writing("http://a.example/", "".join(words), pieces, frame),))


@pytest.mark.parametrize("text", ["首页\t机密★5年\t特急", "栏目\n" * 5_000 + "机密★5年"])
def test_a_mark_counts_wherever_it_stands(text):
    assert bears_mark("", text)


def test_no_mark_is_none():
    assert not bears_mark("保守国家秘密，人人有责")


@pytest.mark.parametrize(
    ("sight", "covered"),
    [
        (seen("手机 ", "1381234", "5678", "。", rect=HERE), (HERE,)),
        (seen("1381234", "5678", frame=FRAME), (FRAME,)),
        (seen("87654321831"), (HERE,)),
        (seen("2026年11月23日"), ()),
        (seen("13812345678", frame=Rect(0, 0, 0, 0)), ()),
    ],
)
def test_what_is_still_legible_is_told_with_its_place(sight, covered):
    assert still_legible(sight) == covered


def test_the_largest_letters_are_those_of_the_tallest_piece():
    assert (largest_letters(seen("大", rect=Rect(0, 0, 9, 220))), largest_letters(Sight(()))) == (220, 0)
