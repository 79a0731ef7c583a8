"""What the words of titles and links tell (``lexicon.yaml``), read without what is put in to hide them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from xuncha.api import Table, read_table

MAX_READ = 2_000
"""Characters of a title, a description or a link's words that are looked at."""

_NEAR = 60
_SHORT = 3
_LOOKED_AT = 10
_ZERO_WIDTH = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD, 0x180E)
)
_UNSEEN = "".join(map(chr, _ZERO_WIDTH))
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])[\W_]+|[\W_]+(?=[^\x00-\x7f])")
"""Blanks and marks beside a Chinese character: ``六 合.彩``."""

_ORGAN = re.compile(
    r"(?:公安|禁毒|检察)[\u4e00-\u9fff]{0,4}?(?:局|厅|部|委|队|所|办)|人民法院|人民检察院|检察院|市场监督管理局|宣传部|举报电话|公告栏"
)
"""Names of organs, which say nothing of what a text is about."""

_QUOTED = re.compile("“[^“”]{1,12}”")
"""How the news name what they write about: 沉迷“百家乐”，会计输掉三百万."""

_PARTS = re.compile(r"[_|—–｜\-,，、。：:；;！!？?]+")
"""What parts a title from the name of the site: a brand on the other side is in no organ's name."""

_MARKS = re.compile(r"[\W_]+")
_DOTS = dict.fromkeys(map(ord, "·•・‧∙"))
"""Middle dots, which stand within names: 南宫NG·28."""

_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}[)）]")


GAMBLING = "gambling"
LOTTERY = "lottery"
"""The family whose words the offices that run the state's lotteries use every day."""


class _Family(Table):
    id: str
    confidence: Literal["verified", "secondary"]
    source: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    acts: tuple[str, ...]
    loud: tuple[str, ...]


class _Table(Table):
    families: tuple[_Family, ...]
    names: tuple[str, ...]
    offers: tuple[str, ...]
    lures: tuple[str, ...]
    heralds: tuple[str, ...]
    within: tuple[str, ...]
    lottery_offices: tuple[str, ...]
    against: tuple[str, ...]
    notices: tuple[str, ...]
    organs: tuple[str, ...]
    traditional: str


class Sign(NamedTuple):
    """A word of spam, and its family."""

    family: str
    word: str


class Finder:
    """Finds words in one pass: where two first letters stand, only the words that begin with them are compared.

    An alternation of some 400 words would try them all at every place; this takes a twentieth of that.
    """

    def __init__(self, words: Iterable[str]) -> None:
        by_start: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            by_start.setdefault(word[:2], []).append(word)
        self._by_start = {start: tuple(found) for start, found in by_start.items()}
        latin, others = (
            _starts([start for start in by_start if start[0].isascii() is latin]) for latin in (True, False)
        )
        self._start = re.compile(f"{others}|(?<![a-z]){latin}")

    def __call__(self, text: str) -> Iterator[str]:
        for at in self._start.finditer(text):
            start = at.start()
            words = self._by_start.get(text[start : start + 2])
            if words and text.startswith(words, start):
                yield from (word for word in words if text.startswith(word, start) and _ends(text, start, word))


def _starts(pairs: Collection[str]) -> str:
    """A pattern of any first letter of these pairs before any second one."""
    first, second = ("".join(sorted({re.escape(pair[at]) for pair in pairs})) for at in (0, 1))
    return f"[{first}](?=[{second}])"


def _ends(text: str, start: int, word: str) -> bool:
    """``cialis`` is no part of ``cialisation``; only longer names with digits may go on: ``bet365vip``."""
    after = text[start + len(word) : start + len(word) + 1]
    if not (word[-1].isascii() and after.isascii() and after.isalnum()):
        return True
    return word[-1].isdigit() and len(word) > _SHORT


@dataclass(frozen=True, slots=True)
class _Words:
    find: Finder
    families: dict[str, str]
    weak: frozenset[str]


@cache
def _table() -> _Table:
    return read_table(_Table, __package__, "lexicon.yaml")


@cache
def _as_read() -> dict[int, str | None]:
    """What is left out, and what is read as another character."""
    pairs = "".join(_table().traditional.split())
    simplified = {ord(traditional): simple for traditional, simple in zip(pairs[::2], pairs[1::2], strict=True)}
    return _ZERO_WIDTH | _DOTS | simplified


