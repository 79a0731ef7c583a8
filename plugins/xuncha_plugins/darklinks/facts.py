"""What is remembered of links, titles, scripts and frames that may have been planted: never the pages themselves."""

from dataclasses import dataclass

from xuncha.api import Reason

WRITTEN = "document.write"
"""In the place of an element's id: the script writes one that hides, and leaves it open."""

UNLAYERED = 1_000_000
"""The layer of rules that stand in none: stronger than any, and weaker than any where they are important."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An element that a link lies in, or the link itself; of its attributes only those that hide or are selected by.

    ``before`` are the elements before it within the same one, the nearest first; ``more_before``: there are others.
    """

    name: str
    attrs: tuple[tuple[str, str], ...] = ()
    before: tuple["Tag", ...] = ()
    more_before: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule with declarations that can hide or show.

    ``declarations`` are name, value, and whether important. ``sure`` is False within ``@container`` and the like;
    ``layer`` counts the sheet's ``@layer`` in their order.
    """

    selector: str
    declarations: tuple[tuple[str, str, bool], ...]
    sure: bool = True
    layer: int = UNLAYERED


@dataclass(frozen=True, slots=True)
class Planted:
    """A link to a strange host. ``words`` are its words of spam; ``odd``: the host has the shape of one.

    ``says``: the host's own name says what it sells. ``pictured``: a picture stands in place of words. ``tags`` are the
    link and what it lies in, inside out. ``voice``: how the words speak (``voices.py``). ``familiar``: the host is none
    that is strange, so that only what the words sell speaks against it. ``cut``: characters that nobody sees stand
    between theirs. ``within``: the words are those of an element inside the link, and so many of ``tags`` lie in it.
    ``shown`` is its text as it may be printed, with words of spam starred.
    """

    host: str
    target: str
    text: str
    line: int | None
    words: tuple[str, ...] = ()
    odd: bool = False
    says: bool = False
    pictured: bool = False
    tags: tuple[Tag, ...] = ()
    voice: str = ""
    familiar: bool = False
    cut: bool = False
    within: int = 0
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Style rules of a page: the ``rules`` of a style element, or of the sheet linked as ``sheet``.

    ``sure`` is False where they hold on some screens only (``media``), ``whole`` where not all of them are there.
    """

    sheet: str = ""
    rules: tuple[Rule, ...] = ()
    sure: bool = True
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Strange links that stand together on ``pages`` pages, the first of which is ``url``.

    ``sources`` are in their order on the page. ``dropped`` links are not among ``links``. ``hidden_by_script`` are the
    elements that the page's script hides, as ``#id``.
    """

    url: str
    depth: int
    links: tuple[Planted, ...]
    sources: tuple[Source, ...] = ()
    pages: int = 1
    dropped: int = 0
    hidden_by_script: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The addresses of the linked sheets."""
        return tuple(dict.fromkeys(source.sheet for source in self.sources if source.sheet))


@dataclass(frozen=True, slots=True)
class TitleSpam:
    """Spam in the head of a page. ``kind`` is the message; ``shown`` may be printed. ``sure`` False asks a person."""

    url: str
    depth: int
    kind: str
    shown: str
    words: tuple[str, ...] = ()
    line: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ScriptSpam:
    """A script that writes, hides or sends. ``kind`` is the message; ``host`` where it leads, empty where nowhere."""

    url: str
    depth: int
    kind: str
    line: int | None
    host: str = ""
    words: tuple[str, ...] = ()
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Injected:
    """A script or a frame that does not belong. ``kind`` is the message, ``source`` who says that its host is bad."""

    url: str
    depth: int
    kind: str
    host: str
    target: str
    line: int | None
    source: str = ""
    verified: bool = True
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Plants:
    """Everything on the pages that may have been planted; ``dropped`` counts what there was no room for.

    ``unlooked`` is the first page with more links to other sites than are looked at; empty where there is none.
    ``unread`` is the first page whose scripts hold more than is read, ``flattened`` the first that is nested deeper
    than any parser keeps.
    ``veiled`` are pages with words of spam where only a browser reads: in shadow trees and in frames written in place.
    """

    groups: tuple[Group, ...] = ()
    titles: tuple[TitleSpam, ...] = ()
    scripts: tuple[ScriptSpam, ...] = ()
    injected: tuple[Injected, ...] = ()
    unreadable: int = 0
    dropped: int = 0
    unlooked: str = ""
    veiled: tuple[str, ...] = ()
    unread: str = ""
    flattened: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A linked style sheet, or why there is none. ``whole`` is False where it was cut."""

    url: str
    rules: tuple[Rule, ...] = ()
    whole: bool = True
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """The style sheets of pages with strange links; ``complete`` is False where not all were asked for."""

    sheets: tuple[Sheet, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Laid:
    """One link as a browser lays it out.

    ``look`` is ``shown``, ``gone`` where the page has no such link any more, the trick that hides it (``boxes.py``), or
    empty where that can't be told.
    """

    target: str
    text: str
    line: int | None
    look: str


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page as a browser lays it out, or why it did not.

    ``links`` are those that were suspicious before, and those of ``written``: the ones that only its scripts made.
    ``injected`` are scripts and frames that came with them, and where the page leads visitors away to.
    """

    url: str
    problem: Reason | None = None
    links: tuple[Laid, ...] = ()
    written: tuple[Group, ...] = ()
    injected: tuple[Injected, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages that were looked at in a browser, the most harmful first; ``left`` were worth it and had to be left."""

    pages: tuple[LaidPage, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Guise:
    """One visit in disguise. ``words`` are of spam in the head of the page, ``linked`` those of its links.

    ``said`` are those by which its description, a heading or a paragraph advertises.
    ``strange`` are the strange hosts that it links to; ``left_for`` is ``ill_named`` where that host says spam.
    ``likeness`` to what the browser was shown there: ``alike``, ``moved`` to another address, ``other`` or ``unknown``.
    ``problem`` is set where the disguise was turned away or nothing came; ``page`` is ``home`` or ``missing``.
    """

    guise: str
    page: str
    url: str
    final_url: str = ""
    status: int = 0
    title: str = ""
    words: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    left_for: str = ""
    ill_named: bool = False
    likeness: str = "unknown"
    moved: str = ""
    problem: Reason | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Guises:
    """All visits in disguise, in their order; the first is the browser's."""

    visits: tuple[Guise, ...] = ()


@dataclass(frozen=True, slots=True)
class Echo:
    """What answered for an address that does not exist, or for a search. ``kind`` is ``missing`` or ``search``.

    ``echoed``: the title repeats what was asked for, and nothing keeps search engines from storing it.
    """

    url: str
    kind: str
    status: int = 0
    title: str = ""
    words: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    echoed: bool = False
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Echoes:
    """All of these answers."""

    answers: tuple[Echo, ...] = ()
