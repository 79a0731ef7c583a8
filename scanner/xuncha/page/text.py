"""The visible text of a page: what a citizen reads, one line per block or table cell, white space collapsed.

Scripts, styles, templates, ``noscript`` and the fallback inside frames are left out. What CSS hides is kept, for only
a browser can tell.
"""

from turbohtml import Document, PlainText
from turbohtml import Element as Node

_RENDERING = PlainText(layout="strict", bullet="")
_UNSEEN = frozenset(("noscript", "iframe", "noembed", "noframes"))
# Rendered as plain boxes. Drawn as grids, tables of 20,000 cells can grow to a gigabyte of blanks; the others would
# be glued to what follows them.
_BOXES = frozenset(("table", "tr", "td", "th", "caption", "option", "legend", "center", "marquee"))
_CONCERNED = _UNSEEN | _BOXES
_BLANKS = ("\t", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}")


def visible_text(node: Document | Node) -> str:
    """The text of a document or of one element, which is left as it was."""
    unseen: list[tuple[Node, str]] = []
    boxes: list[tuple[Node, str]] = []
    for element in list(node.iter_elements(_CONCERNED, include_self=True)):
        tag = element.tag
        if tag in _BOXES:
            boxes.append((element, tag))
        else:
            unseen.append((element, element.text))
    return _tidy(_rendered(node, unseen, boxes))


def _rendered(node: Document | Node, unseen: list[tuple[Node, str]], boxes: list[tuple[Node, str]]) -> str:
    try:
        for element, _ in unseen:
            element.set_text("")
        for element, _ in boxes:
            element.tag = "div"
        return node.to_text(_RENDERING)
    finally:
        for element, text in unseen:
            element.set_text(text)
        for element, tag in boxes:
            element.tag = tag


def _tidy(text: str) -> str:
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    lines = text.split("\n")
    if "  " in text:
        # Splitting into words costs more than rendering did, so only lines that need it are split.
        lines = [" ".join(line.split()) if "  " in line else line for line in lines]
    return "\n".join(filter(None, map(str.strip, lines)))