@cache
def _words() -> _Words:
    table = _table()
    families = {plain(word): one.id for one in table.families for word in (*one.strong, *one.weak)}
    return _Words(Finder(families), families, frozenset(plain(word) for one in table.families for word in one.weak))


# The patterns below take 30 ms to compile: each is made when it is asked for, which most sites never do.
@cache
def _of_table(name: Literal["within", "lottery_offices", "against", "notices"]) -> re.Pattern[str]:
    return re.compile(_any(getattr(_table(), name)))


@cache
def _acts() -> dict[str, re.Pattern[str]]:
    return {one.id: re.compile(_any((*one.acts, *one.loud))) for one in _table().families}


@cache
def _loud() -> dict[str, re.Pattern[str]]:
    return {one.id: re.compile(_any(one.loud)) for one in _table().families if one.loud}


def acts_of(family: str) -> re.Pattern[str]:
    """The words of soliciting of a family."""
    return _acts()[family]


@cache
def lawful_names() -> frozenset[str]:
    """Words of spam that places, hospitals and companies bear as well, as ``plain`` has them."""
    return frozenset(map(plain, _table().names))


@cache
def _offers() -> re.Pattern[str]:
    return re.compile(_any({*_table().offers, *(word for one in _table().families for word in one.loud)}))


def solicits_by_name(text: str, family: str) -> bool:
    """Whether what stands beside a lawful name makes an advertisement of it.

    A casino's name beside 平台 does; a hospital has a 官网 as well, and tax offices have one for 代开发票.
    """
    return _offers().search(text) is not None if family == GAMBLING else _is_loud(text, family)


@cache
def lures() -> re.Pattern[str]:
    """What stands beside spam's own names alone, and not beside those of shops."""
    return re.compile(_any(_table().lures))


def is_disguised(text: str) -> bool:
    """Whether characters that nobody sees, or their pinyin, stand between those of a text."""
    return _PINYIN.search(text) is not None or text.translate(_ZERO_WIDTH) != text


def is_cut(text: str) -> bool:
    """Whether characters that nobody sees stand between those of a text."""
    text = text.strip(_UNSEEN)
    return not text.isascii() and text.translate(_ZERO_WIDTH) != text


@cache
def heralds() -> tuple[str, ...]:
    """Parts of words, one of which stands in whatever solicits plainly: looking for them costs next to nothing."""
    return _table().heralds


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(_any(plain(word) for one in _table().families for word in one.strong))


@cache
def _organ() -> re.Pattern[str]:
    organs = _any(_table().organs)
    offers = _any(word for one in _table().families for word in (*one.acts, *one.loud))
    return re.compile(f"(?:{_strong().pattern})(?:{offers}|[a-z0-9]){{0,6}}[\u4e00-\u9fff]{{0,3}}?(?:{organs})")


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in longest_first
    )


@lru_cache(maxsize=2_000)
def plain(text: str) -> str:
    """``text`` as a reader takes it: one width, no invisible characters, no pinyin, no blanks between characters."""
    text = text[:MAX_READ].lower()
    if text.isascii():
        return " ".join(text.split())
    text = as_read(text)
    if text.isascii():
        return " ".join(text.split())
    return _BETWEEN.sub("", _PINYIN.sub("", text))


def as_read(text: str) -> str:
    """``text`` in one width, in small and simplified letters, without invisible characters and middle dots."""
    return unicodedata.normalize("NFKC", text[:MAX_READ]).translate(_as_read()).lower()


