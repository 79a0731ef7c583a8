import unicodedata

import pytest

from xuncha_reports import console


def width(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.fixture(params=["zh", "en"])
def lines(request, result):
    return console.render(result, request.param).decode().splitlines()


def test_no_line_is_wider_than_a_terminal(lines):
    assert max(width(line) for line in lines) <= console.WIDTH


def test_plain_text_holds_no_control_character(lines):
    assert not any(ord(character) < 32 for line in lines for character in line)


def test_the_words_of_pages_are_no_markup(result):
    assert "{{7*7}}" in console.render(result, "en").decode()


def test_problems_come_before_what_was_not_judged(result):
    text = console.render(result, "en").decode()
    assert text.index("Main problems") < text.index("Not judged")
