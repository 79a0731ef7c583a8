"""Pages that are known from before come first, so that a crawl that is cut short has seen them."""

from xuncha.model.reasons import Reason
from xuncha.testing.net import page, redirect, status

HOME = "http://www.example.gov.cn"
MANY = [f"/{at}" for at in range(9)]


def links(*paths):
    return "".join(f"<a href='{path}'>链接 {path}</a>" for path in paths)


def site(**more):
    leaves = {path: path for path in [*MANY, "/8/a", "/old"]}
    return {"/": links(*MANY), **leaves, "/8": links("/8/a"), **more}


def at(*known):
    return [(HOME + path, depth) for path, depth in known]


def test_a_crawl_that_is_cut_short_has_seen_them(visit):
    done = visit(site(), first=at(("/7", 1), ("/8", 1)), pages=4)
    assert done.visited == ["/", "/7", "/8", "/0"]
    assert done.crawl.stopped is Reason.BUDGET_REACHED


def test_one_that_another_leads_to_is_met_where_it_is_linked(visit):
    done = visit(site(), first=at(("/8", 1), ("/8/a", 5)), pages=4)
    assert done.visited == ["/", "/8", "/8/a", "/0"]
    assert (done.record("/8/a").depth, done.record("/8/a").parent) == (2, f"{HOME}/8")


def test_one_that_nothing_leads_to_is_visited_at_its_level(visit):
    done = visit(site(), first=at(("/old", 3)), pages=2)
    assert (done.visited, done.record("/old").depth) == (["/", "/old"], 3)


def test_one_that_is_gone_and_linked_nowhere_has_left_the_website(visit):
    plain, done = visit(site()), visit(site(), first=at(("/gone", 1)))
    assert (done.visited, done.crawl.known, done.crawl.complete) == (plain.visited, plain.crawl.known, True)


def test_one_that_is_gone_and_still_linked_is_recorded(visit):
    assert visit(site(**{"/8": status(404)}), first=at(("/8", 1))).record("/8").status == 404


def test_a_crawl_with_room_for_all_sees_the_same_pages(visit):
    plain, favoured = visit(site()), visit(site(), first=at(("/8/a", 2), ("/3", 1)))
    assert sorted(plain.visited) == sorted(favoured.visited)
    assert (favoured.crawl.complete, favoured.crawl.known) == (True, plain.crawl.known)
    assert {one.url: one.depth for one in plain.crawl.pages} == {one.url: one.depth for one in favoured.crawl.pages}


def test_they_take_half_of_what_may_be_visited_at_most(visit):
    done = visit(site(), first=at(*((path, 1) for path in reversed(MANY))), pages=6)
    assert done.visited == ["/", "/6", "/7", "/8", "/0", "/1"]


def test_they_are_asked_for_where_the_site_now_is(visit):
    there = HOME.replace("http:", "https:")
    pages = {
        "/": redirect(f"{there}/"),
        f"{there}/robots.txt": status(404),
        **{there + path: body for path, body in site().items()},
    }
    done = visit(pages, first=at(("/8", 1)), pages=3)
    assert [record.final_url for record in done.crawl.pages] == [f"{there}{path}" for path in ("/", "/8", "/0")]


def test_others_websites_and_what_robots_close_are_left_alone(visit):
    robots = page("User-agent: *\nDisallow: /old", media="text/plain")
    done = visit(site(**{"/robots.txt": robots}), first=[("http://other.example/", 1), *at(("/old", 1))], pages=2)
    assert done.visited == ["/", "/0"]


def test_without_a_home_page_they_are_visited_all_the_same(visit):
    assert visit(site(**{"/": status(500)}), first=at(("/8", 1))).visited == ["/", "/8", "/8/a"]


def test_the_budget_that_ends_before_them_leaves_them_known(visit):
    done = visit({"/": "甲", "/a": "a", "/b": "b"}, first=at(("/a", 1), ("/b", 1)), bytes=1)
    assert (done.crawl.known, done.crawl.complete) == (3, False)
