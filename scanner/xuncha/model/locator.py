"""Where a finding is: a closed union. ``identity()`` is what stays the same from round to round.

Schemes, query ids that change with each visit and positions in the file are shown to people but are no part of
the identity, so that moving a site to HTTPS or adding a line does not turn an old finding into a new one.
"""

import re
from dataclasses import dataclass
from typing import Literal

_PER_VISIT = re.compile(r"(?i)(?:^|&)(?:jsessionid|phpsessid|sessionid|sid|_t|_|timestamp|rand|random|v)=[^&]*")
_PATH_SESSION = re.compile(r"(?i);jsessionid=[^/?#]*")


def stable_url(url: str) -> str:
    """``url`` without scheme, default port, fragment and query ids that change with each visit."""
    rest = url.partition("://")[2] or url
    rest = _PATH_SESSION.sub("", rest.partition("#")[0])
    rest, mark, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    host = host.lower().removesuffix(":80").removesuffix(":443")
    query = _PER_VISIT.sub("", query).strip("&") if mark else ""
    return f"{host}/{path if slash else ''}{'?' + query if query else ''}"


@dataclass(frozen=True, slots=True)
class SiteLocator:
    """The site as a whole."""

    type: Literal["site"] = "site"

    def identity(self) -> str:
        return "site"


@dataclass(frozen=True, slots=True)
class PageLocator:
    """A page; ``depth`` is its level below the home page (0)."""

    url: str
    depth: int | None = None
    type: Literal["page"] = "page"

    def identity(self) -> str:
        return f"page {stable_url(self.url)}"


@dataclass(frozen=True, slots=True)
class ElementLocator:
    """An element of a page; ``line`` counts from 1 and is shown only."""

    url: str
    element: str
    line: int | None = None
    depth: int | None = None
    type: Literal["element"] = "element"

    def identity(self) -> str:
        return f"element {stable_url(self.url)} {self.element}"


@dataclass(frozen=True, slots=True)
class LinkLocator:
    """A link: the page it stands on, what it points to, the words a citizen clicks on.

    ``any_page``: the finding is about the target, and ``page`` only the first place where it is linked; another
    first place in the next round does not make it another finding.
    """

    page: str
    target: str
    text: str = ""
    line: int | None = None
    depth: int | None = None
    any_page: bool = False
    type: Literal["link"] = "link"

    def identity(self) -> str:
        page = "" if self.any_page else f" {stable_url(self.page)}"
        return f"link{page} {stable_url(self.target)}"


@dataclass(frozen=True, slots=True)
class HeaderLocator:
    """A response header of a URL."""

    url: str
    header: str
    type: Literal["header"] = "header"

    def identity(self) -> str:
        return f"header {stable_url(self.url)} {self.header.lower()}"


@dataclass(frozen=True, slots=True)
class EndpointLocator:
    """A host and port spoken to outside HTTP (TLS, DNS, WHOIS)."""

    host: str
    port: int
    type: Literal["endpoint"] = "endpoint"

    def identity(self) -> str:
        return f"endpoint {self.host.lower()}:{self.port}"


@dataclass(frozen=True, slots=True)
class ColumnLocator:
    """A column (栏目) of the site."""

    name: str
    url: str
    type: Literal["column"] = "column"

    def identity(self) -> str:
        return f"column {stable_url(self.url)}"


@dataclass(frozen=True, slots=True)
class DocumentLocator:
    """A place in a document that was handed in; ``path`` is relative to the evidence folder.

    ``place`` is a name that stays, such as the entry in ``evidence.yaml``. Where exactly the words stand is only shown:
    ``page_number`` (or that of a slide) and ``paragraph`` within it count from 1, ``sheet`` names one of a workbook.
    ``sha256`` is that of the file at the time. ``ocr`` marks words that OCR read, with its confidence in per cent;
    nothing that rests on them can be more than a question.
    """

    path: str
    place: str = ""
    page_number: int | None = None
    paragraph: int | None = None
    sheet: str = ""
    sha256: str = ""
    ocr: int | None = None
    type: Literal["document"] = "document"

    def identity(self) -> str:
        return f"document {self.path} {self.place}"


@dataclass(frozen=True, slots=True)
class RuleLocator:
    """What a declarative rule matched at a URL."""

    rule: str
    url: str
    type: Literal["rule"] = "rule"

    def identity(self) -> str:
        return f"rule {self.rule} {stable_url(self.url)}"


Locator = (
    SiteLocator
    | PageLocator
    | ElementLocator
    | LinkLocator
    | HeaderLocator
    | EndpointLocator
    | ColumnLocator
    | DocumentLocator
    | RuleLocator
)


def order(locator: Locator) -> tuple[int, str, str]:
    """Findings are shown shallow pages first, then by URL, then by place."""
    depth = getattr(locator, "depth", None)
    url = getattr(locator, "url", "") or getattr(locator, "page", "")
    return (0 if depth is None else depth, stable_url(url) if url else "", locator.identity())
