"""Which pages are opened in a browser, and what becomes of those that can't be."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.crawl import Watcher
from xuncha.model.crawl import Robots
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.page import parse_page, rendered_page
from xuncha.testing.net import page as answered
from xuncha.testing.rendering import rendering
from xuncha.worker.second_look import SecondLook

URL = "http://www.example.gov.cn/"
FOOTER = "<p>主办单位：示例局</p>"
WORDS = f"<p>{'各有关单位要认真做好工作。' * 30}</p>"
LATE = Gap(Reason.TIMEOUT)
SCRIPT = "<script src=/app.js></script>"
SHELL = f"<div id=app></div>{SCRIPT}"
LIST = f"{WORDS}{FOOTER}<ul id=news-list></ul>{SCRIPT}"
FILLED = f"{WORDS}{FOOTER}<ul id=news-list><li><a href=/a>通知</a></ul>{SCRIPT}"


class Renders:
    """Answers with what it is given, the last one for ever."""

    def __init__(self, answers):
        self.answers, self.asked, self.forgotten = list(answers), [], []

    async def for_crawl(self, url):
        self.asked.append(url)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def forget(self, url):
        self.forgotten.append(url)


def read(html, depth=0, url=URL):
    return parse_page(html.encode(), url=url, headers=(("content-type", "text/html; charset=utf-8"),), depth=depth)


def looked(*pages, answers=(LATE,), leave=lambda _: None, recognise=lambda reply: reply):
    """What the browser was asked for, and who looked."""
    renders, shown = Renders(answers), []
    look = SecondLook(renders, recognise)
    watcher = look.watching(Watcher(on_page=shown.append, leave=leave))
    asyncio.run(_crawled(watcher, pages))
    return renders, look


async def _crawled(watcher, pages):
    """As the crawl does it."""
    for one in pages:
        page = one if one is None or not isinstance(one, str) else read(one)
        seen = await watcher.look_again(page.url if page else URL, page)
        if page is None:
            continue
        shown = (seen and rendered_page(page, seen.html, whole=seen.whole)) or page
        if watcher.leave(shown) is None:
            watcher.on_page(shown)


@pytest.mark.parametrize(
    ("html", "depth", "wanted"),
    [
        (SHELL, 0, True),
        (SHELL, 3, True),
        (WORDS + FOOTER, 0, False),
        (WORDS + FOOTER + SCRIPT, 0, False),
        (WORDS + SCRIPT, 0, True),
        (WORDS + SCRIPT, 1, False),
        (FOOTER + SCRIPT, 0, True),
        (LIST, 0, True),
        (LIST, 1, True),
        (f"{WORDS}{FOOTER}<div id=footer></div>{SCRIPT}", 0, True),
        (f"{WORDS}{FOOTER}<div id=footer></div>{SCRIPT}", 1, False),
        (f"{WORDS}{FOOTER}<div id=a1></div><script>$('#a1').html(x)</script>", 1, True),
        ("<p>没有脚本", 0, False),
    ],
    ids=[
        "an empty shell", "an empty shell far below", "no script", "all there", "no footer on the home page",
        "no footer elsewhere", "few words on the home page", "an empty list", "an empty list in a column",
        "an empty footer of the home page", "an empty footer elsewhere", "a box that a script names", "bare",
    ],
)  # fmt: skip
def test_a_page_is_opened_in_a_browser_where_it_needs_one(html, depth, wanted):
    renders, _ = looked(read(html, depth))
    assert bool(renders.asked) is wanted


def test_a_challenge_is_waited_for():
    renders, _ = looked(None)
    assert renders.asked == [URL]


def test_a_challenge_that_stays_one_is_not_tried_for_every_page():
    renders, look = looked(None, None, None, answers=[Gap(Reason.CHALLENGED)])
    assert (len(renders.asked), look.unrendered) == (1, {"challenged": 1})


@pytest.mark.parametrize("reason", [Reason.NO_BROWSER, Reason.NO_SANDBOX, Reason.BUDGET_REACHED])
def test_what_every_page_would_meet_with_is_asked_for_once_and_told_for_all(reason):
    renders, look = looked(SHELL, SHELL, SHELL, answers=[Gap(reason)])
    assert (len(renders.asked), look.unrendered) == (1, {str(reason): 3})


def test_a_browser_that_fails_again_and_again_is_left_alone():
    renders, look = looked(*[SHELL] * 5, answers=[Gap(Reason.BROWSER_FAILED)])
    assert (len(renders.asked), look.unrendered) == (3, {"browser-failed": 5})


def test_a_browser_that_failed_once_is_used_again():
    renders, _ = looked(*[SHELL] * 4, answers=[Gap(Reason.BROWSER_FAILED), rendering(URL, FILLED)])
    assert len(renders.asked) == 4


def test_pages_that_were_seen_are_counted():
    _, look = looked(SHELL, SHELL, answers=[rendering(URL, FILLED), Gap(Reason.RENDER_TOO_HEAVY)])
    assert (look.rendered, look.unrendered) == (1, {"render-too-heavy": 1})


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (rendering(URL, FILLED, status=403), "server-error"),
        (rendering(URL, FILLED, cut=True), "render-too-heavy"),
        (rendering(URL, "<div>" * 50_000), "render-too-heavy"),
    ],
)
def test_what_says_nothing_of_the_page_is_not_used(shown, reason):
    _, look = looked(SHELL, answers=[shown])
    assert (look.rendered, look.unrendered) == (0, {reason: 1})


def test_a_filing_block_in_the_browser_is_none_of_the_site():
    blocked = replace(answered(""), marks=("filing-block:x",))
    _, look = looked(SHELL, answers=[rendering(URL, FILLED)], recognise=lambda _: blocked)
    assert look.unrendered == {"filing-block": 1}


def test_a_page_whose_script_leads_on_is_not_counted_as_missing():
    led = rendering(URL, FILLED, final_url=f"{URL}home/", documents=(f"{URL}home/",))
    look = SecondLook(Renders([led]))
    assert asyncio.run(look.look_again(URL, read(SHELL))) is led
    assert look.unrendered == {}


def test_a_box_that_stays_empty_is_no_reason_any_more():
    renders, _ = looked(*[read(LIST, 1)] * 4, answers=[rendering(URL, LIST)])
    assert len(renders.asked) == 2


def test_a_box_that_is_filled_elsewhere_stays_one():
    shown = [rendering(URL, FILLED), rendering(URL, LIST), rendering(URL, LIST)]
    renders, _ = looked(*[read(LIST, 1)] * 5, answers=shown)
    assert len(renders.asked) == 5


MARKED = f"{WORDS}<p>机密★1年</p>"


def test_a_rendering_with_a_secret_mark_is_forgotten():
    renders, look = looked(SHELL, answers=[rendering(URL, MARKED)], leave=lambda _: Reason.STATE_SECRET_MARK)
    assert (renders.forgotten, look.unrendered) == ([URL], {})


def test_so_is_one_of_another_page_that_the_script_led_to():
    elsewhere = f"{URL}home/"
    led = rendering(URL, MARKED, final_url=elsewhere, documents=(elsewhere,), text="机密★1年\n某某工作安排")
    renders = Renders([led])
    asyncio.run(SecondLook(renders).look_again(URL, read(SHELL)))
    assert renders.forgotten == [URL]


PLAIN, HTML = (("content-type", "text/plain"),), (("content-type", "text/html"),)
RULES = "User-agent: *\nDisallow: /admin/\n"


def inside(**shown):
    """What robots.txt is taken to say once a browser shows it like this."""
    seen = replace(rendering(f"{URL}robots.txt", "<pre>"), **{"headers": PLAIN, "text": RULES, **shown})
    return asyncio.run(SecondLook(Renders([seen])).robots_inside(f"{URL}robots.txt"))


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        ({}, Robots.PARTLY),
        ({"status": 404}, Robots.FREE),
        ({"status": 503}, Robots.UNKNOWN),
        ({"headers": HTML, "text": "网站首页 工作动态"}, Robots.FREE),
    ],
)
def test_robots_txt_is_read_as_the_browser_was_shown_it(shown, state):
    assert inside(**shown).state is state


@pytest.mark.parametrize("shown", [{"headers": HTML, "text": "User-agent: * Disallow: /"}, {"cut": True}])
def test_rules_that_the_browser_may_have_spoilt_are_none(shown):
    assert inside(**shown) is None


def test_without_an_answer_robots_txt_stays_unknown():
    assert asyncio.run(SecondLook(Renders([Gap(Reason.CHALLENGED)])).robots_inside(f"{URL}robots.txt")) is None
