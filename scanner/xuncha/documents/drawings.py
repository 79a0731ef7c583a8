"""How much room the pictures of an Office document take: a paper scanned into Word is a picture as large as its page.

Only shown sizes count, not files: a seal is small on its page however large its file is.
"""

import re

PAGE = 7_560_000 * 10_692_000
"""A4 in square EMU (914,400 to the inch), in which DrawingML measures."""

_POINT = 12_700
_LENGTHS = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5}(?:\.[0-9]{1,6})?)(pt|in|cm|mm|px)?")
_IN_EMU = {"": 9_525, "px": 9_525, "pt": _POINT, "in": 914_400, "cm": 360_000, "mm": 36_000}


class Drawings:
    """Adds up the pictures of DrawingML and VML by the events of their XML, whose names come without namespaces."""

    def __init__(self) -> None:
        self.pages = 0.0
        """Room of all pictures, in pages of A4; none counts for more than one."""

        self._shape = self._before = self._within = 0.0
        self._in_picture = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match element:
            case "pic":
                self._in_picture, self._within = True, 0.0
            case "extent" | "ext" if "cx" in attributes:
                size = _area(attributes)
                self._within, self._before = (size, self._before) if self._in_picture else (self._within, size)
            case "shape" | "rect":
                self._shape = _styled(attributes.get("style", ""))
            case "imagedata":
                self._add(self._shape)
            case _:
                pass

    def end(self, element: str) -> None:
        """An element ends."""
        if element == "pic" and self._in_picture:
            self._in_picture = False
            self._add(self._within or self._before)
            self._before = 0.0

    def _add(self, area: float) -> None:
        self.pages += min(area / PAGE, 1.0)


def _area(attributes: dict[str, str]) -> float:
    sides = attributes.get("cx", ""), attributes.get("cy", "")
    return float(sides[0]) * float(sides[1]) if all(re.fullmatch("[0-9]{1,12}", side) for side in sides) else 0.0


def _styled(style: str) -> float:
    """The area of a VML shape, ``width:415pt;height:587pt``."""
    sides = {found[1]: float(found[2]) * _IN_EMU[found[3] or ""] for found in _LENGTHS.finditer(style[:2_000])}
    return sides.get("width", 0.0) * sides.get("height", 0.0)
