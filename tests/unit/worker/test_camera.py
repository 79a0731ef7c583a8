"""Pictures with a browser that is none, but with real pixels."""

import asyncio
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from xuncha.model.fact import Gap
from xuncha.model.locator import ElementLocator
from xuncha.model.outcome import Finding
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Picture, Rect, Retouch
from xuncha.pictures import pixels
from xuncha.pictures.album import Wish
from xuncha.pictures.sought import Sought
from xuncha.store.pictures import Album, Mark, read_album, read_thumbnail, write_album
from xuncha.testing.rendering import rendering
from xuncha.worker.camera import Camera, Order, Whose
from xuncha.worker.journal import Journal, reply_record
from xuncha.worker.photographing import MOST_TEXT, photograph

HOME = "http://a.example/"
NUMBER = "13812345678"


def png():
    out = BytesIO()
    Image.new("RGB", (300, 200), (255, 255, 255)).save(out, "PNG")
    return out.getvalue()


class Shows:
    """Shows the same page whatever is asked for; ``retouched`` lists what was done before each picture."""

    def __init__(self, text="示例", *boxes, gap=None):
        self.text, self.boxes, self.gap = text, boxes, gap
        self.asked, self.retouched = [], []

    async def render(self, url, want, before_picture):
        self.asked.append(url)
        if self.gap:
            return self.gap
        page = rendering(url, f"<p>{self.text}", text=self.text)
        retouch = before_picture(page)
        self.retouched.append(retouch)
        return page if retouch is None else replace(page, picture=Picture(png(), "", 300, 200, True, self.boxes))


@pytest.fixture
def shoot(tmp_path):
    """Each call is a worker of its own over the same journal: what it found, and whom it asked."""

    def run(*orders, shows=None, most=5, room=10**9):
        journal, shows = Journal(tmp_path / "journal"), shows or Shows()
        forgotten = []
        camera = Camera(Whose(7, tmp_path, "run"), shows, journal, most, forgotten.append, room)

        async def all_of_them():
            return [await camera.shoot(order) for order in orders]

        found = asyncio.run(all_of_them())
        journal.close()
        return found, shows, forgotten

    return run


def sought(*, harmful=False):
    found = Finding(ElementLocator(HOME, "p"), "k", excerpt="正在建设中")
    return (Sought.of(found, "v1:1", harmful=harmful),)


def test_a_picture_is_kept_with_what_is_known_of_it(shoot, tmp_path):
    (shot,), _, _ = shoot(Order(HOME))
    with Image.open(tmp_path / shot.file) as image:
        assert (shot.photo.evidence, image.size) == ("picture:7:0", (300, 200 + shot.photo.strip))
    write_album(tmp_path, Album((shot,)))
    assert read_thumbnail(tmp_path, read_album(tmp_path).taken[0]).startswith(b"\xff\xd8\xff")


def test_what_was_taken_is_not_taken_again_by_a_resumed_run(shoot):
    first, again = shoot(Order(HOME), Order(HOME + "b")), shoot(Order(HOME), Order(HOME + "b"))
    assert (again[0], again[1].asked) == (first[0], [])


def test_a_resumed_run_goes_on_with_the_next_number(shoot):
    shoot(Order(HOME))
    assert shoot(Order(HOME + "b"))[0][0].photo.evidence == "picture:7:1"


@pytest.mark.parametrize(("reason", "asked"), [(Reason.RENDER_TOO_HEAVY, 0), (Reason.NO_BROWSER, 1)])
def test_what_the_machine_lacked_is_asked_for_again(shoot, reason, asked):
    shoot(Order(HOME), shows=Shows(gap=Gap(reason)))
    assert len(shoot(Order(HOME), shows=Shows(gap=Gap(reason)))[1].asked) == asked


def test_personal_data_is_covered_before_the_picture_is_taken(shoot):
    (shot,), shows, _ = shoot(Order(HOME), shows=Shows(f"联系人 {NUMBER}"))
    assert (shows.retouched, shot.covered) == ([Retouch(masked=(NUMBER,))], 1)


