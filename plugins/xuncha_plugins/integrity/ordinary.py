"""What ordinary updates say (``ordinary.yaml``): words of any office's title, and large words of campaigns."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from xuncha.api import OneOf, Table, read_table, title_words


class _Ordinary(Table):
    titles: tuple[str, ...]
    provinces: tuple[str, ...]
    headings: OneOf
    official: tuple[str, ...]
    english: OneOf
    series: OneOf
    hostile: OneOf
    fought: tuple[str, ...]
    against: tuple[str, ...]


_ORDINARY = read_table(_Ordinary, __package__, "ordinary.yaml")

_UNKNOWN = 0.5
"""Of a campaign's large words so much at most is said in words that are not official language."""

_VERSE = range(3, 12)
"""So many characters have the clauses of slogans that come in pairs of the same length."""

_LETTER = re.compile(r"[^\W\d_]")
_HOTLINE = re.compile(r"1[12]\d{1,3}|9[56]\d{3,4}|12\d{3}")
_LATIN = re.compile(r"[a-z]+", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile("(?:[\u3400-\u9fff]{2,8}[省市州盟])?([\u3400-\u9fff]{2,7}?[县市区旗州盟乡镇])")
_CLAUSE = re.compile("[\u3400-\u9fff]+")


@cache
def _of_any_title() -> re.Pattern[str]:
    return _either((*_ORDINARY.titles, *_ORDINARY.provinces))


@cache
def _official() -> re.Pattern[str]:
    return _either((*_ORDINARY.titles, *_ORDINARY.provinces, *_words_of_office()))


@cache
def _official_of_titles() -> re.Pattern[str]:
    """The same without single characters: titles are short."""
    return _either(word for word in _words_of_office() if len(word) > 1)


def _words_of_office() -> Iterator[str]:
    return (word for line in _ORDINARY.official for word in line.split("|"))


def _either(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longer ones first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)


@lru_cache(maxsize=4_096)
def telling_words(title: str) -> frozenset[str]:
    """What a title is made of (see ``title_words``), without what any office's may say."""
    return title_words(_of_any_title().sub(" ", title))


@lru_cache(maxsize=4_096)
def unfamiliar_words(title: str, places: frozenset[str] = frozenset()) -> frozenset[str]:
    """The same without official language, and without what lies above one of the ``places``.

    All of it where a title is hostile.
    """
    if is_hostile(title):
        return telling_words(title)
    plain = _above(places).sub(" ", title) if places else title
    return title_words(_official_of_titles().sub(" ", _of_any_title().sub(" ", plain)))


@lru_cache(maxsize=256)
def _above(places: frozenset[str]) -> re.Pattern[str]:
    """The places that titles name before these, as in 湖南省岳阳市云溪县."""
    own = "|".join(map(re.escape, sorted(places)))
    return re.compile(f"(?:[\u3400-\u9fff]{{1,6}}?(?:省|自治区|市|自治州|州|盟|地区)){{1,3}}(?={own})")


def places_in(name: str) -> frozenset[str]:
    """The place whose name begins the name of an office."""
    found = _PLACE.match(name)
    return frozenset((found[1],) if found else ())


def is_ordinary_heading(words: str) -> bool:
    """Whether large words are those of a festival, a campaign, a meeting or a notice."""
    if is_hostile(words):
        return False
    if not _CHINESE.search(words):
        return _HOTLINE.fullmatch(words.strip()) is not None or _is_ordinary_english(words)
    found = _ORDINARY.headings.search(words) is not None
    return found or _names_an_evil(words) or _is_verse(words) or _is_official(words)


def _is_verse(words: str) -> bool:
    """Whether it is two clauses or more of the same length, in Chinese: hardly anything but campaigns is so careful."""
    lengths = [len(clause) for clause in _CLAUSE.findall(words)]
    return len(lengths) > 1 and len({*lengths}) == 1 and lengths[0] in _VERSE and not _LATIN.search(words)


def _is_official(words: str) -> bool:
    """Whether hardly anything is left without what official language says."""
    left = len(_LETTER.findall(_official().sub("", words)))
    return left <= _UNKNOWN * len(_LETTER.findall(words))


def _is_ordinary_english(words: str) -> bool:
    found = _LATIN.findall(words)
    known = sum(1 for one in found if _ORDINARY.english.fullmatch(one))
    return 2 * known >= len(found) > 0


def is_ordinary_series(words: str, *, home: bool) -> bool:
    """Whether headlines that differ by a number alone are such as offices write; of columns all are that don't rail."""
    return not is_hostile(words) and (not home or _ORDINARY.series.search(words) is not None)


def is_hostile(words: str) -> bool:
    """Whether they accuse, boast or sell; evils that a campaign fights are no such words."""
    if _ORDINARY.hostile.search(words) is not None:
        return True
    return _names_an_evil(words) and not any(one in words for one in _ORDINARY.against)


def _names_an_evil(words: str) -> bool:
    return any(one in words for one in _ORDINARY.fought)
