"""What block pages, challenges, parked domains and error pages look like: conditions on one reply, from data.

A condition looks at the status, the headers, the URLs and the first 16 KiB of the body, never further. Conditions know
what they look at, so that an ordinary page is never searched: see ``Signatures.of``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Literal

from xuncha.model.crawl import BARE
from xuncha.model.glance import HEAD, decoded, element_words, title_of
from xuncha.model.netapi import Reply
from xuncha.model.text import Text

ORDINARY_LINKS = 8
"""A page with as many links is a page of a site, whatever words it contains: block pages lead nowhere."""

NOTICE_LINKS = 3
"""A notice that stands in for a site may link to its filing, its makers or the new address."""

_FAR = 65_536
_NEAR = 4_096

_HEADING = re.compile(rb"<h[12][^>]{0,200}>(.{0,300}?)</h[12]", re.IGNORECASE | re.DOTALL)
_MORE = re.compile(
    r"""(?i)<(?:i?frame|frameset|form|area|object|embed)[\s>]|<script[^>]{0,300}\ssrc|\blocation\b|display\s{0,9}:\s{0,9}none"""
    r"""|<meta[^>]{0,300}[;,]\s{0,9}url\s{0,9}="""
)
"""What makes a page more than its words, or lets them be other words than a visitor reads."""
_TEXTUAL = re.compile(r"\s*(?:$|text/|application/(?:xhtml|xml|json|javascript|octet-stream))", re.IGNORECASE)


class Kind(StrEnum):
    """What a signature tells of a reply."""

    CHALLENGE = "challenge"
    FILING_BLOCK = "filing-block"
    PARKED_DOMAIN = "parked-domain"
    SOFT_404 = "soft-404"
    MAINTENANCE = "maintenance"


class Reach(IntEnum):
    """How far into a reply one looks; further costs more."""

    HEADERS = 0
    TITLE = 1
    BODY = 2


class Seen:
    """A reply as conditions see it; everything dearer than the headers is read when first asked for."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.status = reply.status
        self.size = len(reply.body)
        self._headers: dict[str, str] = {}
        for name, value in reply.headers:
            self._headers[name] = f"{self._headers[name]}\n{value}" if name in self._headers else value

    def header(self, name: str) -> str | None:
        """All values of a header, one per line."""
        return self._headers.get(name)

    @property
    def textual(self) -> bool:
        """Whether the body may be text at all."""
        return _TEXTUAL.match(self._headers.get("content-type", "")) is not None

    @property
    def ordinary(self) -> bool:
        """Whether this is a page of a site, so that its words need not be searched. Looks no further than it must."""
        count = self.reply.body.count
        if not 200 <= self.status < 300:  # noqa: PLR2004 - HTTP success
            return False
        near = count(b"</a>", 0, _NEAR)
        return near >= ORDINARY_LINKS or near + count(b"</a>", _NEAR, _FAR) >= ORDINARY_LINKS

    @cached_property
    def links(self) -> int:
        """How many links the head of the body has."""
        return self.reply.body.count(b"</a>", 0, HEAD) + self.reply.body.count(b"</A>", 0, HEAD)

    @cached_property
    def body(self) -> str:
        """The head of the body as text: UTF-8, else GB18030."""
        return decoded(self.reply.body[:HEAD])

    @cached_property
    def title(self) -> str:
        """The words of ``<title>``."""
        return title_of(self.reply.body, _NEAR)

    @cached_property
    def heading(self) -> str:
        """The words of the first ``<h1>`` or ``<h2>``."""
        return element_words(_HEADING, self.reply.body, b"<h", HEAD)

    @cached_property
    def notice(self) -> str:
        """All that there is to read, where the page is one short notice and nothing else; else empty."""
        if self.size > HEAD or self.links > NOTICE_LINKS or _MORE.search(self.body):
            return ""
        words = self.reply.words()
        return words if len(words) < BARE else ""

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """Where redirects led, or would have led."""
        return (*(hop.to for hop in self.reply.hops), self.header("location") or "", self.reply.final_url)


class Condition:
    """One thing that must be so."""

    __slots__ = ()

    def holds(self, seen: Seen) -> bool:
        """Whether it is so."""
        raise NotImplementedError

    def within(self, status: int, reach: Reach) -> "Condition | None":  # noqa: ARG002 - most conditions look at headers
        """What of it can hold for a reply with this status, looking no further than ``reach``."""
        return self


@dataclass(frozen=True, slots=True)
class StatusIs(Condition):
    """One of these status codes."""

    codes: frozenset[int]

    def holds(self, seen: Seen) -> bool:
        return seen.status in self.codes

    def within(self, status: int, reach: Reach) -> Condition | None:  # noqa: ARG002
        return self if status in self.codes else None


@dataclass(frozen=True, slots=True)
class HeaderMatches(Condition):
    """The header is there, and a part of it matches."""

    name: str
    pattern: re.Pattern[str]

    def holds(self, seen: Seen) -> bool:
        value = seen.header(self.name)
        return value is not None and self.pattern.search(value[:HEAD]) is not None


