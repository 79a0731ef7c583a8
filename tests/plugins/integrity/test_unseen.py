"""Words of spam that only stand in links which nobody sees are the other plugin's."""

import pytest

from xuncha_plugins.integrity.signs import signs

from .conftest import office, seen_as

SPAM = "".join(
    f'<a href="http://www.{host}.example.com/">{text}</a>'
    for host, text in (("a", "百家乐开户"), ("b", "六合彩开奖"), ("c", "北京赛车pk10"), ("d", "时时彩平台"))
)


def kinds(body):
    return {one.kind for one in signs(seen_as(office(body=body)))}


def test_words_in_sight_are_a_sign():
    assert "spam" in kinds(f"<div>{SPAM}</div>")


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "position:absolute;left:-9999px",
        "font-size:0",
        "opacity:0",
        "clip:rect(0,0,0,0)",
        "z-index:-999",
    ],
)
def test_words_in_links_that_nobody_sees_are_none(style):
    assert "spam" not in kinds(f'<div style="{style}">{SPAM}</div>')


@pytest.mark.parametrize("style", ["font-size:0.9em", "opacity:0.8", "width:0.5em", "left:-20px", "display:block"])
def test_other_styles_hide_nothing(style):
    assert "spam" in kinds(f'<div style="{style}">{SPAM}</div>')


def test_what_stands_in_sight_as_well_stays_a_sign():
    assert "spam" in kinds(f"<div hidden>{SPAM}</div><p>百家乐 六合彩 北京赛车 时时彩 新葡京</p>")


def test_the_same_links_elsewhere_in_sight_stay_a_sign():
    assert "spam" in kinds(f"<div hidden>{SPAM}</div><div>{SPAM}</div>")
