"""Pictures as a real browser takes them: what was recognised is in none, what was found is outlined."""

import asyncio
from io import BytesIO
from itertools import pairwise
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
    "/framed": f"{PLAIN}<iframe src=/mobile width=700 height=120></iframe><p>正文",
    "/framed2": f"{PLAIN}<iframe src=/mobile2 width=700 height=120></iframe><p>正文",
    "/sandboxed": f"{PLAIN}<iframe sandbox src=/mobile style='margin:40px;border:0' width=200 height=90></iframe>",
    "/canvas": f"{PLAIN}<canvas id=c width=400 height=80></canvas><script>c.getContext('2d').fillText('{MOBILE}',9,40)"
    "</script>",
    "/split": f"{PLAIN}<p style='margin:90px'>新闻一</p><p style='margin:90px'>号码 <i>1381234</i><b>5678</b></p>",
    "/lazy": f"{PLAIN}<div style='height:1500px'></div><div id=z style='min-height:40px'>加载中</div><script>"
    "new IntersectionObserver(seen => seen[0].isIntersecting && fetch('/late').then(said => said.text())"
    ".then(text => z.innerHTML = text)).observe(z)</script>",
    "/late": "<p>机密★5年</p><p>某某方案</p>",
    "/offers-late": f"{PLAIN}<div style='height:1500px'></div><iframe loading=lazy src=/offers width=900></iframe>",
    "/offers": f"{PLAIN}<p style='font-size:200px'>新葡京赌场 百家乐 时时彩",
    "/secret-frame": f"{PLAIN}<iframe src=/secret></iframe>",
    "/secret-unseen": f"{PLAIN}<iframe src=/secret style='display:none'></iframe>",
    "/secret-shadow": f"{PLAIN}<div id=h></div>"
    "<script>h.attachShadow({mode:'closed'}).innerHTML='<p>机密★5年</p>'</script>",
    "/secret-hidden": f"{PLAIN}<p>正文</p><p style='display:none'>机密★5年</p>",
    "/secret-far": f"{PLAIN}{'<p>栏目</p>' * 3000}<p>机密★5年</p>",
    "/secret-odd": f"{PLAIN}<p>机密★&#8203;５年&nbsp;&nbsp;特急</p>",
    "/secret-narrow": f"{PLAIN}<iframe srcdoc='<p style=\"width:50px;font-size:24px;word-break:break-all\">"
    "机密★5年</p>'></iframe>",
    "/secret":  f"{PLAIN}<p>绝密★1年</p><p>关于",
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


ODD = {
    "style": "<style>p::before{{content:'{0}'}}</style><p></p>",
    "shadow": "<p id=h></p><script>h.attachShadow({{mode:'closed'}}).innerHTML='<b>{0}</b>'</script>",
    "broken picture": "<img src=/none.png alt='图 {0}'>",
    "placeholder": "<input size=40 placeholder='如 {0}'>",
    "textarea": "<textarea>{0}</textarea>",
    "option": "<select><option>{0}</select>",
    "button": "<input type=button value={0}>",
    "from the right": "<bdo dir=rtl>{1}</bdo>",
    "svg": "<svg><text y=30>{0}</text></svg>",
    "frame": "<iframe srcdoc='<p>{0}</p>'></iframe>",
    "parts": "<p>{2}</p>",
    "odd blanks": "<p>{3}&nbsp;{4}&nbsp;{5}</p>",
    "dashes": "<p>{3}–{4}–{5}</p>",
    "zero width": "<p>{3}&#8203;{4}&shy;{5}</p>",
    "two lines": "<p>{3}{4}<br>{5}</p>",
    "odd blanks in a shadow tree": "<p id=h></p><script>h.attachShadow({{mode:'closed'}}).innerHTML="
    "'<b>{3}&nbsp;{4}–{5}</b>'.replace('–','&nbsp;')</script>",
    "two lines in a frame": "<iframe srcdoc='<p>{3}{4}<br>{5}</p>'></iframe>",
    "wrapped in a frame": "<iframe srcdoc='<p style=\"width:110px;font:24px monospace;word-break:break-all\">{0}</p>'>"
    "</iframe>",
    "wrapped in a shadow tree": "<p id=h></p><script>h.attachShadow({{mode:'closed'}}).innerHTML="
    "'<p style=\"width:110px;font:24px monospace;word-break:break-all\">{0}</p>'</script>",
}


@pytest.mark.parametrize("how", ODD)
def test_a_number_is_covered_however_it_is_written(shoot, how):
    def written(number):
        return f"{PLAIN}<style>*{{font:20px monospace}}</style>" + ODD[how].format(
            number, number[::-1], f"{number[:5]}<b>{number[5:]}</b>", number[:3], number[3:7], number[7:]
        )

    PAGES.update({"/odd": written(MOBILE), "/odd2": written("13987654321")})
    found, other = shoot("/odd"), shoot("/odd2")
    assert found.shot.covered
    assert found.image.tobytes() == other.image.tobytes()


def test_a_number_in_a_frame_is_covered_with_the_frame(shoot):
    found, other = shoot("/framed"), shoot("/framed2")
    assert found.image.tobytes() == other.image.tobytes()


@pytest.mark.parametrize(("path", "at"), [("/sandboxed", (100, 80)), ("/canvas", (100, 50))])
def test_what_can_not_be_read_is_covered(shoot, path, at):
    found = shoot(path)
    assert found.image.getpixel(at) == (120, 128, 138)


def test_a_number_of_several_elements_is_outlined_where_it_stands(shoot):
    found = shoot("/split", words("138****5678"))
    assert found.shot.findings == {"v1:0": Mark.OUTLINED}
    red = [y for y in range(found.image.height) if RED in {found.image.getpixel((x, y)) for x in range(80, 160)}]
    assert min(red) > 180


@pytest.mark.parametrize(
    "path",
    [
        "/lazy", "/secret-frame", "/secret-unseen", "/secret-shadow", "/secret-hidden", "/secret-far", "/secret",
        "/secret-odd", "/secret-narrow",
    ],
)  # fmt: skip
def test_of_a_page_with_a_mark_of_secrecy_no_picture_is_taken(shoot, tmp_path, path):
    assert shoot(path).shot == Gap(Reason.STATE_SECRET_MARK)
    assert not (tmp_path / "pictures").exists()


def test_what_must_not_be_shown_is_unreadable_up_to_the_window_s_background(shoot):
    image = shoot("/harm", words("赌场上线"), harmful=True).image
    row = [image.getpixel((at, 400))[0] for at in range(40, 1_300)]
    assert max(row) - min(row) < 100  # eight pixels black, eight white


def test_offers_that_a_frame_shows_only_once_it_is_in_sight_are_unreadable(shoot):
    found = shoot("/offers-late")
    assert found.shot.photo.blurred
    row = [found.image.getpixel((at, 1_600))[0] for at in range(found.image.width)]
    assert max(abs(one - other) for one, other in pairwise(row)) < 12


def test_the_picture_is_not_taken_again_by_a_resumed_run(shoot, tmp_path):
    first = shoot("/plain")
    assert first.asked
    journal = Journal(tmp_path / "journal")
    camera = Camera(Whose(0, tmp_path, "x"), None, journal, 9, lambda _: None)
    again = asyncio.run(camera.shoot(Order(first.shot.page)))
    journal.close()
    assert again == first.shot
