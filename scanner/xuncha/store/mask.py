"""Masking at capture (law 11): personal data and secrets never reach the disk in the clear.

Every rule replaces characters one for one by ``*``, so that shape, length and positions stay. Rules are narrow on
purpose: an office's telephone, a hotline, a filing number or an amount must come through unharmed, because a report
that destroys them proves nothing.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Sequence
from datetime import date

from xuncha.store.credentials import mask_secrets

MAX_EXCERPT = 256

# Blanks and dashes that people type between the groups of a number, as the plain ones that the rules know.
_ODD_BLANKS = "\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ODD_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_PLAIN = _FULL_WIDTH | dict.fromkeys(map(ord, _ODD_BLANKS), " ") | dict.fromkeys(map(ord, _ODD_DASHES), "-")
_IS_SPELT_ODDLY = re.compile(f"[０-９]|[0-9][{_ODD_BLANKS}{_ODD_DASHES}][0-9]")
# Most texts of a page are short words: one look tells that no rule for numbers can match. Every look begins with a set
# of characters, for which the engine searches in a third of the time that alternatives take.
_MAY_HOLD_NUMBER = re.compile(f"[0-9０-９](?:(?:[ {_ODD_BLANKS}{_ODD_DASHES}-]?[0-9]){{10}}|(?<=[０-９]))")
_LONG_RUN = re.compile("[0-9](?:[ -]?[0-9]){10,}+")
_CONTEXT = 8
"""How far the rules below look around a number."""
_SEVENTEEN_DIGITS = re.compile("[0-9](?:[0-9]{16}|[ -][0-9])")
_MAY_HOLD_SECRET = re.compile("[=@J](?:(?<!J)|(?<=eyJ))")

# GB 11643-1999: six digits of area, birth date, sequence, check character; the 15-digit form of 1984 has no check.
_RESIDENT_ID = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?:[1-8][0-9]{16}[0-9Xx]|[1-8][0-9]{5}([ -])[0-9]{8}\1[0-9]{3}[0-9Xx]"
    r"|[1-8][0-9]{13}[ -][0-9]{3}[0-9Xx])(?![0-9])"
)
_OLD_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z_])(?<![0-9]\.)[1-8][0-9]{14}(?![0-9A-Za-z_])")
_LABEL = re.compile("身份证|证件号|身份号")
_EIGHTEEN = re.compile("[0-9]{17}[0-9Xx]")
_FIFTEEN = re.compile("[0-9]{15}")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z_])|(?<=[Tt]el)|(?<=TEL)|(?<=[Pp]hone)|(?<=[Mm]obile))(?<![0-9]\.)(?<![A-Za-z]/)"
    r"(?P<before>(?:(?:\+|00)?86[ -]?)?0?)(?P<number>1[3-9][0-9]([ -]?)[0-9]{4}\3[0-9]{4})"
    # Not the start of a longer number, a decimal, a path or an amount of money; nor a file's, but behind a name.
    r"(?![0-9A-Za-z_]|/[A-Za-z]|\s?[元万亿吨])(?:(?!\.[0-9A-Za-z])|(?<=[\u4e00-\u9fff][0-9]{11}))"
)
_MOBILE_IN_NAME = re.compile(r"(?<![0-9])(?P<before>)(?P<number>1[3-9][0-9]([ -]?)[0-9]{4}\3[0-9]{4})(?![0-9])")

# UnionPay numbers begin with 62 or, old ones, 9558. Other brands only in groups of four or after the word 卡号:
# Chinese area codes begin with 4 and 5 too, so a bare number of 16 digits is more often a file number.
_BANK_CARD = re.compile(
    r"(?<![0-9A-Za-z_])(?<![0-9]\.)(?:62[0-9]{14,17}|9558[0-9]{15}"
    r"|(?:62|4[0-9]|5[1-5]|95)[0-9]{2}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{3})?"
    r"|(?<=卡号)[45][0-9]{15}|(?<=卡号[:：])[45][0-9]{15})(?![0-9A-Za-z_])"
)

# Control characters, lone surrogates, and characters that hide or reorder what a reader sees (bidi, zero width, tags).
_LINE_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)

# 国家秘密标志: level, star, term, alone on its line, maybe with copy number and urgency. Exam papers say 启用前
# instead of a term and are published after the exam by the hundred, so they don't count.
_LEVEL = r"(?:绝[ \u3000]?密|机[ \u3000]?密|秘[ \u3000]?密)"
_PERIOD = r"(?:长期|[0-9]{1,2}[ \u3000]?(?:年|个月|月|天|日)|[一二三四五六七八九十]{1,3}[ \u3000]?(?:年|个月|月|天|日))"
_NAMED = r"密[ \u3000]?级[ \u3000]?[:：][ \u3000]*"
_COPY = r"[ \t\u3000]*[0-9A-Za-z〔〕\[\]()（）年第号_-]{0,30}"
_SECRET_MARK = re.compile(
    r"^[ \t\u3000]*(?:[0-9]{1,8}[ \t\u3000]+)?(?:"
    rf"(?:{_NAMED})?{_LEVEL}[ \u3000]*(?:★[ \u3000]*{_PERIOD}?|[☆*＊][ \u3000]*{_PERIOD})"
    rf"|{_NAMED}{_LEVEL}(?:[ \t\u3000]+保密期限[ \u3000]?[:：][ \u3000]*{_PERIOD})?"
    r")[ \t\u3000]*(?:特急|加急|平急|特提|急件)?"
    rf"(?:[ \t\u3000]+(?:编[ \u3000]?号|份[ \u3000]?号|序[ \u3000]?号)[ \u3000]?[:：]{_COPY}"
    r"|[ \t\u3000]+第[ \u3000]?[0-9]{1,8}[ \u3000]?号)?[ \t\u3000]*$",
    re.MULTILINE,
)
_MARKED = re.compile(
    rf"密[ {_ODD_BLANKS}{_UNSEEN.pattern[1:-1]}]*[★☆*＊]"
    rf"|密[ {_ODD_BLANKS}{_UNSEEN.pattern[1:-1]}]{{0,4}}级[ {_ODD_BLANKS}{_UNSEEN.pattern[1:-1]}]{{0,4}}[:：]"
)
_WRITTEN_MARK = re.compile(rf"{_LEVEL}[ \u3000]*★[ \u3000]*{_PERIOD}")
HEAD_OF_DOCUMENT = 8_000
"""Characters, so that much navigation may stand in front."""


def mask_text(text: str) -> str:
    """``text`` with ID numbers, mobile and bank-card numbers, keys and passwords masked; of the same length."""
    if not _MAY_HOLD_NUMBER.search(text):
        return mask_secrets(text)
    if _IS_SPELT_ODDLY.search(text):
        plain = text.translate(_PLAIN)
        masked = _mask_plain(plain)
        return "".join(new if new != old else kept for kept, old, new in zip(text, plain, masked, strict=True))
    return _mask_plain(text)


def mask_form(text: str) -> str:
    """What somebody wrote into a form of ours, where ID numbers are masked whatever their check character is."""
    known = mask_text(text)
    plain = known.translate(_PLAIN)
    masked = _RESIDENT_ID.sub(_masked_any_id, plain)
    return "".join(new if new != old else kept for kept, old, new in zip(known, plain, masked, strict=True))


def mask_name(name: str) -> str:
    """The name or path of a file that was handed in: numbers of people are masked whatever stands beside them."""
    known = mask_form(name)
    plain = known.translate(_PLAIN)
    masked = _MOBILE_IN_NAME.sub(_masked_mobile, plain)
    return "".join(new if new != old else kept for kept, old, new in zip(known, plain, masked, strict=True))


def mask_url(url: str) -> str:
    """``url`` with ID numbers and credentials masked; article numbers that look like telephones stay reachable."""
    if _SEVENTEEN_DIGITS.search(url):
        url = _RESIDENT_ID.sub(_masked_valid_id, url)
    return mask_secrets(url) if _MAY_HOLD_SECRET.search(url) else url


def mask_bytes(data: bytes) -> bytes:
    """A body with the same masking, in UTF-8, GB18030 or UTF-16; where none fits, ASCII patterns are masked.

    Bytes that are not masked stay as they are, also where the text is cut in the middle of a character.
    """
    for encoding in _likely_encodings(data):
        found = _decoded(data, encoding)
        if found is not None:
            text, rest = found
            masked = mask_text(text)
            return data if masked == text else masked.encode(encoding) + rest
    return mask_text(data.decode("latin-1")).encode("latin-1")


def excerpt(text: str, most: int = MAX_EXCERPT) -> str:
    """One masked line of at most ``most`` characters that is safe to show: no control, bidi or invisible characters."""
    clean = clean_line(text[: 16 * most])
    if len(text) > 16 * most:
        clean = clean.rstrip("0123456789Xx -")
    masked = mask_text(clean)
    if len(masked) <= most:
        return masked
    # A cut can turn a longer number into one that looks like an ID, so what is left is looked at once more.
    return mask_text(masked[: most - 1]) + "…"


def clean_line(text: str) -> str:
    """``text`` on one line, without control, surrogate, bidi and invisible characters."""
    # Nearly every text is so; nothing that is to go counts as printable, and of all blanks only the plain one does.
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(_UNSEEN.sub("", _LINE_BREAK.sub(" ", text)).split())


def has_secret_mark(text: str, *, anywhere: bool = False) -> bool:
    """Whether the head of a text bears a state-secret mark (绝密★、机密★1年、密级：秘密 保密期限：6个月); or all of it.

    Only a mark that stands alone on its line counts; a page that writes about secrets quotes it within a sentence.
    """
    head = text if anywhere else text[:HEAD_OF_DOCUMENT]
    if "密" not in head or not _MARKED.search(head):
        return False
    return _SECRET_MARK.search(plain_spelling(head).replace("\r", "\n")) is not None


def quotes_secret_mark(text: str) -> bool:
    """Whether a mark with its term stands anywhere in a text, be it within a sentence or in a script."""
    return "密" in text and _WRITTEN_MARK.search(plain_spelling(text)) is not None


def plain_spelling(text: str) -> str:
    """``text`` with plain digits, blanks and dashes, and without what is not seen (soft hyphens, zero width)."""
    return _UNSEEN.sub("", text).translate(_PLAIN)


def plain_places(text: str) -> tuple[str, Sequence[int]]:
    """Like ``plain_spelling``, with the place of every character in ``text``."""
    dropped = [one.start() for one in _UNSEEN.finditer(text)]
    if not dropped:
        return text.translate(_PLAIN), range(len(text))
    places: list[int] = []
    done = 0
    for at in dropped:
        places += range(done, at)
        done = at + 1
    return plain_spelling(text), [*places, *range(done, len(text))]


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a resident ID number: province, birth date and check character are right."""
    if not _EIGHTEEN.fullmatch(number) or not _PROVINCE.match(number) or not _is_date(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def may_be_resident_id(number: str) -> bool:
    """Whether 15 or 18 characters are an ID number but for the check character: mistyped, or rounded by a spreadsheet.

    Born from 1900 to 2020: of numbers of contracts and files, which begin with an area and a day too, few are so old.
    """
    born = f"19{number[6:12]}" if _FIFTEEN.fullmatch(number) else number[6:14]
    known = _EIGHTEEN.fullmatch(number) or _FIFTEEN.fullmatch(number)
    return bool(known and _PROVINCE.match(number)) and _is_date(born) and "1900" <= born[:4] <= "2020"


def _mask_plain(text: str) -> str:
    """Secrets anywhere; numbers only where enough digits stand together."""
    text = mask_secrets(text)
    pieces, done = [], 0
    for run in _LONG_RUN.finditer(text):
        start, end = run.span()
        before = max(0, start - _CONTEXT)
        masked = text[before : end + _CONTEXT]
        for pattern, replace in _NUMBERS:
            masked = pattern.sub(replace, masked)
        pieces += [text[done:start], masked[start - before : end - before]]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _masked_id(match: re.Match[str]) -> str:
    """Behind 身份证 also one with a wrong check character: to whom it belongs is known all the same."""
    labelled = _LABEL.search(match.string, max(0, match.start() - _CONTEXT), match.start())
    return _masked_any_id(match) if labelled else _masked_valid_id(match)


def _masked_any_id(match: re.Match[str]) -> str:
    return _hide(match[0], 6, 4) if may_be_resident_id(re.sub("[ -]", "", match[0])) else match[0]


def _masked_valid_id(match: re.Match[str]) -> str:
    return _hide(match[0], 6, 4) if is_resident_id(re.sub("[ -]", "", match[0])) else match[0]


def _masked_old_id(match: re.Match[str]) -> str:
    number = match[0]
    real = _PROVINCE.match(number) and _is_date("19" + number[6:12])
    return _hide(number, 6, 3) if real else number


def _masked_card(match: re.Match[str]) -> str:
    return _hide(match[0], 6, 4) if _luhn(re.sub("[ -]", "", match[0])) else match[0]


def _masked_mobile(match: re.Match[str]) -> str:
    # No telephone number ends in six zeros; amounts and counts do.
    return match[0] if match[0].endswith("000000") else match["before"] + _hide(match["number"], 3, 4)


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_RESIDENT_ID, _masked_id),
    (_BANK_CARD, _masked_card),
    (_OLD_RESIDENT_ID, _masked_old_id),
    (_MOBILE, _masked_mobile),
)


def _hide(number: str, head: int, tail: int) -> str:
    """``number`` with all but its first and last characters starred; separators stay and don't count."""
    places = [index for index, char in enumerate(number) if char not in " -"]
    hidden = set(places[head : len(places) - tail])
    return "".join("*" if index in hidden else char for index, char in enumerate(number))


def _is_date(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1850 <= year <= 2100  # noqa: PLR2004 - nobody alive is older, and the future is no birthday


def _luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0  # noqa: PLR2004


def _likely_encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(BOM_UTF16_LE):
        return ("utf-16-le",)
    return ("utf-16-be",) if data.startswith(BOM_UTF16_BE) else ("utf-8", "gb18030")


def _decoded(data: bytes, encoding: str) -> tuple[str, bytes] | None:
    """The text and the bytes of a cut last character; None unless it encodes to the very same bytes again."""
    for cut in range(4):
        body = data[: len(data) - cut]
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(body) - 4:
                return None
            continue
        return (text, data[len(body) :]) if text.encode(encoding) == body else None
    return None
