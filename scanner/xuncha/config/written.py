"""Files and dates as offices write them: text in the encodings of Excel, WPS and people, days in their many forms."""

import re
from datetime import date

from xuncha.config.errors import Place, Problem, UnreadableError
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
