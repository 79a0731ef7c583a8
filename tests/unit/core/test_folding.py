from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.folding import cells, folded


def test_chinese_fills_its_lines() -> None:
    assert list(folded("访问 http://a.gov.cn/ 得到的是拦截页", 26)) == ["访问 http://a.gov.cn/ 得到", "的是拦截页"]


def test_no_line_begins_with_a_closing_mark() -> None:
    assert list(folded("一二三四，五六", 8)) == ["一二三", "四，五六"]


def test_no_line_ends_with_an_opening_mark() -> None:
    assert list(folded("一二三“四”五", 8)) == ["一二三", "“四”五"]


def test_an_address_longer_than_a_line_is_cut() -> None:
    assert list(folded("http://a.gov.cn/x", 10)) == ["http://a.g", "ov.cn/x"]


@given(st.text(alphabet="ab 中，“”（）:/é"), st.integers(8, 40))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = list(folded(text, width))
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
