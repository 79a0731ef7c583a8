"""Files and dates as offices write them: text in the encodings of Excel, WPS and people, days in their many forms."""

import re
import unicodedata
from datetime import date, timedelta

from xuncha.config.errors import Place, Problem, UnreadableError
from xuncha.model.numerals import below_hundred, spelt_year
from xuncha.model.text import Text

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of the file ``name`` and the encoding it was in: UTF-8, UTF-16, GB18030. Raises UnreadableError."""
    encodings = [encoding for bom, encoding in _BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    said = Text("不是文本文件，或编码无法识别", "no text, or in an unknown encoding")
    hint = Text("请另存为“CSV UTF-8”格式", "save it as CSV UTF-8")
    raise UnreadableError([Problem(Place(name), said, hint=hint)])


def day_in(text: str) -> date | None:
    """The day in a date such as 2026-08-05, 2026/8/5 or 2026年8月5日; None where it is no date."""
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[T ]?\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:份)?")
_SERIAL = re.compile(r"\d{5}")
_WRITTEN_OUT = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)


def day_or_month(text: str) -> str | None:
    """``2026-03-01`` or ``2026-03`` for a day or month as people and spreadsheets write it; None for anything else."""
    plain = _arabic(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    for pattern in (_DAY, _COMPACT):
        if found := pattern.fullmatch(plain):
            return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH.fullmatch(plain):
        first = _iso(int(found[1]), int(found[2]), 1)
        return first[:7] if first else None
    if _SERIAL.fullmatch(plain):  # the number behind a date, from a cell that lost its format
        return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat()
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _arabic(text: str) -> str:
    """二〇二六年三月一日 as 2026年3月1日; anything else as it is."""
    found = _WRITTEN_OUT.fullmatch(text)
    if not found:
        return text
    return f"{spelt_year(found[1])}年{below_hundred(found[2])}月" + (f"{below_hundred(found[3])}日" if found[3] else "")
