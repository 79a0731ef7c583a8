"""A page's visible text in one string, with the place of every element and link in it.

What a reader sees side by side or below each other stays apart: blocks and table cells by a line feed, inline
elements by ``JOINT``, which counts as white space. So a pattern can be looked for in the whole page at once, and
where a match stands is known by comparing positions. Building it is linear, however deep elements lie in each other.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from turbohtml import Document, Text
from turbohtml import Element as Node

from xuncha.page.embedded import written
from xuncha.page.notes import MAX_RAW
from xuncha.page.values import Link

JOINT = "\x1f"

_DEEPEST = 100
_SHORT_SCRIPT = 300
_BLANKS = re.compile(r"\s+")

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
    ``text[starts[n]:ends[n]]`` and the elements up to ``lasts[n]``. ``links[i]`` is where element ``anchors[i]`` leads.
    """

    __slots__ = ("anchors", "ends", "lasts", "links", "nodes", "parents", "starts", "tags", "text")

    def __init__(self, document: Document, links: Iterable[Link]) -> None:
        self.nodes: list[Node] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lasts: list[int] = []
        self.anchors: list[int] = []
        self.links: list[Link] = []
        body = document.find("body")
        self.text = self._lay_out(body) if body is not None else ""
        self._match(links)

    def words(self, element: int) -> str:
        """The text of an element in one line."""
        return self.between(self.starts[element], self.ends[element])

    def between(self, start: int, end: int) -> str:
        """A piece of the text in one line."""
        return " ".join(self.text[start:end].split())

    def links_in(self, element: int) -> range:
        """Which of ``links`` start inside an element or from it."""
        return range(bisect_left(self.anchors, element), bisect_right(self.anchors, self.lasts[element]))

    def element_at(self, position: int) -> int:
        """The smallest element that holds a position of the text, as far as it lies no deeper than honest pages do."""
        element = max(bisect_right(self.starts, position) - 1, 0)
        for _ in range(_DEEPEST):
            if element <= 0 or self.ends[element] > position:
                break
            element = self.parents[element]
        return element

    def _lay_out(self, body: Node) -> str:
        """Walk the tree without recursion and return its text. Written for speed: a number closes that element."""
        parts: list[str] = []
        length, above = 0, -1
        stack: list[object] = [body]
        while stack:
            node = stack.pop()
            if type(node) is Text:
                part = node.data
                if "\n" in part or "  " in part:
                    part = _BLANKS.sub(" ", part)
            elif type(node) is int:
                self.ends[node] = length
                self.lasts[node] = len(self.nodes) - 1
                above = self.parents[node]
                part = JOINT if self.tags[node] in _INLINE else "\n"
            elif type(node) is Node and (tag := node.tag) not in _UNSEEN:
                part = JOINT if tag in _INLINE else "\n"
                above = self._open(node, tag, above, length + 1)
                stack.append(above)
                stack.extend(node.children[::-1])
            elif type(node) is Node and tag == "script" and len(script := node.text) <= _SHORT_SCRIPT:
                part = written(script)
            else:
                continue
            parts.append(part)
            length += len(part)
        return "".join(parts)

    def _open(self, node: Node, tag: str, parent: int, start: int) -> int:
        number = len(self.nodes)
        self.nodes.append(node)
        self.tags.append(tag)
        self.parents.append(parent)
        self.starts.append(start)
        self.ends.append(start)
        self.lasts.append(number)
        if tag == "a":
            self.anchors.append(number)
        return number

    def _match(self, links: Iterable[Link]) -> None:
        """Find the link of each anchor; links in drawings and the like have no anchor here, named anchors no link."""
        anchors, self.anchors = self.anchors, []
        rest = iter(links)
        for number in anchors:
            href, line = self.nodes[number].attr("href"), self.nodes[number].source_line
            if href is None:
                continue
            raw = href[:MAX_RAW]
            link = next((link for link in rest if link.raw == raw and link.line == line), None)
            if link is None:
                return
            self.anchors.append(number)
            self.links.append(link)
