"""Pictures and the pages of a PDF that have no text, turned into pixels within bounds and read by OCR.

What is read stays apart from text: each line has its confidence, and pages beyond a bound stay unread.
"""

import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from xuncha.documents.collected import Collected
from xuncha.documents.ocr import Eyes
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import Where
from xuncha.model.reasons import Reason

MOST_PIXELS = 80_000_000
"""Of one picture: an A3 page at 600 dpi. What unpacks to more is not unpacked."""

MOST_PAGES = 20
"""That are read of one document; a page takes some four seconds."""

LONGEST_SIDE = 2_000
"""Pixels to which a page is brought: A4 at 170 dpi. The engine does so too, with more memory."""

CLOCK = 75.0
"""Seconds on the clock after which no further page of a document is begun."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
Pages = Iterable[tuple[int, Any]]


def read_picture(body: bytes, collected: Collected) -> None:
    """A picture; of a TIFF every page, of what moves the first frame."""
    _read(_frames(body, collected), collected)


def read_pages(body: bytes, collected: Collected) -> None:
    """The pages of a PDF that ``collected`` has noted as scans; they take their places among the others."""
    _read(_rendered(body, collected.scans), collected)
    collected.parts.sort(key=lambda part: int(part.name))


def _read(pages: Pages, collected: Collected) -> None:
    """Read pages, each of which counts as unread until then."""
    gives_up = time.monotonic() + CLOCK
    eyes: Eyes | None = None
    for number, picture in islice(pages, MOST_PAGES):
        eyes = eyes or Eyes()  # not before there is something to see
        found = eyes.read(picture)
        if found:
            collected.unread -= 1
            confidence = tuple(line.sure for line in found)
            collected.add(Where.PAGE, str(number), [line.text for line in found], confidence=confidence)
        if time.monotonic() > gives_up:
            return


def _frames(body: bytes, collected: Collected) -> Iterator[tuple[int, Any]]:
    """Raises RefusedError: too many pixels. A broken picture raises nearly anything."""
    from PIL import Image, ImageFile  # noqa: PLC0415 - an extra

    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, and refuse earlier
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # for the whole process, where WeasyPrint switches it on
    with Image.open(BytesIO(body), formats=_FORMATS) as picture:
        count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        collected.unread += count
        for number in range(count):
            if number:
                picture.seek(number)
            if picture.width * picture.height > MOST_PIXELS:
                raise RefusedError(Reason.DOCUMENT_TOO_LARGE, f"{picture.width} x {picture.height} pixels")
            yield number + 1, _straight(picture)


def _straight(picture: Any) -> Any:
    """A picture upright, on white where it is transparent, not larger than needed, as an array."""
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image, ImageOps  # noqa: PLC0415

    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded small from the start
    small = picture.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(small).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    return np.asarray(Image.alpha_composite(white, upright).convert("RGB"))[:, :, ::-1]


def _rendered(body: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, Any]]:
    """Pages by their numbers, which count from 1."""
    import pypdfium2  # noqa: PLC0415 - an extra

    with pypdfium2.PdfDocument(body) as document:
        for number in numbers:
            page = document[number - 1]
            scale = LONGEST_SIDE / max(*page.get_size(), 1.0)
            yield number, page.render(scale=scale).to_numpy()[:, :, :3]
            page.close()
