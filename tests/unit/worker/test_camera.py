"""Pictures with a browser that is none, but with real pixels."""

import asyncio
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.locator import ElementLocator
from xuncha.model.looks import Looks, SeenLook
from xuncha.model.outcome import Finding, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Picture, Piece, Rect, Retouch, Sight, Writing
from xuncha.pictures import pixels
from xuncha.pictures.album import Shunned, Wish
from xuncha.pictures.sought import Sought
from xuncha.store.pictures import Album, Mark, read_album, read_thumbnail, write_album
from xuncha.testing.rendering import rendering
from xuncha.worker.after_pictures import as_kept, marked, naming_kept, quoting_none
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

    def __init__(self, text="示例", *boxes, gap=None, sight=None, seen=()):
        self.text, self.boxes, self.gap, self.sight, self.seen = text, boxes, gap, sight, seen
        self.asked, self.retouched, self.page = [], [], None

    async def render(self, url, want, before_picture):
        self.asked.append(url)
        if self.gap:
            return self.gap
        page = self.page or rendering(url, f"<p>{self.text}", text=self.text, sight=self.sight)
        retouch = before_picture(page)
        self.retouched.append(retouch)
        shown = Picture(png(), "", 300, 200, True, self.boxes, self.seen)
        return page if retouch is None else replace(page, picture=shown)


FRAMED, HIDDEN = Rect(10, 20, 200, 100), Rect(0, 0, 0, 0)


def framing(text="", frame=FRAMED, **more):
    """A page with a frame in it that says this."""
    piece = Piece(0, len(text), Rect(1, 2, 30, 16))
    inner = Writing(HOME + "inner#top", text, (piece,) if text else (), frame)
    return Sight((Writing(HOME, "示例"), inner), **more)


@pytest.fixture
def shoot(tmp_path):
    """Each call is a worker of its own over the same journal: what it found, and whom it asked."""

    def run(*orders, shows=None, most=5, room=10**9, shunned=None):
        journal, shows = Journal(tmp_path / "journal"), shows or Shows()
        forgotten = []
        camera = Camera(Whose(7, tmp_path, "run"), shows, journal, most, forgotten.append, room)
        camera.shunned = shunned or Shunned()

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
    "shows",
    [
        Shows(sight=framing("机密★5年")),
        Shows(sight=framing("机密★5年", HIDDEN)),
        Shows(seen=(framing(), framing("机密★5年"))),
        Shows(sight=Sight((Writing(HOME, "示例", unseen="机密★5年"),))),
    ],
)
def test_of_a_page_that_frames_a_mark_of_secrecy_no_picture_stays(shoot, tmp_path, shows):
    found, _, forgotten = shoot(Order(HOME), shows=shows)
    assert (found[0], forgotten) == (Gap(Reason.STATE_SECRET_MARK), [HOME])
    assert not (tmp_path / "pictures").exists()


def test_of_a_page_that_frames_what_the_crawl_found_marked_no_picture_is_taken(shoot):
    shunned = Shunned(secret=frozenset({HOME + "inner"}))
    assert shoot(Order(HOME), shows=Shows(sight=framing()), shunned=shunned)[0] == [Gap(Reason.STATE_SECRET_MARK)]


@pytest.mark.parametrize(("frame", "blurred"), [(FRAMED, True), (HIDDEN, False)])
def test_a_page_that_frames_what_must_not_be_shown_is_made_unreadable(shoot, frame, blurred):
    shunned = Shunned(harmful=frozenset({HOME + "inner"}))
    (shot,), _, _ = shoot(Order(HOME), shows=Shows(seen=(framing(frame=frame),)), shunned=shunned)
    assert (shot.photo.blurred, shot.frames) == (blurred, (HOME + "inner",))


@pytest.mark.parametrize(("frame", "blurred"), [(FRAMED, True), (HIDDEN, False)])
def test_offers_of_gambling_that_show_make_the_picture_unreadable_unjudged(shoot, frame, blurred):
    (shot,), _, _ = shoot(Order(HOME), shows=Shows(seen=(framing("新葡京赌场 百家乐 时时彩", frame),)))
    assert shot.photo.blurred is blurred


@pytest.mark.parametrize("seen", [framing(NUMBER), framing(unread=(FRAMED,))])
def test_what_is_legible_in_a_frame_or_can_not_be_read_is_covered(shoot, tmp_path, seen):
    (shot,), _, _ = shoot(Order(HOME), shows=Shows(seen=(seen,)))
    with Image.open(tmp_path / shot.file) as image:
        assert [image.getpixel((at, shot.photo.strip + 60)) for at in (5, 11)] == [(255,) * 3, (120, 128, 138)]


@pytest.mark.parametrize("shows", [Shows(sight=framing(complete=False)), Shows(seen=(framing(complete=False),))])
def test_of_a_page_that_nobody_could_read_no_picture_is_kept(shoot, shows):
    assert shoot(Order(HOME), shows=shows)[0][0].reason is Reason.RENDER_TOO_HEAVY


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


@pytest.mark.parametrize(
    "body",
    [
        "<p>栏目</p>" * 3_000 + "<p>机密★5年</p>",
        "<p>关于</p><script>h.innerHTML='<p>机密★5年</p>'</script>",
        "<p>关于</p><p>机密<b>★</b>5年</p>",
    ],
)
def test_no_words_are_kept_of_a_page_that_holds_a_mark_anywhere(photographed, journal, reply, body):
    journal.append(reply_record(HOME, reply(HOME, body.encode())))
    assert photographed(HOME, shows=Shows(gap=Gap(Reason.NO_BROWSER))).untaken[0].text == ""


