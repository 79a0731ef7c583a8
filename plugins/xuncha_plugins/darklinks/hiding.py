"""By which trick a link is kept from the eye; see ``_TRICKS`` for their names."""

import re
from collections.abc import Callable, Iterator, Sequence

from tinycss2 import color4  # type: ignore[import-untyped]

from xuncha_plugins.darklinks.calc import calculated
from xuncha_plugins.darklinks.edges import each_edge
from xuncha_plugins.darklinks.facts import Tag
from xuncha_plugins.darklinks.style import Style
from xuncha_plugins.darklinks.unscripted import TAG as UNSCRIPTED

AWAY = -400.0
"""Pixels: so far out nothing of a line can be seen."""

FAR = 9_000.0
"""Pixels: so far to the right no screen reaches."""

BEYOND = 1_500.0
"""Pixels: so far from an edge of the window nothing that is fixed there comes into sight; a shut drawer lies nearer."""

TINY = 1.0
"""Pixels: text or boxes no larger than that can't be read."""

FAINT = 0.02
_WHOLE = 100
_WIDTH = 1_000
"""What ``pixels`` makes of 100 %."""

_LENGTH = re.compile(r"([+-]?\d*\.?\d+)(px|em|rem|pt|pc|in|cm|mm|vw|vh|ex|ch|%)?")
_PIXELS = {
    "": 1, "px": 1, "em": 16, "rem": 16, "pt": 1.33, "pc": 16, "in": 96, "cm": 38, "mm": 3.8, "vw": 13, "vh": 8,
    "ex": 8, "ch": 8, "%": 10,
}  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_POSITIONED = ("absolute", "fixed", "relative")
_EDGES = ("top", "right", "bottom", "left")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(([^)]*)\)")
_ZERO = r"0(?:\.0\d*)?"
_TURNED = re.compile(rf"matrix\(\s*{_ZERO}\s*,\s*0\s*,\s*0\s*,\s*{_ZERO}\s*,|rotate[xy]\(\s*-?(?:90|270)deg\s*\)")
_SCALED = re.compile(r"scale(?:x|y|3d)?\(\s*([^,()]+)(?:,\s*([^,()]+))?")
_CLIP = re.compile(r"rect\(\s*(\d\S*?)[\s,]+(\d\S*?)[\s,]+(\d\S*?)[\s,]+(\d\S*?)\s*\)")
_CLIP_PATH = re.compile(r"circle\(\s*0(?![.\d])|polygon\(\s*0 0\s*(?:,\s*0 0\s*)*\)")
_INSET = re.compile(r"inset\(\s*([^()]*?)\s*(?:round[^()]*)?\)")
_FILL = "-webkit-text-fill-color"
_GROUNDS = ("background", "background-color", "background-image")
_INHERITED = ("inherit", "unset")
_WHITE: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
_FILTER = re.compile(r"opacity\(\s*0(?:\.0\d*)?%?\s*\)|alpha\(\s*opacity\s*=\s*0\s*\)")

Styles = Sequence[Style]


def trick(tags: Sequence[Tag], styles: Styles) -> str:
    """The first trick that hides the innermost of ``tags``; empty where none does for certain."""
    return next((name for name, hides in _TRICKS.items() if hides(tags, styles)), "")


def trick_names() -> tuple[str, ...]:
    """All that ``trick`` may answer."""
    return tuple(_TRICKS)


def may_hide(tags: Sequence[Tag], styles: Styles) -> bool:
    """Whether any trick hides the innermost of ``tags``, were the rules to hold of which nobody knows."""
    return bool(trick(tags, [style.loosened() for style in styles]))


def pixels(value: str) -> float | None:
    """A length in pixels, of a browser's usual sizes; None for what is none."""
    value = value.strip()
    if value.startswith("calc(") and value.endswith(")"):
        return calculated(value[5:-1], pixels)
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _PIXELS[found[2] or ""] if found else None


def unscripted(tags: Sequence[Tag]) -> bool:
    """Whether it stands in ``noscript``, where no browser shows it."""
    return any(tag.name == UNSCRIPTED for tag in tags)


def _without_script(tags: Sequence[Tag], _: Styles) -> bool:
    return unscripted(tags)


def _not_displayed(_: Sequence[Tag], styles: Styles) -> bool:
    return any(
        style.holds("display", lambda value: value == "none")
        or style.holds("content-visibility", lambda value: value == "hidden")
        for style in styles
    )


def _transparent(_: Sequence[Tag], styles: Styles) -> bool:
    if _nearest(styles, "visibility", lambda value: value in ("hidden", "collapse")):
        return True
    return any(style.holds("opacity", _faint) or style.holds("filter", _filtered) for style in styles)


def _faint(value: str) -> bool:
    try:
        return float(value.removesuffix("%")) <= FAINT * (100 if value.endswith("%") else 1)
    except ValueError:
        return False


