"""Whether anybody can see a link, by how a browser laid it out: the last word where style rules leave it open."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from xuncha.api import Layout, LinkBox, defanged, defanged_text, masked_excerpt
from xuncha_plugins.darklinks.facts import Laid, Planted

SHOWN = "shown"
GONE = "gone"

HIDDEN = ("display", "transparent", "boxed", "clipped", "offscreen", "tiny", "covered", "colour")
"""The tricks by which a browser hides a link. ``boxed``: boxes around it, or its own, leave it no room."""

OF_TABS = frozenset(("display", "transparent", "boxed", "covered"))
"""How menus, tabs, accordions, carousels and windows keep what is not asked for."""

_FAINT = 0.02
_LEAST = 2
"""Pixels: letters and boxes that are smaller can't be read."""

_ALIKE = 4
"""Of 255: so little between two colours nobody sees."""

_CUTS = {"box": "boxed", "clip": "clipped", "page": "offscreen"}
_IMAGE = "image"
_CHANNELS = re.compile(r"[\d.]+")


def look(box: LinkBox) -> str:
    """``shown``, the trick that hides it, or empty where nobody can tell."""
    if found := _hidden(box):
        return found
    if box.cut_by == "unknown" or box.covered is None:
        return ""
    return _coloured(box) if box.text else SHOWN


def _hidden(box: LinkBox) -> str:
    rect = box.rect
    if not box.shown:
        return "transparent" if rect.width and rect.height else "display"
    if box.opacity <= _FAINT:
        return "transparent"
    if box.text and box.font_size < _LEAST:
        return "tiny"
    if box.clipped:
        return _CUTS.get(box.cut_by, "boxed")
    if rect.width < _LEAST or rect.height < _LEAST:
        return "boxed"
    return "covered" if box.covered else ""


def _coloured(box: LinkBox) -> str:
    """Letters in the colour of what is beneath them; on a picture nobody can tell."""
    if box.background == _IMAGE:
        return ""
    ink, ground = _rgba(box.colour), _rgba(box.background)
    if ink is None or ground is None:
        return ""
    alike = all(abs(one - other) <= _ALIKE for one, other in zip(ink[:3], ground[:3], strict=True))
    return "colour" if alike or ink[3] <= _FAINT else SHOWN


def _rgba(colour: str) -> tuple[float, float, float, float] | None:
    """Of ``rgb(1, 2, 3)`` and ``rgba(1, 2, 3, 0.5)``; None for other colour spaces."""
    found = _CHANNELS.findall(colour) if colour.startswith("rgb") else ()
    match found:
        case [red, green, blue]:
            return float(red), float(green), float(blue), 1.0
        case [red, green, blue, alpha]:
            return float(red), float(green), float(blue), float(alpha)
        case _:
            return None


def laid(links: Sequence[Planted], layout: Layout, *, whole: bool) -> list[Laid]:
    """The looks of links that were found without a browser. ``whole``: what the page lacks now is gone for certain."""
    boxes: dict[str, list[LinkBox]] = defaultdict(list)
    for box in layout.links:
        boxes[address(box)].append(box)
    alike = Counter((link.target, link.text) for link in links)
    met: Counter[tuple[str, str]] = Counter()
    found = []
    for link in links:
        key = link.target, link.text
        candidates = boxes.get(link.target, [])
        same = [box for box in candidates if words(box) == link.text] or candidates
        chosen = same[met[key] : met[key] + 1] if len(same) == alike[key] else same
        met[key] += 1
        found.append(Laid(*key, link.line, _agreed(chosen) if same else GONE * (whole and layout.complete)))
    return found


def _agreed(boxes: Sequence[LinkBox]) -> str:
    """What all of them look like; nobody can tell which of several is meant."""
    looks = {look(box) for box in boxes}
    return looks.pop() if len(looks) == 1 else ""


def address(box: LinkBox) -> str:
    """As ``Planted.target`` has it."""
    return str(defanged(box.url.partition("#")[0][:300]))


def words(box: LinkBox) -> str:
    """As ``Planted.text`` has them."""
    return defanged_text(masked_excerpt(" ".join(box.text.split()), 40))
