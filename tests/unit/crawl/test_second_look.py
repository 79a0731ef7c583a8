"""Pages that need a browser: what it shows is the page, for those who look and for the links that are followed."""

from dataclasses import replace

import pytest

from xuncha.model.crawl import Robots
from xuncha.model.reasons import Reason
from xuncha.net.robots import RobotsTxt
from xuncha.testing.net import page, redirect
from xuncha.testing.rendering import rendering

HOME = "http://www.example.gov.cn"
SHELL = "<div id=app></div><script src=/app.js></script>"
FILLED = "<title>首页</title><div id=app><a href=/a>通知公告</a></div>"


def shows(pages):
    """A browser that shows these pages, by path or as renderings; ``asked`` of it."""
    asked = []

    async def look_again(url, answered):
        path = url.removeprefix(HOME)
        asked.append((path, answered is not None))
        shown = pages.get(path)
        return rendering(url, shown) if isinstance(shown, str) else shown

    return {"look_again": look_again}, asked


@pytest.fixture
def looked(visit):
    """A crawl with a browser."""

    def run(pages, shown, /, **more):
        watch, asked = shows(shown)
        done = visit(pages, watch=watch | more.pop("watch", {}), **more)
        return done, asked

    return run


@pytest.fixture
def challenged():
    """What a protection product answers, as the way out marks it."""
    return replace(page("<script>go()</script>", status=412), challenge="ruishu", seconds=0.2)


def test_what_the_browser_shows_is_the_page_and_its_links_are_followed(looked):
    done, _ = looked({"/": SHELL, "/a": "<p>通知</p>"}, {"/": FILLED})
    assert done.visited == ["/", "/a"]
    assert [one.rendered for one in done.shown] == [True, False]
    assert (done.record("/").rendered, done.record("/").title, done.record("/").scripted) == (True, "首页", False)


def test_the_page_as_it_was_answered_stays_at_hand(looked):
    done, _ = looked({"/": SHELL}, {"/": FILLED})
    assert done.shown[0].fetched.html == SHELL


def test_address_hash_size_and_time_are_those_of_the_answer(looked, visit):
    plain, (done, _) = visit({"/": SHELL}), looked({"/": SHELL}, {"/": FILLED})
    told = [(one.sha256, one.bytes, one.seconds, one.status) for one in (plain.record("/"), done.record("/"))]
    assert told[0] == told[1]


def test_each_page_is_asked_about_once_and_in_order(looked):
    _, asked = looked({"/": "<a href=/a>A</a>", "/a": "<a href=/>H</a>"}, {})
    assert asked == [("/", True), ("/a", True)]


def test_behind_a_challenge_stands_the_page(looked, challenged):
    done, asked = looked({"/": challenged, "/a": "<p>通知</p>"}, {"/": FILLED})
    assert asked[0] == ("/", False)
    assert done.visited == ["/", "/a"]
    record = done.record("/")
    assert (record.problem, record.status, record.challenge, record.rendered) == (None, 200, "", True)
    assert record.seconds == challenged.seconds
    assert done.shown[0].fetched is None


def test_a_challenge_after_a_redirect_is_passed_as_well(looked, challenged):
    done, _ = looked({"/": redirect("/index.html"), "/index.html": challenged}, {"/index.html": FILLED})
    assert [(one.rendered, one.opened) for one in done.crawl.pages[:1]] == [(True, True)]


def test_what_stays_a_challenge_is_told_as_one(looked, challenged):
    done, _ = looked({"/": challenged}, {})
    assert (done.record("/").problem, done.shown) == (Reason.CHALLENGED, [])


def test_pages_that_only_a_browser_opened_prove_nothing_of_our_own_visits(looked, challenged):
    links = "".join(f"<a href=/{number}>{number}</a>" for number in range(8))
    done, _ = looked({"/": challenged, **{f"/{number}": challenged for number in range(8)}}, {"/": links})
    assert (done.crawl.stopped, done.slept) == (Reason.CHALLENGED, [])


def test_where_a_script_leads_is_visited_next_on_the_same_level(looked):
    shown = rendering(f"{HOME}/", FILLED, final_url=f"{HOME}/home/", documents=(f"{HOME}/", f"{HOME}/home/"))
    done, _ = looked({"/": SHELL, "/home/": FILLED, "/a": "a"}, {"/": shown})
    assert done.visited == ["/", "/home/", "/a"]
    assert (done.record("/").rendered, done.record("/home/").depth) == (False, 0)


