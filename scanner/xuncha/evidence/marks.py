"""Marks of state secrecy in what was handed in, in every shape that offices give them.

GB/T 9704 wants 机密★1年 alone in a corner; what is written is also 机密, 机密级, 【机密】, （秘密★10年）, 秘密▲长期.
A mark stands by itself: a sentence, title or row that speaks of secrecy (机密性, 保密制度, 密级分为…) bears none, and a
list of several levels neither.
"""

import re
from collections.abc import Iterator

from xuncha.model.documents import DocumentText, Part, Where
from xuncha.store.mask import has_secret_mark, plain_spelling

_LEVEL = r"(?:绝\s{0,4}密|机\s{0,4}密|秘\s{0,4}密)\s?级?"
_SIGN = "★☆✩✭⭐▲△※*＊"
_FRAME = "\\s【】〖〗\\[\\]［］()（）〔〕{}《》<>〈〉「」『』\"“”'‘’|｜_=—-"
_NUMERAL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_TERM = rf"(?:(?:保密期限?|期限)\s?[:：]?\s?)?(?:长\s?期|永\s?久|{_NUMERAL}\s?(?:年|个月|月|天|日))"
_URGENCY = r"(?:特急|加急|平急|特提|急件)?"
_NAMED = r"(?:(?:文件)?(?:密\s{0,4}级|秘密等级)\s?[:：]?)"
_ALONE = re.compile(
    rf"[{_FRAME}]*+(?P<first>[{_SIGN}]++)?[{_FRAME}]*+(?P<named>{_NAMED})?[{_FRAME}]*+(?P<level>{_LEVEL})[{_FRAME}]*+"
    rf"(?P<sign>[{_SIGN}]++)?[{_FRAME}]*+(?P<term>{_TERM})?[{_FRAME}]*+{_URGENCY}[{_FRAME}{_SIGN}]*+"
)
_IN_BRACKETS = rf"[【\[［(（〔]\s?{_LEVEL}\s?[{_SIGN}]\s?{_TERM}\s?[】\]］)）〕]"
_BRACKETED = re.compile(rf"{_IN_BRACKETS}\s*$|^\s*{_IN_BRACKETS}")
_SPOKEN_OF = re.compile(r"标志|标识|标注|标明|注明|字样|样式|形式|格式|例如|比如|示例|如[“\"'（(【]|分为|定为")
_LONGEST = 80
_READ_BY_OCR = re.compile(
    r"\s*(?:密级[:：\s]*)?(?:绝\s*密|机\s*密|秘\s*密)\s*(?:[^\w\s，。；、]|[大女太六])?"
    r"\s*(?:[0-9]{1,2}\s*(?:年|个月)|长\s*期|启封前)?\s*$"
)
_HEAD, _FOOT = 12, 2
"""Lines at either end of a page among which a bare word is a mark; further in it may be an item of a list."""


def bears_mark(document: DocumentText) -> bool:
    """Whether a document bears the mark of a state secret on any page, in a header, a cell or its properties."""
    unseen = Part(Where.NOTE, "", document.unseen)
    return has_secret_mark(document.text, anywhere=True) or any(map(_is_marked, (*document.parts, unseen)))


def _is_marked(part: Part) -> bool:
    """Of pages that OCR read any line counts: it takes the star for something else, or for nothing."""
    if "密" not in part.text:
        return False
    if part.confidence:
        return any(map(_READ_BY_OCR.match, part.text.split("\n")))
    lines = [line for line in plain_spelling(part.text).splitlines() if line.strip()]
    if any(map(_ends_in_mark, lines)):
        return True
    marks = [(number, found) for number, line in enumerate(lines) for found in _marks(line)]
    if any(found["term"] and (found["first"] or found["sign"]) for _, found in marks):
        return True
    told = any(_is_full(found) or part.where is Where.NOTE or _at_edge(at, len(lines)) for at, found in marks)
    return told and len({char for _, found in marks for char in found["level"] if char in "绝机秘"}) == 1


def _marks(line: str) -> Iterator[re.Match[str]]:
    """Marks that take up a line, or a cell of it."""
    if "密" in line and len(line) <= _LONGEST:
        yield from filter(None, map(_ALONE.fullmatch, _pieces(line)))


def _pieces(line: str) -> Iterator[str]:
    """The cells of a row, and 密级 together with the cell behind it."""
    cells = [cell.strip() for cell in line.split("\t")]
    for number, cell in enumerate(cells):
        yield f"{cell}:{cells[number + 1]}" if cell in ("密级", "密 级") and number + 1 < len(cells) else cell


def _is_full(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("first", "named", "sign", "term"))


def _at_edge(number: int, lines: int) -> bool:
    return number < _HEAD or number >= lines - _FOOT


def _ends_in_mark(line: str) -> bool:
    """Whether a title has a mark with star and term in brackets behind or before it."""
    short = "密" in line and len(line) <= _LONGEST and "。" not in line[:-1]
    return short and _BRACKETED.search(line) is not None and not _SPOKEN_OF.search(line)
