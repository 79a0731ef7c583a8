"""Pictures as a real browser takes them: what was recognised is in none, what was found is outlined."""

import asyncio
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest
from PIL import Image

from xuncha.model.fact import Gap
from xuncha.model.locator import ElementLocator, LinkLocator
from xuncha.model.outcome import Finding
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Retouch, Want
from xuncha.pictures.sought import Sought
from xuncha.store.pictures import Mark
from xuncha.worker.camera import Camera, Order, Whose
from xuncha.worker.journal import Journal

pytestmark = pytest.mark.acceptance

NUMBER = "370202199001011239"
BLOCKS = "█" * len(NUMBER)
MOBILE = "13812345678"
RED = (221, 0, 0)
PLAIN = "<body style='margin:0;background:white'>"
PAGES = {
    "/plain": f"{PLAIN}<div id=box style='width:200px;height:100px;margin:20px'></div>",
    "/words": f"{PLAIN}<p style='margin:50px'>网站正在<b>建设</b>中</p><p style='display:none'>藏着的文字</p>",
    "/broken": f"{PLAIN}<img src=/gone.jpg style='display:block;margin:50px;width:60px;height:40px'>",
    "/links": f"{PLAIN}<a style='display:block;margin:60px;width:90px' href=/dead>断链</a>"
    "<a style='display:none' href=http://bad.example/>bad</a>",
    "/number": f"{PLAIN}<p id=a>{NUMBER}</p><p id=b>3702021990<b>01011239</b></p><input id=c value={NUMBER}>",
    "/bare": f"{PLAIN}<p id=a>{BLOCKS}</p><p id=b>{BLOCKS}</p><input id=c value={BLOCKS}>",
    "/mobile": f"{PLAIN}<p style='margin:0;font:40px monospace'>{MOBILE}</p>",
    "/mobile2": f"{PLAIN}<p style='margin:0;font:40px monospace'>13987654321</p>",
    "/secret": f"{PLAIN}<p>绝密★1年</p><p>关于",
    "/harm": "<html style='background:repeating-linear-gradient(90deg,#000 0 8px,#fff 8px 16px)'>"
    "<dialog id=d style='background:none'>x</dialog><script>d.showModal()</script>",
}  # fmt: skip


@pytest.fixture
def seen(visit):
    """The picture of a page as the browser took it, and its pixels."""

    def take(path, retouch):
        shown = visit(PAGES, [path], Want(picture=True), before_picture=lambda _: retouch).found[path].picture
        return shown and SimpleNamespace(boxes=shown.boxes, image=Image.open(BytesIO(shown.png)).convert("RGB"))

    return take


def test_a_place_is_found_by_its_path_words_or_address(seen):
    (box,) = seen("/plain", Retouch(outlined=("#box",))).boxes
    assert (box.left, box.top, box.width, box.height) == (20, 20, 200, 100)
    (words,) = seen("/words", Retouch(quoted=("正在 建设*",))).boxes
    assert words.left >= 50
    assert 0 < words.width < 300


def test_hidden_words_are_found_and_not_to_be_seen(seen):
    hidden, none = seen("/words", Retouch(quoted=("藏着的文字", "没有的文字"))).boxes
    assert (hidden.width, none) == (0, None)


def test_a_path_that_is_none_finds_nothing(seen):
    assert seen("/plain", Retouch(outlined=("no such >> path",))).boxes == (None,)


def test_masked_words_look_as_if_blocks_stood_in_their_place(seen):
    masked, bare = seen("/number", Retouch(masked=(NUMBER,))).image, seen("/bare", Retouch()).image
    assert masked.tobytes() == bare.tobytes()


def test_no_picture_is_taken_where_none_may_be(seen):
    assert seen("/plain", None) is None


@pytest.fixture
def shoot(visit, tmp_path):
    """What the camera makes of a page on which this is sought, its pixels, and what was asked of the site for it."""

    def run(path, *wanted, harmful=False):
        async def look(visitor, url):
            sought = tuple(Sought.of(one(url), f"v1:{at}", harmful=harmful) for at, one in enumerate(wanted))
            journal = Journal(tmp_path / "journal")
            camera = Camera(Whose(0, tmp_path, "20261123-200000-abcd"), visitor, journal, 9, lambda _: None)
            found = await camera.shoot(Order(url, sought=sought))
            journal.close()
            return found

        seen = visit(PAGES, [path], look=look)
        shot = seen.found[path]
        return SimpleNamespace(shot=shot, asked=seen.asked[path], image=_below(tmp_path, shot))

    return run


def _below(folder, shot):
    if isinstance(shot, Gap):
        return None
    with Image.open(folder / shot.file) as image:
        return image.crop((0, shot.photo.strip, image.width, image.height))


def link(target):
    return lambda url: Finding(LinkLocator(url, target if "://" in target else urljoin(url, target)), "k")


def words(said):
    return lambda url: Finding(ElementLocator(url, "p"), "k", excerpt=said)


def test_a_link_and_a_picture_that_does_not_load_are_outlined(shoot):
    found = shoot("/links", link("/dead"))
    assert (found.shot.findings, found.image.getpixel((54, 70))) == ({"v1:0": Mark.OUTLINED}, RED)
    assert shoot("/broken", link("/gone.jpg")).image.getpixel((44, 70)) == RED


def test_a_hidden_link_is_said_to_be_hidden_and_makes_nothing_unreadable(shoot):
    found = shoot("/links", link("http://bad.example/"), harmful=True)
    assert (found.shot.findings, found.shot.photo.blurred) == ({"v1:0": Mark.UNSEEN}, False)


def test_a_number_can_not_be_read_from_the_picture_nor_told_from_its_pixels(shoot):
    found, other = shoot("/mobile"), shoot("/mobile2")
    assert found.shot.covered == 1
    assert found.image.tobytes() == other.image.tobytes()


def test_of_a_page_with_a_mark_of_secrecy_no_picture_is_taken(shoot, tmp_path):
    assert shoot("/secret").shot == Gap(Reason.STATE_SECRET_MARK)
    assert not (tmp_path / "pictures").exists()


def test_what_must_not_be_shown_is_unreadable_up_to_the_window_s_background(shoot):
    image = shoot("/harm", words("赌场上线"), harmful=True).image
    row = [image.getpixel((at, 400))[0] for at in range(40, 1_300)]
    assert max(row) - min(row) < 100  # eight pixels black, eight white


def test_the_picture_is_not_taken_again_by_a_resumed_run(shoot, tmp_path):
    first = shoot("/plain")
    assert first.asked
    journal = Journal(tmp_path / "journal")
    camera = Camera(Whose(0, tmp_path, "x"), None, journal, 9, lambda _: None)
    again = asyncio.run(camera.shoot(Order(first.shot.page)))
    journal.close()
    assert again == first.shot
