"""Finds filing numbers and identity codes in text, also badly written ones, and tells which are well formed. No I/O.

Two patterns for each: a tolerant one that finds what people write, a strict one for the prescribed form. A telecom
licence (``闽B2-20090018``) or a commercial one (``京ICP证030173号``) is no filing number and is never taken for one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

MAX_FOUND = 20
"""Numbers of one kind that are kept of one page."""

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"
_SIMPLIFIED = str.maketrans("備號網標識碼晉遼滬蘇閩贛魯粵瓊貴雲陝隴寧", "备号网标识码晋辽沪苏闽赣鲁粤琼贵云陕陇宁")
_SAME_PROVINCE = str.maketrans("川贵云甘秦", "蜀黔滇陇陕")
_INVISIBLE = {**dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD)), ord("∶"): ":"}
_SPACED_OUT = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[^\S\n]{1,20}[\u4e00-\u9fff])+(?![\u4e00-\u9fff])")
_BLANKS_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\n]+(?=[\u4e00-\u9fff])")

# The longer serial comes first and nothing may follow it, else one of ten digits would be cut to eight.
# A letter behind the website's number stands for an app or a mini program of the same filing.
_FILING = re.compile(
    rf"[{PROVINCES}]\s*ICP\s*备\s*(\d{{10}}|\d{{8}})(?!\d)\s*号?(-\d{{1,3}}(?:[AKX](?![A-Za-z0-9]))?)?"
)
_WELL_FORMED = re.compile(rf"[{PROVINCES}]ICP备(?:\d{{10}}|\d{{8}})号(?:-\d{{1,3}}[AKX]?)?")
_ATTEMPT = re.compile(
    rf"(?i)[{PROVINCES}]?(?:icp\s{{0,3}}备\s{{0,3}}案?\s{{0,3}}(?:字第|编号|[字第号])?\s{{0,3}}[:：]?\s{{0,3}}(\d{{4,14}})"
    rf"|(?<=[{PROVINCES}])icp\s{{0,3}}(\d{{6,12}})(?=\s{{0,3}}号)"
    r"|(?:(?<=备案号)|(?<=备案号:)|(?<=备案号: ))icp\s{0,3}(\d{6,12}))\s{0,3}号?(?:-\d{1,3})?"
)
_LICENCE = re.compile(rf"[{PROVINCES}]\s?ICP\s?证\s?\d{{6,10}}\s?号?|[{PROVINCES}]?B[12]-\d{{8}}")

# Of older numbers the last five digits stand behind a dash.
_DIGITS = r"(\d{11}-\d{5}(?!\d)|\d{14}(?!\d)|\d{2,6}(?: \d{2,8}){1,4}(?!\d)|\d{4,20})"
_POLICE = re.compile(
    rf"(?:[{PROVINCES}]?\s?公网安备|(?<=[{PROVINCES}])公安备)\s{{0,3}}案?号?\s?[:：-]?\s{{0,3}}{_DIGITS}\s?号?"
)
_POLICE_PLAIN = re.compile(
    rf"公安(?:机关|部门)?(?:联网|网站)?备案(?:编号|号码|号)?\s?[:：]?\s{{0,3}}(?=\d{{8}}){_DIGITS}\s?号?"
)
_POLICE_LENGTH = 14

# Blanks within a code come of markup (two spans, two cells); what follows must not be a year or a telephone number.
_SPACED = r"(?:\d(?:\s{0,3}\d){9}|[Bb][Mm](?:\s{0,3}\d){8})(?![0-9A-Za-z]|\s?[年-]|\s\d{7,8}(?!\d))"
_CODE = re.compile(
    rf"(?:网站|站点)\s?标识(?:[编代]?码|编?号)\s?[是为]?\s?[:：(]?\s{{0,3}}({_SPACED}|[0-9A-Za-z]{{4,20}})"
)
_CODE_PLAIN = re.compile(rf"标识码\s?[:：]?\s{{0,3}}({_SPACED}|(?:\d{{10}}|bm\d{{8}})(?![0-9A-Za-z]))")
_WHOLE_CODE = re.compile(r"\d{10}|bm\d{8}")
_ORGANISATION = re.compile(r"\d{6}|bm\d{4}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as ``written`` (blanks collapsed) and as it is compared (``key``).

    The key of an ICP filing is province and serial, without the website's number; of a police filing its digits; of
    an identity code the code in lower case. ``spaced`` tells that only blanks keep it from being well formed.
    """

    written: str
    key: str
    well_formed: bool
    spaced: bool = False

    @property
    def digits(self) -> str:
        """The digits of the key: the serial of a filing."""
        return "".join(sign for sign in self.key if sign.isdigit())


