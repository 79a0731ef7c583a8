"""One walk over the tree finds what a page refers to.

Forms of links found, in document order, those of attributes that any element may carry at the end: ``a``, ``area``,
``base``, ``link``, ``img``, ``srcset`` (also of ``picture``), ``script``, style sheets, CSS ``url()`` in style
elements and attributes, ``background``, ``iframe``, ``frame``, ``object``, ``embed``, ``audio``, ``video``, form
actions, ``<meta>`` refresh, plain navigation in ``onclick`` and ``javascript:``, drop-down lists that open their
options, fragments that jQuery's ``load`` puts in, and on a page without links the script that sends citizens on.
What other script builds needs a browser. Links inside ``noscript`` are not found: citizens don't see them.
"""

import re
from collections.abc import Callable
from typing import Literal

from turbohtml import Document, Namespace
from turbohtml import Element as Node

from xuncha.model.crawl import LinkUse
from xuncha.page.data_urls import data_text
from xuncha.page.embedded import css_urls, fragments, navigations, refresh, srcset
from xuncha.page.notes import MAX_INLINE, MAX_RAW, MAX_WORDS, Notes, brief
from xuncha.page.targets import use_by_name
from xuncha.page.values import Form, Frame, Meta, Script

MAX_FIELDS = 200
MAX_FORMS = 200

_NOT_LOADED = frozenset((
    "preconnect", "dns-prefetch", "pingback", "profile", "edituri", "wlwmanifest", "canonical", "shortlink",
    "home", "up", "prev", "previous", "next", "first", "last", "start", "contents", "index", "author", "license",
))  # fmt: skip
"""Said to programs: no browser opens what they name, so a page lacks nothing without it."""
_ICONS = frozenset((
    "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon",
    "apple-touch-startup-image",
))  # fmt: skip
_BY_AS = {"script": LinkUse.SCRIPT, "style": LinkUse.STYLE, "image": LinkUse.IMAGE, "document": LinkUse.PAGE}
_PAGE_TYPES = frozenset(("", "text/html", "application/xhtml+xml", "text/x-scriptlet"))  # objects that act as frames
_OPENS_OPTION = re.compile(r"(?:location|open)\b[^;]{0,80}(?:value|selectedIndex)")
_LEADS_ON = frozenset(("a", "area", "frame", "iframe", "meta-refresh", "onclick"))
_CARRIERS = '[onclick], [background], [style*="url(" i]'


def walk(document: Document, notes: Notes) -> Notes:
    """``notes``, filled with what ``document`` holds."""
    found = [(_READERS[element.tag], element) for element in document.iter_elements(_READERS)]
    bases = (element.attr("href") for reader, element in found if reader is _read_base)
    notes.start_from(next((href for href in bases if href is not None), ""))
    for reader, element in found:
        reader(notes, element)
    for element in document.select(_CARRIERS):
        _read_attributes(notes, element)
    if not any(link.kind in _LEADS_ON for link in notes.links):
        _read_redirects(notes)
    return notes


def _read_anchor(notes: Notes, element: Node) -> None:
    raw = element.attr("href")
    if raw is None and (raw := element.attr("xlink:href")) is None:
        return
    notes.add_clicked(element, raw, "a", notes.words(element))


def _read_area(notes: Notes, element: Node) -> None:
    if (raw := element.attr("href")) is not None:
        notes.see_depth(element)
        notes.add_clicked(element, raw, "area", brief(element.attr("alt") or element.attr("title") or ""))


def _read_image(notes: Notes, element: Node) -> None:
    notes.add_asset(element, "src", "img", LinkUse.IMAGE, brief(element.attr("alt") or ""))
    _read_srcset(notes, element)


def _read_srcset(notes: Notes, element: Node) -> None:
    for url in srcset(element.attr("srcset") or ""):
        if url[:5].lower() != "data:":
            notes.add(element, url, "srcset", LinkUse.IMAGE)


def _read_source(notes: Notes, element: Node) -> None:
    notes.add_asset(element, "src", "media", LinkUse.OTHER)
    _read_srcset(notes, element)


def _read_video(notes: Notes, element: Node) -> None:
    notes.add_asset(element, "src", "media", LinkUse.OTHER)
    notes.add_asset(element, "poster", "img", LinkUse.IMAGE)


def _read_input(notes: Notes, element: Node) -> None:
    if (element.attr("type") or "").lower() == "image":
        notes.add_asset(element, "src", "img", LinkUse.IMAGE, brief(element.attr("alt") or ""))


def _read_object(notes: Notes, element: Node) -> None:
    name = "data" if element.tag == "object" else "src"
    kind = (element.attr("type") or "").partition(";")[0].strip().lower()
    is_page = kind in _PAGE_TYPES and element.attr("classid") is None
    is_page = is_page and notes.resolve(element.attr(name) or "").use is LinkUse.PAGE
    notes.add_asset(element, name, "object", LinkUse.FRAME if is_page else LinkUse.OTHER)


def _read_link(notes: Notes, element: Node) -> None:
    rel = tuple((element.attr("rel") or "")[:MAX_WORDS].lower().split())
    href = element.attr("href")
    if href is None or href[:5].lower() == "data:" or _hint_only(rel):
        return
    if "stylesheet" in rel:
        notes.add(element, href, "style", LinkUse.STYLE, rel=rel)
    elif not _ICONS.isdisjoint(rel):
        notes.add(element, href, "link", LinkUse.IMAGE, rel=rel)
    else:
        notes.add(element, href, "link", _BY_AS.get((element.attr("as") or "").lower(), LinkUse.OTHER), rel=rel)


