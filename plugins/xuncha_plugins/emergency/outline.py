"""The outline of a plan: which lines are headings, what stands below each, and what is only a table of contents.

Levels are not known beforehand, because every office numbers in its own way: a kind of number that is new below the
current heading is one level deeper, a kind that is open already closes what lies between.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from xuncha_plugins.emergency.lines import Line

_NUMBER = "[一二三四五六七八九十百零〇\\d]{1,5}"
_NUMBERS = re.compile(
    rf"(?P<chapter>第{_NUMBER}[章篇部])|(?P<section>第{_NUMBER}节)|(?P<article>第{_NUMBER}条)|(?P<annex>附[件录表](?:{_NUMBER})?[:.、]?)"
    r"|(?P<major>[一二三四五六七八九十]{1,3}[、.,:])|(?P<minor>\([一二三四五六七八九十]{1,3}\)、?)"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3}\.?(?!\d))|(?P<round>\(\d{1,2}\)、?|\d{1,2}\))|(?P<plain>\d{1,2}[、.,](?!\d))"
    r"|(?P<bare>\d{1,2}(?= [\u4e00-\u9fff])|\d(?=[\u4e00-\u9fff]{2,10}$)(?!\d?[年月日天小个名人]))"
    r"|(?P<other>情况之[一二三四五六七八九十]|[◆●■▲★※][ ]?)"
)
_LEAD = re.compile(r"[。:\t;]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff(])")
_LONGEST_TITLE = 26
_LONGEST_PLAIN = 20
_NO_TITLE = re.compile(r"[,。;!?]")
_CONTENTS = re.compile(r"目录|CONTENTS", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^[^\t]{2,40}?(?:[.·…_]{3,} ?|\t)\d{1,3}$")


@dataclass(slots=True)
class Block:
    """A heading and what stands below it, sub-headings included; ``title`` is empty for numbered paragraphs.

    ``start`` and ``end`` bound its lines, that of the heading included; ``rest`` is what follows the title there.
    """

    title: str
    start: int
    rest: str
    kind: str
    end: int = 0


@dataclass(slots=True)
class Outline:
    """The lines without tables of contents, and the blocks in order. ``contents`` holds their entries."""

    lines: list[Line]
    blocks: list[Block] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)

    def body(self, block: Block) -> Iterator[Line]:
        """The lines below a heading."""
        return islice(self.lines, block.start + 1, block.end)

    def substance(self, block: Block, most: int = 500) -> int:
        """How many characters stand below a heading, counted up to ``most``."""
        count = len(block.rest.strip())
        for line in self.body(block):
            if count >= most:
                break
            count += len(line.packed.strip("\t"))
        return count

    @property
    def annex(self) -> int:
        """The line from which on annexes stand; what is to be filled in there is a form."""
        titled = 0
        for block in self.blocks:
            if block.kind == "annex" and titled >= 3:  # noqa: PLR2004 - the plan itself is often annexed to its notice
                return block.start
            titled += bool(block.title)
        return len(self.lines)


def outline_of(lines: Sequence[Line], is_title: Callable[[str], bool]) -> Outline:
    """The outline of ``lines``; ``is_title`` tells of an unnumbered short line whether it names a topic."""
    kept, contents = _without_contents(lines)
    outline = Outline(kept, contents=contents)
    open_: list[Block] = []
    for at, line in enumerate(kept):
        block = _block(line, at, is_title)
        if block is None:
            continue
        while any(one.kind == block.kind for one in open_):
            open_.pop().end = at
        if block.kind in _TOP:
            while open_:
                open_.pop().end = at
        open_.append(block)
        outline.blocks.append(block)
    for block in open_:
        block.end = len(kept)
    return outline


_TOP = frozenset({"chapter", "annex"})
"""Nothing stays open beside these."""


def _block(line: Line, at: int, is_title: Callable[[str], bool]) -> Block | None:
    numbered = _NUMBERS.match(line.text)
    if numbered:
        title, rest = _titled(line.text[numbered.end() :].strip(" 、.:"))
        return Block(title, at, rest, _kind(numbered))
    title, rest = _titled(line.text.strip(" 【】[]<>《》"), _LONGEST_PLAIN)
    if title and is_title(title) and (rest or not _NO_TITLE.search(line.text)):
        return Block(title, at, rest, "row" if line.is_row else "unnumbered")
    return None


def _kind(numbered: re.Match[str]) -> str:
    kind = numbered.lastgroup or ""
    return f"deep{numbered[0].strip('.').count('.')}" if kind == "deep" else kind


def _titled(text: str, most: int = _LONGEST_TITLE) -> tuple[str, str]:
    """The words before the first colon, stop, cell or blank, and the rest; no title where these are too long."""
    cut = _LEAD.search(text[: most + 2])
    title, rest = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    if cut and cut[0] in "。;" and not rest:  # a short sentence
        return "", text
    title = title.strip(" 【】[]()")
    if not 1 < len(title) <= most or _NO_TITLE.search(title):
        return "", text
    return title.replace(" ", ""), rest


def _without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What is left without tables of contents, and their entries."""
    kept: list[Line] = []
    contents: list[Line] = []
    table = _Contents()
    for line in lines:
        (contents if table.takes(line) else kept).append(line)
    return kept, contents


class _Contents:
    """Whether a line belongs to a table of contents, asked line after line.

    A table begins with its name and ends where its first entry comes again, or with what is no entry.
    """

    def __init__(self) -> None:
        self._open = False
        self._first = ""
        self._paged = False

    def takes(self, line: Line) -> bool:
        """Whether ``line`` is the name of a table of contents or one of its entries."""
        if _CONTENTS.fullmatch(line.packed):
            self._open, self._first = True, ""
            return True
        if not self._open:
            return _CONTENTS_LINE.match(line.text) is not None and _NUMBERS.match(line.text) is not None
        entry = _entry(line)
        paged = _CONTENTS_LINE.match(line.text) is not None
        if not self._first:
            self._first, self._paged = entry, paged
        elif entry == self._first:
            self._open = False
        self._open = self._open and _is_entry(line) and (paged or not self._paged)
        return self._open


def _is_entry(line: Line) -> bool:
    return len(line.packed) <= _LONGEST_ENTRY and not _NO_TITLE.search(line.text)


_LONGEST_ENTRY = 45


def _entry(line: Line) -> str:
    return line.text.rstrip("0123456789").rstrip(".·…_\t ").replace(" ", "")
