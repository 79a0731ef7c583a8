import zlib
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from xuncha.model.rendered import Rect
from xuncha.pictures.pixels import (
    MOST_THUMBNAIL,
    THUMBNAIL_WIDE,
    Handling,
    UnusableError,
    blurred_later,
    develop,
    kept_rows,
)

RED = (221, 0, 0)


def write(digest, strip, lang):
    return (("网址" if lang == "zh" else "URL", "http://www.example.gov.cn/" * 9), ("SHA-256", f"{digest} {strip}"))


def opened(data):
    return Image.open(BytesIO(data))


def below(made):
    image = opened(made.png)
    return image.crop((0, made.strip, image.width, image.height))


@pytest.fixture
def developed(picture):
    def make(*boxes, rows=None, how=None, **shown):
        shown = picture(*boxes, **shown)
        return develop(shown, rows or shown.height, write, how or Handling())

    return make


def test_the_hash_is_that_of_the_rgb_pixels_below_the_strip(developed):
    made = developed(Rect(100, 100, 50, 20))
    assert sha256(below(made).tobytes()).hexdigest() == made.pixels_sha256


def rows(png, below):
    """The RGB rows of a PNG below some others, by its standard and without any library for pictures."""
    at, packed, width = 8, b"", 0
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        width = int.from_bytes(png[at + 8 : at + 12]) if kind == b"IHDR" else width
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    lines, wide, above, found = zlib.decompress(packed), 3 * width, bytes(3 * width), []
    for start in range(0, len(lines), wide + 1):
        above = unfiltered(lines[start], bytearray(lines[start + 1 : start + 1 + wide]), above)
        found.append(above)
    return b"".join(found[below:])


def unfiltered(how, line, above):
    for at in range(len(line)):
        a, b, c = (line[at - 3] if at >= 3 else 0), above[at], (above[at - 3] if at >= 3 else 0)
        nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        line[at] = (line[at] + (0, a, b, (a + b) // 2, nearest)[how]) & 255
    return bytes(line)


def test_any_tool_finds_the_hash_that_the_strip_tells(developed):
    made = developed(Rect(100, 100, 50, 20))
    assert sha256(rows(made.png, made.strip)).hexdigest() == made.pixels_sha256


def test_an_element_is_outlined_around_it_not_over_it(developed):
    image = below(developed(Rect(100, 100, 50, 20)))
    assert (image.getpixel((94, 110)), image.getpixel((100, 110))) == (RED, (255, 255, 255))


def test_what_can_not_be_seen_is_not_outlined(developed):
    image = below(developed(None, Rect(0, 0, 0, 0)))
    assert image.getcolors() == [(400 * 300, (255, 255, 255))]


def test_a_box_beyond_the_picture_is_outlined_as_far_as_it_reaches(developed):
    image = below(developed(Rect(-50, 250, 9_000, 9_000)))
    assert image.getpixel((200, 296)) == RED


def stripes():
    image = Image.new("L", (400, 300))
    image.putdata([255 * (at % 8 < 4) for at in range(400 * 300)])
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_blurred_nothing_as_thin_as_letters_is_left_but_outlines_are(developed):
    image = below(developed(Rect(100, 100, 50, 20), how=Handling(blurred=True), data=stripes()))
    assert max(abs(image.getpixel((at, 200))[0] - 127) for at in range(400)) < 30
    assert image.getpixel((94, 110)) == RED


def test_what_is_covered_leaves_no_pixel_of_it(developed):
    image = below(developed(how=Handling((Rect(100.4, 50, 40, 20),)), data=stripes()))
    assert image.crop((100, 50, 141, 70)).getcolors() == [(41 * 20, (120, 128, 138))]


def letter():
    """An H as large as the picture is high, black on white."""
    image = Image.new("L", (400, 300), 255)
    for box in ((50, 0, 110, 300), (190, 0, 250, 300), (50, 120, 250, 180)):
        image.paste(0, box)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_blurred_the_largest_letters_lose_their_shape_too(developed):
    image = below(developed(how=Handling(blurred=True, letters=300), data=letter()))
    assert len({image.getpixel((150, at)) for at in (30, 150, 270)}) == 1


def test_a_picture_blurred_later_is_the_picture_blurred_at_once(developed):
    kept, at_once = developed(data=letter()), developed(how=Handling(blurred=True, letters=40), data=letter())
    assert blurred_later(kept.png, kept.strip, write, 40) == at_once


@pytest.mark.parametrize(("png", "strip"), [(b"GIF89a", 0), (letter(), 300)])
def test_what_is_no_picture_of_ours_is_not_blurred_later(png, strip):
    with pytest.raises(UnusableError):
        blurred_later(png, strip, write, 0)


def test_only_the_upper_rows_are_kept(developed):
    assert below(developed(rows=100)).height == 100


def test_a_picture_of_too_many_bytes_loses_its_lower_part(picture):
    shown = replace(picture(height=6_000), png=bytes(4_000))
    assert [kept_rows(shown, most) for most in (4_000, 2_000, 1)] == [6_000, 3_000, 900]


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_said_to_be_none(developed, data):
    with pytest.raises(UnusableError):
        developed(data=data or b"\0")


def test_a_picture_of_another_size_than_told_is_not_unpacked(picture):
    with pytest.raises(UnusableError, match="size"):
        develop(replace(picture(), width=401), 300, write, Handling())


def test_a_picture_that_says_it_is_vast_is_not_looked_at(picture):
    with pytest.raises(UnusableError, match="size"):
        develop(replace(picture(), width=1_000_000), 300, write, Handling())


def test_the_thumbnail_is_small_and_shows_the_first_outline(developed):
    made = developed(Rect(100, 2_500, 50, 20), height=3_000)
    image = opened(made.thumbnail)
    assert (image.format, image.width) == ("JPEG", THUMBNAIL_WIDE)
    assert len(made.thumbnail) <= MOST_THUMBNAIL
    assert min(green for _, (_, green, _) in image.getcolors(1 << 24)) < 128


def test_the_thumbnail_of_a_home_page_shows_its_upper_end(developed):
    made = developed(Rect(100, 2_500, 50, 20), height=3_000, how=Handling(from_top=True))
    assert min(green for _, (_, green, _) in opened(made.thumbnail).getcolors(1 << 24)) > 200


def test_the_same_words_and_pixels_make_the_same_file(developed):
    assert developed().png == developed().png


def test_the_strip_grows_with_what_it_says(picture):
    short, long = (
        develop(picture(), 300, lambda *_, words=words: (("a", words),), Handling()).strip
        for words in ("x", "x" * 2_000)
    )
    assert short == 100 < long
