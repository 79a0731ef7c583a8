"""Prints of pages, and the approved ones among them: the baseline (基线) that later visits are compared with.

A print says enough of a page to tell an ordinary update from tampering, in at most a few kilobytes; it is no copy.
Everything in it comes from the page and is masked and cut when it is taken. ``xuncha.tamper`` takes and compares them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from xuncha.model.looks import ApprovedPicture, LookPrint
from xuncha.model.text import Text


class PageKind(StrEnum):
    """What a page is to its visitors, as far as that is cheap to know."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Algorithms:
    """How the hashes of a print were made, as ``name/version``. Hashes are compared only where the names agree."""

    dom: str
    structure: str
    similarity: str


@dataclass(frozen=True, slots=True)
class ScriptPrint:
    """A script: ``src`` is its absolute address without query, empty for one that stands in the page itself.

    ``hash`` is of an inline script's text without numbers and blanks, ``bytes`` the length of that text; the text of
    linked ones isn't fetched. ``loads`` are the hosts that an inline script loads from or sends visitors to; it is
    ``packed`` where its text is encoded so that nobody can read what it does. ``spelled`` are further hosts, which show
    only when what was taken apart is put together; None in prints of earlier versions, and then not compared.
    """

    src: str
    hash: str = ""
    bytes: int = 0
    loads: tuple[str, ...] = ()
    packed: bool = False
    spelled: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Links in a row whose words are the same apart from numbers: the words of one, and how many there are."""

    words: str
    links: int


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page, from the element called ``name`` (its id, or its class) to the next one."""

    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class DefacementSign:
    """Something that defacers leave behind: a message key, the words (masked), whether they have no honest reading."""

    kind: str
    excerpt: str
    sure: bool = False


class EffectKind(StrEnum):
    """What is done to a page as a whole, by its own styles and scripts.

    COVER: an element is laid over it. RULED: the same by a rule of a style element. HIDDEN: a rule hides all of it.
    SHADOW: a template shows something in an element's place. WIPED, RETITLED: a script overwrites body or title.
    WORKER: it stays with visitors and answers for the website. CLIPBOARD: it puts words of its own into what they copy.
    """

    COVER = "cover"
    RULED = "ruled"
    HIDDEN = "hidden"
    SHADOW = "shadow"
    WIPED = "wiped"
    RETITLED = "retitled"
    WORKER = "worker"
    CLIPBOARD = "clipboard"


@dataclass(frozen=True, slots=True)
class Effect:
    """One of these, and what brings it about: an element or a selector."""

    kind: EffectKind
    what: str


@dataclass(frozen=True, slots=True)
class Signpost:
    """A link of few words that leads to another website: its words, and the host."""

    text: str
    host: str


