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


@pytest.mark.parametrize(
    "number",
    [
        "138\xa01234\xa05678", "138  1234  5678", "138–1234–5678", "138\u200b1234\u200b5678", "138\xad12345678",
        "1381234\n5678", "1381234\n\n5678", "138-1234-\n5678", "138 1234\n5678",
        "1101011\n9900307\n803X", "110101\n199003078\n03X",
    ],
)  # fmt: skip
def test_a_number_is_recognised_however_it_is_spelt(number):
    assert recognised(f"电话 {number} 。") == (number,)


@pytest.mark.parametrize(
    "text",
    [
        "0532-88881234\n0532-88881235",
        "88881234\n13800",
        "房间138\n83012345",
        "62301234\n62301235",
        "2026-11-23\n2026-11-22",
        "2026–2027\n2028–2029",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10",
    ],
)
def test_offices_numbers_and_days_below_each_other_are_nobody_s(text):
    assert recognised(text) == ()


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


@pytest.mark.parametrize(
    "text",
    [
        "机密★５年", "机密★1年\xa0\xa0特急", "机\u200b密★5年", "机密★5年 第001号", "秘密\xad★长期",
        "机密★\n5年", "机\n密\n★\n5\n年",
    ],
)  # fmt: skip
def test_a_mark_counts_however_it_is_spelt(text):
    assert bears_mark(text)


@pytest.mark.parametrize(
    "text", ["保守国家秘密，人人有责", "密级\n秘密\n10年", "国家秘密标志形式为\n“密级★保密期限”，\n如“机密★1年”"]
)
def test_no_mark_is_none(text):
    assert not bears_mark(text)


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
