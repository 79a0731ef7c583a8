"""Works on the pixels of pictures, with Pillow: the strip, outlines, blur, hash and thumbnail.

The strip is drawn here and not by the browser: a page that may be hostile has just run in that, and the same words
give the same pixels on every machine with the same font.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from math import ceil, floor
from typing import TYPE_CHECKING

from xuncha.model.rendered import Picture, Rect
from xuncha.model.text import Lang

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

MOST_WIDE, MOST_HIGH = 4_000, 20_000
MOST_BYTES = 8_000_000
"""Of a picture that is kept; of a larger one only the upper part is."""

THUMBNAIL_WIDE = 480
MOST_THUMBNAIL = 40_000
_WINDOW = 900
"""Pixels of the page, from top to bottom, that a thumbnail shows."""

_BLOCKS = 16
"""As many pixels over the width are left of a page that is made unreadable; fewer where its letters are larger."""

_PER_LETTER = 1.5
"""Of the largest letters' height is a block at least: more than one letter becomes one colour."""

_EDGE = 3
"""Pixels that letters reach beyond their boxes, by their slant or smoothing."""

_RED, _WHITE, _INK, _SOFT, _RULE = (221, 0, 0), (255, 255, 255), (28, 36, 48), (91, 102, 117), (31, 78, 140)
_COVER = (120, 128, 138)
_SIZE, _LEADING, _MARGIN, _LABEL = 16, 25, 14, 112
_SECONDS = 5

Lines = Sequence[tuple[str, str]]
Write = Callable[[str, int, Lang], Lines]
"""What the strip says, given the hash of the pixels below it, its own height and a language that the font can write."""


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture as it is kept. ``pixels_sha256`` is of what is below the ``strip``."""

    png: bytes
    thumbnail: bytes
    pixels_sha256: str
    width: int
    height: int
    strip: int

    @property
    def sha256(self) -> str:
        """Of the PNG."""
        return sha256(self.png).hexdigest()


class UnusableError(Exception):
    """The browser's picture is none, or not of the size that it said."""


def available() -> bool:
    """Whether Pillow is installed."""
    return importlib.util.find_spec("PIL") is not None


def kept_rows(picture: Picture, most: int = MOST_BYTES) -> int:
    """How many rows of a picture are kept, so that it stays within ``most`` bytes: the upper ones."""
    share = most / max(1, len(picture.png))
    return picture.height if share >= 1 else max(min(picture.height, _WINDOW), int(picture.height * share))


@dataclass(frozen=True, slots=True)
class Handling:
    """What is done to the pixels: ``covered`` rectangles first, then all made unreadable where ``blurred``.

    ``letters`` is the height of the page's largest; the thumbnail shows the page ``from_top``, or what is around the
    first outline.
    """

    covered: tuple[Rect, ...] = ()
    blurred: bool = False
    letters: float = 0.0
    from_top: bool = False


def develop(picture: Picture, rows: int, write: Write, how: Handling) -> Developed:
    """The upper ``rows`` of a picture outlined, with the strip above. A second of processor time for a long page.

    Raises:
        UnusableError: what the browser handed over is no picture.
    """
    image = _opened(picture).crop((0, 0, picture.width, rows))
    _cover(image, how.covered)
    if how.blurred:
        image = _unreadable(image, how.letters)
    _outline(image, picture.boxes)
    return _with_strip(image, write, () if how.from_top else picture.boxes)


def blurred_later(png: bytes, strip: int, write: Write, letters: float) -> Developed:
    """A picture that was developed, made unreadable, below a new strip.

    Raises:
        UnusableError: it is no picture of ours.
    """
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            if not strip < image.height or image.width > MOST_WIDE:
                raise UnusableError("its size")
            shown = image.convert("RGB").crop((0, strip, image.width, image.height))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise UnusableError(str(problem)) from problem
    return _with_strip(_unreadable(shown, letters), write, ())


def _opened(picture: Picture) -> "Image":
    from PIL import Image  # noqa: PLC0415 - an extra; workers without pictures never need it

    if not (0 < picture.width <= MOST_WIDE and 0 < picture.height <= MOST_HIGH):
        raise UnusableError("its size")
    try:
        image = Image.open(BytesIO(picture.png), formats=("PNG",))
        if image.size != (picture.width, picture.height):  # before anything is unpacked
            raise UnusableError("its size")
        return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise UnusableError(str(problem)) from problem


