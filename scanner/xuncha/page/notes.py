"""What one walk over a page's tree brings in: links, frames, forms, scripts, metas, the title."""

from functools import partial
from itertools import islice

from turbohtml import Element as Node

from xuncha.model.crawl import LinkUse
from xuncha.page.embedded import navigations
from xuncha.page.nowhere import goes_nowhere
from xuncha.page.targets import Resolver
from xuncha.page.values import Form, Frame, Link, LinkKind, Meta, Script

MAX_RAW = 2_000
MAX_WORDS = 200
MAX_INLINE = 65_536
WORDS_PER_CHARACTER = 8
"""How often the words of links that lie inside each other are read before that is cut short."""

DEEPEST = 512
"""Elements in each other that the parser keeps, as browsers do: what lies deeper is put beside the last of them."""

_new_link = partial(tuple.__new__, Link)  # half the cost of calling the class


class Notes:
    """Filled by ``walk``. ``page`` is the URL and ``depth`` the level that the links say they stand on."""

    __slots__ = (
        "_budget", "base", "depth", "encoding", "flattened", "forms", "frames", "links", "metas", "page",
        "redirects", "resolve", "scripts", "title",
    )  # fmt: skip

    def __init__(self, html: str, page: str, depth: int, encoding: str) -> None:
        self.page = page
        self.depth = depth
        self.encoding = encoding
        self.base = page
        self.resolve = Resolver(page, encoding, page)
        self.links: list[Link] = []
        self.metas: list[Meta] = []
        self.forms: list[Form] = []
        self.scripts: list[Script] = []
        self.frames: list[Frame] = []
        self.redirects: list[tuple[Node, str]] = []
        self.title = ""
        self.flattened = False
        self._budget = WORDS_PER_CHARACTER * len(html) + 1000

    def start_from(self, href: str) -> None:
        """Resolve what follows against a ``<base href>``, where that is a usable one."""
        if href and (base := self.resolve(href).target):
            self.base = base
            self.resolve = Resolver(base, self.encoding, self.page)

    def add(
        self, element: Node, raw: str, kind: LinkKind, use: LinkUse, text: str = "", *, rel: tuple[str, ...] = ()
    ) -> str:
        """Note a reference and return its target."""
        target, problem, _ = self.resolve(raw)
        line, fragment = element.source_line, raw.partition("#")[2][:MAX_RAW]
        self.links.append(
            Link(self.page, raw[:MAX_RAW], target, kind, use, text, line, self.depth, fragment, rel, problem)
        )
        return target

    def add_clicked(self, element: Node, raw: str, kind: LinkKind, text: str) -> None:
        """Note what a citizen clicks on. Most links of a page come by here, so it is written for speed."""
        target, problem, use = self.resolve(raw)
        fragment, nowhere = "", False
        if not target or "#" in raw:
            fragment = raw.partition("#")[2][:MAX_RAW]
            nowhere = not (target and fragment.strip("#!")) and goes_nowhere(element, raw, text)
        rel = element.attr("rel")
        rels = tuple(rel[:MAX_WORDS].lower().split()) if rel else ()
        raw_kept, line = raw[:MAX_RAW], element.source_line
        self.links.append(
            _new_link(
                (self.page, raw_kept, target, kind, use, text, line, self.depth, fragment, rels, problem, nowhere)
            )
        )
        if problem == "javascript":
            self.add_navigations(element, raw, text)

    def add_asset(self, element: Node, name: str, kind: LinkKind, use: LinkUse, text: str = "") -> str:
        """Note what the browser fetches by itself; embedded data and blanks that a script will fill are no links."""
        raw = element.attr(name)
        if raw is None or raw[:5].lower() == "data:" or (not raw.strip() and _filled_later(element)):
            return ""
        return self.add(element, raw, kind, use, text)

    def add_navigations(self, element: Node, script: str, text: str | None = None) -> None:
        """Note where plain statements of a handler lead."""
        if "(" not in script and "=" not in script:
            return
        for url in navigations(script[:MAX_INLINE]):
            words = self.words(element) if text is None else text
            self.add(element, url, "onclick", self.resolve(url).use, words)

    def words(self, element: Node) -> str:
        """The element's visible words, else those of its picture or title.

        Nested elements would be read again and again, so past a budget only the first words are looked at.
        """
        if self._budget > 0:
            text = element.text
            self._budget -= len(text)
        else:
            text = first_words(element)
        if words := brief(text):
            return words
        self.see_depth(element)
        return _alternative(element)

    def see_depth(self, element: Node) -> None:
        """Note where an element lies so deep that what it holds was put beside it."""
        if not self.flattened:
            self.flattened = sum(1 for _ in islice(element.ancestors, DEEPEST)) == DEEPEST


def brief(text: str) -> str:
    """``text`` with its white space collapsed, cut to ``MAX_WORDS`` characters."""
    if len(text) <= MAX_WORDS:
        return " ".join(text.split())
    return " ".join(text[: 8 * MAX_WORDS].split())[:MAX_WORDS]


def first_words(element: Node) -> str:
    """The beginning of the element's text, at a cost that doesn't depend on how long it is."""
    found = ""
    for string in islice(element.strings, MAX_WORDS):
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
