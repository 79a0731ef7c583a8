"""Which addresses a site is asked for: rules over the places where they look, each address once, worth first. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from urllib.parse import urlsplit

from xuncha.model.crawl import Crawl, LinkUse, Robots
from xuncha.model.hosts import registrable
from xuncha.rules.harmless import against_address, against_path
from xuncha.rules.model import At, Rule
from xuncha.rules.places import CONTEXT, RANDOM, Names, below, beside, calm

_ASSETS = (LinkUse.SCRIPT, LinkUse.STYLE)
_FILES = (LinkUse.ATTACHMENT, LinkUse.IMAGE)
_DEEPEST = 3
_MOST_FOLDERS = 500
ITSELF = "/"
"""The path at ``folders`` by which the folder itself is asked for, as listings are."""

_USUAL_CONTEXTS = ("", "/prod-api")
"""The root, and where RuoYi and what grew out of it put the server behind their pages."""

_OF_APPLICATIONS = frozenset({"do", "action", "jsp", "jspx"})


@dataclass(frozen=True, slots=True)
class Question:
    """One request and the rules that its answer may prove. ``folder`` is the place that it starts from.

    ``made_up``: the address holds a made-up name, so that it shows what a site says of what it has not.
    """

    url: str
    folder: str
    rules: tuple[Rule, ...]
    headers: tuple[tuple[str, str], ...] = ()
    follow: bool = False
    made_up: bool = False

    @property
    def key(self) -> str:
        """What tells the request from others."""
        headers = (f"{name}: {value}" for name, value in self.headers)
        return "\n".join((self.url, *headers, *["follow"] * self.follow))

    @property
    def worth(self) -> tuple[int, int]:
        """What is asked first: what would be worst, the root before folders; of equals what most rules ask for."""
        worst = max(rule.severity.rank for rule in self.rules)
        return (self.folder != "/") - worst, -len(self.rules)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to look on one site: its ``origin`` (scheme and host), folders with their slashes, paths of files.

    ``home`` is its home page, which tells whether the site still speaks to us. ``contexts`` are the paths of its
    applications, without a slash at the end; the root is one. Whether they are listed is asked of the folders
    ``listed`` too; of so many others with files it is not (``unlisted``).
    """

    origin: str
    folders: tuple[str, ...] = ("/",)
    pages: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    home: str = "/"
    contexts: tuple[str, ...] = _USUAL_CONTEXTS
    listed: tuple[str, ...] = ()
    unlisted: int = 0

    @property
    def names(self) -> Names:
        """What fills the placeholders."""
        host = urlsplit(self.origin).hostname or ""
        domain = registrable(host)
        return Names(host, domain, domain.partition(".")[0], made_up(host, "name"))


def made_up(*keys: str) -> str:
    """A name that nobody has; it names us, so that whoever reads the site's log knows what it was."""
    return "xuncha-" + hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def ground(crawl: Crawl, home: str, folders: int, files: int, contexts: int = 0, listed: int = 0) -> Ground:
    """What the crawl knows of a site: the largest folders of its files and of its pages, some pages and scripts.

    Folders come one of each in turn, files first, and none that holds another before those that stand apart: what is
    at stake in a listing is what nobody links to, beside pictures and attachments. And the ``contexts`` below which
    most that is made by Java was seen; ``listed`` more folders of files are asked about listings alone.

    Below or beside an address by which something is done nothing is asked.
    """
    start = crawl.pages[0].final_url if crawl.pages and crawl.pages[0].opened else home
    parts = urlsplit(start)
    origin = f"{parts.scheme}://{parts.netloc}"
    pages = [path for page in crawl.pages if page.opened and (path := _path(page.final_url, origin))]
    targets = [(one.use, path) for one in crawl.targets if one.internal and (path := _path(one.url, origin))]
    withheld = [path for use, path in targets if use is LinkUse.PAGE] if _is_withheld(crawl) else []
    assets = [path for use, path in targets if use in _ASSETS]
    holding = [*_largest(path for use, path in targets if use in _FILES)]
    largest = _apart_first(islice(_in_turn(iter(holding), _largest([*pages, *withheld])), _MOST_FOLDERS))
    chosen = ("/", *islice(filter(_is_harmless, largest), folders))
    others = [one for one in holding if one.count("/") == len("//") and one not in chosen]
    more = tuple(islice(filter(_is_harmless, others), listed))
    return Ground(
        origin,
        chosen,
        tuple(islice(filter(_is_harmless, _names(pages)), files)),
        tuple(islice(filter(_is_harmless, _names(assets)), files)),
        (parts.path or "/") + ("?" + parts.query if parts.query else ""),
        tuple(
            dict.fromkeys(
                (*_USUAL_CONTEXTS, *islice(_applications([*pages, *(path for _, path in targets)]), contexts))
            )
        ),
        more,
        len(others) - len(more),
    )


def _is_withheld(crawl: Crawl) -> bool:
    """Whether robots.txt kept pages from the crawl: their folders are planned all the same, so that they count."""
    return crawl.robots is Robots.UNKNOWN or crawl.forbidden > 0


def _applications(paths: Iterable[str]) -> Iterator[str]:
    """The first folders of what applications answer, by its names; the largest first, then the shortest."""
    counts = Counter(f"/{path.split('/')[1]}" for path in paths if path.count("/") > 1 and _is_answered(path))
    largest = sorted((-count, len(folder), folder) for folder, count in counts.items())
    yield from (folder for _, _, folder in largest if _is_harmless(folder) and folder not in _USUAL_CONTEXTS)


