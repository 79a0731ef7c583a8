"""What a browser made of a page: its HTML once scripts have run, its layout, a picture of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason

RENDERED = "rendered"
"""Marks a reply that a browser wrote; behind the colon stands which."""


@dataclass(frozen=True, slots=True)
class Want:
    """What a rendering is wanted for, beside the HTML: where each link stands, a picture of the page.

    For either the pictures within the page are fetched: without them it is laid out otherwise.
    ``shots`` are pictures of its upper part some seconds apart, as it is: never to be shown or kept, for they are not
    retouched.
    """

    layout: bool = False
    picture: bool = False
    shots: int = 0


@dataclass(frozen=True, slots=True)
class Retouch:
    """What is done to a page before its picture is taken, and what is to be looked for in it.

    ``outlined`` are CSS paths of elements, such as ``LinkBox.path``; ``quoted`` are words of the page, in which ``*``
    stands for any character and white space counts for nothing; ``loaded`` are addresses of pictures and frames.
    ``masked`` are words to be covered wherever they stand.
    """

    outlined: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """In CSS pixels, from the page's upper left corner; ``left`` and ``top`` are negative beyond it."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LinkBox:
    """How one ``a[href]`` is laid out.

    ``shown`` by the browser's own reckoning: neither it nor anything around it is ``display: none``, invisible or
    wholly transparent. ``opacity`` is that of all around it multiplied. ``clipped``: nothing of it is left by what
    ``cut_by`` names: ``box`` (boxes around it that let nothing out), ``clip`` (``clip``, ``clip-path``) or ``page`` (it
    lies beyond the page's edges); ``cut_by`` is ``unknown`` where a mask or a motion decides. ``covered``: something
    that nothing shines through stands above its middle; None where that could not be told. ``colour`` is that of its
    letters, ``background`` what is painted beneath them (``rgb(0, 0, 0)``), ``image`` where a picture may be.
    ``rect`` is that of its words; a picture's own. ``path`` finds the element (``body > div:nth-child(2) > a``) and
    is empty within shadow trees and written frames.
    """

    url: str
    text: str
    rect: Rect
    shown: bool
    opacity: float
    clipped: bool
    covered: bool | None
    colour: str
    background: str
    font_size: float
    path: str
    cut_by: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """How one ``iframe`` or ``frame`` is laid out; ``covers`` is its share of the part that is seen first."""

    url: str
    rect: Rect
    shown: bool
    covers: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The page as it is laid out ``width`` wide; ``complete`` is False where it has more links than were read out."""

    width: float
    height: float
    links: tuple[LinkBox, ...]
    frames: tuple[Frame, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the page may change by itself, in its upper part, and which fonts were there.

    ``slots`` are pictures that lead to other pages of the website, ``leads`` hashes of where each does. ``floats`` are
    elements that are fixed in the window or lie above all others. ``fonts`` tells how wide some words are. ``written``
    are words in large letters at its top, which are no link to news, and those that its style sheets write anywhere.
    """

    slots: tuple[Rect, ...]
    floats: tuple[Rect, ...]
    fonts: str
    leads: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of a writing, as they are laid out in its document."""

    start: int
    end: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class Writing:
    """What one document of a page says, line by line: the page's own, or that of a frame.

    ``frame`` is where the frame stands on the page, the outermost one around it; None for the page itself. Its
    ``pieces`` are told within itself. ``unseen`` is what it holds beside and does not show.
    """

    url: str
    text: str
    pieces: tuple[Piece, ...] = ()
    frame: Rect | None = None
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be read on a page, shadow trees and what styles write included.

    ``unread`` are parts that show something of which no words are known: canvases, frames of other websites.
    ``complete`` is False where there is more to read than is read out.
    """

    writings: tuple[Writing, ...]
    unread: tuple[Rect, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of the page; ``whole`` is False where the page goes on below.

    ``boxes`` tell for each of ``Retouch.outlined``, then ``quoted``, then ``loaded``, where it stands in the picture:
    None where the page has no such thing, an empty one where it is there and can't be seen. ``seen`` is what could be
    read right before and right after it was taken.
    """

    png: bytes
    sha256: str
    width: int
    height: int
    whole: bool
    boxes: tuple[Rect | None, ...] = ()
    seen: tuple[Sight, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was not answered. ``kind`` is ``document``, ``frame``, ``script``, ``data`` or another."""

    kind: str
    method: str
    url: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the page asked for.

    Attributes:
        requests: sent for it; ``reused`` answered from what was fetched for the site before.
        received: bytes of bodies.
        documents: main documents one after the other: the page, where it redirected or reloaded to.
        refused: the first of those that were refused or got no answer; ``refusals`` counts all of them by reason.
            A class of things that is never fetched (fonts, media, beacons) has the reason ``not-selected``.
        scripts: the first address of each other host that scripts were asked from.
    """

    requests: int
    reused: int
    received: int
    documents: tuple[str, ...]
    refused: tuple[Refused, ...]
    refusals: tuple[tuple[Reason, int], ...]
    scripts: tuple[str, ...] = ()

    @property
    def led_away(self) -> tuple[str, ...]:
        """Where the page itself would have led a visitor beyond the site, by redirect or script."""
        return tuple(one.url for one in self.refused if one.kind == "document" and one.reason is Reason.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One page as a browser shows it.

    Attributes:
        url: asked for; ``final_url`` where the page stands in the end.
        status: of the document that stands there, with its ``headers``.
        html: the document's HTML as it is now, ``cut`` where it is longer than it may be.
        text: what is laid out of it, as a visitor could copy it.
        settled: it came to rest; else it was read out while it was still busy.
        failures: what its scripts complained about, the first of it.
        dialogs: how many alerts, confirmations and prompts were dismissed; about twenty are counted.
        seconds: on the clock, ``cpu`` of all of the browser's processes.
        memory: bytes, at the height of it.
        browser: such as ``Chrome/156.0.8078.79``, with its ``agent`` as it announced itself.
        sandboxed: False where the machine's owner let it run without.
        passed: challenges that were in front of the page.
        at: when it was read out.
        shots: pictures of its upper part some seconds apart, with the ``parts`` that may change by themselves.
        sight: what can be read on it as it stands for its picture; None where none is wanted, or that can't be told.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    html: str
    text: str
    cut: bool
    settled: bool
    failures: tuple[str, ...]
    dialogs: int
    traffic: Traffic
    seconds: float
    cpu: float
    memory: int
    browser: str
    agent: str
    sandboxed: bool
    at: datetime
    passed: tuple[str, ...] = ()
    layout: Layout | None = None
    picture: Picture | None = None
    shots: tuple[Picture, ...] = ()
    parts: Parts | None = None
    sight: Sight | None = None

    @property
    def whole(self) -> bool:
        """Whether it shows everything that its scripts were to fetch: it came to rest, and nothing was kept from them.

        Where more was refused than is named, nobody can tell.
        """
        traffic = self.traffic
        told = sum(count for reason, count in traffic.refusals if reason is not Reason.NOT_SELECTED)
        lacking = any(one.kind in _BUILDS for one in traffic.refused) or told > len(traffic.refused)
        return self.settled and not self.cut and not lacking

    def reply(self) -> Reply:
        """As if it had been fetched like this, for whoever reads replies; marked as rendered."""
        kept = tuple((name, value) for name, value in self.headers if name not in _OF_THE_BODY)
        return Reply(
            url=self.url,
            final_url=self.final_url,
            status=self.status,
            headers=(*kept, ("content-type", "text/html; charset=utf-8")),
            body=self.html.encode("utf-8", "replace"),
            seconds=self.seconds,
            truncated=self.cut,
            fetched_at=self.at,
            marks=(f"{RENDERED}:{self.browser}",),
        )


def is_rendered(reply: Reply) -> bool:
    """Whether a browser wrote it."""
    return any(mark.startswith(f"{RENDERED}:") for mark in reply.marks)


BeforePicture = Callable[[Rendered], Retouch | None]
"""Sees a page as it stands for its picture, at rest and with its scripts off; says how the picture is retouched.

None takes no picture.
"""


class Renderer(Protocol):
    """A browser that a probe may look at pages with, within what the profile grants the site."""

    async def render(
        self,
        url: str,
        want: Want = Want(),
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """The page at ``url`` as a browser shows it.

        Never raises for what the page or the browser does. The gap's reason is ``no-browser``, ``no-sandbox``,
        ``browser-failed``, ``render-too-heavy``, ``challenged``, ``budget-reached`` or why the page was not to be had.
        """
        ...


_BUILDS = frozenset({"script", "data", "document"})
"""Kinds of requests without which a page may lack words; a frame is a page of its own."""

_OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding", "transfer-encoding"})
