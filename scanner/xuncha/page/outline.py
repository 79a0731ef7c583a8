"""A page's visible text in one string, with the place of every element and link in it.

What a reader sees side by side or below each other stays apart: blocks and table cells by a line feed, inline
elements by ``JOINT``, which counts as white space. So a pattern can be looked for in the whole page at once, and
where a match stands is known by comparing positions. Building it is linear, however deep elements lie in each other.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from turbohtml import Document, Text
from turbohtml import Element as Node
from turbohtml import Node as AnyNode

from xuncha.page.embedded import written
from xuncha.page.notes import MAX_RAW
from xuncha.page.values import Link, Script

JOINT = "\x1f"

_DEEPEST = 100
_SHORT_SCRIPT = 300

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "ucapcontent", "ucaptitle", "var", "wbr",
))  # fmt: skip
_UNSEEN = frozenset((
    "audio", "canvas", "embed", "head", "iframe", "noembed", "noframes", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip


class Outline:
    """Elements by number, in the order of the document; 0 is the body. Empty where there is none.

    Element ``n`` is ``nodes[n]`` with the name ``tags[n]``, below ``parents[n]`` (-1 for the body). It holds the text
    ``text[starts[n]:ends[n]]``, the elements up to ``lasts[n]``, and the links from ``firsts[n]`` to before
    ``nexts[n]``; ``links[i]`` is where element ``anchors[i]`` leads.
    """

    __slots__ = (
        "anchors", "ends", "firsts", "lasts", "links", "nexts", "nodes", "parents", "starts", "tags", "text",
    )  # fmt: skip

    def __init__(self, document: Document, links: Iterable[Link]) -> None:
        self.nodes: list[Node] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lasts: list[int] = []
        self.anchors: list[int] = []
        self.firsts: list[int] = []
        self.nexts: list[int] = []
        body = document.find("body")
        self.text = self._lay_out(body) if body is not None else ""
        self.links = self._matched(list(links))

    def words(self, element: int) -> str:
        """The text of an element in one line."""
        return self.between(self.starts[element], self.ends[element])

    def between(self, start: int, end: int) -> str:
        """A piece of the text in one line."""
        return " ".join(self.text[start:end].split())

    def links_in(self, element: int) -> range:
        """Which of ``links`` start inside an element or from it."""
        return range(self.firsts[element], self.nexts[element])

    def element_at(self, position: int) -> int:
        """The smallest element that holds a position of the text, as far as it lies no deeper than honest pages do."""
        element = max(bisect_right(self.starts, position) - 1, 0)
        for _ in range(_DEEPEST):
            if element <= 0 or self.ends[element] > position:
                break
            element = self.parents[element]
        return element

    def _lay_out(self, body: Node) -> str:
        """Walk the tree without recursion and return its text. Most pages come by here, so it is written for speed."""
        parts: list[str] = []
        open_ones: list[tuple[Iterator[AnyNode], int]] = []
        rest: Iterator[AnyNode] = iter([body])
        length, above = 0, -1
        while True:
            for node in rest:
                if type(node) is Text:
                    part = node.data
                    if part.isspace():
                        part = " "
                    elif "\n" in part or "  " in part:
                        part = _in_one_line(part)
                elif type(node) is Node and (tag := node.tag) not in _UNSEEN:
                    parts.append(JOINT if tag in _INLINE else "\n")
                    length += 1
                    open_ones.append((rest, above))
                    rest, above = iter(node.children), self._open(node, tag, above, length)
                    break
                else:
                    part = _shown_by(node)
                parts.append(part)
                length += len(part)
            else:
                if above < 0:
                    return "".join(parts)
                self.ends[above] = length
                self.lasts[above] = len(self.nodes) - 1
                self.nexts[above] = len(self.anchors)
                parts.append(JOINT if self.tags[above] in _INLINE else "\n")
                length += 1
                rest, above = open_ones.pop()

    def _open(self, node: Node, tag: str, parent: int, start: int) -> int:
        number = len(self.nodes)
        self.nodes.append(node)
        self.tags.append(tag)
        self.parents.append(parent)
        self.starts.append(start)
        self.ends.append(start)
        self.lasts.append(number)
        self.firsts.append(len(self.anchors))
        self.nexts.append(0)
        if tag == "a" and node.attr("href") is not None:
            self.anchors.append(number)
        return number

    def _matched(self, links: list[Link]) -> list[Link]:
        """The link of each anchor; links in drawings and the like have no anchor here."""
        if len(links) == len(self.anchors):
            return links
        found: list[Link] = []
        rest = iter(links)
        for number in self.anchors:
            raw, line = (self.nodes[number].attr("href") or "")[:MAX_RAW], self.nodes[number].source_line
            link = next((link for link in rest if link.raw == raw and link.line == line), None)
            if link is None:
                break
            found.append(link)
        known = len(found)
        del self.anchors[known:]
        self.firsts = [min(number, known) for number in self.firsts]
        self.nexts = [min(number, known) for number in self.nexts]
        return found


def _in_one_line(text: str) -> str:
    """A text with runs of white space collapsed, also those at its ends."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{' '.join(text.split())}{after}"


def writes(script: Script) -> bool:
    """Whether a script may show words where it stands."""
    return "write" in script.inline and len(script.inline) <= _SHORT_SCRIPT


def _shown_by(node: AnyNode) -> str:
    """What a short script writes where it stands; nothing else that is unseen shows any words."""
    if type(node) is Node and node.tag == "script" and len(script := node.text) <= _SHORT_SCRIPT:
        return written(script)
    return ""
