"""Pictures are retouched before they are taken: what was recognised is never in one."""

import zlib

import pytest

from xuncha.model.rendered import Retouch, Want

pytestmark = pytest.mark.acceptance

NUMBER = "370202199001011234"
PAGES = {
    "/plain": "<body style='margin:0;background:white'><div id=box style='width:200px;height:100px'></div>",
    "/number": f"<p id=a>{NUMBER}</p><p id=b>3702021990<b>01011234</b></p><input id=c value={NUMBER}>",
}


@pytest.fixture
def pictured(visit):
    """The picture of a page, retouched like this."""

    def take(path, retouch):
        return visit(PAGES, [path], Want(picture=True), before_picture=lambda _: retouch).found[path].picture

    return take


def pixel(picture, left, top):
    """The colour at a place: PNG of 8 bits a channel, whose lines may be written as differences to their neighbours."""
    size, chunks, at = 0, b"", 8
    while at < len(picture.png):
        length, kind = int.from_bytes(picture.png[at : at + 4]), picture.png[at + 4 : at + 8]
        if kind == b"IHDR":
            size = {2: 3, 6: 4}[picture.png[at + 17]]
        chunks += picture.png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    lines, wide = zlib.decompress(chunks), picture.width * size
    above = bytes(wide)
    for number in range(top + 1):
        line = lines[number * (wide + 1) : (number + 1) * (wide + 1)]
        above = unfiltered(line[0], bytearray(line[1:]), above, size)
    return tuple(above[left * size : left * size + 3])


def unfiltered(how, line, above, size):
    for at in range(len(line)):
        a, b = line[at - size] if at >= size else 0, above[at]
        c = above[at - size] if at >= size else 0
        nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        line[at] = (line[at] + (0, a, b, (a + b) // 2, nearest)[how]) & 255
    return bytes(line)


def test_an_element_is_outlined(pictured):
    outlined, plain = (pictured("/plain", Retouch(outlined=paths)) for paths in (("#box", "no such >> path"), ()))
    assert (pixel(outlined, 203, 50), pixel(plain, 203, 50)) == ((221, 0, 0), (255, 255, 255))


def test_masked_words_make_another_picture(pictured):
    assert pictured("/number", Retouch(masked=(NUMBER,))).sha256 != pictured("/number", Retouch()).sha256


def test_no_picture_is_taken_where_none_may_be(pictured):
    assert pictured("/plain", None) is None
