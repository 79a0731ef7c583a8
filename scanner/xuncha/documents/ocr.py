"""The engine that reads pictures (RapidOCR), an extra: on this machine, from models in its package, on one core.

It is imported only in the process that reads one document, which is cut off from the network where the kernel lets us.
"""

import importlib.util
import os
import re
from collections.abc import Sequence
from statistics import median
from typing import Any

from xuncha.documents.layout import Line, Piece, lines

PACKAGES = ("rapidocr", "onnxruntime", "pypdfium2", "PIL")
HOW = 'pip install "xuncha[ocr]"'

_SETTINGS = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_TEXT_HEIGHT = 5.0
"""Millimetres that the usual line of a page counts for, whatever its size in pixels."""

_RAN_TOGETHER = re.compile(r"(0[0-9]{2,3}-?[0-9]{7,8})(1[3-9][0-9]{9})(?![0-9])")
_WIDE = 4
"""So many times as wide as it is high, a line tells how a page lies."""


def is_there() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


class Eyes:
    """Reads pictures; a second passes before it can begin."""

    def __init__(self) -> None:
        os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        # It would fetch a model that is broken or missing; where the kernel does not cut us off, this leads nowhere.
        os.environ.update(dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9"))
        import cv2  # noqa: PLC0415 - an extra, and heavy
        from rapidocr import RapidOCR  # noqa: PLC0415

        cv2.setNumThreads(1)
        self._engine = RapidOCR(params=_SETTINGS)

    def read(self, picture: Any) -> list[Line]:
        """The lines of a picture, which is an array of rows of blue, green and red; also where it lies on its side."""
        told = self._told(picture)
        if lies(told):
            told = self._told(picture.swapaxes(0, 1)[::-1].copy())
        return list(lines(pieces(told)))

    def _told(self, picture: Any) -> "list[Told]":
        found: Any = self._engine(picture)
        if found.boxes is None:
            return []
        told = zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        return [(box, cleaned(text), score) for box, text, score in told if text.strip()]


Told = tuple[Sequence[Sequence[float]], str, float]
"""Four corners in pixels, from the upper left one clockwise; the words; how sure the engine is, from 0 to 1."""


def cleaned(text: str) -> str:
    """Words on one line; two numbers that ran together are parted, so that a mobile number is known and masked."""
    return _RAN_TOGETHER.sub("\\1\t\\2", " ".join(text.split()))


def lies(told: Sequence[Told]) -> bool:
    """Whether a page lies on its side: most of its lines are higher than they are wide."""
    high = sum(_height(box) > box[1][0] - box[0][0] for box, _, _ in told)
    return 2 * high > len(told)


def pieces(told: Sequence[Told]) -> list[Piece]:
    """What an engine told of a page, laid straight and measured by the height of its lines."""
    if not told:
        return []
    slope = median([_slope(box) for box, _, _ in told if _is_wide(box)] or [0.0])
    scale = _TEXT_HEIGHT / max(median(_height(box) for box, _, _ in told), 1.0)
    return [_piece(box, text, sure, slope, scale) for box, text, sure in told]


def _piece(box: Sequence[Sequence[float]], text: str, sure: float, slope: float, scale: float) -> Piece:
    (left, top), (right, _), (_, bottom), (_, low) = box
    middle = (top + bottom + box[1][1] + low) / 4 - slope * (left + right) / 2
    return Piece(left * scale, middle * scale, (right - left) * scale, text, int(100 * sure))


def _slope(box: Sequence[Sequence[float]]) -> float:
    """By how much a line falls for each pixel that it goes on; only lines that are wide have one."""
    return (box[1][1] - box[0][1]) / (box[1][0] - box[0][0])


def _height(box: Sequence[Sequence[float]]) -> float:
    return abs(box[3][1] - box[0][1])


def _is_wide(box: Sequence[Sequence[float]]) -> bool:
    return box[1][0] - box[0][0] > _WIDE * max(_height(box), 1.0)
