"""Telephones as registers and pages write them: found, judged by their form, compared. Mobiles only masked."""

import re
from collections.abc import Iterable
from enum import StrEnum

from xuncha.api import masked_excerpt
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.staffing.words import WORDS

_MOBILE = r"1[3-9]\d[ -]?[\d*]{4}[ -]?\d{4}"
_AREA = r"\(?0\d{2,3}\)?[ \-—–]{0,3}"
_LOCAL = r"[2-9]\d{2,3}[ -]?\d{4}"
_EXTENSION = r"(?:[ ]?(?:转|分机|[ -]ext\.?|-|—)[ ]?\d{1,6})?"
_SERVICE = r"[48]00[ -]?\d{3}[ -]?\d{4}|0\d{2,3}-?12\d{3}|12\d{3}"
_ONE = rf"(?:\(?(?:\+|00)86\)?[ -]?)?(?:{_MOBILE}|(?:{_AREA})?{_LOCAL}{_EXTENSION}|{_SERVICE})"
FOUND = re.compile(rf"(?<![\d*.]){_ONE}(?![\d*])")
"""A telephone among other words."""

_WHOLE = re.compile(_ONE)
_SHORT = re.compile(r"\d{3,6}")
_LOST_ZERO = re.compile(r"(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
"""A spreadsheet takes 0571… for a number and drops the zero."""

_APART = re.compile(r"[、/,;或\n\t]+")
_NOTHING = re.compile(r"^(?:无|没有|暂无|待定|同上|见上|[-—/\\*xX.]+)?$")
_LEAST = 7
"""Digits that two ways of writing one number share at their ends."""


class Form(StrEnum):
    """How a telephone is written."""

    NONE = "none"
    GOOD = "good"
    SHORT = "short"
    MADE_UP = "made-up"
    BAD = "bad"


def form(written: str) -> Form:
    """The form of what stands in a field for telephones; of several numbers one good one suffices."""
    text = plain(written).strip()
    if _NOTHING.match(text):
        return Form.NONE
    parts = [text, *filter(None, (part.strip() for part in _APART.split(text)))]
    forms = {_form(part) for part in parts} | ({Form.GOOD} if _labelled(text) else set())
    return next(one for one in (Form.GOOD, Form.MADE_UP, Form.SHORT, Form.BAD) if one in forms)


def _form(text: str) -> Form:
    bare = re.sub(r"\([^)\d]*\)|^[^\d(+]{1,8}[:]?\s*", "", text).strip()
    digits = re.sub(r"\D", "", bare)
    if digits and WORDS.telephones.made_up.match(digits):
        return Form.MADE_UP
    if _WHOLE.fullmatch(bare) or _LOST_ZERO.fullmatch(bare):
        return Form.GOOD
    return Form.SHORT if _SHORT.fullmatch(bare) else Form.BAD


def _labelled(text: str) -> bool:
    """Whether good numbers stand among words, such as ``办公 0571-88123456 手机 138****0000``."""
    found = [one[0] for one in FOUND.finditer(text)]
    left = re.sub(r"\d{0,2}", "", FOUND.sub("", text))
    return bool(found) and not re.search(r"\d", left) and all(_form(one) is Form.GOOD for one in found)


def lost_zero(cell: str) -> bool:
    """Whether a cell holds a telephone whose zero a spreadsheet has dropped."""
    return bool(_LOST_ZERO.fullmatch(cell)) and not _WHOLE.fullmatch(cell)


def found_in(text: str) -> tuple[str, ...]:
    """Every telephone in ``text``, masked where it is a mobile."""
    return tuple(masked_excerpt(one[0]) for one in FOUND.finditer(plain(text)))


def key(written: str) -> str:
    """A telephone as it is compared: digits (and stars) without country and extension."""
    text = re.split(r"转|分机|ext", masked_excerpt(plain(written)), maxsplit=1)[0]
    text = re.sub(r"^\(?(?:\+|00)86\)?", "", text.strip())
    text = re.sub(r"(?<=\d{7})[-—]\d{1,6}$", "", text)
    return re.sub(r"[^\d*]", "", text)


def same(one: str, other: str) -> bool:
    """Whether two telephones are one: an area code may be left out, or have lost its zero."""
    first, second = sorted((key(one), key(other)), key=len)
    if not first or (len(first) < _LEAST and first != second):
        return False
    return second.endswith(first)


def any_same(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a telephone stands in both."""
    known = list(others)
    return any(same(one, other) for one in ones for other in known)


def hidden(written: str) -> str:
    """``written`` with all digits but the first three starred: a misspelt mobile is nearly one."""
    kept = 3
    shown = []
    for char in plain(written):
        if char.isdigit():
            kept -= 1
        shown.append("*" if char.isdigit() and kept < 0 else char)
    return "".join(shown)
