"""One walk over the tree finds what a page refers to: links, frames, forms, scripts, metas, and its title.

Forms of links found, in document order, those of attributes that any element may carry at the end: ``a``, ``area``,
``base``, ``link``, ``img``, ``srcset`` (also of ``picture``), ``script``, style sheets, CSS ``url()`` in style
elements and attributes, ``background``, ``iframe``, ``frame``, ``object``, ``embed``, ``audio``, ``video``, form
actions, ``<meta>`` refresh, plain navigation in ``onclick`` and ``javascript:``, drop-down lists that open their
options, and fragments that jQuery's ``load`` puts in. What other script builds needs a browser. Links inside
``noscript`` are not found: citizens don't see them.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal

from turbohtml import Document, Namespace
from turbohtml import Element as Node

from xuncha.model.crawl import LinkUse
from xuncha.page.embedded import css_urls, fragments, navigations, refresh, srcset
from xuncha.page.nowhere import goes_nowhere
from xuncha.page.targets import Resolver, use_by_name
from xuncha.page.values import Form, Frame, Link, LinkKind, Meta, Script

MAX_RAW = 2_000
MAX_WORDS = 200
WORDS_PER_CHARACTER = 8
"""How often the words of links that lie inside each other are read before that is cut short."""
MAX_INLINE = 65_536
MAX_FIELDS = 200
MAX_FORMS = 200

_NO_ANSWER_EXPECTED = frozenset((
    "preconnect", "dns-prefetch", "pingback", "profile", "edituri", "wlwmanifest",
))  # fmt: skip
_ICONS = frozenset((
    "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon",
    "apple-touch-startup-image",
))  # fmt: skip
_BY_AS = {"script": LinkUse.SCRIPT, "style": LinkUse.STYLE, "image": LinkUse.IMAGE, "document": LinkUse.PAGE}
_OPENS_OPTION = re.compile(r"(?:location|open)\b[^;]{0,80}(?:value|selectedIndex)")
_new_link = partial(tuple.__new__, Link)  # half the cost of calling the class
_CARRIERS = '[onclick], [background], [style*="url(" i]'


class Walk:
    """What the walk brings in. ``page`` is the URL and ``depth`` the level that links say they stand on."""

    __slots__ = (
        "_budget", "depth", "forms", "frames", "has_drawings", "links", "metas", "page", "resolve", "scripts", "title",
    )  # fmt: skip

    def __init__(self, document: Document, html: str, page: str, depth: int, resolve: Resolver) -> None:
        self.page = page
        self.depth = depth
        self.resolve = resolve
        self.links: list[Link] = []
        self.metas: list[Meta] = []
        self.forms: list[Form] = []
        self.scripts: list[Script] = []
        self.frames: list[Frame] = []
        self.title = ""
        self.has_drawings = "xlink:" in html
        self._budget = WORDS_PER_CHARACTER * len(html) + 1000
        for element in document.iter_elements(_READERS):
            _READERS[element.tag](self, element)
        for element in document.select(_CARRIERS):
            _read_attributes(self, element)

    def add(
        self, element: Node, raw: str, kind: LinkKind, use: LinkUse, text: str = "", *, rel: tuple[str, ...] = ()
    ) -> str:
        """Note a reference and return its target."""
        target, problem, _ = self.resolve(raw)
        line, fragment = element.source_line, raw.partition("#")[2]
        self.links.append(
            Link(self.page, raw[:MAX_RAW], target, kind, use, text, line, self.depth, fragment, rel, problem)
        )
        return target

    def add_clicked(self, element: Node, raw: str, kind: LinkKind, text: str) -> None:
        """Note what a citizen clicks on. Most links of a page come by here, so it is written for speed."""
        target, problem, use = self.resolve(raw)
        fragment, nowhere = "", False
        if not target or "#" in raw:
            fragment = raw.partition("#")[2]
            nowhere = not (target and fragment.strip("#!")) and goes_nowhere(element, raw, text)
        rel = element.attr("rel")
        rels = tuple(rel.lower().split()) if rel else ()
        raw_kept, line = raw[:MAX_RAW], element.source_line
        self.links.append(
            _new_link(
                (self.page, raw_kept, target, kind, use, text, line, self.depth, fragment, rels, problem, nowhere)
            )
        )
        if problem == "javascript":
            _note_navigations(self, element, raw, text)

    def add_asset(self, element: Node, name: str, kind: LinkKind, use: LinkUse, text: str = "") -> str:
        """Note what the browser fetches by itself; embedded data and blanks that a script will fill are no links."""
        raw = element.attr(name)
        if raw is None or raw[:5].lower() == "data:" or (not raw.strip() and _filled_later(element)):
            return ""
        return self.add(element, raw, kind, use, text)

    def words(self, element: Node) -> str:
        """The element's visible words, else those of its picture or title.

        Nested elements would be read again and again, so past a budget only the first words are looked at.
        """
        if self._budget > 0:
            text = element.text
            self._budget -= len(text)
        else:
            text = _first(element.strings)
        return brief(text) or _alternative(element)


def brief(text: str) -> str:
    """``text`` with its white space collapsed, cut to ``MAX_WORDS`` characters."""
    if len(text) <= MAX_WORDS:
        return " ".join(text.split())
    return " ".join(text[: 8 * MAX_WORDS].split())[:MAX_WORDS]


def _first(strings: Iterable[str]) -> str:
    found = ""
    for string in strings:
        found += string[:MAX_WORDS]
        if len(found) > MAX_WORDS:
            break
    return found


def _alternative(element: Node) -> str:
    picture = element.find("img")
    texts = (picture.attr("alt"), picture.attr("title")) if picture is not None else ()
    return next((brief(text) for text in (*texts, element.attr("title"), element.attr("aria-label")) if text), "")


def _filled_later(element: Node) -> bool:
    return any(name.startswith("data-") for name in element.attrs)


def _read_anchor(walk: Walk, element: Node) -> None:
    raw = element.attr("href")
    if raw is None and (not walk.has_drawings or (raw := element.attr("xlink:href")) is None):
        return
    walk.add_clicked(element, raw, "a", walk.words(element))


def _read_area(walk: Walk, element: Node) -> None:
    if (raw := element.attr("href")) is not None:
        walk.add_clicked(element, raw, "area", brief(element.attr("alt") or element.attr("title") or ""))


def _read_image(walk: Walk, element: Node) -> None:
    walk.add_asset(element, "src", "img", LinkUse.IMAGE, brief(element.attr("alt") or ""))
    _read_srcset(walk, element)


def _read_srcset(walk: Walk, element: Node) -> None:
    for url in srcset(element.attr("srcset") or ""):
        if url[:5].lower() != "data:":
            walk.add(element, url, "srcset", LinkUse.IMAGE)


def _read_source(walk: Walk, element: Node) -> None:
    walk.add_asset(element, "src", "media", LinkUse.OTHER)
    _read_srcset(walk, element)


def _read_video(walk: Walk, element: Node) -> None:
    walk.add_asset(element, "src", "media", LinkUse.OTHER)
    walk.add_asset(element, "poster", "img", LinkUse.IMAGE)


def _read_input(walk: Walk, element: Node) -> None:
    if (element.attr("type") or "").lower() == "image":
        walk.add_asset(element, "src", "img", LinkUse.IMAGE, brief(element.attr("alt") or ""))


def _read_object(walk: Walk, element: Node) -> None:
    walk.add_asset(element, "data" if element.tag == "object" else "src", "object", LinkUse.OTHER)


def _read_link(walk: Walk, element: Node) -> None:
    rel = tuple((element.attr("rel") or "").lower().split())
    href = element.attr("href")
    if href is None or href[:5].lower() == "data:" or not _NO_ANSWER_EXPECTED.isdisjoint(rel):
        return
    if "stylesheet" in rel:
        walk.add(element, href, "style", LinkUse.STYLE, rel=rel)
    elif not _ICONS.isdisjoint(rel):
        walk.add(element, href, "link", LinkUse.IMAGE, rel=rel)
    else:
        walk.add(element, href, "link", _BY_AS.get((element.attr("as") or "").lower(), LinkUse.OTHER), rel=rel)


def _read_script(walk: Walk, element: Node) -> None:
    src, kind, inline = element.attr("src"), brief(element.attr("type") or "").lower(), ""
    target = walk.add_asset(element, "src", "script", LinkUse.SCRIPT)
    if src is None:
        inline = element.text
        if ".load" in inline:
            for url in fragments(inline):
                walk.add(element, url, "script-fragment", LinkUse.FRAME)
    walk.scripts.append(Script((src or "")[:MAX_RAW], target, inline[:MAX_INLINE], element.source_line, kind))


def _read_style(walk: Walk, element: Node) -> None:
    _note_css(walk, element, element.text)


def _note_css(walk: Walk, element: Node, css: str) -> None:
    if "url(" not in css and "@import" not in css and "URL(" not in css:
        return
    for url, imported in css_urls(css):
        use = LinkUse.STYLE if imported else use_by_name(url)
        walk.add(element, url, "css-url", LinkUse.OTHER if use is LinkUse.PAGE else use)


def _read_frame(walk: Walk, element: Node) -> None:
    kind: Literal["iframe", "frame"] = "iframe" if element.tag == "iframe" else "frame"
    src, srcdoc = element.attr("src"), element.attr("srcdoc") or ""
    target = ""
    if src is not None and not src.lower().startswith("about:"):
        target = walk.add_asset(element, "src", kind, LinkUse.FRAME, brief(element.attr("title") or ""))
    walk.frames.append(Frame((src or "")[:MAX_RAW], target, kind, element.source_line, srcdoc[:MAX_INLINE]))


def _read_form(walk: Walk, element: Node) -> None:
    action = element.attr("action") or ""
    target = walk.page.partition("#")[0]
    if action.strip():
        target = walk.add(element, action, "form", LinkUse.FORM)
    fields = element.find_all(["input", "select", "textarea"], limit=MAX_FIELDS) if len(walk.forms) < MAX_FORMS else []
    types = {(field.attr("type") or "").lower() for field in fields}
    walk.forms.append(
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


def _read_meta(walk: Walk, element: Node) -> None:
    name = element.attr("name") or element.attr("property") or ""
    content, http_equiv = element.attr("content") or "", (element.attr("http-equiv") or "").strip().lower()
    walk.metas.append(Meta(name.strip().lower(), content, http_equiv, element.source_line))
    if http_equiv == "refresh" and (url := refresh(content[:MAX_RAW])):
        walk.add(element, url, "meta-refresh", LinkUse.PAGE)


def _read_title(walk: Walk, element: Node) -> None:
    if not walk.title and element.namespace is Namespace.HTML:
        walk.title = brief(element.text)


def _read_base(walk: Walk, element: Node) -> None:
    """What is wrong with the base is worth saying; as a directory it is nothing to fetch."""
    raw = element.attr("href")
    if raw is not None:
        walk.add(element, raw, "base", LinkUse.OTHER)
        walk.links[-1] = walk.links[-1]._replace(target="", fragment="")


def _read_select(walk: Walk, element: Node) -> None:
    """A drop-down list of friendly links: its script opens the option's value."""
    if not _OPENS_OPTION.search((element.attr("onchange") or "")[:MAX_RAW]):
        return
    for option in element.find_all("option", limit=MAX_FIELDS):
        if (url := option.attr("value") or "").lower().startswith(("http://", "https://", "/", ".")):
            walk.add(option, url, "onclick", LinkUse.PAGE, brief(option.text))


def _read_attributes(walk: Walk, element: Node) -> None:
    if onclick := element.attr("onclick"):
        _note_navigations(walk, element, onclick, None)
    walk.add_asset(element, "background", "img", LinkUse.IMAGE)
    if style := element.attr("style"):
        _note_css(walk, element, style)


def _note_navigations(walk: Walk, element: Node, script: str, text: str | None) -> None:
    if "(" not in script and "=" not in script:
        return
    for url in navigations(script[:MAX_INLINE]):
        words = walk.words(element) if text is None else text
        walk.add(element, url, "onclick", walk.resolve(url).use, words)


_READERS: dict[str, Callable[[Walk, Node], None]] = {
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
