"""From a browser's picture of a page to cells. Pillow is an extra, and imported only here, when it is needed."""

from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from xuncha.model.looks import Area
from xuncha.tamper.grid import CELL, SAMPLED, Grid, cell_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 40_000_000
MOST_WIDTH, MOST_HEIGHT = 2_000, 8_000
"""Pixels of what is decoded at all; a browser of ours takes no larger pictures."""

WIDE, SHOWN = 640, 3_200
"""Pixels that a picture is made small to, and rows of the page that it shows: of those that are compared."""

MOST_KEPT = 200_000
"""Bytes of a picture that is made small."""

_QUALITIES = (75, 60, 45, 25)
_OUTLINE = (214, 32, 32)
_HASHED = (9, 8)


class UnreadablePictureError(ValueError):
    """It is no PNG, or larger than a picture of ours can be."""


def pillow_is_there() -> bool:
    """Whether pictures can be read on this machine."""
    try:
        import PIL.Image  # noqa: F401, PLC0415 - an extra
    except ImportError:
        return False
    return True


def open_picture(png: bytes) -> "Image":
    """The picture in ``png``, decoded. Raises UnreadablePictureError, and ImportError without Pillow."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - an extra

    if len(png) > MOST_BYTES:
        raise UnreadablePictureError(f"has {len(png)} bytes")
    try:
        picture = Image.open(BytesIO(png), formats=["PNG"])
        if picture.width > MOST_WIDTH or picture.height > MOST_HEIGHT or min(picture.size) < CELL:
            raise UnreadablePictureError(f"is {picture.width} by {picture.height}")
        return picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError) as problem:
        raise UnreadablePictureError(str(problem)) from problem


def grid_of(picture: "Image") -> Grid:
    """Its cells; what is left over at the right and lower edge is cut off."""
    from PIL import Image  # noqa: PLC0415 - an extra

    columns, rows = picture.width // CELL, picture.height // CELL
    step = CELL // SAMPLED
    whole = picture.crop((0, 0, columns * CELL, rows * CELL))
    small = whole.resize((columns * step, rows * step), Image.Resampling.NEAREST).point(_COARSE)
    data = small.tobytes()
    wide = columns * step
    cells = array("H")
    for row in range(rows):
        lines = []
        for line in range(row * step, (row + 1) * step):
            part = data[line * wide * 3 : (line + 1) * wide * 3]
            colours = zip(part[::3], part[1::3], part[2::3], strict=True)
            lines.append([red << 8 | green << 4 | blue for red, green, blue in colours])
        for left in range(0, wide, step):
            cells.append(cell_of([sample for line in lines for sample in line[left : left + step]]))
    return Grid(columns, cells)


def shrunk(png: bytes, below: int) -> tuple[bytes, int, int]:
    """What is below the row ``below`` as a JPEG of half the size or less, with its width and height.

    Raises UnreadablePictureError, and ImportError without Pillow.
    """
    picture = open_picture(png)
    upper = picture.crop((0, min(below, picture.height - CELL), picture.width, min(picture.height, below + SHOWN)))
    small = upper.resize((WIDE, max(1, upper.height * WIDE // upper.width)))
    return next(data for data in _jpegs(small) if data), small.width, small.height


def outlined(jpeg: bytes, boxes: Sequence[Area], width: int) -> bytes:
    """A picture of ours with ``boxes`` of a page ``width`` CSS pixels wide outlined.

    Raises UnreadablePictureError, and ImportError without Pillow.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - an extra

    try:
        opened = Image.open(BytesIO(jpeg), formats=["JPEG"])
        if opened.width > WIDE or opened.height > SHOWN:
            raise UnreadablePictureError(f"is {opened.width} by {opened.height}")
        picture = opened.convert("RGB")
    except (OSError, SyntaxError) as problem:
        raise UnreadablePictureError(str(problem)) from problem
    pen, share = ImageDraw.Draw(picture), picture.width / width
    for box in boxes:
        left, top = round(box.left * share), round(box.top * share)
        right = min(round((box.left + box.width) * share), picture.width) - 1
        lower = min(round((box.top + box.height) * share), picture.height) - 1
        if right > left and lower > top:
            pen.rectangle((left, top, right, lower), outline=_OUTLINE, width=3)
    return next(data for data in _jpegs(picture) if data)


def _jpegs(picture: "Image") -> Iterator[bytes]:
    """The picture, empty while it is too large to be kept; the last one is kept anyway."""
    for quality in _QUALITIES:
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        yield out.getvalue() if out.tell() <= MOST_KEPT or quality == _QUALITIES[-1] else b""


def perceptual_hash(picture: "Image", height: int) -> str:
    """Of its upper ``height`` pixels: whether it gets brighter from left to right, in 64 places, as hex."""
    upper = picture.crop((0, 0, picture.width, min(height, picture.height))).convert("L").resize(_HASHED)
    data, (width, rows) = upper.tobytes(), _HASHED
    bits = 0
    for at in (row * width + left for row in range(rows) for left in range(width - 1)):
        bits = bits << 1 | (data[at] < data[at + 1])
    return f"{bits:016x}"


_COARSE = [value >> 4 for value in range(256)] * 3
