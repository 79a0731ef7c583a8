"""A date that only markup tells keeps a column from being called stale, and is never made up."""

from datetime import date

import pytest

from xuncha.page import parse_page
from xuncha_plugins.freshness.guess import Guesser
from xuncha_plugins.freshness.tally import NO_DATE

TODAY = date(2026, 11, 22)


def marked_up(day):
    data = f'<script type="application/ld+json">{{"datePublished":"{day}"}}</script>'
    return f"<html><head>{data}</head><body><p>正文</p></body></html>"


def guess(html, guesser=None):
    page = parse_page(html.encode(), url="http://www.a.gov.cn/1.html", depth=2)
    return (guesser or Guesser(50, TODAY)).guess(page)


def test_a_date_in_markup_is_found():
    html = marked_up("2026-11-03")
    found = guess(html)
    assert (found.day, found.guessed) == (date(2026, 11, 3), True)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>会议时间为2024年3月，请准时参加。</p></body></html>",
        "<html><body><p>版权所有 2019-2026</p></body></html>",
        "<html><body></body></html>",
        "",
        "<" * 1000,
        "<html><body>" + "<div>" * 3000 + "</body></html>",
    ],
)
def test_a_year_in_the_text_is_no_date(html):
    assert guess(html) == NO_DATE


def test_a_date_ahead_is_not_believed():
    html = marked_up("2030-11-03")
    assert guess(html) == NO_DATE


def test_the_guesses_of_a_site_are_counted():
    html = marked_up("2026-11-03")
    guesser = Guesser(1, TODAY)
    assert [guess(html, guesser).guessed, guess(html, guesser).guessed] == [True, False]
