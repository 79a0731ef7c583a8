"""Which pages are printed, and what visits teach."""

import pickle
from datetime import datetime

from xuncha.model.clock import SHANGHAI
from xuncha.page import behind_challenge, rendered_page
from xuncha.testing import gather
from xuncha.testing.judging import earlier
from xuncha_plugins.integrity.hosts import is_odd, is_trusted
from xuncha_plugins.integrity.seen import PrintParams, PrintsTaken


def test_no_more_pages_are_printed_than_asked_for(made):
    pages = [made.parsed(made.page(), f"http://www.a.gov.example/{at}.html") for at in range(5)]
    assert len(gather(PrintsTaken, *pages, params=PrintParams(pages=3)).pages) == 3


def test_a_defaced_page_beyond_the_cap_is_printed_too(made):
    pages = [made.parsed(made.page(), f"http://www.a.gov.example/{at}.html") for at in range(3)]
    last = made.parsed("<title>Hacked by X</title>", "http://www.a.gov.example/last.html")
    assert gather(PrintsTaken, *pages, last, params=PrintParams(pages=3)).pages[-1].url == last.url


def test_a_page_that_was_printed_before_finds_room_again(made):
    old = made.parsed(made.page(), "http://www.a.gov.example/old.html")
    past = earlier((datetime(2026, 1, 5, tzinfo=SHANGHAI), made.visit(old)))
    new = [made.parsed(made.page(), f"http://www.a.gov.example/{at}.html") for at in range(3)]
    assert gather(PrintsTaken, *new, old, params=PrintParams(pages=3), past=past).pages[-1].url == old.url


def test_a_page_that_did_not_open_is_not_printed(made):
    page = made.parsed(made.page())
    assert made.visit(type(page)(**{**vars_of(page), "status": 404})).pages == ()


def vars_of(page):
    return {name: getattr(page, name) for name in page.__dataclass_fields__}


def test_visits_teach_which_regions_and_lines_change(made, history):
    last, _ = history(*(made.page(day) for day in range(4)))
    (habit,) = last.habits
    assert habit.visits == 4
    assert habit.volatile


def test_a_tampered_visit_teaches_nothing(made, history):
    last, _ = history(made.page(0), made.page(1), "<title>x</title><h1>Hacked by X</h1>")
    assert last.habits[0].visits == 2


def test_what_was_learned_is_carried_on(made, history):
    last, _ = history(made.page(0), made.page(1), made.page(2))
    assert last.habits[0].since == made.visit(made.parsed(made.page())).pages[0].taken


def test_the_probe_can_be_put_aside_and_taken_up_again(made):
    pickle.dumps(made.visit(made.parsed(made.page())))


def test_state_bodies_and_known_services_are_trusted():
    assert all(map(is_trusted, ("www.gov.cn", "jyj.sh.gov.cn", "hm.baidu.com", "dcs.conac.cn", "www.pku.edu.cn")))


def test_endings_and_shapes_of_spam_are_odd():
    assert all(map(is_odd, ("a.xyz", "www.668bet.vip", "www.88966a.com", "ky-yule.top")))
    assert not any(map(is_odd, ("www.people.com.cn", "www.163.com", "news.qq.com")))


def test_a_page_that_a_browser_rendered_is_printed_as_it_was_answered(made):
    page = made.parsed(made.page())
    shown = rendered_page(page, made.page(body="<div>由脚本写入</div>"), whole=True)
    assert made.visit(shown).pages == made.visit(page).pages


def test_signs_of_defacement_are_looked_for_in_what_scripts_wrote(made):
    shown = rendered_page(made.parsed(made.page()), made.page(title="Hacked by X"), whole=True)
    assert made.visit(shown).pages[0].signs


def test_a_page_that_only_a_browser_opened_is_not_printed(made):
    assert made.visit(behind_challenge(made.parsed(made.page()), whole=True)).pages == ()
