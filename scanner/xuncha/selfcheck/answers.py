"""What people write into a self-check form, as values. Pure."""

import re
import unicodedata
from datetime import date
from functools import cache

from xuncha.config.errors import quoted
from xuncha.config.written import day_or_month
from xuncha.inventory.values import BadCell, clean
from xuncha.model.selfcheck import Answering, Question
from xuncha.model.text import Text

MAX_ANSWER = 2000
FIRST_YEAR = 1990
"""No website is older; a spreadsheet shows 2026.3 that was typed into a date cell as a day of 1905."""

_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "_", "__"})
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_ORDER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．。)]")


def folded_heading(text: str) -> str:
    """A heading as it is compared: without numbering, blanks, marks, what stands in brackets, and case."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", text).lower().strip())
    return re.sub(r"[^\w]|_", "", _ORDER.sub("", plain))


def is_blank(text: str) -> bool:
    """Whether nothing was answered; a stroke says as little as an empty cell, 无 is an answer."""
    return "".join(text.split()) in _NOTHING


def parse_answer(question: Question, written: str, today: date) -> str:
    """The value of an answer: an option's code, digits, an ISO day or month, or text.

    Args:
        question: what was asked.
        written: what stands in the cell, not blank.
        today: days after it can't be true.

    Raises:
        BadCell: it is no answer to the question.
    """
    text = clean(written)
    if len(text) > MAX_ANSWER:
        raise BadCell(f"超过 {MAX_ANSWER} 个字符", f"longer than {MAX_ANSWER} characters")
    match question.kind:
        case Answering.CHOICE:
            return _choice(question, text)
        case Answering.COUNT:
            return _count(text)
        case Answering.DATE:
            return _day(text, today)
        case Answering.NUMBER:
            return _number(text)
        case Answering.TEXT:
            return " ".join(text.split())


def _choice(question: Question, text: str) -> str:
    known = _options(question)
    found = known.get(folded_answer(text)) or known.get(folded_answer(_BRACKETS.sub("", _normal(text))))
    if found is None:
        raise BadCell(f"不是可选的答案：{quoted(text)}", f"not one of the answers: {quoted(text)}", _choices(question))
    return found


@cache
def _options(question: Question) -> dict[str, str]:
    """The ways in which people write the options; what is an option's own title wins."""
    ways: dict[str, str] = {}
    for option in question.options:
        for word in (*option.also, option.code):
            ways.setdefault(folded_answer(word), option.code)
    titles = {
        folded_answer(word): option.code for option in question.options for word in (option.title.zh, option.title.en)
    }
    return ways | titles


def folded_answer(text: str) -> str:
    """An answer as it is compared: without blanks, closing marks and case; a tick before or after a word is dropped."""
    plain = re.sub(r"[\s。.，,；;!]", "", _normal(text)).lower()
    return re.sub(r"^[√✓✔☑■]|[√✓✔☑■]$", "", plain) or plain


def _choices(question: Question) -> Text:
    zh = "、".join(option.title.zh for option in question.options)
    en = ", ".join(option.title.en for option in question.options)
    return Text(f"请填：{zh}", f"choose of: {en}")


_COUNT = re.compile(r"(\d{1,12})(?:\.0+)?(万)?(?:个|条|处|次|人次|家|项|篇)?")
_LARGE = re.compile(r"(\d{1,6}\.\d{1,4})万(?:个|条|处|次|人次)?")
_NONE = frozenset({"无", "没有", "零", "none", "no", "〇"})
_TEN_THOUSAND = 10_000


def _count(text: str) -> str:
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", re.sub(r"\s", "", _normal(text))).lower()
    if plain in _NONE:
        return "0"
    if found := _COUNT.fullmatch(plain):
        return str(int(found[1]) * (_TEN_THOUSAND if found[2] else 1))
    if found := _LARGE.fullmatch(plain):
        return str(round(float(found[1]) * _TEN_THOUSAND))
    hint = Text("只写数字，没有填 0，不清楚的留空", "write digits, 0 for none, nothing where it is not known")
    raise BadCell(f"不是数量：{quoted(text)}", f"not a count: {quoted(text)}", hint)


_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_ROUNDED = 10**15
"""From here on a spreadsheet has rounded a number."""


def _number(text: str) -> str:
    plain = " ".join(_normal(text).split())
    if _SCIENTIFIC.fullmatch(plain) or (plain.isdecimal() and int(plain) >= _ROUNDED):
        hint = Text("请把单元格设为文本格式后重新填写", "format the cell as text and enter it again")
        raise BadCell(f"{quoted(text)} 的尾数已丢失", f"{quoted(text)} has lost its last digits", hint)
    return plain


_HOW = Text("写作 2026-03-01；只知道月份的写作 2026-03", "write 2026-03-01, or 2026-03 if only the month is known")


def _day(text: str, today: date) -> str:
    found = day_or_month(text)
    if found is None:
        raise BadCell(f"不是日期：{quoted(text)}", f"not a date: {quoted(text)}", _HOW)
    if int(found[:4]) < FIRST_YEAR:
        hint = Text(f"{_HOW.zh}；请检查单元格格式", f"{_HOW.en}; check the format of the cell")
        raise BadCell(f"日期过早：{found}", f"too early: {found}", hint)
    if found > today.isoformat()[: len(found)]:
        hint = Text("填已经发生的日期", "only what has happened counts")
        raise BadCell(f"日期晚于今天：{found}", f"after today: {found}", hint)
    return found


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_STORED_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def fits(question: Question, value: str) -> bool:
    """Whether a stored value answers the question; one may not after the form was changed."""
    match question.kind:
        case Answering.CHOICE:
            return question.option(value) is not None
        case Answering.COUNT:
            return value.isdecimal()
        case Answering.DATE:
            return _STORED_DAY.fullmatch(value) is not None and day_or_month(value) == value
        case _:
            return True


def shown(question: Question, value: str) -> Text:
    """A value as people read it, in both languages; one that does not fit as it is."""
    if not fits(question, value):
        return Text(value, value)
    match question.kind:
        case Answering.CHOICE:
            option = question.option(value)
            return option.title if option else Text(value, value)
        case Answering.DATE if len(value) == len("2026-03-01"):
            day = date.fromisoformat(value)
            return Text(f"{day.year}年{day.month}月{day.day}日", value)
        case Answering.DATE:
            return Text(f"{value[:4]}年{int(value[5:7])}月", value)
        case _:
            return Text(value, value)
