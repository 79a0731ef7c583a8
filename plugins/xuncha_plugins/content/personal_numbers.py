"""Numbers that belong to persons: identity numbers, mobile numbers and bank-card numbers that stand unmasked in a text.

A number's shape is not enough. Serial numbers hold area and date like an identity number (only one in eleven has the
right check character), offices publish duty mobiles and accounts. So the words around it decide, and where many numbers
have the shape, how many of them have the check character. Nothing that leaves this module holds a full number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xuncha.api import is_resident_id, masked_excerpt
from xuncha_plugins.content.account_holders import holds_account
from xuncha_plugins.content.personal_words import any_of, words

# Every digit is a 0, every blank or hyphen a blank: long numbers are then found by plain search, at a quarter of the
# cost of a regular expression.
_DIGITS = bytes(0x30 if 0x30 <= code <= 0x39 else 0x20 if code in b" -" else 0x78 for code in range(256))  # noqa: PLR2004 - ASCII
_LONG_RUNS = (b"0" * 11, b"000 0000 0000", b"000000 00000000 000")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ：", "0123456789Xx:")

_HAS_FULL_WIDTH = re.compile("[０-９：]")

_BEFORE = r"(?<![0-9A-Za-z_])(?<![0-9][.-])(?<![0-9A-Za-z]/)(?<![A-Za-z]=)"
_AFTER = r"(?![0-9A-Za-z_]|[./-][0-9A-Za-z])"
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# GB 11643-1999, born in this century or the last; grouped or not.
_ID = re.compile(rf"{_BEFORE}[1-8][0-9]{{5}}([ -]?)(?:19|20)[0-9]{{2}}{_DAY}\1[0-9]{{3}}[0-9Xx]{_AFTER}")
# The form before 1999, without a check character.
_OLD_ID = re.compile(rf"{_BEFORE}[1-8][0-9]{{7}}{_DAY}[0-9]{{3}}{_AFTER}")
# All but the last one to three characters: area, day of birth and part of the sequence are still to be read.
_HALF_MASKED = re.compile(
    rf"{_BEFORE}[1-8][0-9]{{5}}(?:19|20)[0-9]{{2}}{_DAY}(?:[0-9][*＊×●]{{3}}|[0-9]{{2}}[*＊×●]{{2}}|[0-9]{{3}}[*＊×●])(?![*＊×●0-9])"
)
_MOBILE = re.compile(rf"{_BEFORE}(?:(?:\+|00)?86[ -]?)?(?P<own>1[3-9][0-9]([ -]?)[0-9]{{4}}\2[0-9]{{4}}){_AFTER}")
# UnionPay has 16 to 19 digits, its oldest 9558…; others 16.
_CARD = re.compile(
    rf"{_BEFORE}(?:62[0-9]{{14,17}}|9558[0-9]{{15}}|[45][0-9]{{15}}"
    rf"|(?:62|4[0-9]|5[1-5]|95)[0-9]{{2}}([ -])[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}(?:\1[0-9]{{1,3}})?){_AFTER}"
)
_RUN = re.compile("[0-9](?:[ -]?[0-9]){10,}+")
_BEYOND = 4
"""Characters after a run of digits that its patterns look at: a check character X and what follows it."""

_LONG = re.compile("[0-9](?:[ -]?[0-9]){5,}[Xx]?")

_LABEL = 14
"""Characters before a number that may label it."""

_HEADING = 240
"""Characters before the first number that may hold the heading of its table."""

_SHAPED_ALIKE = 4
"""From so many numbers of one shape on, the share of right check characters tells serial numbers from identities."""

_CHILD = 6
"""Years: a date of birth so recent is more often the date in a serial number."""

MOST_TEXT = 4_000_000


@dataclass(frozen=True, slots=True)
class Exposed:
    """How many different numbers of persons a text shows; ``excerpt`` is where the first stands, masked."""

    ids: int = 0
    mobiles: int = 0
    cards: int = 0
    excerpt: str = ""

    def __bool__(self) -> bool:
        return bool(self.ids or self.mobiles or self.cards)


NOTHING = Exposed()


def exposed(text: str, today: date, many: int) -> Exposed:
    """What ``text`` shows of persons.

    Args:
        text: of a page or a document.
        today: who is born later is nobody.
        many: from so many mobile numbers on a list of persons counts without identity numbers in it.
    """
    if not _has_long_number(text):
        return NOTHING
    text = text[:MOST_TEXT]
    look = _Look(text.translate(_FULL_WIDTH) if _HAS_FULL_WIDTH.search(text) else text, today)
    ids = look.identities()
    cards = look.cards()
    mobiles = look.mobiles(many, among_persons=bool(ids))
    places = sorted(match.start() for match in (*ids, *cards, *mobiles))
    if not places:
        return NOTHING
    return Exposed(_different(ids), _different(mobiles), _different(cards), look.excerpt(places[0]))


def _has_long_number(text: str) -> bool:
    digits = text.encode("utf-8", "replace").translate(_DIGITS)
    return any(run in digits for run in _LONG_RUNS) or "１" in text


class _Look:
    """One look at one text."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._words = words()
        self._runs = [run.span() for run in _RUN.finditer(text)]

    def identities(self) -> list[re.Match[str]]:
        shaped = [match for match in self._all(_ID) if not self._is_serial(match)]
        right = [match for match in shaped if self._is_somebody(match)]
        if len(shaped) >= _SHAPED_ALIKE and 2 * len(right) < len(shaped):
            return []
        half = [match for match in self._all(_HALF_MASKED) if not self._is_serial(match) and self._is_born(match)]
        return right + half + [match for match in self._all(_OLD_ID) if self._is_old_id(match, certain=bool(right))]

    def cards(self) -> list[re.Match[str]]:
        found = [match for match in self._all(_CARD) if _luhn(_plain(match[0])) and not self._is_serial(match)]
        if not found:
            return []
        heading = self._heading(found[0])
        listed = any_of(self._words.card, heading) and not any_of(self._words.payee, heading)
        if listed and (_different(found) > 1 or any_of(self._words.person, heading)):
            return found
        return [match for match in found if holds_account(self._text, match)]

    def mobiles(self, many: int, *, among_persons: bool) -> list[re.Match[str]]:
        found = [match for match in self._all(_MOBILE) if not self._is_made_up(match["own"])]
        if not found:
            return []
        heading = self._heading(found[0])
        of_persons = any_of(self._words.person, heading) and not any_of(self._words.office, heading)
        if among_persons or (of_persons and _different(found) >= many):
            return [match for match in found if not any_of(self._words.office, self._label(match))]
        return [match for match in found if self._is_citizens(match)]

    def excerpt(self, place: int) -> str:
        """The line around ``place`` with every long number starred, whether it counted or not."""
        start, end = max(0, place - 200), place + 200
        masked = _LONG.sub(_starred, self._text[start:end])
        return masked_excerpt(masked[max(0, place - start - 40) : place - start + 80], most=120)

    def _all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match; patterns are tried only where enough digits stand together."""
        for start, end in self._runs:
            for match in pattern.finditer(self._text, start, end + _BEYOND):
                if not self._is_made_up(match[0]):
                    yield match

    def _is_made_up(self, number: str) -> bool:
        """Whether a number is a specimen that everybody knows, or all zeros."""
        number = _plain(number)
        return number.upper() in self._words.specimens or number.endswith("000000")

    def _is_somebody(self, match: re.Match[str]) -> bool:
        number = _plain(match[0])
        if not is_resident_id(number) or number[6:14] > f"{self._today:%Y%m%d}":
            return False
        grown = int(number[6:10]) <= self._today.year - _CHILD
        return grown or any_of(self._words.identity, self._heading(match))

    def _is_born(self, match: re.Match[str]) -> bool:
        """Whether a masked number holds a day that a grown person may be born on."""
        try:
            born = date(int(match[0][6:10]), int(match[0][10:12]), int(match[0][12:14]))
        except ValueError:
            return False
        return born.year <= self._today.year - _CHILD

    def _is_old_id(self, match: re.Match[str], *, certain: bool) -> bool:
        number = f"{match[0][:6]}19{match[0][6:]}"
        plausible = is_resident_id(number + _check_character(number))
        named = certain or any_of(self._words.identity, self._label(match))
        return plausible and named and not self._is_serial(match)

    def _is_serial(self, match: re.Match[str]) -> bool:
        """Whether the last telling word before a number names it a serial number."""
        label = self._label(match)
        return _last(self._words.serial, label) > _last((*self._words.identity, *self._words.card), label)

    def _is_citizens(self, match: re.Match[str]) -> bool:
        """Whether a letter's writer is named with a colon shortly before, and no office after that."""
        before = self._text[max(0, match.start() - 60) : match.start()]
        at = max((before.rfind(f"{word}:") for word in self._words.citizen), default=-1)
        return at >= 0 and not any_of(self._words.office, before[at:])

    def _label(self, match: re.Match[str]) -> str:
        return self._text[max(0, match.start() - _LABEL) : match.start()]

    def _heading(self, match: re.Match[str]) -> str:
        return self._text[max(0, match.start() - _HEADING) : match.start()]


def _last(wanted: Iterable[str], text: str) -> int:
    """Where the last of these words ends; -1 where there is none."""
    return max((text.rfind(word) + len(word) for word in wanted if word in text), default=-1)


def _different(found: Iterable[re.Match[str]]) -> int:
    return len({_plain(match[0])[-11:] for match in found})


def _plain(number: str) -> str:
    return number.replace(" ", "").replace("-", "")


def _starred(match: re.Match[str]) -> str:
    number = match[0]
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def _luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0  # noqa: PLR2004 - two digits are added up


def _check_character(seventeen: str) -> str:
    """GB 11643-1999: ISO 7064 MOD 11-2."""
    total = sum(int(digit) * 2 ** (17 - index) for index, digit in enumerate(seventeen))
    return "10X98765432"[total % 11]


def lists_persons(name: str) -> bool:
    """Whether an attachment is called like a list of persons."""
    return any_of(words().lists, name)
