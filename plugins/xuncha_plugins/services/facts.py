"""What is remembered of a site's functions and service guides, and of what answered when they were asked."""

from dataclasses import dataclass
from datetime import date

from xuncha.api import Reason


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that searches the site. ``field`` takes the words, ``others`` are sent along as the page has them.

    ``encoding`` is the name of the encoding that a browser would send. ``scripted``: script has a say when it is sent.
    ``limited``: it says that it searches one kind of content only.
    """

    page: str
    depth: int
    line: int | None
    target: str
    method: str
    field: str
    others: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"
    scripted: bool = False
    limited: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class FormSeen:
    """A form by its first place. ``problem`` is the page's word on the action (``local-host``, ``javascript`` …).

    ``handled``: script may see to it, so that its action alone proves nothing.
    """

    page: str
    depth: int
    line: int | None
    action: str
    target: str
    method: str
    problem: str = ""
    handled: bool = False


@dataclass(frozen=True, slots=True)
class Titled:
    """An article that a search ought to find; ``title`` stands on its page."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class SearchLink:
    """A link of the home page to a page for searching."""

    text: str
    target: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Functions:
    """What the pages offer. ``home`` is the URL of the home page, empty where none was seen.

    ``search_signs``: the home page speaks of searching, or has a field to type into. ``hidden``: script may hold
    what was not found, ``frames_unread`` a frame that was not read.
    ``before`` is the day from which on a search may not know an article.
    ``home_scripts`` are the URLs of the scripts of the home page.
    """

    home: str
    before: date
    searches: tuple[SearchForm, ...] = ()
    search_links: tuple[SearchLink, ...] = ()
    search_signs: bool = False
    hidden: bool = False
    forms: tuple[FormSeen, ...] = ()
    forms_dropped: int = 0
    articles: tuple[Titled, ...] = ()
    home_scripts: tuple[str, ...] = ()
    frames_unread: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of a guide to where the matter is handled; ``target`` is empty where only script knows."""

    text: str
    target: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """A service guide (办事指南): what it lacks, by the names of the notice, and what it says.

    ``blank`` are elements said to be 暂无 or 待定, ``empty`` those whose cell is empty. ``catch_all`` are phrases among
    its materials, ``claim`` the words that promise online handling. ``readable`` is False where most names have no
    value: script fills them in. ``general``: some link of the page leads to online services at large. ``article``: it
    is published like an article, so that it may only report on a matter. ``onward``: it says that it goes on in a file,
    a picture, another page.
    ``partly``: script or a frame may hold what it lacks.
    """

    url: str
    title: str
    depth: int
    lacking: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    catch_all: tuple[str, ...] = ()
    claim: str = ""
    entries: tuple[Entry, ...] = ()
    readable: bool = True
    general: bool = False
    article: bool = False
    empty: tuple[str, ...] = ()
    onward: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Guides:
    """The guides in the order of the crawl.

    ``thin`` are pages called guides that name hardly any element; ``scripted`` counts guides that script fills.
    ``platform`` is the host of the unified platform to which the home page leads, empty without.
    """

    guides: tuple[Guide, ...] = ()
    thin: tuple[Guide, ...] = ()
    scripted: int = 0
    dropped: int = 0
    platform: str = ""


@dataclass(frozen=True, slots=True)
class SearchTry:
    """One question to a search: ``words``, the ``title`` of an article or a piece of it; no title for a short word.

    ``found``: the answer leads to the article, or to others with the word. ``denies``: it says that there is nothing.
    ``filled``: script may fill the results. ``refused``: it turns programs away.
    """

    form: int
    words: str
    title: str
    url: str
    status: int = 0
    problem: Reason | None = None
    challenge: str = ""
    notice: str = ""
    found: bool = False
    denies: bool = False
    filled: bool = False
    refused: bool = False

    @property
    def is_piece(self) -> bool:
        """Whether only a piece of a title was looked for."""
        return self.title not in {"", self.words}


@dataclass(frozen=True, slots=True)
class SearchAnswers:
    """What the search answered; without tries where it could not be asked."""

    tries: tuple[SearchTry, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLook:
    """The first piece of an attachment. ``kind`` is told by its first bytes, ``ending`` by its name.

    ``size`` counts the bytes read; ``whole`` tells that there are no more. ``ended`` is None where nothing tells
    whether the file has its end. ``words`` are the first of a web page that came instead.
    """

    url: str
    page: str
    text: str
    line: int | None
    depth: int
    ending: str
    status: int = 0
    problem: Reason | None = None
    challenge: str = ""
    kind: str = ""
    size: int = 0
    length: int = -1
    whole: bool = False
    ended: bool | None = None
    tables: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class FileAnswers:
    """``first`` are the attachments that were opened, of ``known``; ``second`` what looked wrong, opened again."""

    first: tuple[FileLook, ...] = ()
    second: tuple[FileLook, ...] = ()
    known: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What answered for ``url``; ``status`` 0 means that nothing came, and ``problem`` then says why."""

    url: str
    method: str = "GET"
    status: int = 0
    problem: Reason | None = None
    challenge: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """An online system by its first link; ``name`` is what that link calls it."""

    url: str
    name: str
    internal: bool
    page: str
    line: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class EntryAnswers:
    """What answered for online systems, entries of guides and actions of forms: every visit, in their order.

    ``systems`` are those that are linked, whether they were asked or not. ``denied`` are hosts whose names two lookups
    denied; that proves nothing where ``outside_in_reach`` is False.
    """

    visits: tuple[Visit, ...] = ()
    systems: tuple[System, ...] = ()
    denied: tuple[str, ...] = ()
    complete: bool = True
    outside_in_reach: bool = True