def squeezed(text: str) -> str:
    """``text`` of any length without blanks and marks, to look words up in that were squeezed as well."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).translate(_as_read()).lower())


@lru_cache(maxsize=2_000)
def signs(text: str) -> frozenset[Sign]:
    """The different words of spam in ``text``, whoever uses them; of words within each other the longest.

    A weak word counts beside another of its family, or beside soliciting that is spam's own.
    """
    words, found = _words(), _found(text)
    if not found:
        return frozenset()
    several = Counter(sign.family for sign in found)
    return frozenset(
        sign for sign in found if sign.word not in words.weak or several[sign.family] > 1 or _is_loud(text, sign.family)
    )


@lru_cache(maxsize=2_000)
def _found(text: str) -> tuple[Sign, ...]:
    words = _words()
    text = plain(text)
    if next(words.find(text), None) is None:
        return ()
    found = set(words.find(_of_table("within").sub("。", text)))
    longest = (word for word in found if not any(word in other for other in found if other != word))
    return tuple(Sign(words.families[word], word) for word in sorted(longest))


def weak_words() -> frozenset[str]:
    """The words that others use as well, as ``plain`` has them."""
    return _words().weak


def outright(text: str) -> str:
    """``text`` as a reader takes it, without what is only quoted and words that hold one of spam by chance."""
    return _of_table("within").sub("。", plain(_QUOTED.sub("。", text)))


def names_any(text: str) -> bool:
    """Whether any word of spam stands in ``text``, whatever else does: where none does, nothing more need be asked."""
    return bool(_found(text))


def named_words(text: str) -> frozenset[str]:
    """All of them."""
    return frozenset(sign.word for sign in _found(text))


def _is_loud(text: str, family: str) -> bool:
    loud = _loud().get(family)
    return loud is not None and loud.search(plain(text)) is not None


def bare_words(text: str) -> frozenset[Sign]:
    """The words of a text that consists of nothing else, but for soliciting: an advertiser's way to name a link."""
    found = _found(text)
    rest = plain(text)
    for sign in found:
        rest = _acts()[sign.family].sub("", rest.replace(sign.word, ""))
    return frozenset(found) if found and not rest.strip() else frozenset()


def runs_lottery(text: str) -> bool:
    """Whether an office that runs the state's lotteries is named."""
    return _of_table("lottery_offices").search(plain(text)) is not None


def solicits(text: str, family: str) -> bool:
    """Whether ``text`` has words of soliciting, as that family uses them."""
    return _acts()[family].search(_strong().sub(" ", plain(text))) is not None


def solicits_plainly(text: str, family: str) -> bool:
    """Whether it has several words of soliciting, or one that only advertising has."""
    return _is_loud(text, family) or len(set(_acts()[family].findall(_strong().sub(" ", plain(text))))) > 1


def opposed(text: str) -> int:
    """How many different words of those who fight it, or of lawful business, stand in ``text``."""
    return len(set(_of_table("against").findall(_ORGAN.sub("", plain(text)))))


def gives_notice(text: str) -> bool:
    """Whether ``text`` speaks as titles of cases and warnings do."""
    return _of_table("notices").search(plain(text)) is not None


def fought(text: str, found: Iterable[Sign]) -> int:
    """How many different words of those who fight it stand near these words in a longer text."""
    text = "".join(unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH).lower().split())
    near = ""
    for sign in found:
        for at in islice(re.finditer(re.escape("".join(sign.word.split())), text), _LOOKED_AT):
            near += text[max(at.start() - _NEAR, 0) : at.end() + _NEAR] + "\n"
    return len(set(_of_table("against").findall(near)))


def advertises(text: str) -> frozenset[Sign]:
    """The words of spam in a link's text that nothing in it contradicts, and that aren't only quoted there."""
    found = signs(text)
    if not found or opposed(text) or gives_notice(text):
        return frozenset()
    return found if signs(_QUOTED.sub("。", text)) else frozenset()


def brand_in_organ(text: str) -> bool:
    """Whether a brand stands inside the name of an organ of state: 皇冠体育app市人民政府."""
    return any(_organ().search(plain(part)) for part in _PARTS.split(text[:MAX_READ]))


def starred(text: str, words: Iterable[str]) -> str:
    """``text`` with these words as they may be shown: as it is read, where it is written otherwise to hide them."""
    words = sorted(set(words), key=lambda word: (-len(word), word))
    lower = text.lower()
    shown = text if len(lower) == len(text) and all(word in lower for word in words) else plain(text)
    for word in words:
        shown = re.sub(re.escape(word), masked(word), shown, flags=re.IGNORECASE)
    return shown


def masked(word: str) -> str:
    """A word that may be shown in a report without advertising anything."""
    return word[0] + "*" * (len(word) - 2) + word[-1] if len(word) > 2 else word[0] + "*"  # noqa: PLR2004
