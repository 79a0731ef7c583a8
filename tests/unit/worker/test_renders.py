import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Frame, Layout, LinkBox, Picture, Rect, Refused, Rendered, Traffic, Want
from xuncha.worker.journal import Journal
from xuncha.worker.renders import Renders

URL = "http://www.example.gov.cn/"
PLAIN = Want()
RECT = Rect(0, 1, 2, 3.5)
LINK = LinkBox(URL, "字", RECT, True, 1.0, False, None, "rgb(0, 0, 0)", "rgb(1, 1, 1)", 16.0, "body > a")
PAGE = Rendered(
    url=URL, final_url=URL, status=200, headers=(("x", "y"),), html="<p>字", text="字", cut=False, settled=True,
    failures=("x",), dialogs=0, seconds=1.0, cpu=0.5, memory=1, browser="Chrome/1", agent="Mozilla", sandboxed=True,
    traffic=Traffic(1, 0, 5, (URL,), (Refused("script", "GET", URL, Reason.TIMEOUT),), ((Reason.TIMEOUT, 1),)),
    at=datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai")),
    layout=Layout(1, 2, (LINK,), (Frame(URL, RECT, True, 0.5),), True),
    picture=Picture(b"\x89PNG\x00\xff", "00", 1366, 768, True),
)  # fmt: skip


class Visitor:
    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    async def render(self, _url, _want, _before_picture):
        self.asked += 1
        return self.answer


@pytest.fixture
def rendered(tmp_path):
    """Each call is a worker of its own over the same journal: what it finds, and how often the browser was asked."""

    def run(*urls, answer=PAGE, most=30, want=PLAIN, forget=False):
        journal = Journal(tmp_path / "journal")
        visitor = Visitor(answer)
        renders = Renders(journal, visitor, most)
        found = [asyncio.run(renders.render(url, want)) for url in urls]
        if forget:
            renders.forget(urls[0])
        journal.close()
        return found, visitor.asked

    return run


@pytest.mark.parametrize("answer", [PAGE, Gap(Reason.RENDER_TOO_HEAVY, detail="why")])
def test_what_was_rendered_is_not_rendered_again(rendered, answer):
    first, again = rendered(URL, answer=answer), rendered(URL, answer=answer)
    assert (first, again) == (([answer], 1), ([answer], 0))


def test_another_want_is_another_rendering(rendered):
    rendered(URL)
    assert rendered(URL, want=Want(picture=True))[1] == 1


def test_what_the_machine_lacked_may_be_there_in_a_resumed_run(rendered):
    rendered(URL, answer=Gap(Reason.NO_BROWSER))
    assert rendered(URL)[0] == [PAGE]


def test_a_site_has_so_many_renders_and_no_more(rendered):
    found, asked = rendered(URL, URL + "b", most=1)
    assert (found[1].reason, asked) == (Reason.BUDGET_REACHED, 1)


def test_renders_of_earlier_workers_count(rendered):
    rendered(URL, most=1)
    assert rendered(URL, URL + "b", most=1)[0][1].reason is Reason.BUDGET_REACHED


def test_a_page_with_a_mark_of_secrecy_leaves_nothing(rendered, tmp_path):
    rendered(URL, forget=True)
    assert "字".encode() not in (tmp_path / "journal").read_bytes()
    assert rendered(URL)[1] == 1


def test_the_crawl_leaves_to_probes_what_is_kept_for_them(tmp_path):
    renders = Renders(Journal(tmp_path / "journal"), Visitor(PAGE), most=4, kept=2)

    async def both():
        return [await renders.for_crawl(f"{URL}{number}") for number in range(3)] + [await renders.render(URL)]

    *_, beyond, for_a_probe = asyncio.run(both())
    assert (beyond.reason, for_a_probe) == (Reason.BUDGET_REACHED, PAGE)


def test_the_crawl_keeps_half_whatever_probes_would_like(tmp_path):
    renders = Renders(Journal(tmp_path / "journal"), Visitor(PAGE), most=2, kept=9)
    assert asyncio.run(renders.for_crawl(URL)) == PAGE
