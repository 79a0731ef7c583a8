"""What defacers write on the pages that they take over (``defacement.yaml``), told from those who report on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from xuncha.api import (
    DefacementSign,
    OneOf,
    Page,
    Table,
    defanged_text,
    host_of,
    masked_excerpt,
    read_table,
    registrable,
)
from xuncha_plugins.integrity.bare import left_behind, may_be_bare
from xuncha_plugins.integrity.unseen import in_sight

MAX_TEXT = 200_000
MAX_LINE = 80
SHORT = 600
"""A page with fewer visible characters holds little else than what is looked at."""

BARE = 200
"""One with fewer holds nothing else."""

ADVERT = "advert"
"""A line with a word of spam that leads to another website: tells something where it was added to an approved page."""

SLOGAN = "slogan"
"""What demonstrators shout, which museums tell about as well: tells something where an approved page had none."""

ADVERTISED = "advertised"
"""A title that advertises something of which the page says nothing."""

NEW_ALONE = (ADVERT, SLOGAN)
"""Kinds that say nothing of a page that was not approved without them."""

MAX_SIGNS = 4
MAX_SCRIPTS = 40
MAX_SHEETS = 40
MAX_LINKS = 1_000
MAX_LINES = 100
MAX_CAPTIONS = 200
_SHOWN = 80
_LEAST = 4
_BESIDE = 40
_LED_BY = 10
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WIDE = re.compile("[\uff21-\uff5a]")
_DISGUISES = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\uff21-\uff5a"
_SET_APART = re.compile(r"(?<![^\W_])(?:[^\W_] ){3,}[^\W_](?![^\W_])")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NO_WORDS = re.compile(r"[\d\W_]+")
_QUOTED = re.compile(r"[\"']([^\"'\n]{6,200})[\"']")
_WRITTEN = re.compile(r"content\s{0,5}:\s{0,5}[\"']([^\"'\n]{4,200})[\"']")
_TELLS = ("alert(", "document.write", "innerHTML", "document.title")


class _Words(Table):
    stems: tuple[str, ...]
    spaced: tuple[str, ...]
    lines: OneOf
    reports: OneOf
    signatures: OneOf
    mild: OneOf
    slogan_stems: tuple[str, ...]
    slogans: OneOf
    unlike: tuple[str, ...]
    told_by: tuple[str, ...]
    titles: OneOf
    spam_words: int
    spam_lines: int
    spam_stems: tuple[str, ...]
    spam: tuple[str, ...]
    against: tuple[str, ...]
    listed: tuple[str, ...]
    traditional: str


@cache
def _words() -> _Words:
    return read_table(_Words, __package__, "defacement.yaml")


@cache
def _spam_by_stem() -> dict[str, list[str]]:
    words = _words()
    return {stem: [word for word in words.spam if stem in word] for stem in words.spam_stems}


@cache
def _simplified() -> dict[int, str]:
    pairs = "".join(_words().traditional.split())
    return {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")


@cache
def _disguised() -> re.Pattern[str]:
    """What a text is read again for, so that all others cost one look."""
    return re.compile(f"[{_DISGUISES}{''.join(map(chr, _simplified()))}]")


_ASCII, _BEYOND = bytes(range(128)), bytes(range(128, 256))


@dataclass(frozen=True)
class _Text:
    """What people read, and which of the words that lead to a closer look are in it: found in one go for all lists.

    Latin words are looked for in what is ASCII, in lower case. Of the others only those are whose first and last
    characters stand in what is not: single characters are found fastest.
    """

    shown: str

    @cached_property
    def lower(self) -> str:
        return self.shown.lower()

    @cached_property
    def beyond(self) -> str:
        """All that is not ASCII."""
        return "" if self.shown.isascii() else self._without(_ASCII).decode("utf-8", "replace")

    @cached_property
    def stems(self) -> frozenset[str]:
        shown, beyond, stems = self.shown, self.beyond, _stems()
        plain = self._without(_BEYOND).decode("ascii").lower()
        found = [word for alike in stems.latin if alike.any.search(plain) for word in alike.words if word in plain]
        if beyond:
            near = [word for first, last, word in stems.others if last in beyond and first in beyond]
            found += [word for word in near if word in shown]
        return frozenset(found)

    def has(self, words: tuple[str, ...]) -> list[str]:
        """Which of one list are in it."""
        return [word for word in words if word in self.stems] if self.stems else []

    def _without(self, those: bytes) -> bytes:
        return self.shown.encode("utf-8", "replace").translate(None, those)


class _Alike(NamedTuple):
    """Words that begin with the same character, and a pattern for any of them."""

    words: tuple[str, ...]
    any: re.Pattern[str]


class _Stems(NamedTuple):
    """All that is looked for: Latin words by their first characters, the others after their first and last ones."""

    latin: tuple[_Alike, ...]
    others: tuple[tuple[str, str, str], ...]


@cache
def _stems() -> _Stems:
    words = _words()
    every = sorted({*words.stems, *words.spaced, *words.slogan_stems, *words.spam_stems})
    latin = [tuple(alike) for _, alike in groupby((word for word in every if word.isascii()), key=itemgetter(0))]
    others = [(word[0], word[-1], word) for word in every if not word.isascii()]
    return _Stems(tuple(_Alike(alike, re.compile("|".join(map(re.escape, alike)))) for alike in latin), tuple(others))


def title_signs(page: Page) -> tuple[DefacementSign, ...]:
    """What the title alone tells; costs next to nothing. Of an article it may be a headline."""
    title = _read(page.title)
    if title.has(_words().stems) and _words().lines.search(title.shown) and not _is_report(title.shown):
        return (_sign("title", page.title, sure=not page.is_article),)
    if (found := _advertised_in(title.shown)) and found not in page.text:
        return (_sign(ADVERTISED, without_spam(page.title), sure=False),)
    return ()


def _advertised_in(title: str) -> str:
    """What a title advertises; empty for one that warns of it."""
    found = _words().titles.search(title)
    return "" if found is None or _is_report(title) or _opposed(title) else found[0]


def advertises(title: str) -> bool:
    """Whether a title advertises what is often sold on pages that were taken over."""
    return bool(_advertised_in(_read(title).shown))


def signs(page: Page) -> tuple[DefacementSign, ...]:
    """What the title, the text and what scripts show tell, the surest first."""
    found = [*title_signs(page), *_shown_by_scripts(page), *_shown_by_styles(page)]
    text = _read(page.text[:MAX_TEXT])
    lines, slogans = (list(islice(find(page, text), MAX_SIGNS)) for find in (_in_text, _slogans))
    found += lines or islice(_alone(page, text, slogans), MAX_SIGNS)
    found += slogans
    found += islice(_advertising(page, text), 1)
    found += islice(_in_captions(page, frozenset(one.excerpt for one in found)), MAX_SIGNS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.sure)[:MAX_SIGNS])


def _in_text(page: Page, text: _Text) -> Iterator[DefacementSign]:
    stems = text.has(_words().stems)
    if not stems:
        return
    for line in _lines_with(stems, text):
        if _words().lines.search(line) and not _is_report(line) and (_is_signature(line) or not _reports(page)):
            mild = page.is_article or _words().mild.search(line) is not None or _is_headline(page, line)
            yield _sign("line", line, sure=not mild)


def _reports(page: Page) -> bool:
    return _opposed(page.title) and page.is_article


def _alone(page: Page, text: _Text, slogans: Sequence[DefacementSign]) -> Iterator[DefacementSign]:
    """What stands on a page with hardly anything else, unless it is by those who write about it."""
    if len(text.shown) >= SHORT or _opposed(page.title) or _opposed(text.lower):
        return
    if slogans and len(text.shown) < BARE and not page.is_article:
        yield from (replace(sign, kind="word") for sign in slogans)
    said = f"{page.title}\n{text.shown}"
    if may_be_bare(said.lower()):
        yield from (_sign("word", found, sure=False) for found in left_behind(said, _is_told))


def _is_told(line: str) -> bool:
    """Whether a line reports; questions in Latin letters are asked by defacers too."""
    return _is_report(line.replace("?", "") if not _CHINESE.search(line) else line)


def _slogans(page: Page, text: _Text) -> Iterator[DefacementSign]:
    shown, words = text.shown, _words()
    if not text.has(words.slogan_stems) or any(word in page.title for word in words.told_by):
        return
    for found in islice(words.slogans.finditer(shown), MAX_LINES):
        start, end = max(found.start() - _BESIDE, 0), found.end() + _BESIDE
        before, after = shown[start : found.start()].rpartition("\n")[2], shown[found.end() : end].partition("\n")[0]
        if not any(word in before + found[0] + after for word in words.unlike):
            yield _sign(SLOGAN, before[-_LED_BY:] + found[0] + after[:_LED_BY], sure=False)


def _advertising(page: Page, text: _Text) -> Iterator[DefacementSign]:
    lines, named = _advertised(page, text)
    if _is_spam(lines, named) and (shown := _in_sight(page, lines, named)):
        yield DefacementSign("spam", "、".join(map(_hinted, shown[:6])))
    elif leads := _advertises(page, lines, named):
        yield DefacementSign(ADVERT, "、".join(map(_hinted, leads)))


def _is_spam(lines: Sequence[str], named: Sequence[str]) -> bool:
    return len(named) >= _words().spam_words or (bool(named) and len(lines) >= _words().spam_lines)


def _in_sight(page: Page, lines: Sequence[str], named: Sequence[str]) -> list[str]:
    """The words that are spam without the links that nobody sees; none where they are too few for that."""
    lines = [line for line in in_sight(page, lines, named) if any(word in line for word in named)]
    shown = [word for word in named if any(word in line for line in lines)]
    return shown if _is_spam(lines, shown) else []


def _in_captions(page: Page, told: frozenset[str]) -> Iterator[DefacementSign]:
    """Words that stand for pictures: a person is asked."""
    captions = "\n".join(islice((link.text for link in page.links if link.kind == "img"), MAX_CAPTIONS))
    if not captions:
        return
    text = _read(captions)
    for line in _lines_with(text.has(_words().stems), text):
        if _words().lines.search(line) and not _is_report(line):
            sign = _sign("caption", line, sure=False)
            if sign.excerpt not in told:
                yield sign


def _hinted(word: str) -> str:
    return word[0] + "*" * max(len(word) - 2, 1) + word[2:][-1:]


def without_spam(text: str) -> str:
    """``text`` with the words of spam in it as they may be shown."""
    lower = text.lower()
    for word in _words().spam:
        if word in lower:
            text = re.sub(re.escape(word), _hinted(word), text, flags=re.IGNORECASE)
    return text


def _read(text: str) -> _Text:
    """Letters in full width, set apart or between invisible characters as others, traditional as simplified ones."""
    read = _Text(text)
    if _disguised().search(read.beyond):
        text = _INVISIBLE.sub("", text)
        text = normalize("NFKC", text) if _WIDE.search(text) else text
        read = _Text(text.translate(_simplified()) if _traditional().search(text) else text)
    if read.has(_words().spaced):
        return _Text(_SET_APART.sub(lambda found: found[0].replace(" ", ""), read.shown))
    return read


def _is_report(line: str) -> bool:
    """Whether a line asks, quotes, warns or advises: such words prove nothing then. A signature stays one."""
    return _words().reports.search(line) is not None and not _is_signature(line)


def _is_signature(line: str) -> bool:
    return _words().signatures.search(line) is not None


def _is_headline(page: Page, line: str) -> bool:
    """Whether the line is a link, as in lists, whose words are those of what it leads to."""
    words = len(_NO_WORDS.sub("", line))
    return any(2 * len(link.text) > words and link.text in line for link in page.links if link.kind == "a")


def _lines_with(stems: Sequence[str], text: _Text) -> Iterator[str]:
    """The lines of a text with one of the stems, each once, in their order."""
    lower = text.lower
    shown = text.shown if len(text.shown) == len(lower) else lower
    found = dict[int, str]()
    for stem in stems:
        at = lower.find(stem)
        while at >= 0:
            start, end = lower.rfind("\n", 0, at) + 1, lower.find("\n", at)
            end = len(lower) if end < 0 else end
            if _LEAST <= end - start <= MAX_LINE:
                found[start] = shown[start:end]
            at = lower.find(stem, end)
    return (found[start] for start in sorted(found))


def _advertised(page: Page, text: _Text) -> tuple[list[str], list[str]]:
    """The lines with words of spam that neither speak against it nor list venues, and these words, unless quoted."""
    lower, stems = text.lower, text.has(_words().spam_stems)
    present = [*dict.fromkeys(word for stem in stems for word in _spam_by_stem()[stem] if word in lower)]
    if not present:
        return [], []
    every, listed = lower.split("\n"), _lists(page.title) or _opposed(page.title)
    named = [at for at, line in enumerate(every) if any(word in line for word in present)]
    lines = [every[at] for at in named if not _excused(every, at, listed=listed)]
    return lines, [word for word in present if any(word in line and f"“{word}" not in line for line in lines)]


def _excused(lines: Sequence[str], at: int, *, listed: bool) -> bool:
    """Whether a line, or prose beside it, is by those who fight it, or names venues."""
    line = lines[at]
    beside = [one for one in lines[max(at - 1, 0) : at + 2] if "。" in one] if "。" in line else []
    return _lists(line) or any(map(_opposed, (line, *beside))) or (listed and "。" not in line and len(line) < MAX_LINE)


def _lists(text: str) -> bool:
    return any(word in text for word in _words().listed)


def _advertises(page: Page, lines: Sequence[str], named: Sequence[str]) -> list[str]:
    """The words among them whose line leads to another website."""
    if not named:
        return []
    own = registrable(host_of(page.url))
    found = (one for one in page.links if one.kind == "a" and len(one.text) > 1 and one.target)
    leads = {one.text.lower() for one in islice(found, MAX_LINKS) if registrable(host_of(one.target)) != own}
    leading = [line for line in lines[:MAX_LINES] if any(words in line for words in leads)]
    return [word for word in named if any(word in line for line in leading)]


def _opposed(text: str) -> bool:
    """Whether this is written by those who fight it."""
    return any(word in text for word in _words().against)


def _shown_by_scripts(page: Page) -> Iterator[DefacementSign]:
    """Words that a script puts before the visitor's eyes."""
    for script in page.scripts[:MAX_SCRIPTS]:
        if script.inline and any(sign in script.inline for sign in _TELLS):
            for found in islice(_QUOTED.finditer(script.inline), MAX_SCRIPTS):
                if _words().lines.search(found[1]) and not _is_report(found[1]):
                    yield _sign("script", found[1], sure=True)


def _shown_by_styles(page: Page) -> Iterator[DefacementSign]:
    """Words that a style rule puts before or behind an element."""
    sheets = (piece.partition("</style")[0] for piece in page.html.split("<style", MAX_SHEETS)[1:])
    for found in islice(chain.from_iterable(map(_WRITTEN.finditer, sheets)), MAX_SCRIPTS):
        if _words().lines.search(found[1]) and not _is_report(found[1]):
            yield _sign("style", found[1], sure=True)


def _sign(kind: str, words: str, *, sure: bool) -> DefacementSign:
    return DefacementSign(kind, defanged_text(masked_excerpt(words, _SHOWN)), sure)
