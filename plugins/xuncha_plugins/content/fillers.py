"""Test and placeholder words that an editor or a template left behind (``fillers.yaml``).

The word 测试 is in many honest texts. So a whole title, a whole link or a whole line must be test words; within a
sentence only what no sentence holds counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from xuncha.api import Link, OneOf, Page, Table, masked_excerpt, read_table
from xuncha_plugins.content.lexicon import Hit, line_of
from xuncha_plugins.content.unfinished import is_byline, is_frame
from xuncha_plugins.content.words_facts import Filler

MOST_FILLERS = 500
_LONGEST_NAME = 30
_LONGEST_LINE = 200
_MOST_HITS = 200
_MOST_SHOWN = 5
_SEGMENTS = re.compile(r"\s*[_|｜—–]+\s*|\s+-+\s+|(?<=[^\x00-\x7f])-+")
_LATIN = "orem ipsum dolor"
_LATIN_LINE = re.compile("(?i)ipsum|dolor|amet|consectetur|adipiscing|vestibulum|pellentesque")
_WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]+")
_OTHER_WORDS = 60
"""A page with more words beside its test words has something to say, and may quote them."""

_IN_ARTICLE = 0
"""The same of an article beside its byline: even a few words may announce a quotation."""


class _Rules(Table):
    triggers: tuple[str, ...]
    names: OneOf
    doubtful: OneOf
    titles: OneOf
    lines: OneOf
    phrases: OneOf
    beside_forms: OneOf


@cache
def _rules() -> _Rules:
    return read_table(_Rules, __package__, "fillers.yaml")


def triggers() -> Iterable[str]:
    """The words to look for."""
    return _rules().triggers


def title_filler(page: Page) -> Filler | None:
    """What the title of a page, before the name of its site, gives away."""
    title = _SEGMENTS.split(page.title[:_LONGEST_LINE].strip(), maxsplit=1)[0]
    if not title or len(title) > _LONGEST_NAME:
        return None
    if _rules().names.fullmatch(title):
        return Filler(page.url, page.depth, title, sure=True)
    if _rules().titles.fullmatch(title) or _rules().doubtful.fullmatch(title):
        return Filler(page.url, page.depth, title, sure=False)
    return None


def latin_filler(page: Page, text: str) -> Filler | None:
    """The Latin of typesetters."""
    at = text.find(_LATIN)
    return _in_text(page, text, text[max(0, at - 1) : at + 40].partition("\n")[0]) if at >= 0 else None


def text_filler(page: Page, text: str, hits: Iterable[Hit]) -> Filler | None:
    """The first line of a page that test words fill, or that holds what no sentence holds; links are another matter."""
    for line in dict.fromkeys(line_of(text, hit) for hit, _ in zip(hits, range(_MOST_HITS), strict=False)):
        if len(line) <= _LONGEST_LINE and _is_filler(line, page) and all(link.text != line for link in page.links):
            return _in_text(page, text, masked_excerpt(line, 60))
    return None


def _in_text(page: Page, text: str, words: str) -> Filler:
    """Words in the text of a page: certain only where the page has nothing else to say, and so doesn't quote them."""
    sure = _other_words(page, text) <= (_IN_ARTICLE if page.is_article else _OTHER_WORDS)
    return Filler(page.url, page.depth, words, sure, in_text=True)


def _other_words(page: Page, text: str) -> int:
    """How many words a page has beside links, the frame of every page, and test words."""
    linked = {link.text for link in page.links}
    lines = [line for line in map(str.strip, text.split("\n")) if line not in linked and line not in page.title]
    own = (line for line in lines if not (_LATIN_LINE.search(line) or _is_foot(line) or _is_filler(line, page)))
    return sum(len(_WORD.findall(line)) for line in own)


def link_fillers(page: Page) -> Iterator[Filler]:
    """The links of a page whose words are test words."""
    for link in page.links:
        if link.kind == "a" and link.target and 1 < len(link.text) <= _LONGEST_NAME:
            sure = _rules().names.fullmatch(link.text) is not None
            if sure or _rules().doubtful.fullmatch(link.text):
                yield _of_link(link, sure=sure)


def _of_link(link: Link, *, sure: bool) -> Filler:
    return Filler(link.page, link.depth, masked_excerpt(link.text, 60), sure, link.target, link.line)


def _is_filler(line: str, page: Page) -> bool:
    rules = _rules()
    if rules.lines.fullmatch(line) or rules.phrases.search(line):
        return True
    # A form tells its visitor where to write with nearly the same words.
    return rules.beside_forms.search(line) is not None and not any(len(form.fields) > 1 for form in page.forms)


def _is_foot(line: str) -> bool:
    """Whether a line belongs to the frame of every page or an article's byline, and holds no sentence."""
    return "。" not in line and (is_frame(line) or is_byline(line))


class FillerTally:
    """One for each page, and one for each target of links where the page itself gives nothing away.

    Doubtful links of one page are one doubt.
    """

    def __init__(self) -> None:
        self._pages: dict[str, Filler] = {}
        self._links: dict[str, Filler] = {}
        self.complete = True

    def add(self, filler: Filler) -> None:
        """Count what was found; the first of a page or a target stands for it, a sure one rather than a doubt."""
        kept, name = (self._links, filler.target) if filler.target else (self._pages, filler.url)
        first = kept.get(name)
        if first is None and len(self._pages) + len(self._links) >= MOST_FILLERS:
            self.complete = False
        elif first is None or (filler.sure and not first.sure):
            kept[name] = filler

    def fillers(self) -> tuple[Filler, ...]:
        """All that were counted."""
        links = [link for target, link in self._links.items() if target not in self._pages]
        sure = (link for link in links if link.sure)
        return (*self._pages.values(), *sure, *_by_page(link for link in links if not link.sure))


def _by_page(doubts: Iterable[Filler]) -> Iterator[Filler]:
    """One for all doubtful links of a page: whoever looks at the page sees them all."""
    pages: dict[str, list[Filler]] = {}
    for doubt in doubts:
        pages.setdefault(doubt.url, []).append(doubt)
    for first, *others in pages.values():
        words = list(dict.fromkeys(link.words for link in (first, *others)))
        shown = [*words[:_MOST_SHOWN], "…"] if len(words) > _MOST_SHOWN else words
        yield replace(first, words=" / ".join(shown))
