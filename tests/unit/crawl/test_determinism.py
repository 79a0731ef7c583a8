"""The same replies make the same crawl, in whatever order they happen to arrive."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha.crawl import Budget, Recogniser, Watcher, crawl, load_signatures
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.model.site import Site

HOME = "http://www.example.gov.cn"
RECOGNISER = Recogniser(load_signatures())
HEADERS = (("content-type", "text/html"),)

_paths = st.integers(0, 14).map(lambda number: f"/{number}")
_bodies = st.tuples(st.lists(_paths, max_size=6), st.booleans()).map(
    lambda made: "".join(f"<a href='{path}'>x</a>" for path in made[0]) + "<iframe src=/frame></iframe>" * made[1]
)
_answers = st.one_of(
    _bodies,
    _bodies,
    _bodies,
    st.sampled_from([Reason.TIMEOUT, Reason.RESET, 403, 404, 500, "<meta http-equiv=refresh content='0;url=/3'>"]),
)
_sites = st.dictionaries(_paths, _answers, min_size=8)


def run(site, delays, **budget):
    """A crawl whose replies arrive after so many turns of the loop each."""
    turns = iter(delays)

    async def fetch(url):
        for _ in range(next(turns, 0)):
            await asyncio.sleep(0)
        path = url.removeprefix(HOME)
        answer = "".join(f"<a href=/{number}>x</a>" for number in range(5)) if path == "/" else site.get(path, 404)
        if isinstance(answer, Reason):
            raise NetError(answer)
        code, body = (answer, "") if isinstance(answer, int) else (200, answer)
        return Reply(url, url, code, HEADERS, body.encode(), address="192.0.2.1")

    async def sleep(_seconds):
        await asyncio.sleep(0)

    shown = []
    found = asyncio.run(
        crawl(
            Site("s", "示例", (f"{HOME}/",)),
            fetch=fetch,
            recogniser=RECOGNISER,
            budget=Budget(**budget),
            watcher=Watcher(on_page=lambda page: shown.append(page.url)),
            sleep=sleep,
        )
    )
    return found, shown


@settings(max_examples=60, deadline=None)
@given(_sites, st.lists(st.integers(0, 12), max_size=40), st.integers(1, 8))
def test_the_order_of_arrival_changes_nothing(site, delays, ahead):
    assert run(site, delays, ahead=ahead) == run(site, [], ahead=1)


@settings(max_examples=40, deadline=None)
@given(_sites, st.lists(st.integers(0, 12), max_size=40), st.integers(1, 10))
def test_a_smaller_budget_sees_the_beginning_of_the_same_crawl(site, delays, pages):
    part, shown = run(site, delays, pages=pages, ahead=4)
    _, whole = run(site, [], pages=100, ahead=1)
    assert shown == whole[: len(shown)]
    assert part.known <= 15 + 2


@settings(max_examples=40, deadline=None)
@given(_sites)
def test_no_url_is_fetched_twice_but_to_look_again_after_anomalies(site):
    found, _ = run(site, [])
    urls = [record.url for record in found.pages]
    assert len(urls) == len(set(urls))
    assert found.known >= len(urls)
