"""A challenge that stays shut is not asked again for pictures and looks."""

import asyncio

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Want
from xuncha.testing.rendering import FakeRenderer, rendering
from xuncha.worker.doors import Doors, Knocking
from xuncha.worker.journal import Journal
from xuncha.worker.renders import Renders

HOME, PAGE = "http://a.example/", "http://a.example/a.html"
SHUT, OPEN = Gap(Reason.CHALLENGED), rendering(HOME, "<p>")
LOOK, PICTURE = Want(shots=3), Want(picture=True)


@pytest.fixture
def opened(tmp_path):
    """What the browser was asked for once the crawl, a probe and the camera wanted a page each."""

    def run(planned, crawled, looked_at, pictured):
        visitor, doors, journal = FakeRenderer(planned), Doors(), Journal(tmp_path / "journal")
        renders, camera = Renders(journal, visitor, 30, doors=doors), Knocking(visitor, doors)

        async def all_three():
            await renders.for_crawl(crawled)
            return [await renders.render(looked_at, LOOK), await camera.render(pictured, PICTURE)]

        found = asyncio.run(all_three())
        journal.close()
        return found, [url for url, _ in visitor.asked]

    return run


def test_a_page_that_stayed_shut_is_asked_for_once(opened):
    assert opened({HOME: SHUT}, HOME, HOME, HOME) == ([SHUT, SHUT], [HOME])


def test_behind_a_front_door_that_stayed_shut_nothing_is_asked_for(opened):
    assert opened({HOME: SHUT}, HOME, HOME, PAGE) == ([SHUT, SHUT], [HOME])


def test_a_page_that_stayed_shut_says_nothing_of_the_others(opened):
    assert opened({PAGE: SHUT, HOME: OPEN}, PAGE, HOME, HOME)[1] == [PAGE, HOME, HOME]


def test_what_failed_otherwise_may_be_tried_again(opened):
    assert opened({HOME: Gap(Reason.RENDER_TOO_HEAVY)}, HOME, HOME, HOME)[1] == [HOME] * 3


def test_a_resumed_run_remembers_what_stayed_shut(opened):
    opened({HOME: SHUT}, HOME, HOME, HOME)
    assert opened({HOME: SHUT}, HOME, HOME, HOME)[1] == []
