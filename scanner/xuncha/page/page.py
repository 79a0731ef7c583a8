"""A fetched HTML response as plugins see it: immutable values, each derived once and only when asked for."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

import turbohtml
from turbohtml import Comment, Document, Namespace

from xuncha.model.locator import ElementLocator, PageLocator
from xuncha.model.reasons import Reason
from xuncha.page.article import HEADINGS, NOT_AN_ARTICLE, Judged, judged, judged_undated
from xuncha.page.dates import dates_in, may_hold_dates
from xuncha.page.encoding import decode
from xuncha.page.jpage import is_store, stores
from xuncha.page.lineage import Lineage, lineages
from xuncha.page.listing import Listing, Lists, lists_in
from xuncha.page.notes import WORDS_PER_CHARACTER, Notes, brief, first_words
from xuncha.page.outline import Outline, writes
from xuncha.page.prescan import excess, is_noise
from xuncha.page.published import Published, by_tag
from xuncha.page.row_dates import DatedText
from xuncha.page.scripted import filled_boxes, is_scripted, scripted_regions
from xuncha.page.signs import has_menu, has_trail, links_titles, may_have_lists, may_show_days
from xuncha.page.tags import NationalTags, national_tags
from xuncha.page.targets import host
from xuncha.page.text import visible_text
from xuncha.page.trail import NO_MENU, Crumb, Menu, may_have_trail, navigation, trail
from xuncha.page.values import Element, Encoding, Form, Frame, Link, Meta, Script
from xuncha.page.walk import walk

MAX_LINKS = 50_000
MAX_SELECTED = 1_000
MAX_COMMENTS = 1_000
MAX_COMMENT = 10_000
_LEADS_ON = ("frame", "iframe", "meta-refresh")


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """One page of a site. Built by ``parse_page``; ``url`` is the final URL, ``requested`` the one asked for.

    ``depth`` is the level below the home page (0), ``parent`` the URL whose link (``link_text``) led here.
    ``html`` is the decoded source, ``sha256`` that of the body before decoding. ``problem`` is set where the page
    is no text or exceeds the caps of the pre-scan; it is then not parsed, and shows no links and no text.

    ``rendered``: a browser ran the scripts, and ``html`` is what they made of the page; nothing of it has a line then.
    Address, headers, hash, size and time stay those of the answer. ``whole``: everything that its scripts asked for
    had come, and it was at rest, so that what is still empty is empty.
    """

    url: str
    requested: str
    status: int
    headers: tuple[tuple[str, str], ...]
    depth: int
    parent: str
    link_text: str
    encoding: Encoding
    html: str
    body_bytes: int
    sha256: str
    seconds: float
    fetched_at: datetime | None
    tls: bool
    problem: Reason | None
    _document: Document
    rendered: bool = False
    whole: bool = False
    _answered: "Page | None" = None

    def __repr__(self) -> str:
        return f"<Page {self.url} {self.status}>"

    @property
    def fetched(self) -> "Page | None":
        """The page as it was answered, before any script ran; None where only a browser came by a challenge."""
        return self._answered if self.rendered else self

    def header(self, name: str) -> str | None:
        """The first value of a response header."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)

    @cached_property
    def media_type(self) -> str:
        """The type without parameters, in lower case; empty where the server gave none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @cached_property
    def _notes(self) -> Notes:
        return walk(self._document, Notes(self.html, self.url, self.depth, self.encoding.name))

    @property
    def base(self) -> str:
        """What relative references start from: the first ``<base href>``, else the page's URL."""
        return self._notes.base

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every reference, in the order of the document; see ``xuncha.page.walk`` for the forms.

        At most ``MAX_LINKS``; ``links_dropped`` counts the rest.
        """
        return tuple(self._notes.links[:MAX_LINKS])

    @property
    def links_dropped(self) -> int:
        """How many references beyond ``MAX_LINKS`` were left out; 0 for every honest page."""
        return max(len(self._notes.links) - MAX_LINKS, 0)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms, in the order of the document."""
        return tuple(self._notes.forms)

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The scripts, external and inline."""
        return tuple(self._notes.scripts)

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """The frames and inline frames."""
        return tuple(self._notes.frames)

    @cached_property
    def metas(self) -> tuple[Meta, ...]:
        """The ``<meta>`` elements."""
        return tuple(self._notes.metas)

    def meta(self, name: str) -> str | None:
        """The content of the first ``<meta>`` with this name or property, in whatever case."""
        wanted = name.lower()
        return next((meta.content for meta in self.metas if meta.name == wanted), None)

    @property
    def title(self) -> str:
        """The words of the first ``<title>``; empty where there is none."""
        return self._notes.title

    @cached_property
    def lang(self) -> str:
        """The language that ``<html lang>`` declares."""
        root = self._document.root
        return (root.attr("lang") or root.attr("xml:lang") or "").strip() if root is not None else ""

    @cached_property
    def text(self) -> str:
        """What a citizen reads, one line per block; no script, style, template or ``noscript``."""
        return visible_text(self._document)

    @property
    def markup(self) -> str:
        """The page as its tree writes it: what was left open is closed, names are lower case, values in double quotes.

        Written anew each time it is asked for.
        """
        return self._document.serialize()

    @cached_property
    def comments(self) -> tuple[str, ...]:
        """The first ``MAX_COMMENTS`` comments of the source, each cut to ``MAX_COMMENT`` characters."""
        if "<!" not in self.html and "<?" not in self.html:
            return ()
        found = (node.data[:MAX_COMMENT] for node in self._document.descendants if isinstance(node, Comment))
        return tuple(text for text, _ in zip(found, range(MAX_COMMENTS), strict=False))

    @cached_property
    def external_hosts(self) -> frozenset[str]:
        """The hosts other than the page's own that it refers to."""
        return frozenset(host(link.target) for link in self.links if link.target) - {host(self.url)}

    @cached_property
    def scripted(self) -> bool:
        """Whether script builds the body, so that nothing can be said of it without a browser."""
        if self.whole:
            return False
        leads_on = any(link.kind in _LEADS_ON and link.target for link in self.links)
        return is_scripted(self._document, self.text, self.scripts, leads_on=leads_on)

    @property
    def scripted_regions(self) -> tuple[str, ...]:
        """Names of empty lists and footers that script is likely to fill, such as ``ul#news-list``."""
        return () if self.whole else self.empty_regions

    @property
    def filled_boxes(self) -> tuple[str, ...]:
        """Names of empty boxes that an inline script fills, such as ``div#a1``, whatever they are called."""
        return () if self.whole else self.empty_boxes

    @cached_property
    def empty_regions(self) -> tuple[str, ...]:
        """As ``scripted_regions``, also where no script will fill them any more."""
        return scripted_regions(self._document, self.scripts)

    @cached_property
    def empty_boxes(self) -> tuple[str, ...]:
        """As ``filled_boxes``, also where no script will fill them any more."""
        return filled_boxes(self._document, self.scripts)

    @cached_property
    def tags(self) -> NationalTags:
        """The national page tags (网页标签)."""
        return national_tags(self.metas)

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self._document, (link for link in self.links if link.kind == "a"))

    @cached_property
    def _may_have_lists(self) -> bool:
        return self.problem is None and may_have_lists(self.html, host(self.url))

    @cached_property
    def _may_show_dates(self) -> bool:
        return may_hold_dates(self.text) or any(map(writes, self.scripts))

    @property
    def _links_titles(self) -> bool:
        return links_titles(self.links, host(self.url), self.text)

    @cached_property
    def _dated(self) -> DatedText:
        return DatedText(self._outline, dates_in(self._outline.text) if self._may_show_dates else ())

    @cached_property
    def _lists(self) -> Lists:
        if not self._may_have_lists:
            return Lists((), ())
        if "<datastore" not in self.html:
            if not (self._may_show_dates or may_show_days(self.text, self.html) or self._links_titles):
                return Lists((), ())
            return lists_in(self._dated, host(self.url))
        shown = Lists((), ()) if is_store(self.html) else lists_in(self._dated, host(self.url))
        return shown._replace(found=shown.found + self._sent_as_data())

    def _sent_as_data(self) -> tuple[Listing, ...]:
        """The lists that the page brings along for its script to show."""
        found: list[Listing] = []
        for store in stores(self.html):
            document = turbohtml.parse(f"<body>{store.markup}")
            notes = Notes(store.markup, self.url, self.depth, self.encoding.name)
            outline = Outline(document, walk(document, notes).links)
            inner = lists_in(DatedText(outline, dates_in(outline.text)), host(self.url)).found
            found += (replace(listing, name="jpage", pages=store.pages, line=store.line) for listing in inner)
        return tuple(found)

    @cached_property
    def _judged(self) -> Judged:
        if not self._may_have_lists:
            return NOT_AN_ARTICLE
        if not (self._may_show_dates or by_tag(self.metas)):
            headings = (element.text for element in self._document.iter_elements(HEADINGS))
            return judged_undated(self.url, self.tags.ArticleTitle or self.title, self.text, self.links, headings)
        return judged(self.url, self.title, self.metas, self.tags, self._dated, self._lists)

    @property
    def lists(self) -> tuple[Listing, ...]:
        """The lists of links to articles, in the order of the document; menus, footers, friend links are none."""
        return self._lists.found

    @property
    def is_article(self) -> bool:
        """Whether this is one article rather than a list, a home page or a form; in doubt it is not."""
        return self._judged.is_article

    @property
    def published(self) -> Published | None:
        """When this article was published, Asia/Shanghai; None where it is no article or nothing tells."""
        return self._judged.published

    @cached_property
    def trail(self) -> tuple[Crumb, ...]:
        """The breadcrumb (当前位置), from the home page down; empty where there is none."""
        looked_for = self._may_have_lists and has_trail(self.html) and may_have_trail(self._document, self.text)
        return trail(self._outline) if looked_for else ()

    @cached_property
    def _menu(self) -> Menu:
        return navigation(self._outline, host(self.url)) if self._may_have_lists and has_menu(self.html) else NO_MENU

    @property
    def navigation(self) -> tuple[Link, ...]:
        """The links of the main navigation; empty where none was recognised."""
        return self._menu.links

    @property
    def navigation_levels(self) -> tuple[int, ...]:
        """The level of each link of the main navigation: 2 where it folds out of another entry, else 1."""
        return self._menu.levels

    def select(self, css: str) -> tuple[Element, ...]:
        """The first ``MAX_SELECTED`` elements that match a CSS selector. Raises ValueError on a faulty one.

        Where many of them lie inside each other, the later ones give only the first words of their text.
        """
        budget, found = WORDS_PER_CHARACTER * len(self.html) + 1000, []
        for node in self._document.select(css)[:MAX_SELECTED]:
            text = visible_text(node) or node.text.strip() if budget > 0 else brief(first_words(node))
            budget -= len(text)
            attributes = {name: node.attr(name) or "" for name in node.attrs}
            found.append(Element(node.tag, MappingProxyType(attributes), text, node.source_line))
        return tuple(found)

    def lineages(self, raws: Collection[str], name: str = "href") -> tuple[Lineage, ...]:
        """The elements whose attribute ``name`` is one of ``raws``, each with the elements that it lies in.

        For whoever has to know what style rules do to a link; bounded, see ``xuncha.page.lineage``.
        """
        return tuple(lineages(self._document, name, raws))

    @property
    def flattened(self) -> bool:
        """Whether links or scripts lie deeper than any tree is kept: their words and what hides them are not known.

        No honest page comes near the 512 levels.
        """
        return self._notes.flattened

    @property
    def locator(self) -> PageLocator:
        """This page as the place of a finding."""
        return PageLocator(self.url, self.depth)

    def at(self, element_name: str, line: int | None = None) -> ElementLocator:
        """An element of this page as the place of a finding; the name is part of the finding's identity."""
        return ElementLocator(self.url, element_name, line, self.depth)