def test_of_a_page_with_a_mark_of_secrecy_no_picture_is_taken_and_nothing_stays(shoot, tmp_path):
    found, shows, forgotten = shoot(Order(HOME), shows=Shows("绝密★1年\n关于"))
    assert (found[0].reason, shows.retouched, forgotten) == (Reason.STATE_SECRET_MARK, [None], [HOME])
    assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize(
    ("box", "mark", "blurred"),
    [
        (Rect(1, 2, 30, 40), Mark.OUTLINED, True),
        (None, Mark.NOT_FOUND, True),
        (Rect(0, 0, 0, 0), Mark.UNSEEN, False),
    ],
)
def test_harm_that_may_be_seen_makes_the_picture_unreadable(shoot, box, mark, blurred):
    (shot,), _, _ = shoot(Order(HOME, sought=sought(harmful=True)), shows=Shows("x", box))
    assert (shot.findings, shot.photo.blurred) == ({"v1:1": mark}, blurred)


def test_harmless_findings_leave_the_picture_readable(shoot):
    (shot,), _, _ = shoot(Order(HOME, sought=sought()), shows=Shows("x", Rect(1, 2, 30, 40)))
    assert not shot.photo.blurred


def test_a_site_has_so_many_pictures_and_no_more(shoot):
    found, _, _ = shoot(Order(HOME), Order(HOME + "b"), most=1)
    assert found[1].reason is Reason.BUDGET_REACHED


def test_a_site_has_so_much_room_for_pictures(shoot):
    assert shoot(Order(HOME), room=100)[0][0].reason is Reason.BUDGET_REACHED


def test_without_pillow_the_gap_says_what_is_missing(shoot, monkeypatch):
    monkeypatch.setattr(pixels, "available", lambda: False)
    (gap,), shows, _ = shoot(Order(HOME))
    assert (gap.reason, "xuncha[browser]" in gap.detail, shows.asked) == (Reason.PROGRAM_MISSING, True, [])


def test_pictures_for_probes_leave_the_inspection_its_own(tmp_path):
    camera = Camera(Whose(7, tmp_path, "run"), Shows(), Journal(tmp_path / "journal"), 1, print)

    async def both():
        return await camera.take(HOME), await camera.take(HOME, ("p",)), await camera.shoot(Order(HOME))

    first, second, inspection = asyncio.run(both())
    assert (first.evidence, second.reason, inspection.photo.evidence) == (
        "picture:7:0", Reason.BUDGET_REACHED, "picture:7:1",
    )  # fmt: skip


@pytest.fixture
def photographed(tmp_path, journal):
    def run(*pages, shows, most=9):
        camera = Camera(Whose(7, tmp_path, "run"), shows, journal, most, print)
        wished = [Wish(page, is_home=page == HOME) for page in pages]
        return asyncio.run(photograph(camera, wished, most, journal))

    return run


def test_without_a_browser_nobody_asks_twice_and_the_words_of_pages_are_kept(photographed, journal, reply):
    journal.append(reply_record(HOME, reply(HOME, f"<p>电话 {NUMBER}".encode())))
    shows = Shows(gap=Gap(Reason.NO_BROWSER))
    album = photographed(HOME, HOME + "b", shows=shows)
    assert [(one.why.reason, one.text) for one in album.untaken] == [
        (Reason.NO_BROWSER, "电话 138****5678"), (Reason.NO_BROWSER, ""),
    ]  # fmt: skip
    assert shows.asked == [HOME]


def test_the_words_of_a_page_with_a_mark_of_secrecy_are_not_kept(photographed, journal, reply):
    journal.append(reply_record(HOME, reply(HOME, "<p>绝密★1年</p><p>关于".encode())))
    assert photographed(HOME, shows=Shows(gap=Gap(Reason.NO_BROWSER))).untaken[0].text == ""


def test_of_many_words_only_the_first_are_kept(photographed, journal, reply):
    journal.append(reply_record(HOME, reply(HOME, ("<p>" + "字" * 9_000).encode())))
    assert len(photographed(HOME, shows=Shows(gap=Gap(Reason.TIMEOUT))).untaken[0].text) == MOST_TEXT


def test_pages_without_a_turn_are_counted(photographed):
    album = photographed(HOME, HOME + "b", HOME + "c", shows=Shows(), most=1)
    assert (len(album.taken), album.beyond, album.home) == (1, 2, HOME)
