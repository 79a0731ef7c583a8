"""What ``var()`` stands for: the custom properties of an element and of what it lies in (CSS Custom Properties 1)."""

from collections.abc import Sequence
from dataclasses import replace

from xuncha_plugins.darklinks.style import Style
from xuncha_plugins.darklinks.styles import MAX_VALUE

DEPTH = 8
"""Properties that stand for others, and fallbacks within fallbacks."""

_Known = dict[str, str | None]
"""The value of each custom property; None where several may hold."""


def resolved(styles: Sequence[Style]) -> tuple[Style, ...]:
    """The styles, which run inside out, with what ``var()`` stands for in its place.

    It stays where nobody knows. A declaration that asks for a property which is nowhere says nothing.
    """
    if not any("var(" in value for style in styles for value in style.every_value()):
        return tuple(styles)
    inherited: _Known = {}
    found = []
    for style in reversed(styles):
        inherited = _inherited(style, inherited)
        found.append(_with(style, inherited))
    return tuple(reversed(found))


def _inherited(style: Style, outer: _Known) -> _Known:
    own = {name for name in (*style.values, *style.open) if name.startswith("--")}
    declared: _Known = {name: None if style.open.get(name) else style.values[name] for name in own}
    known = outer | declared
    return known | {name: _put(value, known) for name in own if (value := known[name]) is not None}


def _with(style: Style, known: _Known) -> Style:
    values = {name: _put(value, known) for name, value in style.values.items()}
    if not any(sign in values.get("background-image", "") for sign in ("(", "none")):
        values["background-image"] = "none"  # ``background: var(--ground)`` was a colour
    return replace(
        style,
        values={name: value for name, value in values.items() if value},
        open={name: {_put(value, known) for value in others} for name, others in style.open.items()},
        stronger={name: {_put(value, known) for value in others} for name, others in style.stronger.items()},
    )


def _put(value: str, known: _Known, depth: int = DEPTH) -> str:
    """``value`` without ``var()``; with it where nobody knows, empty where it comes to nothing."""
    before, found, rest = value.partition("var(")
    if not found or depth == 0 or len(value) > MAX_VALUE:
        return value
    inside, after = _closed(rest)
    name, comma, fallback = (part.strip() for part in inside.partition(","))
    stands_for = known.get(name, fallback if comma else "")
    if stands_for is None:
        return value
    return _put(f"{before}{stands_for}{after}".strip(), known, depth - 1) if stands_for else ""


def _closed(text: str) -> tuple[str, str]:
    """What stands before the bracket that closes, and what behind it."""
    level = 1
    for at, character in enumerate(text):
        level += (character == "(") - (character == ")")
        if level == 0:
            return text[:at], text[at + 1 :]
    return text, ""
