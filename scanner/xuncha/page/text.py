"""The visible text of a page: what a citizen reads, one line per block, white space collapsed.

Scripts, styles, templates, ``noscript`` and the fallback inside frames are left out. What CSS hides is kept, for only
a browser can tell.
"""

from turbohtml import Document, PlainText, Text
from turbohtml import Element as Node

_RENDERING = PlainText(layout="strict", bullet="", table_cell_separator=" ")
_UNSEEN = frozenset(("noscript", "iframe", "noembed", "noframes"))
_ROWS = frozenset(("table", "tr"))
# The renderer would glue these to what follows them.
_PARTS = frozenset(("td", "th", "caption", "option", "legend", "center", "marquee"))
_CONCERNED = _UNSEEN | _ROWS | _PARTS
_BLANKS = ("\t", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}")


def visible_text(node: Document | Node) -> str:
    """The text of a document or of one element, which is left as it was."""
    unseen: list[tuple[Node, str]] = []
    rows: list[tuple[Node, str]] = []
    parts: list[Node] = []
    for element in list(node.iter_elements(_CONCERNED, include_self=True)):
        tag = element.tag
        if tag in _PARTS:
            parts.append(element)
        elif tag in _ROWS:
            rows.append((element, tag))
        else:
            unseen.append((element, element.text))
    return _tidy(_rendered(node, unseen, rows, parts))


def _rendered(
    node: Document | Node, unseen: list[tuple[Node, str]], rows: list[tuple[Node, str]], parts: list[Node]
) -> str:
    """Tables are rendered as plain boxes: drawn as grids, 20,000 cells can grow to a gigabyte of blanks."""
    blanks = [Text(" ") for _ in parts]
    try:
        for element, blank in zip(parts, blanks, strict=True):
            element.append(blank)
        for element, _ in unseen:
            element.set_text("")
        for element, _ in rows:
            element.tag = "div"
        return node.to_text(_RENDERING)
    finally:
        for blank in blanks:
            blank.extract()
        for element, text in unseen:
            element.set_text(text)
        for element, tag in rows:
            element.tag = tag


def _tidy(text: str) -> str:
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    # Splitting into words costs more than rendering did, so only lines that need it are split.
    lines = (" ".join(line.split()) if "  " in line else line.strip() for line in text.split("\n"))
    return "\n".join([line for line in lines if line])