@dataclass(frozen=True, slots=True)
class UrlMatches(Condition):
    """A redirect's target or the last URL matches."""

    pattern: re.Pattern[str]

    def holds(self, seen: Seen) -> bool:
        return any(self.pattern.search(url[:2048]) for url in seen.urls)


@dataclass(frozen=True, slots=True)
class ShorterThan(Condition):
    """The body has fewer bytes."""

    size: int

    def holds(self, seen: Seen) -> bool:
        return seen.size < self.size


@dataclass(frozen=True, slots=True)
class LinksAtMost(Condition):
    """The head of the body has no more links."""

    most: int

    def holds(self, seen: Seen) -> bool:
        return seen.links <= self.most

    def within(self, status: int, reach: Reach) -> Condition | None:  # noqa: ARG002
        return self if reach >= Reach.BODY else None


@dataclass(frozen=True, slots=True)
class PartMatches(Condition):
    """A part of the page matches: its title, its first heading, or the head of its body."""

    part: Literal["title", "heading", "body"]
    pattern: re.Pattern[str]

    def holds(self, seen: Seen) -> bool:
        text: str = getattr(seen, self.part)
        return self.pattern.search(text) is not None

    def within(self, status: int, reach: Reach) -> Condition | None:  # noqa: ARG002
        return self if reach >= (Reach.TITLE if self.part == "title" else Reach.BODY) else None


@dataclass(frozen=True, slots=True)
class NoticeSays(Condition):
    """The page is one short notice that leads nowhere, and its words match."""

    pattern: re.Pattern[str]

    def holds(self, seen: Seen) -> bool:
        return self.pattern.search(seen.notice) is not None

    def within(self, status: int, reach: Reach) -> Condition | None:  # noqa: ARG002
        return self if reach >= Reach.BODY else None


@dataclass(frozen=True, slots=True)
class TextContains(Condition):
    """The head of the body contains this, letter by letter."""

    text: str

    def holds(self, seen: Seen) -> bool:
        return self.text in seen.body

    def within(self, status: int, reach: Reach) -> Condition | None:  # noqa: ARG002
        return self if reach >= Reach.BODY else None


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """All of them, tried in the order written."""

    conditions: tuple[Condition, ...]

    def holds(self, seen: Seen) -> bool:
        for condition in self.conditions:  # noqa: SIM110 - a generator would cost more than most conditions
            if not condition.holds(seen):
                return False
        return True

    def within(self, status: int, reach: Reach) -> Condition | None:
        parts = [condition.within(status, reach) for condition in self.conditions]
        return None if None in parts else AllOf(tuple(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """One of them."""

    conditions: tuple[Condition, ...]

    def holds(self, seen: Seen) -> bool:
        for condition in self.conditions:  # noqa: SIM110 - as above
            if condition.holds(seen):
                return True
        return False

    def within(self, status: int, reach: Reach) -> Condition | None:
        parts = filter(None, (condition.within(status, reach) for condition in self.conditions))
        return AnyOf(left) if (left := tuple(parts)) else None


@dataclass(frozen=True, slots=True)
class Sample:
    """A reply that the signature must match: written by hand, served by the lab and used by the tests."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    url: str = "http://www.example.gov.cn/"

    def reply(self) -> Reply:
        """The sample as a reply."""
        headers = (("content-type", "text/html; charset=utf-8"), *self.headers)
        return Reply("http://www.example.gov.cn/", self.url, self.status, headers, self.body.encode())


@dataclass(frozen=True, slots=True)
class Signature:
    """One look of a reply. ``id`` is stable; reports show ``name``. ``confidence`` is how sure a match is."""

    id: str
    kind: Kind
    name: Text
    provider: str
    match: Condition
    confidence: Literal["high", "medium", "low"] = "high"
    samples: tuple[Sample, ...] = field(default=(), repr=False)

    @property
    def mark(self) -> str:
        """How a reply is marked with it: ``challenge:ruishu``."""
        return f"{self.kind}:{self.id}"


class Signatures:
    """Many signatures, tried so that an ordinary page costs little."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self.all = tuple(signatures)
        self._tried: dict[tuple[int, Reach], list[tuple[Signature, Condition]]] = {}

    def of(self, reply: Reply) -> list[Signature]:
        """The first of each kind that matches, in the order of the files: they go from the particular to the general.

        The body is searched only where the reply isn't an ordinary page. A reply that can't be text is judged by its
        status, headers and URLs.
        """
        seen = Seen(reply)
        reach = Reach.HEADERS if not seen.textual else Reach.TITLE if seen.ordinary else Reach.BODY
        found: dict[Kind, Signature] = {}
        for signature, condition in self._tried.get((seen.status, reach)) or self._worth_trying(seen.status, reach):
            if signature.kind not in found and condition.holds(seen):
                found[signature.kind] = signature
        return list(found.values())

    def _worth_trying(self, status: int, reach: Reach) -> list[tuple[Signature, Condition]]:
        parts = ((one, one.match.within(status, reach)) for one in self.all)
        tried = self._tried[status, reach] = [(one, part) for one, part in parts if part is not None]
        return tried
