"""Patterns that can't be made to run long by what a site answers: an upper bound of their work, told before they run.

Python's engine tries every way to divide a text among the variable repeats of a pattern. The bound is the number of
places where a match may begin, times the number of those ways; what grows with the text is refused altogether, and so
are repeats within repeats whose ways can't be counted.
"""

import re
import warnings
from functools import cache
from itertools import zip_longest
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from re._casefix import _EXTRA_CASES as MORE_CASES  # type: ignore[import-not-found]
from typing import Any

from xuncha.model.text import Text
from xuncha.rules.response import WINDOW

MOST_WORK = 50_000_000
"""Steps; about a second."""

_MAX_LENGTH = 1_000
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_LETTERS_END = 0x1F000  # no script with capitals lies beyond
_ANCHORS = (ops.AT_BEGINNING_STRING, ops.AT_BEGINNING)


class Unbounded(ValueError):  # noqa: N818 - it says what it is
    """A pattern whose work can't be bounded; ``text`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def bounded(pattern: str) -> re.Pattern[str]:
    """The compiled pattern.

    Raises:
        Unbounded: it is no pattern, too long, or could need more than ``MOST_WORK`` steps on a hostile answer.
    """
    if len(pattern) > _MAX_LENGTH:
        raise Unbounded(f"正则表达式超过 {_MAX_LENGTH} 个字符", f"longer than {_MAX_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # patterns that Python will read otherwise one day
            compiled, parsed = re.compile(pattern), parser.parse(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as problem:
        raise Unbounded(f"不是正则表达式：{problem}", f"no regular expression: {problem}") from None
    if work(parsed) > MOST_WORK:
        raise Unbounded(
            "正则表达式可能过慢：请缩小重复次数上限，以固定文字或 \\A 开头，或使用独占量词（如 {0,200}+）",
            "may be too slow: lower the bounds of repeats, begin with fixed words or \\A, make repeats possessive",
        )
    return compiled


def work(parsed: Any) -> int:
    """An upper bound of the steps that a search in ``WINDOW`` characters takes."""
    ways, length = _ways(parsed)
    return _starts(parsed) * (ways + length)


def _starts(parsed: Any) -> int:
    """At how many places of the text a match may begin; fixed words at the front can't stand at every place."""
    first = parsed[0] if len(parsed) else None
    multiline = parsed.state.flags & re.MULTILINE
    if first and first[0] is ops.AT and first[1] in _ANCHORS:
        return WINDOW // 2 if multiline and first[1] is ops.AT_BEGINNING else 1
    fixed = 0
    for op, _ in parsed:
        if op is not ops.LITERAL:
            break
        fixed += 1
    return WINDOW // max(fixed, 1)


def _ways(parsed: Any) -> tuple[int, int]:
    """(ways to divide a text among the repeats, characters to walk)."""
    ways, length = 1, 0
    nodes = list(parsed)
    for (op, value), following in zip_longest(nodes, nodes[1:]):
        own_ways, own_length = _of(op, value)
        if op in _REPEATS and _ends_before(value[2], following):
            own_ways, own_length = 1, own_ways + own_length
        ways, length = ways * own_ways, length + own_length
    return ways, length


def _of(op: Any, value: Any) -> tuple[int, int]:
    if op in _REPEATS:
        return _repeat(op, *value)
    if op is ops.SUBPATTERN:
        return _ways(value[-1])
    if op is ops.ATOMIC_GROUP:
        return 1, sum(_ways(value))
    if op is ops.BRANCH:
        branches = [_ways(branch) for branch in value[1]]
        return sum(ways for ways, _ in branches), max(length for _, length in branches)
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return 1, sum(_ways(value[1]))
    if op in (ops.GROUPREF, ops.GROUPREF_EXISTS, ops.GROUPREF_IGNORE):
        raise Unbounded("不能使用反向引用", "references back are not allowed")
    return 1, 1


def _repeat(op: Any, least: int, most: int, inner: Any) -> tuple[int, int]:
    if most is ops.MAXREPEAT or most > WINDOW:
        raise Unbounded(
            "重复次数必须有上限：用 {0,200} 代替 * 和 +", "repeats need an upper bound: write {0,200} for * and +"
        )
    ways, length = _ways(inner)
    if op is ops.POSSESSIVE_REPEAT:
        return 1, most * (ways + length)
    if ways > 1 and most > 1:
        return _limited(ways, most) * (most - least + 1), length * most
    return most - least + 1, length * most


def _ends_before(inner: Any, following: Any) -> bool:
    """Whether a repeat of single characters must end where fixed words begin, so that there is one way to divide."""
    if following is None or following[0] is not ops.LITERAL or len(inner) != 1:
        return False
    (op, value), char = inner[0], chr(following[1])
    return not any(_takes(op, value, one) for one in _alike(char))


@cache
def _families() -> dict[str, frozenset[str]]:
    """Letters that are alike where case is ignored, by each: s, S and the long ſ; k, K and the sign of kelvin."""
    others: dict[int, set[str]] = {}
    capitals = [char for char in map(chr, range(_LETTERS_END)) if char.lower() != char]
    for char in (*capitals, *map(chr, MORE_CASES)):
        lower = ord(char.lower()[0])
        root = min(lower, *MORE_CASES.get(lower, (lower,)))
        others.setdefault(root, set()).update((char, chr(lower), chr(root)))
    return {one: frozenset(family) for family in others.values() for one in family}


def _alike(char: str) -> frozenset[str]:
    return _families().get(char, frozenset(char))


def _takes(op: Any, value: Any, char: str) -> bool:
    """Whether a node that stands for one character may stand for this one; yes where that is not plain."""
    if op is ops.LITERAL:
        return chr(value) == char
    if op is ops.NOT_LITERAL:
        return chr(value) != char
    if op is not ops.IN:
        return True
    negated = value[0][0] is ops.NEGATE
    return any(_contains(item, char) for item in value[negated:]) is not negated


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _contains(item: Any, char: str) -> bool:
    op, value = item
    if op is ops.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if op is ops.CATEGORY:
        return re.match(_CATEGORIES[value], char) is not None
    return bool(op is ops.LITERAL and chr(value) == char)


def _limited(base: int, exponent: int) -> int:
    """``base ** exponent``, as far as it matters."""
    return min(base**exponent, MOST_WORK + 1) if exponent * base.bit_length() < 64 else MOST_WORK + 1  # noqa: PLR2004
