"""Hints that script builds the page or parts of it, so that checks answer ``needs-browser`` rather than accuse.

Heuristics, kept conservative both ways: a page counts as script-built only where it has scripts and shows nearly
nothing without them; a region counts only where it is empty and named like something that ought to be full.
"""

import re

from turbohtml import Document
from turbohtml import Element as Node

from xuncha.page.values import Script

MAX_REGIONS = 20

_BARE = 50
"""Visible characters of a page that has scripts and shows nothing."""
_THIN = 300
"""Visible characters of a page that says it needs JavaScript or has an empty application root."""

_ROOTS = "#app, #root, #main-app, #application, #__next, #__nuxt, [data-reactroot], [ng-app], [ng-version], app-root"
_NEEDS_SCRIPT = re.compile(
    r"(?i)enable\s+javascript|requires?\s+javascript|启用\s*javascript|开启\s*javascript|不支持\s*javascript"
)
_BOXES = frozenset(("ul", "ol", "dl", "tbody", "div", "section", "footer", "span"))
_INSIDE = frozenset(("li", "a", "p", "td"))  # suspect only where they hold template marks
_HINT = re.compile(
    r"(?i)list|news|article|content|data|foot|bottom|copyright|beian|icp|page|pagin|friend|link|column|tab|nav|menu|item"
)
_NAMED_BY_PARENT = frozenset(("ul", "ol", "dl", "tbody", "li", "a", "p", "td"))
_UNFILLED = re.compile(r"\{\{[^{}]{1,200}\}\}|<%=?[^%]{1,200}%>|\$\{[^{}]{1,200}\}")
_FILLS = re.compile(
    r"\.(?:html|append|prepend|load|appendTo|replaceWith)\s*\(|(?:inner|outer)HTML|insertAdjacentHTML|appendChild"
)
_QUOTED = re.compile(r"""(?<=['"#])([\w-]{1,60})(?=['"])""")
_DATA_TYPES = frozenset(("application/ld+json", "application/json", "text/template", "text/html", "text/x-template"))


def runs_script(scripts: tuple[Script, ...]) -> bool:
    """Whether any script is there that a browser would run."""
    return any(script.type not in _DATA_TYPES and (script.src or script.inline.strip()) for script in scripts)


def is_scripted(document: Document, text: str, scripts: tuple[Script, ...], *, leads_on: bool) -> bool:
    """Whether script builds the body: little to read, and an application root or a plea for JavaScript.

    A page with nearly no words at all needs no further sign, unless it ``leads_on`` by a frame or a redirect.
    """
    if len(text) >= _THIN or not runs_script(scripts):
        return False
    return (len(text) < _BARE and not leads_on) or _has_empty_root(document) or _asks_for_script(document)


def scripted_regions(document: Document, scripts: tuple[Script, ...]) -> tuple[str, ...]:
    """CSS-like names (``ul#news-list``) of empty lists and footers, and of boxes with unfilled template marks."""
    if not runs_script(scripts):
        return ()
    names: dict[str, None] = {}
    for element in document.select(f":is({', '.join(sorted(_BOXES | _INSIDE))}):not(:has(*))"):
        if (name := _suspect(element)) and len(names) < MAX_REGIONS:
            names[name] = None
    return tuple(names)


def filled_boxes(document: Document, scripts: tuple[Script, ...]) -> tuple[str, ...]:
    """CSS-like names of empty boxes that a script of the page itself names where it fills something."""
    named = {name for script in scripts if _FILLS.search(script.inline) for name in _QUOTED.findall(script.inline)}
    if not named:
        return ()
    found = (box for box in document.select("[id]:is(div, ul, ol, dl, tbody, table, section):not(:has(*))"))
    empty = (box for box in found if (box.attr("id") or "") in named and not box.text.strip())
    return tuple(_name(box, box.tag) for box, _ in zip(empty, range(MAX_REGIONS), strict=False))


def _suspect(element: Node) -> str:
    """The name of a box that is empty though its name promises content, or that holds unfilled template marks."""
    text, tag = element.text.strip(), element.tag
    if text:
        return _name(element, tag) if _UNFILLED.search(text[:1000]) else ""
    name = _name(element, tag) if tag in _BOXES else ""
    return name if _HINT.search(name.partition(" > ")[0].removeprefix("table").removeprefix("nav")) else ""


def _name(element: Node, tag: str) -> str:
    name, parent = tag + element_label(element), element.parent
    if name in _NAMED_BY_PARENT and isinstance(parent, Node):
        return f"{parent.tag}{element_label(parent)} > {name}"
    return name


def element_label(element: Node) -> str:
    """``#id`` or ``.class.class`` of an element, empty where it has neither."""
    if name := element.attr("id"):
        return f"#{name[:60]}"
    classes = (element.attr("class") or "")[:60].split()
    return "".join(f".{name}" for name in classes[:2])


def _has_empty_root(document: Document) -> bool:
    return any(len(root.text.strip()) < _BARE for root in document.select(_ROOTS)[:MAX_REGIONS])


def _asks_for_script(document: Document) -> bool:
    return any(
        _NEEDS_SCRIPT.search(element.text[:2000]) for element in document.find_all("noscript", limit=MAX_REGIONS)
    )