def _is_answered(path: str) -> bool:
    """Whether a program of Java made the answer, as far as the name tells: ``/zwfw/index.do``, ``/zwfw/login``."""
    name = path.rpartition("/")[2]
    return bool(name) and ("." not in name or name.rpartition(".")[2].lower() in _OF_APPLICATIONS)


def _is_harmless(path: str) -> bool:
    return against_address(calm(path)) is None


def _names(paths: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(path for path in paths if not path.endswith("/"))


def _path(url: str, origin: str) -> str:
    """The path of a URL of this origin; empty for others."""
    parts = urlsplit(url)
    return parts.path or "/" if f"{parts.scheme}://{parts.netloc}" == origin else ""


def _largest(paths: Iterable[str]) -> Iterator[str]:
    """The folders below the root that hold these, with what lies deeper; the largest first, then the shortest."""
    counts = Counter(folder for path in paths for folder in _folders(path))
    yield from (folder for _, _, folder in sorted((-count, len(folder), folder) for folder, count in counts.items()))


def _folders(path: str) -> Iterator[str]:
    """``/a/b/c.html`` lies in ``/a/`` and in ``/a/b/``."""
    names = path.split("/")[1:-1]
    for end in range(1, min(len(names), _DEEPEST) + 1):
        yield f"/{'/'.join(names[:end])}/"


def _in_turn(*sources: Iterator[str]) -> Iterator[str]:
    """One of each in turn; what comes again is left out."""
    seen: set[str] = set()
    for turn in zip_longest(*sources):
        for one in turn:
            if one is not None and one not in seen:
                seen.add(one)
                yield one


def _apart_first(folders: Iterable[str]) -> list[str]:
    """Those of which none holds another, then the others."""
    apart: list[str] = []
    rest: list[str] = []
    for one in folders:
        related = any(one.startswith(other) or other.startswith(one) for other in apart)
        (rest if related else apart).append(one)
    return [*apart, *rest]


def questions(rules: Sequence[Rule], here: Ground) -> list[Question]:
    """What to ask, the most valuable first; rules with the same request share it."""
    shared: dict[tuple[object, ...], Question] = {}
    for rule in rules:
        for folder, path in _places(rule, here):
            if not _is_harmless(path):
                continue  # what a rule must not ask for, it must not put together from the site's names either
            url = here.origin + calm(path)
            key = (url, rule.request.headers, rule.request.follow)
            known = shared.get(key)
            together = (*known.rules, rule) if known else (rule,)
            shared[key] = Question(url, folder, together, rule.request.headers, rule.request.follow, _made_up(rule))
    return sorted(shared.values(), key=lambda one: one.worth)


def _made_up(rule: Rule) -> bool:
    return any(RANDOM in path for path in rule.request.paths)


def _places(rule: Rule, here: Ground) -> Iterator[tuple[str, str]]:
    """(folder, path) of each address that a rule asks for; a path that two places share comes once."""
    names, request = here.names, rule.request
    paths = [
        path for path in request.paths if against_path(path) is None
    ]  # also where nobody read the rule from a file
    if request.at in (At.ROOT, At.FOLDERS):
        folders = here.folders[:1] if request.at is At.ROOT else (*here.folders, *here.listed)
        for folder in folders:
            for path in paths if folder in here.folders else [one for one in paths if one == ITSELF]:
                contexts = here.contexts if path.startswith(CONTEXT) else ("",)
                yield from ((f"{one}/" if one else folder, below(folder, path, names, one)) for one in contexts)
        return
    for file in here.pages if request.at is At.PAGES else here.assets:
        if not request.suffixes or file.rpartition(".")[2].lower() in request.suffixes:
            folder = file.rpartition("/")[0] + "/"
            yield from ((folder, beside(file, path, names)) for path in paths)


class Shape(StrEnum):
    """Three kinds of names: how a site answers one kind says nothing of the others."""

    PLAIN = ""
    FILE = ".zip"
    HIDDEN = "."

    def example(self, origin: str, folder: str) -> str:
        """A made-up address of this kind below a folder."""
        name = made_up(origin, folder, self.name)
        return f"{origin}{folder}.{name}" if self is Shape.HIDDEN else f"{origin}{folder}{name}{self.value}"


def shape(url: str) -> Shape:
    """The kind of a URL's path."""
    segments = urlsplit(url).path.split("/")
    if any(segment.startswith(".") for segment in segments):
        return Shape.HIDDEN
    return Shape.FILE if "." in segments[-1] else Shape.PLAIN


def sibling(url: str) -> str:
    """A made-up name of the same shape beside ``url``: same folder, leading dot, suffix, slash at the end, query.

    It ends with the name itself: a site with an answer for whatever sounds alike gives itself away.
    """
    head, mark, query = url.partition("?")
    slash = "/" * head.endswith("/")
    folder, _, name = head.rstrip("/").rpartition("/")
    return f"{folder}/{'.' * name.startswith('.')}{made_up(url)}-{name.lstrip('.')}{slash}{mark}{query}"


def has_siblings(url: str) -> bool:
    """Whether another name could stand beside it: the home page is there whatever it says."""
    return urlsplit(url).path not in ("", "/")