def test_a_script_leads_nobody_out_of_the_site(looked):
    shown = rendering(
        f"{HOME}/", FILLED, final_url="http://elsewhere.example/", documents=("http://elsewhere.example/",)
    )
    done, _ = looked({"/": SHELL}, {"/": shown})
    assert done.visited == ["/"]
    assert done.shown[0].html == SHELL


@pytest.mark.parametrize(("final", "used"), [("/#/home", True), ("/home", True), ("/pc/home", False)])
def test_a_page_that_gives_itself_another_address_is_the_same_page_while_its_links_mean_the_same(looked, final, used):
    shown = rendering(f"{HOME}/", FILLED, final_url=HOME + final, documents=(f"{HOME}/",))
    done, _ = looked({"/": SHELL}, {"/": shown}, pages=1)
    assert done.record("/").rendered is used


def test_a_page_that_its_script_clears_is_read_as_it_was_answered(looked):
    answered = f"<p>{'各有关单位要认真做好工作。' * 20}</p><script src=/app.js></script>"
    done, _ = looked({"/": answered}, {"/": "<p>出错了"})
    assert done.shown[0].html == answered


def test_the_caps_hold_for_what_scripts_build(looked):
    done, _ = looked({"/": SHELL}, {"/": "<div>" * 50_000})
    assert done.shown[0].html == SHELL


def test_a_page_is_left_for_what_its_scripts_show(looked):
    def leave(seen):
        return Reason.STATE_SECRET_MARK if "机密★1年" in seen.text else None

    shown = {"/": "<p>机密★1年</p><a href=/a>附件</a>"}
    done, _ = looked({"/": SHELL, "/a": "a"}, shown, watch={"leave": leave})
    assert (done.visited, done.shown, done.record("/").problem) == (["/"], [], Reason.STATE_SECRET_MARK)
    assert not done.record("/").title


BARRED = {"/robots.txt": "challenged", "/": "challenged", "/a": "<p>通知</p>", "/admin/x": "x"}


def let_in(visit, challenged, text):
    """A site whose robots.txt stands behind the challenge as well; a browser that was let in reads ``text``."""
    watch, _ = shows({"/": f"{FILLED}<a href=/admin/x>管理</a>"})
    read = []

    async def robots_inside(url):
        read.append(url)
        return RobotsTxt.parse(text.encode()) if text else None

    pages = {path: challenged if one == "challenged" else one for path, one in BARRED.items()}
    return visit(pages, watch={**watch, "robots_inside": robots_inside}), read


def test_robots_txt_behind_a_challenge_is_read_by_who_was_let_in(visit, challenged):
    done, read = let_in(visit, challenged, "User-agent: *\nDisallow: /admin/")
    assert read == [f"{HOME}/robots.txt"]
    assert (done.visited, done.crawl.robots, done.crawl.forbidden) == (["/", "/a"], Robots.PARTLY, 1)


def test_where_even_he_cannot_read_it_nothing_more_is_visited(visit, challenged):
    done, _ = let_in(visit, challenged, "")
    assert (done.visited, done.crawl.stopped) == (["/"], Reason.ROBOTS_UNKNOWN)


MAINTENANCE = "<html><head><title>系统维护</title></head><body><h1>系统正在升级维护，请稍后访问</h1></body></html>"


def test_a_notice_that_a_script_shows_is_recognised(looked):
    done, _ = looked({"/": SHELL}, {"/": MAINTENANCE})
    assert done.record("/").notice
    assert [mark.partition(":")[0] for mark in done.record("/").marks] == ["maintenance"]


def test_so_is_one_behind_a_challenge(looked, challenged):
    done, _ = looked({"/": challenged}, {"/": MAINTENANCE})
    assert (done.record("/").rendered, bool(done.record("/").notice)) == (True, True)


def test_what_a_page_is_recognised_as_is_what_its_scripts_left(looked):
    answered = f"{MAINTENANCE}<div id=app></div><script src=/app.js></script>"
    done, _ = looked({"/": answered}, {"/": f"{FILLED}{'通知' * 99}"})
    assert (done.record("/").rendered, done.record("/").marks) == (True, ())