def test_a_resumed_camera_still_knows_which_pages_bear_a_mark(tmp_path, shoot):
    shoot(Order(HOME), shows=Shows("绝密★1年\n关于"))
    again = Journal(tmp_path / "journal")
    camera = Camera(Whose(7, tmp_path, "run"), Shows(), again, 9, print)
    again.close()
    assert camera.secret == {HOME}


def test_what_the_camera_saw_stands_in_the_crawl_s_record():
    pages = tuple(PageRecord(HOME + path, HOME + path, 0, 200) for path in ("", "b"))
    facts = marked({Crawl: Crawl(HOME, pages, (), 2, complete=True)}, {HOME})
    assert [page.problem for page in facts[Crawl].pages] == [Reason.STATE_SECRET_MARK, None]


def test_findings_on_a_page_with_a_mark_quote_nothing_of_it():
    found = tuple(Finding(ElementLocator(page, "p"), "k", excerpt="关于") for page in (HOME, HOME + "b"))
    (outcome,) = quoting_none([Outcome("s", "demo.one", "1", Status.FAIL, findings=found)], {HOME})
    assert [one.excerpt for one in outcome.findings] == ["", "关于"]


def test_what_only_a_script_holds_is_not_said_to_be_covered(shoot):
    html = rendering(HOME, f"<script>x='{NUMBER}'</script><p>示例", text="示例")
    shows = Shows(seen=(framing(),))
    shows.page = html
    (shot,), _, _ = shoot(Order(HOME), shows=shows)
    assert (shot.covered, shot.notes) == (0, ())


def test_of_many_words_only_the_first_are_kept(photographed, journal, reply):
    journal.append(reply_record(HOME, reply(HOME, ("<p>" + "字" * 9_000).encode())))
    assert len(photographed(HOME, shows=Shows(gap=Gap(Reason.TIMEOUT))).untaken[0].text) == MOST_TEXT


def test_pages_without_a_turn_are_counted(photographed):
    album = photographed(HOME, HOME + "b", HOME + "c", shows=Shows(), most=1)
    assert (len(album.taken), album.beyond, album.home) == (1, 2, HOME)


def picture_of_a_probe(tmp_path, journal, shows, wish, shunned=None):
    """What becomes of the picture that a probe had taken of the home page once the site is judged."""
    camera = Camera(Whose(7, tmp_path, "run"), shows, journal, 9, print)

    async def probe_then_inspection():
        await camera.take(HOME)
        camera.shunned = shunned or Shunned()
        return await photograph(camera, [wish], 9, journal)

    return asyncio.run(probe_then_inspection())


HARMFUL = Wish(HOME, is_home=True, sought=[*sought(harmful=True)])


def test_what_a_probe_had_taken_is_made_unreadable_once_harm_is_found(tmp_path, journal):
    shot, _ = picture_of_a_probe(tmp_path, journal, Shows("x", Rect(1, 2, 30, 40)), HARMFUL).taken
    assert (shot.asked_by_probe, shot.photo.blurred) == (True, True)
    assert sha256((tmp_path / shot.file).read_bytes()).hexdigest() == shot.photo.sha256
    with Image.open(tmp_path / shot.file) as image:
        assert image.size == (300, shot.photo.height)


def test_harm_that_can_not_be_seen_leaves_a_probe_s_picture_readable(tmp_path, journal):
    shot, _ = picture_of_a_probe(tmp_path, journal, Shows("x", HIDDEN), HARMFUL).taken
    assert not shot.photo.blurred


@pytest.mark.parametrize(("frames", "taken"), [("inner", 0), ("other", 2)])
def test_what_a_probe_had_taken_goes_once_a_mark_is_found_on_what_it_frames(tmp_path, journal, frames, taken):
    shunned, shows = Shunned(secret=frozenset({HOME + frames})), Shows(sight=framing(), seen=(framing(),))
    album = picture_of_a_probe(tmp_path, journal, shows, Wish(HOME, is_home=True), shunned)
    assert len(album.taken) == taken
    assert len([*(tmp_path / "pictures").iterdir()]) == 2 * taken


def test_what_was_blurred_or_withdrawn_stays_so_in_a_resumed_run(tmp_path, journal):
    album = picture_of_a_probe(tmp_path, journal, Shows("x", Rect(1, 2, 30, 40)), HARMFUL)
    again = Journal(tmp_path / "journal")
    camera = Camera(Whose(7, tmp_path, "run"), Shows(), again, 9, print)
    again.close()
    assert tuple(camera.taken) == album.taken


def test_facts_and_findings_name_pictures_as_they_are_kept(tmp_path, journal):
    album = picture_of_a_probe(tmp_path, journal, Shows(), Wish(HOME, is_home=True))
    kept = album.taken[0].photo
    before, gone = replace(kept, sha256="0"), replace(kept, evidence="picture:7:9")
    looks = Looks(tuple(SeenLook(None, None, photo) for photo in (before, gone, None)))
    assert [one.photo for one in as_kept(album, {Looks: looks})[Looks].pages] == [kept, None, None]
    named = [Finding(ElementLocator(HOME, "p"), "k", evidence=of) for of in (kept.evidence, gone.evidence, "warc:1")]
    (outcome,) = naming_kept(album, [Outcome("s", "demo.one", "1", Status.FAIL, findings=tuple(named))])
    assert [one.evidence for one in outcome.findings] == [kept.evidence, "", "warc:1"]
