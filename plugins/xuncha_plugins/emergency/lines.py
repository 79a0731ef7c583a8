"""The lines of a document as they are judged: normalised, and where the format breaks paragraphs, joined again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xuncha.api import DocumentKind, DocumentLocator, DocumentText, EvidenceFile, Passage, Where, passages

LONGEST = 2_000
"""Characters of one line; what is longer is cut at the end of a sentence."""

_BROKEN = frozenset({DocumentKind.PDF, DocumentKind.OFD, DocumentKind.TEXT, DocumentKind.IMAGE})
"""These know lines where others know paragraphs."""

_CIRCLED = {0x2460 + n: f"({n + 1})" for n in range(20)} | dict.fromkeys(map(ord, "✕╳☓✖"), "×")
_BLANKS = re.compile(r"[^\S\t]+")
_TABS = re.compile(r" ?\t[ \t]*")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff](?![\u4e00-\u9fff]))+")
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第?\s?\d{1,3}\s?页?|[IVX]{1,5})(?:\s?[/共]\s?\d{1,3}\s?页?)?[-—–\s]*")
_ENDS = re.compile(r"[。;:!?.)\]」”》]$|\d{7}$")
_STARTS = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[章节条]|[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,3}[)、.]"
    r"|附[件录表]|目录|\d{4}年\d{1,2}月\d{0,2}日?$"
)
_SENTENCE_END = re.compile(r"[。;!?]")
_FULL = 0.85
"""The share of the usual width from which a line is taken for broken."""

_NARROWEST = 56
_OFTEN = 3
_HEADER = 40


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` has single blanks between words and tabs between cells; ``packed`` is without blanks.

    ``written`` is the line as it stands in the document.

    ``aside`` marks headers, footers and comments.
    """

    text: str
    packed: str
    locator: DocumentLocator
    aside: bool = False
    written: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is the row of a table."""
        return "\t" in self.text


@dataclass(frozen=True, slots=True)
class _Given:
    """A passage, and how it is written."""

    plain: Passage
    written: str

    @property
    def text(self) -> str:
        return self.plain.text

    def with_more(self, more: "_Given") -> "_Given":
        """The line that goes on in the next one."""
        return _Given(replace(self.plain, text=self.text + more.text), self.written + more.written)


def lines_of(file: EvidenceFile, document: DocumentText, place: str) -> list[Line]:
    """The lines of ``document``, which was read from ``file``, with ``place`` in their locators."""
    notes = tuple(part for part in document.parts if part.where is Where.NOTE)
    body = replace(document, parts=tuple(part for part in document.parts if part.where is not Where.NOTE))
    given = [_Given(_plain(one), one.text) for one in passages(file, body, place)]
    if document.kind in _BROKEN:
        given = list(_joined(_without_headers(given)))
    found = [line for one in given if one.plain.text for line in _cut(one)]
    asides = [_Given(_plain(one), one.text) for one in passages(file, replace(document, parts=notes), place)]
    return found + [line for one in asides if one.plain.text for line in _cut(one, aside=True)]


def plain(text: str) -> str:
    """``text`` with one form for each character, and without blanks between letters that were only spaced out."""
    text = unicodedata.normalize("NFKC", text.translate(_CIRCLED))
    text = _TABS.sub("\t", _BLANKS.sub(" ", text)).strip(" \n")
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a line; rows of tables are one."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def sentence_at(text: str, at: int) -> str:
    """The sentence in which a position stands."""
    start = max(text.rfind(mark, 0, at) for mark in "。;!?") + 1
    found = _SENTENCE_END.search(text, at)
    return text[start : found.end() if found else len(text)]


def _plain(one: Passage) -> Passage:
    return replace(one, text=plain(one.text))


def _without_headers(given: list[_Given]) -> Iterator[_Given]:
    """Page numbers, and what stands on page after page, are no part of the text."""
    pages = {(one.text, one.plain.locator.page_number) for one in given if len(one.text) <= _HEADER}
    often = {text for text, count in Counter(text for text, _ in pages).items() if count >= _OFTEN}
    for one in given:
        if one.plain.locator.page_number is None or (one.text not in often and not _PAGE_NUMBER.fullmatch(one.text)):
            yield one


def _joined(given: Iterable[_Given]) -> Iterator[_Given]:
    """Paragraphs of which each line but the last fills the page."""
    given = list(given)
    full = _FULL * _usual_width(given)
    open_: _Given | None = None
    last = ""
    for one in given:
        if open_ and _goes_on(last, one.text, full) and len(open_.text) < LONGEST:
            open_ = open_.with_more(one)
        else:
            if open_:
                yield open_
            open_ = one
        last = one.text
    if open_:
        yield open_


def _goes_on(above: str, below: str, full: float) -> bool:
    return _width(above) >= full and not _ENDS.search(above) and not _STARTS.match(below) and "\t" not in above + below


def _usual_width(given: list[_Given]) -> float:
    widths = sorted(_width(one.text) for one in given)
    return max(widths[len(widths) * 9 // 10], _NARROWEST) if widths else _NARROWEST


def _width(text: str) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in text[:LONGEST])


def _cut(one: _Given, *, aside: bool = False) -> Iterator[Line]:
    start, text = 0, one.text
    while start < len(text):
        end = start + LONGEST
        end = len(text) if len(text) <= end else (text.rfind("。", start, end) + 1 or end)
        piece, start = text[start:end], end
        yield Line(piece, piece.replace(" ", ""), one.plain.locator, aside, one.written)
