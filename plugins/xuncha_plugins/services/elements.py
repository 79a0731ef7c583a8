"""Finds the elements of a service guide in what a citizen reads: in tables, under headings, in lists, in lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xuncha_plugins.services.guide_words import GuideWords, guide_words

MAX_LINES = 4_000
MAX_LINE = 4_000
MAX_NAMED = 300
"""Names of elements that are noted on one page; a page with more describes many matters."""

MAX_VALUE = 3_000
_MOSTLY = 0.5
_PHRASE = 60
_FOOTER = re.compile(r"(?i)版\s?权\s?所\s?有|ICP\s?备|公\s?网\s?安\s?备|网\s?站\s?标\s?识\s?码|copyright")
_FOOTER_HEAD = re.compile(
    r"(?:网站)?(?:[主承]\s{0,4}办|维\s?护)\s?(?:单\s?位|方)?\s?[：:∶]|[^：:]{0,30}主办|网站地图|站点地图|关于我们|网站声明|友情链接"
)
_FOOTER_LINES = 8
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands on the page: the elements it stands for, and what is written behind it."""

    elements: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Elements:
    """What a page says of the elements of a guide, in the order of the page."""

    named: tuple[Named, ...]

    @property
    def present(self) -> frozenset[str]:
        """The elements that are named."""
        return frozenset(element for one in self.named for element in one.elements)

    def told(self, table: GuideWords) -> frozenset[str]:
        """The elements that the text behind the names speaks of, whether it names them or not."""
        return frozenset(element for element, (pattern, deaf) in table.told.items() if self._tells(pattern, deaf))

    def _tells(self, pattern: re.Pattern[str], deaf: frozenset[str]) -> bool:
        return any(pattern.search(one.value) for one in self.named if deaf.isdisjoint(one.elements))

    @property
    def is_filled(self) -> bool:
        """Whether most names have a value; else script writes the values, or they are pictures."""
        return sum(bool(one.value) for one in self.named) > _MOSTLY * len(self.named)

    @property
    def valued(self) -> frozenset[str]:
        """The elements of which something is said."""
        return frozenset(element for one in self.named if one.value for element in one.elements)

    def blank(self, table: GuideWords) -> frozenset[str]:
        """The elements of which every value says that there is none, where that is no answer."""
        said = {element for one in self.named for element in one.elements if not table.none.match(one.value)}
        return self.present - said - table.may_be_none

    def left_empty(self, names: Iterable[str], table: GuideWords) -> frozenset[str]:
        """The elements of which nothing is said anywhere, among those that ``names`` stand for."""
        return frozenset(element for name in names for element in table.of_line(name)) - self.valued

    def values(self, element: str) -> Iterator[str]:
        """What stands behind the names of an element."""
        return (one.value for one in self.named if element in one.elements)


def elements_in(text: str) -> Elements:
    """The elements that a page's visible text names, line by line."""
    table = guide_words()
    found: list[tuple[tuple[str, ...], list[str]]] = []
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        if len(found) >= MAX_NAMED:
            break
        _read_line(line[:MAX_LINE], table, found)
    return Elements(tuple(Named(names, "\n".join(value).strip()[:MAX_VALUE]) for names, value in found))


def without_footer(text: str) -> str:
    """A page's text up to its footer, whose address and telephone are not those of the matter."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and _FOOTER.search(line)), None)
    if end is None:
        return text
    begin = next((at for at in range(max(end - _FOOTER_LINES, 0), end) if _FOOTER_HEAD.match(lines[at])), end)
    return "\n".join(lines[:begin])


def _read_line(line: str, table: GuideWords, found: list[tuple[tuple[str, ...], list[str]]]) -> None:
    if names := table.of_line(line):
        found.append((names, []))
        return
    at = 0
    for label in table.inline.finditer(line):
        _add_value(found, line[at : label.start()])
        found.append((table.of_label(_BLANKS.sub("", label[1] or label[2])), []))
        at = label.end()
    _add_value(found, line[at:])


def _add_value(found: list[tuple[tuple[str, ...], list[str]]], piece: str) -> None:
    if found and piece.strip():
        found[-1][1].append(piece.strip())


def catch_all_phrases(value: str) -> tuple[str, ...]:
    """The phrases among the materials that ask for whatever else somebody may want, in their order."""
    table = guide_words().catch_all
    taken: list[tuple[int, int]] = []
    for pattern in table.phrases:
        for found in pattern.finditer(value):
            overlaps = any(found.start() < end and start < found.end() for start, end in taken)
            before, behind = value[max(found.start() - 12, 0) : found.start()], value[found.end() : found.end() + 10]
            if not overlaps and not table.denied.search(before) and not table.goes_on.match(behind):
                taken.append(found.span())
    return tuple(dict.fromkeys(value[start:end][:_PHRASE] for start, end in sorted(taken)))


def online_claim(text: str) -> str:
    """The first words that promise handling from beginning to end online; empty where none do."""
    table = guide_words().online
    for found in table.claims.finditer(text):
        before, behind = text[max(found.start() - 16, 0) : found.start()], text[found.end() : found.end() + 14]
        if not table.denied.search(before) and not table.answered_no.match(behind):
            return found[0][:_PHRASE]
    return ""
