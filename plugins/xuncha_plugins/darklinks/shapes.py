"""How titles are written, whatever brand they are for (``titles.yaml``): advertising, and news."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from xuncha.api import Table, read_table
from xuncha_plugins.darklinks.words import MAX_READ, Sign, as_read, plain

_MARKS = re.compile(r"[\s_\-|—–~:,、，。;；!！?？/\\()\[\]【】<>《》「」+]+")
_DOT = re.compile("[·•・‧∙]")
_QUOTED = re.compile("[“「『《〈][^“”「」『』《》〈〉]{1,30}[”」』》〉]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NAME = r"(?:^|\|)(?P<name>[a-z0-9\u4e00-\u9fff]{1,8}?)"
_LATIN = r"(?:\|?[a-z0-9.]{2,20})?"
_FAMILY = "gambling"
_SHORT = 2


class _Table(Table):
    kinds: tuple[str, ...]
    between: tuple[str, ...]
    offers: tuple[str, ...]
    apps: tuple[str, ...]
    chinese: tuple[str, ...]
    numbered: tuple[str, ...]
    civic: tuple[str, ...]
    news: tuple[str, ...]
    speakers: tuple[str, ...]


class _Patterns(NamedTuple):
    hint: re.Pattern[str]
    apps: re.Pattern[str]
    shapes: tuple[re.Pattern[str], ...]
    civic: re.Pattern[str]
    news: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = read_table(_Table, __package__, "titles.yaml")
    kinds, between, offers, chinese = map(_any, (table.kinds, table.between, table.offers, table.chinese))
    speakers = rf"^[\u4e00-\u9fff]{{0,12}}(?:{_any(table.speakers)})[:：]"
    return _Patterns(
        re.compile(f"{kinds}|中国|{_any(table.numbered)}"),
        re.compile(_any(table.apps)),
        (
            re.compile(
                rf"{_NAME}{_LATIN}\|?(?:综合|国际|电子)?\|?(?P<kind>{kinds})"
                rf"(?:\|?(?:{between}|[a-z0-9]{{2,20}})){{0,4}}?\|?(?:{offers})"
            ),
            re.compile(rf"{_NAME}(?:\|[a-z0-9.]{{2,20}})?\|中国(?:\|?[a-z0-9]{{2,20}})?\|?(?:{chinese})"),
            re.compile(rf"(?:^|\|)(?P<name>[a-z0-9]{{2,15}})中国\|?(?:{chinese})"),
            re.compile(
                rf"(?P<name>{_any(table.numbered)})(?:集团|国际|娱乐|官网|城)*[a-z]{{0,4}}(?!(?:19|20)\d\d(?!\d))"
                r"\d{3,5}(?![\d年月日号户期届米平亩万亿元人名个家套路])"
            ),
        ),
        re.compile(_any(table.civic)),
        re.compile(f"{_any(table.news)}|{speakers}"),
    )


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"


def shape(title: str) -> Sign | None:
    """The brand, known or not, for which ``title`` is written as advertising is; None where it is not."""
    patterns, read = _patterns(), plain(title)
    if not patterns.hint.search(read):
        return None
    for text in (_parted(_DOT.sub(" ", title)), _parted(_DOT.sub("", title)), read):
        for pattern in patterns.shapes:
            found = pattern.search(text)
            if found and not patterns.civic.search(found["name"]):
                kind = found.groupdict().get("kind") or ""
                return Sign(_FAMILY, found["name"] if len(found["name"]) >= _SHORT else found["name"] + kind)
    return None


@lru_cache(maxsize=2_000)
def shape_of_link(text: str) -> Sign | None:
    """The same of the words of a link, where they offer something to put on a telephone, or to log in to."""
    return shape(text) if _patterns().apps.search(plain(text)) else None


def _parted(title: str) -> str:
    return "|".join(filter(None, _MARKS.split(as_read(title))))


def tells_news(title: str, found: Iterable[Sign]) -> bool:
    """Whether ``title`` is a sentence about a matter: an office speaks, a verb of news, the words only in quotes."""
    text = title[:MAX_READ]
    if _patterns().news.search(text.lower()):
        return True
    words, unquoted = [sign.word for sign in found], plain(_QUOTED.sub("。", text))
    return bool(words) and not any(word in unquoted for word in words)


def is_foreign(word: str) -> bool:
    """Whether a word is of a script that Chinese pages are not written in: it needs no soliciting beside it."""
    return _FOREIGN.search(word) is not None and _CHINESE.search(word) is None
