"""What a page gives to its readers: immutable values, no parser nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from xuncha.model.crawl import LinkUse
from xuncha.model.locator import LinkLocator

EncodingSource = Literal["bom", "header", "meta", "detected", "assumed"]

LinkKind = Literal[
    "a",
    "area",
    "link",
    "img",
    "srcset",
    "script",
    "style",
    "css-url",
    "iframe",
    "frame",
    "form",
    "meta-refresh",
    "onclick",
    "object",
    "media",
    "script-fragment",
    "base",
]

LinkProblem = Literal[
    "",
    "empty",
    "javascript",
    "malformed",
    "local-file",
    "local-host",
    "private-address",
    "scheme",
]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the page's bytes became text (WHATWG Encoding, HTML §13.2.3).

    ``name`` is the WHATWG name a browser would use; ``confidence`` runs from 0 to 1 and is 1 unless ``source`` is
    ``detected`` or ``assumed``. ``conflict`` is empty, or names the encoding that the bytes really are in where that
    contradicts what was declared: a browser then shows garbled text (乱码).
    """

    name: str
    source: EncodingSource
    confidence: float = 1.0
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """A ``<meta>`` element; ``name`` (or ``property``) and ``http_equiv`` are in lower case."""

    name: str
    content: str
    http_equiv: str
    line: int | None


class Link(NamedTuple):
    """One reference of a page to something else. A named tuple, because a page holds about seventy of them.

    ``raw`` is the attribute's text (at most ``MAX_RAW`` characters); ``target`` the absolute http(s) URL without its
    fragment, empty where there is none; ``problem`` what is certain without fetching anything. ``goes_nowhere`` is
    set where a citizen clicks and nothing can happen; an element that a script may bind to never counts.
    """

    page: str
    raw: str
    target: str
    kind: LinkKind
    use: LinkUse
    text: str
    line: int | None
    depth: int
    fragment: str = ""
    rel: tuple[str, ...] = ()
    problem: LinkProblem = ""
    goes_nowhere: bool = False

    @property
    def locator(self) -> LinkLocator:
        """Where the link stands; what it points to is its raw text where that yields no URL."""
        return LinkLocator(self.page, self.target or self.raw, self.text, self.line, self.depth)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: ``action`` as written, ``target`` absolute (the page itself where no action is given)."""

    action: str
    target: str
    method: str
    fields: tuple[str, ...]
    has_password: bool
    has_file: bool
    line: int | None


@dataclass(frozen=True, slots=True)
class Script:
    """A script: external with ``src`` and ``target``, or ``inline``; in a ``data:`` address, ``src`` and ``inline``.

    ``inline`` is cut to ``MAX_INLINE`` characters; ``rest`` is what follows them, as far as the page goes.
    """

    src: str
    target: str
    inline: str
    line: int | None
    type: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a frameset or an inline frame."""

    src: str
    target: str
    kind: Literal["iframe", "frame"]
    line: int | None
    srcdoc: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """An element that ``Page.select`` found; ``text`` is what is visible, valueless attributes are empty strings."""

    tag: str
    attrs: Mapping[str, str]
    text: str
    line: int | None
