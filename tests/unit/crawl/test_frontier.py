import pytest

from xuncha.crawl.frontier import Entry, Frontier
from xuncha.crawl.keys import digest

HOME = "http://www.example.gov.cn"


def entry(path, depth=1, parent="/"):
    return Entry(HOME + path, HOME + path, depth, parent)


def offer(frontier, path, depth=1, parent="/", **how):
    if frontier.meets(digest(HOME + path)):
        frontier.offer(entry(path, depth, parent), **how)


def order(frontier):
    return [taken.url.removeprefix(HOME) for taken in iter(frontier.take, None)]


@pytest.fixture
def frontier():
    return Frontier(pages=100, depth=5)


def test_pages_come_in_the_order_of_their_discovery(frontier):
    for path in ("/b", "/a", "/c"):
        offer(frontier, path)
    assert order(frontier) == ["/b", "/a", "/c"]


def test_within_a_level_every_parent_has_its_turn(frontier):
    for path, parent in (("/a1", "/a"), ("/a2", "/a"), ("/a3", "/a"), ("/b1", "/b"), ("/c1", "/c")):
        offer(frontier, path, 2, parent)
    assert order(frontier) == ["/a1", "/b1", "/c1", "/a2", "/a3"]


def test_a_level_is_finished_before_the_next_begins(frontier):
    offer(frontier, "/a")
    offer(frontier, "/b")
    assert frontier.take().url == f"{HOME}/a"
    offer(frontier, "/below", 2)
    assert order(frontier) == ["/b", "/below"]


def test_what_belongs_to_a_page_comes_directly_after_it(frontier):
    offer(frontier, "/a")
    offer(frontier, "/b")
    frontier.take()
    frontier.put_first([entry("/frame"), entry("/footer")])
    assert order(frontier) == ["/frame", "/footer", "/b"]


def test_crowds_come_after_every_other_page_and_orphans_after_them(frontier):
    offer(frontier, "/crowd", later=True)
    offer(frontier, "/a")
    frontier.offer_orphan(digest(f"{HOME}/orphan"), f"{HOME}/orphan")
    frontier.offer_orphan(digest(f"{HOME}/a"), f"{HOME}/a")
    assert order(frontier) == ["/a", "/crowd", "/orphan"]


def test_an_orphan_lies_one_below_the_deepest_level(frontier):
    offer(frontier, "/a", depth=3)
    frontier.offer_orphan(1, f"{HOME}/orphan")
    frontier.take()
    assert frontier.take().depth == 4


def test_known_counts_every_page_once(frontier):
    for path in ("/a", "/b", "/a"):
        offer(frontier, path)
    frontier.offer_orphan(digest(f"{HOME}/a"), f"{HOME}/a")
    frontier.offer_orphan(digest(f"{HOME}/c"), f"{HOME}/c")
    assert frontier.known == 3
    assert frontier.unvisited == 3


def test_pages_below_the_depth_are_known_and_left(frontier):
    offer(frontier, "/deep", depth=6)
    assert (frontier.known, frontier.left, frontier.take()) == (1, 1, None)


def test_what_the_budget_could_never_reach_is_only_counted():
    frontier = Frontier(pages=10, depth=5)
    for number in range(50):
        offer(frontier, f"/{number}")
    assert (frontier.known, frontier.left, len(order(frontier))) == (50, 30, 20)


def test_keys_are_bounded():
    frontier = Frontier(pages=1, depth=5)
    assert sum(frontier.meets(name) for name in range(30_000)) == 20_000


def test_peek_takes_nothing(frontier):
    for path in ("/a", "/b", "/c"):
        offer(frontier, path)
    frontier.take()
    assert [seen.url for seen in frontier.peek(5)] == [f"{HOME}/b", f"{HOME}/c"]
    assert order(frontier) == ["/b", "/c"]


def test_a_page_of_the_sitemap_that_is_linked_too_waits_once(frontier):
    frontier.offer_orphan(digest(HOME + "/a"), HOME + "/a")
    frontier.offer_orphan(digest(HOME + "/b"), HOME + "/b")
    offer(frontier, "/a")
    assert (frontier.waiting, frontier.known) == (2, 2)
    assert (order(frontier), frontier.waiting) == (["/a", "/b"], 0)
