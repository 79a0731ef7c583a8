"""Accidents of writing: a list of wrong forms (``typos.yaml``), with guards for texts in which a form is right."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from xuncha.api import Page, Table, masked_excerpt, read_table
from xuncha_plugins.content.lexicon import Hit, around
from xuncha_plugins.content.words_facts import Answer, Grade, Typo

MOST_TYPOS = 500
_NEAR = 40
_CORRECTED = 20
_SAME = 8
_QUOTES = {"“": "”", "‘": "’", "「": "」", '"': '"', "'": "'"}


class _Guards(Table):
    """What makes a form right: what it follows, what follows it; ``closed``: any Chinese character that follows it."""

    preceded: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    closed: bool = False


class _Form(_Guards):
    """A wrong form; ``contiguous`` ones count only as the markup has them: two links of a menu may read like one."""

    wrong: str
    right: str
    contiguous: bool = False


class _Doubled(_Guards):
    """Words of which a part is written twice; the whole word where ``twice`` names none."""

    words: tuple[str, ...]
    twice: tuple[str, ...] = ()

    def forms(self) -> Iterator[_Form]:
        """Each word with each part of it doubled."""
        for word in self.words:
            for part in self.twice or (word,):
                if part not in word:
                    raise ValueError(f"typos.yaml: {part!r} is no part of {word!r}")
                yield _Form(
                    wrong=word.replace(part, part * 2, 1),
                    right=word,
                    preceded=self.preceded,
                    followed=self.followed,
                    closed=self.closed,
                    contiguous=True,
                )


class _Group(Table):
    grade: Grade
    answer: Answer
    source: str
    forms: tuple[_Form, ...] = ()
    doubled: tuple[_Doubled, ...] = ()

    def all_forms(self) -> Iterator[_Form]:
        """Those that are written out, and those made by doubling."""
        yield from self.forms
        for doubled in self.doubled:
            yield from doubled.forms()


class _Table(Table):
    talk: tuple[str, ...]
    heads: tuple[str, ...]
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    form: _Form
    grade: Grade
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Rules:
    by_word: dict[str, _Rule]
    talk: re.Pattern[str]
    heads: frozenset[str]


@cache
def _rules() -> _Rules:
    table = read_table(_Table, __package__, "typos.yaml")
    by_word: dict[str, _Rule] = {}
    for group in table.groups:
        for form in group.all_forms():
            if form.wrong in by_word or form.wrong in form.right:
                raise ValueError(f"typos.yaml: {form.wrong!r} stands there twice, or is part of its right form")
            by_word[form.wrong] = _Rule(form, group.grade, group.answer)
    return _Rules(by_word, re.compile("|".join(map(re.escape, table.talk))), frozenset(table.heads))


def wrong_forms() -> Iterable[str]:
    """The words to look for."""
    return _rules().by_word


def typos_in(page: Page, text: str, hits: Iterable[Hit]) -> Iterator[Typo]:
    """The wrong forms of a page, each once; where a form is right, or is written about, it is none."""
    found: dict[str, Typo] = {}
    for hit in hits:
        rule = _rules().by_word[hit.word]
        if not _is_wrong(text, hit, rule.form) or (rule.form.contiguous and hit.word not in page.html):
            continue
        if first := found.get(hit.word):
            found[hit.word] = replace(first, count=first.count + 1)
        else:
            excerpt = masked_excerpt(around(text, hit), 80)
            form = rule.form
            found[hit.word] = Typo(page.url, page.depth, form.wrong, form.right, rule.grade, rule.answer, excerpt)
    if found and not _is_about_typos(page):
        yield from found.values()


class TypoTally:
    """The typos of all pages; the same words in the frame of every page are one."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Typo] = {}
        self.complete = True

    def add(self, typo: Typo) -> None:
        """Count a typo of a page."""
        at = typo.excerpt.find(typo.wrong)
        same = typo.wrong, typo.excerpt[max(0, at - _SAME) : at + len(typo.wrong) + _SAME]
        if first := self._found.get(same):
            self._found[same] = replace(first, pages=first.pages + 1)
        elif len(self._found) < MOST_TYPOS:
            self._found[same] = typo
        else:
            self.complete = False

    def typos(self) -> tuple[Typo, ...]:
        """All that were counted, in the order of the crawl."""
        return tuple(self._found.values())


def _is_about_typos(page: Page) -> bool:
    """Whether a page says by its title, a heading or the head of a table that it lists typos."""
    rules = _rules()
    titles = [page.title, *(heading.text for heading in page.select("h1, h2, h3, h4"))]
    if any(rules.talk.search(title) for title in titles):
        return True
    return any(head.text.strip() in rules.heads for head in page.select("th, thead td, tr:first-child > td"))


def _is_wrong(text: str, hit: Hit, form: _Form) -> bool:
    before, after = text[max(0, hit.start - _NEAR) : hit.start], text[hit.end : hit.end + _NEAR]
    if before.endswith(form.preceded) or after.startswith(form.followed):
        return False
    if form.closed and "\u4e00" <= after[:1] <= "\u9fff":
        return False
    if not form.contiguous and form.right in after[: _CORRECTED + len(form.right)]:
        return False
    quoted = _QUOTES.get(before[-1:]) == after[:1] != ""
    return not quoted and not _rules().talk.search(before + after)
