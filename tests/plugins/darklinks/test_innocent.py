"""Ordinary pages raise no alarm: neither news of betting and drugs, nor what honest pages hide."""

from pathlib import Path

import pytest
import yaml

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.page_checks import injected, title_spam

CORPUS = yaml.safe_load(Path(__file__).with_name("innocent.yaml").read_text("utf-8"))


def alarms(plants, sheets):
    outcomes = [judge(hidden, plants, sheets), *(judge(check, plants) for check in (scripted, title_spam, injected))]
    return {outcome.check: outcome.findings for outcome in outcomes if outcome.status is not Status.PASS}


@pytest.mark.parametrize("title", CORPUS["titles"])
def test_a_title_raises_no_alarm(page, plants, no_sheets, title):
    head = f'<meta name="keywords" content="{title}"><meta name="description" content="{title}">'
    assert alarms(plants(page(f"<p>{title}</p>", title, head)), no_sheets) == {}


@pytest.mark.parametrize("piece", CORPUS["pieces"])
def test_a_piece_raises_no_alarm(page, plants, no_sheets, piece):
    assert alarms(plants(page(piece)), no_sheets) == {}


def test_all_pieces_on_one_page_raise_no_alarm(page, plants, no_sheets):
    assert alarms(plants(page("".join(CORPUS["pieces"]))), no_sheets) == {}


NAMES = ("葡京", "casino")
"""Names of places and things that are brands elsewhere: hidden links of that name to strangers would be asked about."""


@pytest.mark.parametrize("title", [one for one in CORPUS["titles"] if not any(name in one for name in NAMES)])
def test_as_words_of_a_hidden_link_it_raises_no_alarm(page, plants, no_sheets, title):
    markup = f'<div style="display:none"><a href="http://www.fazhi-sb.com/1">{title}</a></div>'
    assert alarms(plants(page(markup)), no_sheets) == {}