@dataclass(frozen=True, slots=True)
class PagePrint:
    """What a page looked like on one visit.

    ``url`` is the address asked for, ``landed`` where that led, empty if it is the same. ``dom`` is an exact hash of
    the normalised tree; ``structure`` and ``similarity`` are sketches of the kinds of elements and of the lines of
    visible text (see ``xuncha.tamper.sketch``). ``words`` counts visible characters, ``chinese`` the Chinese ones
    among them, ``lines`` the different lines, ``own_links`` the different links within the site. ``metas`` are name
    and content of the descriptive ones, ``marks`` what identifies the owner (filing numbers, site code). ``hosts`` are
    those of clickable links to other websites; ``frames`` and ``forms`` absolute addresses without query; ``refresh``
    is where a meta refresh or a script of nothing else sends visitors. ``base`` is set where relative addresses start
    from another host. ``pictures`` is a sketch of the images' addresses, ``picture_hosts`` the hosts of the first
    ones in their order, empty for the site's own; ``assets`` are foreign addresses of style sheets, icons, embedded
    objects and media; ``downloads`` those of programs and archives, ``disguised`` of programs that their links call
    documents. ``signposts`` is a sketch of the words of short links within the site, ``abroad`` such links to other
    websites; ``effects`` is what lies over the page or hides it, ``hidden`` the most characters that one element hides,
    ``tucked`` a sketch of the words of short links in hidden elements, ``heads`` are large words that are no links,
    after their tag, ``veiled`` the hosts of links off the screen, ``sized`` words that a style makes large, ``series``
    the longest row of links that are the same apart from numbers, ``backdrop`` the host of a picture laid behind
    everything, empty for the site's own, ``canonical`` the address on another host that the page names to search
    engines as its own, empty for none. All these are None in prints of earlier versions, and then not compared.
    ``sentences`` is a sketch of the sentences, ``clauses`` of what these are made of, ``refrain`` what most of the
    longer lines begin or end with. ``echo`` is the share of the title's words that the page repeats, from 0 to 1.
    """

    url: str
    title: str
    taken: datetime
    depth: int
    kind: PageKind
    dom: str
    structure: str
    similarity: str
    words: int
    chinese: int
    lines: int
    own_links: int
    echo: float = 0.0
    metas: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    scripts: tuple[ScriptPrint, ...] = ()
    frames: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    refresh: str = ""
    images: int = 0
    pictures: str = ""
    regions: tuple[Region, ...] = ()
    signs: tuple[DefacementSign, ...] = ()
    landed: str = ""
    base: str = ""
    scripted: bool = False
    picture_hosts: tuple[str, ...] | None = None
    assets: tuple[str, ...] | None = None
    sentences: str = ""
    refrain: str = ""
    downloads: tuple[str, ...] | None = None
    signposts: str | None = None
    abroad: tuple[Signpost, ...] | None = None
    effects: tuple[Effect, ...] | None = None
    hidden: int | None = None
    tucked: str | None = None
    heads: tuple[str, ...] | None = None
    clauses: str | None = None
    veiled: tuple[str, ...] | None = None
    sized: tuple[str, ...] | None = None
    series: Series | None = None
    backdrop: str | None = None
    disguised: tuple[str, ...] | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """What visits taught about one page: which parts change by themselves.

    ``visits`` counts those that it was learned from, ``since`` is the first of them. ``volatile`` are the names of
    regions that were seen to change, ``steady`` the sketch of the lines that every visit showed, ``least`` the fewest
    visible characters. ``recent`` and ``recent_words`` are the lines and the length of the visit before this one,
    whatever it was: after a redesign that nobody approved it is all there is to compare with. ``said`` is a sketch of
    what that visit showed of the kinds that a question is asked about once (see ``xuncha.tamper.standing``), empty in
    prints of earlier versions; ``said_at`` is when that was.
    """

    url: str
    since: datetime
    visits: int
    volatile: tuple[str, ...]
    steady: str
    least: int
    recent: str = ""
    recent_words: int = 0
    said: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prints:
    """The prints of one crawl, in its order.

    ``complete`` is False where pages beyond the cap were left out: ``left`` are those that were read, not printed.
    """

    pages: tuple[PagePrint, ...]
    algorithms: Algorithms
    complete: bool = True
    habits: tuple[Habit, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """Who looked at a page and approved it as untampered: a name, when, and on the ground of which run."""

    by: str
    at: datetime
    run: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """A page as it was approved; ``look`` and ``picture`` are None where nobody had a browser look at it then."""

    print: PagePrint
    approval: Approval
    algorithms: Algorithms
    habit: Habit | None = None
    look: LookPrint | None = None
    picture: ApprovedPicture | None = None


@dataclass(frozen=True, slots=True)
class Redesign:
    """改版. A planned time, first and last day, in which pages may look different; ``by`` announced it."""

    start: date
    end: date
    by: str = ""
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether the pages may look different on ``day``."""
        return self.start <= day <= self.end


class SealState(StrEnum):
    """What checking the keyed chain of a baseline ended in.

    DAMAGED: the chain holds, and what it seals is gone or was changed.
    """

    INTACT = "intact"
    BROKEN = "broken"
    UNSEALED = "unsealed"
    KEY_MISSING = "key-missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of the keyed hash chain: the hash of its last entry and how many there are.

    ``problem`` says in words what is wrong and what to do. ``confirmed`` False: the chain holds, but this machine knows
    of no earlier end of it, so that it couldn't tell if the last entries had been cut off.
    """

    head: str
    length: int
    state: SealState
    problem: Text | None = None
    confirmed: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing was changed, dropped or cut off, as far as this machine can tell; and it can."""
        return self.state is SealState.INTACT and self.confirmed


@dataclass(frozen=True, slots=True)
class Baseline:
    """基线. The approved state of a site's pages."""

    site: str
    pages: tuple[BaselinePage, ...]
    seal: Seal
    redesigns: tuple[Redesign, ...] = ()

    def page(self, url: str) -> BaselinePage | None:
        """The approved state of one page, by the address that was asked for."""
        return next((page for page in self.pages if page.print.url == url), None)