def _unreadable(image: "Image", letters: float) -> "Image":
    """Averages over blocks: what a block held can't be had back from its mean."""
    from PIL import Image  # noqa: PLC0415

    block = max(-(-image.width // _BLOCKS), round(_PER_LETTER * letters))
    coarse = image.reduce((min(block, image.width), min(block, image.height)))
    return coarse.resize(image.size, Image.Resampling.BILINEAR)


def _cover(image: "Image", rects: Iterable[Rect]) -> None:
    from PIL import ImageDraw  # noqa: PLC0415

    draw = ImageDraw.Draw(image)
    for one in rects:
        left, top = max(0, floor(one.left) - _EDGE), max(0, floor(one.top) - _EDGE)
        right = min(image.width, ceil(one.left + one.width) + _EDGE)
        bottom = min(image.height, ceil(one.top + one.height) + _EDGE)
        if right > left and bottom > top:
            draw.rectangle((left, top, right, bottom), fill=_COVER)


def _outline(image: "Image", boxes: Iterable[Rect | None]) -> None:
    from PIL import ImageDraw  # noqa: PLC0415

    draw = ImageDraw.Draw(image)
    for box in boxes:
        if box is None or not box.width or not box.height:
            continue
        left, top = max(2, round(box.left) - 6), max(2, round(box.top) - 6)
        right = min(image.width - 3, round(box.left + box.width) + 6)
        bottom = min(image.height - 3, round(box.top + box.height) + 6)
        if right > left and bottom > top:
            draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), outline=_WHITE, width=2)
            draw.rectangle((left, top, right, bottom), outline=_RED, width=3)


def _with_strip(image: "Image", write: Write, boxes: Iterable[Rect | None]) -> Developed:
    from PIL import Image  # noqa: PLC0415

    digest = sha256(image.tobytes()).hexdigest()
    font, lang = _font()
    strip = _strip_height(_wrapped(write(digest, 100, lang), font, image.width))
    whole = Image.new("RGB", (image.width, strip + image.height), _WHITE)
    _write(whole, _wrapped(write(digest, strip, lang), font, image.width), font, strip)
    whole.paste(image, (0, strip))
    return Developed(
        png=_png(whole),
        thumbnail=_thumbnail(image, boxes),
        pixels_sha256=digest,
        width=whole.width,
        height=whole.height,
        strip=strip,
    )


def _png(image: "Image") -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _strip_height(lines: Lines) -> int:
    return max(100, 2 * _MARGIN + _LEADING * len(lines))


def _write(image: "Image", lines: Lines, font: "FreeTypeFont", strip: int) -> None:
    from PIL import ImageDraw  # noqa: PLC0415

    draw = ImageDraw.Draw(image)
    for number, (label, words) in enumerate(lines):
        top = _MARGIN + number * _LEADING
        draw.text((_MARGIN, top), label, _SOFT, font)
        draw.text((_MARGIN + _LABEL, top), words, _INK, font)
    draw.rectangle((0, strip - 2, image.width, strip - 1), fill=_RULE)


def _wrapped(lines: Lines, font: "FreeTypeFont", width: int) -> Lines:
    """Each line broken where it meets the edge, between any two characters: addresses have no spaces."""
    room = width - 2 * _MARGIN - _LABEL
    found: list[tuple[str, str]] = []
    for label, words in lines:
        row, used = "", 0.0
        name = label
        for char in words:
            wide = font.getlength(char)
            if row and used + wide > room:
                found.append((name, row))
                row, used, name = "", 0.0, ""
            row, used = row + char, used + wide
        found.append((name, row))
    return found


def _thumbnail(image: "Image", boxes: Iterable[Rect | None]) -> bytes:
    """The upper end of the page, or what is around the first outline, small enough to stand in a report."""
    from PIL import Image  # noqa: PLC0415

    first = next((box for box in boxes if box is not None and box.width and box.top < image.height), None)
    high = min(_WINDOW, image.height)
    middle = first.top + min(first.height, high) / 2 if first is not None else 0
    top = min(max(0, round(middle - high / 2)), image.height - high)
    part = image.crop((0, top, image.width, top + high))
    small = part.resize((THUMBNAIL_WIDE, max(1, round(high * THUMBNAIL_WIDE / image.width))), Image.Resampling.LANCZOS)
    tried = (_jpeg(small, quality) for quality in (80, 65, 50, 35, 20))
    return next((data for data in tried if len(data) <= MOST_THUMBNAIL), None) or _jpeg(small, 5)


def _jpeg(image: "Image", quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


@cache
def _font() -> "tuple[FreeTypeFont, Lang]":
    """The system's font for Chinese; where it has none, Pillow's own, which can only write Latin letters."""
    from PIL import ImageFont  # noqa: PLC0415

    path, index = _chinese()
    if path:
        try:
            return ImageFont.truetype(path, _SIZE, index=index, layout_engine=ImageFont.Layout.BASIC), "zh"
        except OSError:
            pass
    own = ImageFont.load_default(_SIZE)
    assert isinstance(own, ImageFont.FreeTypeFont)
    return own, "en"


def _chinese() -> tuple[str, int]:
    program = shutil.which("fc-match")
    if program is None:
        return "", 0
    try:
        said = subprocess.run(  # noqa: S603 - a fixed command
            [program, "-f", "%{lang}\n%{file}\n%{index}", "sans:lang=zh-cn"],
            capture_output=True, timeout=_SECONDS, check=True,
        )  # fmt: skip
        languages, path, index = said.stdout.decode("utf-8", "replace").split("\n")[:3]
    except (OSError, ValueError, subprocess.SubprocessError):
        return "", 0
    return (path, int(index) & 0xFFFF if index.isdecimal() else 0) if "zh-cn" in languages.split("|") else ("", 0)