def plain(text: str) -> str:
    """Text as the patterns want it: common forms for full-width signs, traditional characters, and blanks of all kinds.

    Words that are set wide, character by character (``主　办``), are closed up.
    """
    if text.isascii():
        return text
    common = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED).translate(_INVISIBLE)
    return _SPACED_OUT.sub(lambda wide: "".join(wide[0].split()), common)


def closed_up(text: str) -> str:
    """Plain text without any blank between two Chinese characters: for labels that are only partly set wide."""
    return _BLANKS_BETWEEN.sub("", text)


def filings(text: str) -> list[Number]:
    """ICP filing numbers, each once, in the order of the text; badly written ones are not ``well_formed``."""
    return _unique(_filing(match) for match in _apart(_FILING.finditer(text), _ATTEMPT.finditer(text)))


def _apart(first: Iterator[re.Match[str]], second: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The matches of both in the order of the text, without those of the second that overlap one of the first.

    Taken as they come: a page may hold any number of them, and only a few are kept.
    """
    other = next(second, None)
    end = 0
    for match in first:
        while other and other.end() <= match.start():
            if other.start() >= end:
                yield other
            other = next(second, None)
        while other and other.start() < match.end():
            other = next(second, None)
        yield match
        end = match.end()
    yield from (one for one in chain([other] if other else [], second) if one.start() >= end)


def _filing(match: re.Match[str]) -> Number:
    written = " ".join(match[0].split())
    serial = next(filter(None, match.groups()), "")
    province = written[0].translate(_SAME_PROVINCE) if written[0] in PROVINCES else ""
    tight = "".join(written.split())
    whole = bool(_WELL_FORMED.fullmatch(tight))
    return Number(written, province + serial, whole and tight == written, whole and tight != written)


def same_filing(one: str, other: str) -> bool:
    """Whether two keys mean one filing; where a number was written without its province the serial decides."""
    if one[:1] in PROVINCES and other[:1] in PROVINCES:
        return one == other
    return one.lstrip(PROVINCES) == other.lstrip(PROVINCES)


def licences(text: str) -> list[str]:
    """Licences that are easily taken for a filing number."""
    return [match[0] for match in islice(_LICENCE.finditer(text), MAX_FOUND)]


def police(text: str) -> list[Number]:
    """Police filing numbers; well formed are those of 14 digits."""
    found = [_police(match, match[1]) for match in islice(_POLICE.finditer(text), MAX_FOUND)]
    found += [_police(match, match[1]) for match in islice(_POLICE_PLAIN.finditer(text), MAX_FOUND)]
    return _unique(found)


def _police(match: re.Match[str], digits: str) -> Number:
    key = "".join(re.findall(r"\d", digits))
    return Number(" ".join(match[0].split()), key, len(key) == _POLICE_LENGTH)


def codes(text: str) -> list[Number]:
    """Identity codes that the text names as such."""
    found = [code(match[1]) for pattern in (_CODE, _CODE_PLAIN) for match in islice(pattern.finditer(text), MAX_FOUND)]
    return _unique(found)


def code(written: str) -> Number:
    """One identity code: ten digits, or ``bm`` and eight digits for central departments; blanks don't count."""
    shown = " ".join(written.split())
    key = "".join(plain(shown).split()).lower()
    return Number(shown[:40], key[:40], bool(_WHOLE_CODE.fullmatch(key)), spaced=key != shown.lower())


def of_organisation(key: str) -> bool:
    """Whether a code is one of an organisation (6 characters), which is often mistaken for that of its website."""
    return bool(_ORGANISATION.fullmatch(key))


def _unique(found: Iterator[Number] | list[Number]) -> list[Number]:
    kept: dict[str, Number] = {}
    for number in found:
        kept.setdefault(number.written, number)
        if len(kept) == MAX_FOUND:
            break
    return list(kept.values())