def _hint_only(rel: tuple[str, ...]) -> bool:
    return not _NOT_LOADED.isdisjoint(rel) and "stylesheet" not in rel


def _read_script(notes: Notes, element: Node) -> None:
    src, kind, inline = element.attr("src"), brief(element.attr("type") or "").lower(), ""
    target = notes.add_asset(element, "src", "script", LinkUse.SCRIPT)
    if src is None:
        inline = element.text
        if not inline:
            notes.see_depth(element)
        if "location" in inline:
            notes.redirects.append((element, inline[:MAX_INLINE]))
        if ".load" in inline:
            for url in fragments(inline):
                notes.add(element, url, "script-fragment", LinkUse.FRAME)
    elif not target:
        inline = data_text(src.strip())
    inline, rest = inline[:MAX_INLINE], inline[MAX_INLINE:]
    notes.scripts.append(Script((src or "")[:MAX_RAW], target, inline, element.source_line, kind, rest))


def _read_style(notes: Notes, element: Node) -> None:
    _note_css(notes, element, element.text)


def _note_css(notes: Notes, element: Node, css: str) -> None:
    if "url(" not in css and "@import" not in css and "URL(" not in css:
        return
    for url, imported in css_urls(css):
        use = LinkUse.STYLE if imported else use_by_name(url)
        notes.add(element, url, "css-url", LinkUse.OTHER if use is LinkUse.PAGE else use)


def _read_frame(notes: Notes, element: Node) -> None:
    kind: Literal["iframe", "frame"] = "iframe" if element.tag == "iframe" else "frame"
    src, srcdoc = element.attr("src"), element.attr("srcdoc") or ""
    target = ""
    if src is not None and not src.lower().startswith("about:"):
        target = notes.add_asset(element, "src", kind, LinkUse.FRAME, brief(element.attr("title") or ""))
    notes.frames.append(Frame((src or "")[:MAX_RAW], target, kind, element.source_line, srcdoc[:MAX_INLINE]))


def _read_form(notes: Notes, element: Node) -> None:
    action = element.attr("action") or ""
    target = notes.page.partition("#")[0]
    if action.strip():
        target = notes.add(element, action, "form", LinkUse.FORM)
    fields = element.find_all(["input", "select", "textarea"], limit=MAX_FIELDS) if len(notes.forms) < MAX_FORMS else []
    types = {(field.attr("type") or "").lower() for field in fields}
    notes.forms.append(
        Form(
            action[:MAX_RAW],
            target,
            (element.attr("method") or "get").strip().lower(),
            tuple(name[:MAX_WORDS] for field in fields if (name := field.attr("name"))),
            "password" in types,
            "file" in types,
            element.source_line,
        )
    )


def _read_meta(notes: Notes, element: Node) -> None:
    name = element.attr("name") or element.attr("property") or ""
    content, http_equiv = element.attr("content") or "", (element.attr("http-equiv") or "").strip().lower()
    notes.metas.append(Meta(name.strip().lower(), content, http_equiv, element.source_line))
    if http_equiv == "refresh" and (url := refresh(content[:MAX_RAW])):
        notes.add(element, url, "meta-refresh", LinkUse.PAGE)


def _read_title(notes: Notes, element: Node) -> None:
    if not notes.title and element.namespace is Namespace.HTML:
        notes.title = brief(element.text)


def _read_base(notes: Notes, element: Node) -> None:
    """What is wrong with the base is worth saying; as a directory it is nothing to fetch."""
    raw = element.attr("href")
    if raw is not None:
        notes.add(element, raw, "base", LinkUse.OTHER)
        notes.links[-1] = notes.links[-1]._replace(target="", fragment="")


def _read_select(notes: Notes, element: Node) -> None:
    """A drop-down list of friendly links: its script opens the option's value."""
    if not _OPENS_OPTION.search((element.attr("onchange") or "")[:MAX_RAW]):
        return
    for option in element.find_all("option", limit=MAX_FIELDS):
        if (url := option.attr("value") or "").lower().startswith(("http://", "https://", "/", ".")):
            notes.add(option, url, "onclick", LinkUse.PAGE, brief(option.text))


def _read_attributes(notes: Notes, element: Node) -> None:
    if onclick := element.attr("onclick"):
        notes.add_navigations(element, onclick)
    notes.add_asset(element, "background", "img", LinkUse.IMAGE)
    if style := element.attr("style"):
        _note_css(notes, element, style)


def _read_redirects(notes: Notes) -> None:
    """A page without a link whose script sends the citizen on, which is how many old home pages begin."""
    for element, script in notes.redirects:
        for url in navigations(script):
            notes.add(element, url, "meta-refresh", LinkUse.PAGE)


_READERS: dict[str, Callable[[Notes, Node], None]] = {
    "a": _read_anchor,
    "area": _read_area,
    "audio": _read_video,
    "base": _read_base,
    "embed": _read_object,
    "form": _read_form,
    "frame": _read_frame,
    "iframe": _read_frame,
    "img": _read_image,
    "input": _read_input,
    "link": _read_link,
    "meta": _read_meta,
    "object": _read_object,
    "script": _read_script,
    "select": _read_select,
    "source": _read_source,
    "style": _read_style,
    "title": _read_title,
    "track": _read_source,
    "video": _read_video,
}