def parse_page(
    body: bytes,
    *,
    url: str,
    requested: str = "",
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    depth: int = 0,
    parent: str = "",
    link_text: str = "",
    seconds: float = 0.0,
    fetched_at: datetime | None = None,
    tls: bool = False,
) -> Page:
    """Decode and parse one response. Never raises, whatever ``body`` holds; see ``Page.problem``.

    Args:
        body: after transfer and content codings are removed.
        url: the final URL, absolute http(s).
        requested: the URL asked for, where redirects led elsewhere.
        status: the HTTP status.
        headers: names in any case, in order, repeated ones too.
        depth: level below the home page.
        parent: the URL that linked here, with its link's words ``link_text``.
        link_text: the words of the link that led here.
        seconds: to the last byte.
        fetched_at: when the answer came.
        tls: whether it came over TLS.
    """
    fields = tuple((name.lower(), value) for name, value in headers)
    html, encoding = decode(body, next((value for name, value in fields if name == "content-type"), ""))
    noise = not encoding.name.startswith("UTF-16") and is_noise(body)
    problem = Reason.PAGE_UNREADABLE if noise or excess(html) else None
    return Page(
        url=url,
        requested=requested or url,
        status=status,
        headers=fields,
        depth=depth,
        parent=parent,
        link_text=link_text,
        encoding=encoding,
        html=html,
        body_bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        seconds=seconds,
        fetched_at=fetched_at,
        tls=tls,
        problem=problem,
        _document=_parsed("" if problem else html),
    )


def rendered_page(page: Page, html: str, *, whole: bool) -> Page | None:
    """``page`` with what a browser made of it; None where that exceeds the caps of the pre-scan.

    Args:
        page: as it was answered.
        html: the document's HTML once scripts have run.
        whole: see ``Page.whole``.
    """
    if excess(html):
        return None
    document = _parsed(html, positions=False)
    return replace(page, html=html, _document=document, rendered=True, whole=whole, _answered=page)


def behind_challenge(page: Page, *, whole: bool) -> Page:
    """``page``, read from what a browser was shown once it had passed a challenge."""
    return replace(page, _document=_parsed(page.html, positions=False), rendered=True, whole=whole)


def _parsed(html: str, *, positions: bool = True) -> Document:
    """The tree of a browser that runs scripts: what stands in ``noscript`` is text, and templates stay inert."""
    document = turbohtml.parse(html, scripting=True, positions=positions)
    if document.find("template") is not None:  # half as dear as looking for the word in the source
        for element in list(document.iter_elements("template")):
            if element.namespace is Namespace.HTML:
                element.clear()
    return document