def _filtered(value: str) -> bool:
    return _FILTER.search(value) is not None


def _off_screen(_: Sequence[Tag], styles: Styles) -> bool:
    return any(_moved_away(style) or _pushed_out(style) for style in styles) or _nearest(styles, "text-indent", _away)


def _moved_away(style: Style) -> bool:
    if style.holds("transform", _translated_away) or style.holds("translate", _partly_away):
        return True
    if any(style.holds(name, _away) for name in ("margin-left", "margin-top")):
        return True
    placed = style.holds("position", lambda value: value in _POSITIONED)
    if placed and (any(style.holds(name, _away) for name in ("left", "top", "right", "bottom")) or _beneath(style)):
        return True
    if style.holds("position", lambda value: value == "fixed") and any(
        style.holds(edge, _unscrolled) for edge in _EDGES
    ):
        return True
    return style.holds("position", lambda value: value in ("absolute", "fixed")) and style.holds("left", _far)


def is_out_of_reach(styles: Styles, own: int = 1) -> bool:
    """Whether words were moved off the screen by more than carousels do, which bring them back.

    The first ``own`` styles are of the link and of what stands within it: a picture there takes the words' place.
    A carousel's track is wider than it was moved, or is moved within a box that lets nothing out.
    """
    at = next((at for at, style in enumerate(styles) if _moved_away(style)), None)
    if at is None or _pictured(styles[:own]):
        return False
    boxed = any(style.holds("overflow", _lets_nothing_out) for style in styles[at + 1 :])
    return not (boxed or styles[at].holds("width", _is_wide))


def is_indented_away(styles: Styles, own: int = 1) -> bool:
    """Whether an indent keeps the words from the eye, and no picture of the link's own stands in their place."""
    return _nearest(styles, "text-indent", _away) and not _pictured(styles[:own])


def _pictured(styles: Styles) -> bool:
    return any(style.says("background-image") for style in styles)


def _is_wide(value: str) -> bool:
    return (pixels(value) or 0) >= -AWAY * 2 or value.startswith(("max-content", "fit-content"))


def _beneath(style: Style) -> bool:
    return style.holds("z-index", lambda value: (pixels(value) or 0) <= -100)  # noqa: PLR2004 - below everything


def _away(value: str) -> bool:
    length = pixels(value)
    return length is not None and length <= AWAY


def _far(value: str) -> bool:
    length = pixels(value)
    return length is not None and length >= FAR


def _unscrolled(value: str) -> bool:
    length = pixels(value)
    return length is not None and length >= BEYOND


def _translated_away(value: str) -> bool:
    return any(map(_partly_away, _MOVED.findall(value)))


def _partly_away(lengths: str) -> bool:
    return any(map(_away, re.split(r"[\s,]+", lengths)))


def _pushed_out(style: Style) -> bool:
    """A first line that begins behind the right edge of a box which lets nothing out, and may not wrap."""
    return (
        style.holds("text-indent", lambda value: value.endswith("%") and (pixels(value) or 0) >= _WIDTH)
        and style.holds("overflow", _lets_nothing_out)
        and style.holds("white-space", lambda value: value in ("nowrap", "pre"))
    )


def _tiny(tags: Sequence[Tag], styles: Styles) -> bool:
    return is_unreadable(styles) or any(_boxed(tag, style) for tag, style in zip(tags, styles, strict=False))


def is_unreadable(styles: Styles) -> bool:
    """Whether the letters themselves have no size; a box without room may be an accordion that is shut."""
    return _nearest(styles, "font-size", _at_most_tiny)


def is_sizeless(styles: Styles) -> bool:
    """Whether a box around the words has neither width nor height; one of both an accordion or a drawer may lack."""
    return any(
        style.holds("overflow", _lets_nothing_out)
        and style.holds("width", _at_most_tiny)
        and style.holds("height", _at_most_tiny)
        for style in styles
    )


def _at_most_tiny(value: str) -> bool:
    length = pixels(value)
    return length is not None and 0 <= length <= TINY


def _lets_nothing_out(value: str) -> bool:
    return value.startswith(("hidden", "clip", "auto", "scroll"))


def _boxed(tag: Tag, style: Style) -> bool:
    """A box without room, that lets nothing out."""
    if tag.name == "svg" and any(name in ("width", "height") and _at_most_tiny(value) for name, value in tag.attrs):
        return True
    if tag.name == "area":
        return _is_flat(next((value for name, value in tag.attrs if name == "coords"), ""))
    if tag.name in ("a", "html", "body") or not style.holds("overflow", _lets_nothing_out):
        return False
    return any(style.holds(name, _at_most_tiny) for name in ("height", "width", "max-height", "max-width"))


def _is_flat(coords: str) -> bool:
    """Whether a rectangle of a picture's map has no width or no height: nobody can point at it."""
    edges = [float(one) for one in _NUMBER.findall(coords)]
    return len(edges) == 4 and (edges[0] == edges[2] or edges[1] == edges[3])  # noqa: PLR2004 - left, top, right, bottom


