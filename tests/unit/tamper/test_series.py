"""Headlines in a row that are the same apart from numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.page import parse_page
from xuncha.tamper.series import series

OTHER = "关于做好冬季森林防火工作的通知"


def row(*words, host=""):
    html = "".join(f'<p><a href="{host}/art/{at}.html">{one}</a></p>' for at, one in enumerate(words))
    found = series(parse_page(html.encode(), url="http://www.a.gov.example/"))
    return found.words, found.links


def test_links_in_a_row_are_counted():
    assert row(OTHER, *(f"打倒某某者{at}号公告" for at in range(8)), OTHER) == ("打倒某某者0号公告", 8)


def test_the_longest_row_counts():
    assert row(*(f"第{at}期工作简报" for at in range(4)), *(f"第{at}批招聘公示" for at in range(5)))[1] == 5


def test_headlines_that_say_the_same_make_a_row():
    assert row(*["打倒某某还我血汗钱"] * 6)[1] == 6


@pytest.mark.parametrize(
    "words",
    [
        ["打倒某某者1号公告", "打倒某某者2号公告", "打倒某某者3号公告"],
        ["点击查看详细信息"] * 9,
        ["第1期", "第2期", "第3期", "第4期", "第5期"],
        ["某局召开一次会议", OTHER, "某局召开二次会议", OTHER, "某局召开三次会议", OTHER, "某局召开四次会议"],
        [f"{name}局召开会议" for name in "甲乙丙丁戊己"],
    ],
)
def test_what_stands_apart_or_is_short_makes_none(words):
    assert row(*words) == ("", 0)


def test_links_to_others_make_none():
    assert row(*(f"合作单位网站{at}" for at in range(8)), host="http://www.partner.example") == ("", 0)


@given(some.lists(some.text("某局12会议", max_size=9), max_size=12))
def test_a_row_is_never_longer_than_the_links(words):
    assert row(*words)[1] <= len(words)
