"""What defacers write on the pages that they take over (``defacement.yaml``), told from those who report on it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
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

MAX_TEXT = 200_000
MAX_LINE = 80
SHORT = 600
"""A page with fewer visible characters holds little else than what is looked at."""

ADVERT = "advert"
"""A line with a word of spam that leads to another website: tells something where it was added to an approved page."""

SLOGAN = "slogan"
"""What demonstrators shout, which museums tell about as well: tells something where an approved page had none."""

NEW_ALONE = (ADVERT, SLOGAN)
"""Kinds that say nothing of a page that was not approved without them."""

MAX_SIGNS = 4
MAX_SCRIPTS = 40
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
    doubtful: OneOf
    slogan_stems: tuple[str, ...]
    slogans: OneOf
    unlike: tuple[str, ...]
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


def title_signs(page: Page) -> tuple[DefacementSign, ...]:
    """What the title alone tells; costs next to nothing. Of an article it may be a headline."""
    title, _ = _plain(page.title)
    if not _words().lines.search(title) or _is_report(title):
        return ()
    return (_sign("title", page.title, sure=not page.is_article),)


def signs(page: Page) -> tuple[DefacementSign, ...]:
    """What the title, the text and what scripts show tell, the surest first."""
    found = [*title_signs(page), *_shown_by_scripts(page), *_shown_by_styles(page)]
    text, lower = _plain(page.text[:MAX_TEXT])
    found += islice(_in_text(page, text, lower), MAX_SIGNS)
    found += islice(_slogans(text), MAX_SIGNS)
    found += islice(_advertising(page, lower), 1)
    found += islice(_in_captions(page, frozenset(one.excerpt for one in found)), MAX_SIGNS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.sure)[:MAX_SIGNS])


def _in_text(page: Page, text: str, lower: str) -> Iterator[DefacementSign]:
    stems = _stems_in(lower)
    if not stems:
        return
    short, reports = len(text) < SHORT, page.is_article and _opposed(page.title)
    for line in _lines_with(stems, text, lower):
        if _words().lines.search(line) and not _is_report(line) and not (reports and not _is_signature(line)):
            yield _sign("line", line, sure=not (page.is_article or _is_headline(page, line)))
    if short and not reports and not _opposed(text):
        yield from (_sign("word", found[0], sure=False) for found in _words().doubtful.finditer(text))


def _slogans(text: str) -> Iterator[DefacementSign]:
    if not any(stem in text for stem in _words().slogan_stems):
        return
    for found in islice(_words().slogans.finditer(text), MAX_LINES):
        start, end = max(found.start() - _BESIDE, 0), found.end() + _BESIDE
        before, after = text[start : found.start()].rpartition("\n")[2], text[found.end() : end].partition("\n")[0]
        if not any(word in before + found[0] + after for word in _words().unlike):
            yield _sign(SLOGAN, before[-_LED_BY:] + found[0] + after[:_LED_BY], sure=False)


def _advertising(page: Page, lower: str) -> Iterator[DefacementSign]:
    lines, named = _advertised(page, lower)
    if len(named) >= _words().spam_words or (named and len(lines) >= _words().spam_lines):
        yield DefacementSign("spam", "、".join(map(_hinted, named[:6])))
    elif leads := _advertises(page, lines, named):
        yield DefacementSign(ADVERT, "、".join(map(_hinted, leads)))


def _in_captions(page: Page, told: frozenset[str]) -> Iterator[DefacementSign]:
    """Words that stand for pictures: a person is asked."""
    captions = (link.text for link in page.links if link.kind == "img" and link.text)
    text, lower = _plain("\n".join(islice(captions, MAX_CAPTIONS)))
    for line in _lines_with(_stems_in(lower), text, lower):
        if _words().lines.search(line) and not _is_report(line):
            sign = _sign("caption", line, sure=False)
            if sign.excerpt not in told:
                yield sign


def _stems_in(lower: str) -> list[str]:
    return [stem for stem in _words().stems if stem in lower]


def _hinted(word: str) -> str:
    return word[0] + "*" * max(len(word) - 2, 1) + word[2:][-1:]


def without_spam(text: str) -> str:
    """``text`` with the words of spam in it as they may be shown."""
    lower = text.lower()
    for word in _words().spam:
        if word in lower:
            text = re.sub(re.escape(word), _hinted(word), text, flags=re.IGNORECASE)
    return text


def _plain(text: str) -> tuple[str, str]:
    """What people see, and the same in lower case.

    Letters in full width, set apart or between invisible characters read as others do; traditional characters as
    simplified ones.
    """
    if _disguised().search(text):
        text = _INVISIBLE.sub("", text)
        text = normalize("NFKC", text) if _WIDE.search(text) else text
        text = text.translate(_simplified()) if _traditional().search(text) else text
    lower = text.lower()
    if any(one in lower for one in _words().spaced):
        text = _SET_APART.sub(lambda found: found[0].replace(" ", ""), text)
        lower = text.lower()
    return text, lower


def _is_report(line: str) -> bool:
    """Whether a line asks, quotes, warns or advises: such words prove nothing then. A signature stays one."""
    return _words().reports.search(line) is not None and not _is_signature(line)


def _is_signature(line: str) -> bool:
    return _words().signatures.search(line) is not None


def _is_headline(page: Page, line: str) -> bool:
    """Whether the line is a link, as in lists, whose words are those of what it leads to."""
    words = len(_NO_WORDS.sub("", line))
    return any(2 * len(link.text) > words and link.text in line for link in page.links if link.kind == "a")


def _lines_with(stems: Sequence[str], text: str, lower: str) -> Iterator[str]:
    """The lines of a text with one of the stems, each once, in their order."""
    shown = text if len(text) == len(lower) else lower
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


def _advertised(page: Page, lower: str) -> tuple[list[str], list[str]]:
    """The lines with words of spam that neither speak against it nor list venues, and these words, unless quoted."""
    stems = (stem for stem in _words().spam_stems if stem in lower)
    present = [*dict.fromkeys(word for stem in stems for word in _spam_by_stem()[stem] if word in lower)]
    if not present:
        return [], []
    every, listed = lower.split("\n"), _lists(page.title)
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
    if "<style" in page.html:
        for found in islice(_WRITTEN.finditer(page.html), MAX_SCRIPTS):
            if _words().lines.search(found[1]) and not _is_report(found[1]):
                yield _sign("style", found[1], sure=True)


def _sign(kind: str, words: str, *, sure: bool) -> DefacementSign:
    return DefacementSign(kind, defanged_text(masked_excerpt(words, _SHOWN)), sure)
