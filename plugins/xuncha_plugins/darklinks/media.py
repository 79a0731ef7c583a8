"""Whether the condition of a style rule holds, as a desktop of 1280 pixels sees it: yes, no, or nobody knows."""

import re

DESKTOP = 1_280
_ELSEWHERE = ("print", "speech", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv")
_EM = 16
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d{1,6}(?:\.\d{1,4})?)(px|em|rem)\s*\)")
_RANGE = re.compile(r"\(\s*width\s*([<>])=?\s*(\d{1,6}(?:\.\d{1,4})?)(px|em|rem)\s*\)")
_DECLARATION = re.compile(r"\(\s*[a-z][a-z-]{1,40}\s*:[^():]{1,80}\)")
"""Of the standard's own properties: those with a maker's mark part one browser from another."""


def on_screen(media: str) -> bool | None:
    """Whether a media query holds on a desktop's screen: True, False where nobody knows, None where it does not."""
    answers = [_query(one) for one in media.lower().split(",")]
    if True in answers:
        return True
    return None if all(one is None for one in answers) else False


def _query(query: str) -> bool | None:
    """All parts of a query have to hold; one that surely does not decides it."""
    parts = [part.strip() for part in re.split(r"\band\b", query.strip().removeprefix("only "))]
    answers = [_part(part) for part in parts]
    if None in answers:
        return None
    return False not in answers


def _part(part: str) -> bool | None:
    if part in ("", "all", "screen", "(orientation: landscape)", "(orientation:landscape)"):
        return True
    if part in _ELSEWHERE:
        return None
    if found := _WIDTH.fullmatch(part):
        return _compared(_pixels(found[2], found[3]), at_least=found[1] == "min")
    if found := _RANGE.fullmatch(part):
        return _compared(_pixels(found[2], found[3]), at_least=found[1] == ">")
    return False


def _pixels(number: str, unit: str) -> float:
    return float(number) * (1 if unit == "px" else _EM)


def _compared(limit: float, *, at_least: bool) -> bool | None:
    return (limit <= DESKTOP if at_least else limit >= DESKTOP) or None


def supported(condition: str) -> bool:
    """Whether ``@supports`` asks for nothing but plain declarations, which a browser of today knows."""
    parts = re.split(r"\b(?:and|or)\b", condition.lower())
    return all(_DECLARATION.fullmatch(part.strip()) for part in parts)