def _clipped(_: Sequence[Tag], styles: Styles) -> bool:
    return any(
        style.holds("clip", _clips)
        or style.holds("clip-path", _cut_away)
        or style.holds("transform", _shrunk)
        or style.holds("scale", lambda value: any(map(_faint, value.split()[:2])))
        or style.holds("zoom", lambda value: _faint(value) and any(digit in value for digit in "123456789"))
        for style in styles
    )


def _shrunk(value: str) -> bool:
    scales = [one.strip() for found in _SCALED.findall(value) for one in found if one]
    return _TURNED.search(value) is not None or any(map(_faint, scales))


def _cut_away(value: str) -> bool:
    """Whether nothing is left: insets from both sides that meet."""
    if _CLIP_PATH.search(value):
        return True
    found = _INSET.search(value)
    sides = found[1].split() if found else []
    shares = [float(one[:-1]) if re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?%", one) else 0.0 for one in sides]
    if not shares:
        return False
    top, right, bottom, left = each_edge(shares)
    return top + bottom >= _WHOLE or left + right >= _WHOLE


def _clips(value: str) -> bool:
    found = _CLIP.search(value)
    if not found:
        return False
    top, right, bottom, left = (pixels(one) or 0 for one in found.groups())
    return bottom - top <= TINY or right - left <= TINY


def _in_marquee(tags: Sequence[Tag], styles: Styles) -> bool:
    """The old trick: text that scrolls through a window without height."""
    return any(
        tag.name == "marquee" and any(map(_at_most_tiny, _sizes(tag, style)))
        for tag, style in zip(tags, styles, strict=False)
    )


def _sizes(tag: Tag, style: Style) -> Iterator[str]:
    for name in ("height", "width"):
        yield next((value for key, value in tag.attrs if key == name), "")
        yield style.values.get(name, "")


def _coloured_alike(tags: Sequence[Tag], styles: Styles) -> bool:
    """Text in the colour of its ground, both said outright; a picture below leaves it open.

    White where nothing says a ground may be hidden: a page is white by itself, unless a picture or a script lies below.
    """
    if _is_unfilled(styles):
        return True
    ink = _ink(styles, "color")
    if ink is None or _is_blue(tags, styles):
        return False
    if styles[0].loose:
        return ink == _WHITE and not any(map(_has_ground, styles))
    return ink[3] <= FAINT or ink == _ground(styles)


def _is_blue(tags: Sequence[Tag], styles: Styles) -> bool:
    """Whether the words are a link's that nothing gives a colour: browsers draw those blue, whatever is around."""
    for tag, style in zip(tags, styles, strict=False):
        if style.says("color"):
            return False
        if tag.name == "a":
            return True
    return False


def _is_unfilled(styles: Styles) -> bool:
    """Whether the letters have outlines alone. A picture behind them fills them (``background-clip``)."""
    fill = _ink(styles, _FILL)
    return fill is not None and fill[3] <= FAINT and not any(style.says("background-image") for style in styles)


def _ink(styles: Styles, name: str) -> tuple[float, ...] | None:
    """An inherited colour, if it is said for certain."""
    for style in styles:
        if style.open.get(name):
            return None
        if style.values.get(name, "inherit") not in _INHERITED:
            return _rgba(style.values[name])
    return None


def _has_ground(style: Style) -> bool:
    """Whether it lays, or may lay, something behind the text."""
    if any(style.open.get(name) for name in _GROUNDS) or style.values.get("background-image", "none") != "none":
        return True
    return style.values.get("background-color", "transparent") not in ("transparent", "none", "initial", "unset", "")


def _ground(styles: Styles) -> tuple[float, ...] | None:
    for style in styles:
        if style.open.get("background-color") or style.values.get("background-image", "none") != "none":
            return None
        ground = _rgba(style.values.get("background-color", ""))
        if ground and ground[3] == 1:
            return ground
    return None


def _rgba(value: str) -> tuple[float, ...] | None:
    color = color4.parse_color(value) if value and value not in ("currentcolor", "inherit") else None
    if color is None or isinstance(color, str):
        return None
    red, green, blue = (round(one, 2) for one in color.to("srgb").coordinates)
    return red, green, blue, color.alpha


def _nearest(styles: Styles, name: str, test: Callable[[str], bool]) -> bool:
    """Of an inherited property: whether what is declared closest to the link passes ``test``."""
    for style in styles:
        if style.holds(name, test):
            return True
        if style.settles(name):
            return False
    return False


_TRICKS: dict[str, Callable[[Sequence[Tag], Styles], bool]] = {
    "noscript": _without_script,
    "display": _not_displayed,
    "transparent": _transparent,
    "marquee": _in_marquee,
    "offscreen": _off_screen,
    "tiny": _tiny,
    "clipped": _clipped,
    "colour": _coloured_alike,
}
