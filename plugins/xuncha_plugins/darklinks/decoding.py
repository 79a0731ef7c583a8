"""Reads what a script keeps from the reader: escapes, ``unescape``, ``atob``, ``fromCharCode``, ``eval`` that unpacks.

Nothing is run. Each text is unfolded at most ``DEPTH`` times, and all of them together stay below ``MAX_TEXT``.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from xuncha_plugins.darklinks.literals import by_code, read_literal, strings

DEPTH = 3
MAX_TEXT = 600_000
MAX_PIECES = 20_000
"""Literals of one text; beyond it, and beyond ``MAX_TEXT``, it does not count as read whole."""

MAX_PACKED = 10
MAX_WORDS = 20_000
"""Names in brackets that are put in their place."""

_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_CODES = re.compile(
    r"fromCharCode\s*\(\s*((?:0x[0-9a-fA-F]{1,5}|\d{1,6})(?:\s*,\s*(?:0x[0-9a-fA-F]{1,5}|\d{1,6})){3,})"
)
_BASE64 = re.compile(r"""(?:atob|base64_?decode|Base64\.decode)\s*\(\s*["']([A-Za-z0-9+/=\s]{8,262144})["']""")
_PACKED = re.compile(
    r"}\s*\(\s*(?P<payload>'(?:[^'\\]|\\.){1,262144}')\s*,\s*(?P<radix>\d{1,2})\s*,\s*(?P<count>\d{1,5})\s*,"
    r"\s*(?P<words>'[^'\\]{0,262144}')\.split\('\|'\)"
)
_ARRAY = re.compile(r"\[\s*(\d{1,6}(?:\s*,\s*\d{1,6}){7,})\s*\]")
_SHORT = 8
_SPELLED = re.compile(r"\\(?:x(@)|u00(@)|u\{0{0,4}(@)\})".replace("@", "[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|3[0-9]"))
_PART = r"""(?:"(?:[^"\\\n]|\\.){0,60}"|'(?:[^'\\\n]|\\.){0,60}'|`[^`\\]{0,60}`)"""
_PARTS = rf"{_PART}(?:\s{{0,9}}\+\s{{0,9}}{_PART}){{0,60}}"
"""No name is longer."""

_IN_BRACKETS = re.compile(rf"(?<=[\w$)\]])\s{{0,9}}\[\s{{0,9}}({_PARTS}|[A-Za-z_$][\w$]{{0,60}})\s{{0,9}}\]")
_BY_NAME = re.compile(r"\[\s{0,9}[A-Za-z_$][\w$]{0,60}\s{0,9}\]\s{0,9}[(=.\[]")
"""Where a name in brackets may stand for what is done: something is called, set, or goes on from there."""

_GIVEN = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]{{0,60}})\s*=\s*({_PARTS})")
_WORD = re.compile(r"\b\w+\b")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Unfolded(NamedTuple):
    """What a script says in its strings: ``pieces``, each with whether it was encoded; ``whole``: these are all."""

    pieces: list[tuple[str, bool]]
    whole: bool = True


def unfolded(script: str) -> Unfolded:
    """What the script says, in its own strings and in what they unpack to."""
    waiting = [(script, 0)]
    pieces: list[tuple[str, bool]] = []
    room, whole = MAX_TEXT, True
    while waiting and room > 0:
        text, depth = waiting.pop()
        for piece in _decoded(text):
            room -= len(piece)
            pieces.append((piece, True))
            if depth + 1 < DEPTH:
                waiting.append((piece, depth + 1))
        found = list(islice(strings(text), MAX_PIECES + 1))
        whole = whole and len(found) <= MAX_PIECES
        room -= sum(map(len, found))
        pieces += ((piece, depth > 0) for piece in found[:MAX_PIECES])
    return Unfolded(pieces, whole and not waiting)


def spelled(script: str) -> str:
    """The script with its names as they are usually written.

    ``document["wri" + "te"]``, and ``document[w]`` after ``w = "write"``, are ``document.write``; names may be escaped.
    """
    text = (
        _SPELLED.sub(lambda found: chr(int(found[1] or found[2] or found[3], 16)), script) if "\\" in script else script
    )
    if "[" not in text:
        return text
    asked = _BY_NAME.search(text) is not None
    given = {found[1]: _word(found[2]) for found in islice(_GIVEN.finditer(text), MAX_WORDS)} if asked else {}
    return _IN_BRACKETS.sub(lambda found: _by_name(found, given), text)


def _by_name(found: re.Match[str], given: dict[str, str]) -> str:
    word = _word(found[1]) if found[1][0] in "\"'`" else given.get(found[1], "")
    return f".{word}" if word else found[0]


def _word(literals: str) -> str:
    """The name that one literal, or several with ``+`` between them, stand for; empty where it is none."""
    word = "".join(strings(literals))
    return word if word.isidentifier() else ""


def _decoded(text: str) -> Iterator[str]:
    for found in islice(_CODES.finditer(text), MAX_PIECES):
        yield "".join(by_code(int(code, 16 if "x" in code else 10)) for code in re.split(r"\s*,\s*", found[1]))
    if "fromCharCode" in text:
        for found in islice(_ARRAY.finditer(text), MAX_PIECES):
            yield "".join(by_code(int(code)) for code in found[1].split(","))
    if ".reverse(" in text:
        yield from (piece[::-1] for piece in islice(strings(text), MAX_PIECES) if len(piece) > _SHORT)
    if "atob" in text or "ase64" in text:
        yield from (from_base64(found[1]) for found in islice(_BASE64.finditer(text), MAX_PIECES))
    if "unescape" in text or "decodeURI" in text:
        for piece in islice(strings(text), MAX_PIECES):
            if "%" in piece:
                yield unquote(_PERCENT_U.sub(lambda found: by_code(int(found[1], 16)), piece), errors="replace")
    for found in islice(_PACKED.finditer(text), MAX_PACKED):
        yield _unpacked(found)


def from_base64(text: str) -> str:
    """The text that this stands for; empty where it is no such thing."""
    try:
        return base64.b64decode("".join(text.split()) + "==").decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _unpacked(found: re.Match[str]) -> str:
    """Dean Edwards' packer: every word of the payload is a number that names another."""
    radix, words = int(found["radix"]), found["words"][1:-1].split("|")
    if not 2 <= radix <= len(_DIGITS):  # noqa: PLR2004 - the least base
        return ""
    names = {_number(at, radix): word for at, word in enumerate(words[: int(found["count"])]) if word}
    return _WORD.sub(lambda one: names.get(one[0], one[0]), read_literal(found["payload"]))[:MAX_TEXT]


def _number(value: int, radix: int) -> str:
    text = _DIGITS[value % radix]
    while value >= radix:
        value //= radix
        text = _DIGITS[value % radix] + text
    return text
