"""Which pages of the last crawl a backup is asked for, and how they are found again among the files of one."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from xuncha.api import Crawl, PageRecord, date_in_url, host_of, url_parts

PAGE_ENDS = (".html", ".htm", ".shtml", ".xhtml")
_INDEX = ("index.html", "index.htm", "index.shtml", "default.html", "default.htm")
_MOST_NAMESAKES = 3_000
_HTML = ("text/html", "application/xhtml+xml", "")
_PARTS = re.compile(r"\s*[_|｜—–]+\s*|\s+-+\s+|-")
_SHORTEST = 6
"""Characters of a title that tells one page from others."""

_COMMON = 3
"""Pages that share a part of their titles: it is the site's name then, or a column's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of the crawl: where its file may lie below the site's root, its hash, and titles that only it has."""

    url: str
    places: tuple[str, ...]
    sha256: str
    titles: tuple[str, ...] = ()


def wanted(crawl: Crawl, taken: date | None) -> tuple[list[Wanted], int]:
    """The pages that a copy of the day ``taken`` may hold, and how many are newer by their address."""
    own = [page for page in crawl.pages if _is_page(page, host_of(crawl.home))]
    old = [page for page in own if not (taken and (day := date_in_url(page.final_url)) and day > taken)]
    titles = _titles(old)
    base = posixpath.dirname(unquote(url_parts(crawl.home).path)).strip("/")
    found = [
        Wanted(page.final_url, _places(page.final_url, base), page.sha256, titles[number])
        for number, page in enumerate(old)
    ]
    return found, len(own) - len(old)


def _is_page(page: PageRecord, host: str) -> bool:
    whole = page.opened and not page.notice and not page.challenge and not page.part_of
    return whole and page.media_type in _HTML and host_of(page.final_url) == host


def _places(url: str, base: str) -> tuple[str, ...]:
    """Paths below the root; none for a page that a program makes."""
    parts = url_parts(url)
    path = unquote(parts.path).lstrip("/")
    if parts.query or ".." in path:
        return ()
    if not path or path.endswith("/"):
        names = tuple(path + name for name in _INDEX)
    elif path.lower().endswith(PAGE_ENDS):
        names = (path,)
    elif "." in posixpath.basename(path):
        return ()
    else:
        names = (f"{path}.html", *(f"{path}/{name}" for name in _INDEX))
    below = (name.removeprefix(f"{base}/") for name in names) if base else ()
    return tuple(dict.fromkeys((*names, *below)))


def _titles(pages: Sequence[PageRecord]) -> list[tuple[str, ...]]:
    """Of each page the words by which a database would know it: what no other page has of title and link."""
    counted = Counter(part for page in pages for part in set(_PARTS.split(page.title.strip())))
    texts = [{*_cuts(page.title.strip(), counted), page.link_text.strip()} for page in pages]
    having = Counter(text for some in texts for text in some)
    return [
        tuple(sorted(text for text in some if len(text) >= _SHORTEST and having[text] == 1 and not _is_cut(text)))
        for some in texts
    ]


def _cuts(title: str, counted: Counter[str]) -> Iterator[str]:
    """A title, cut at each of its separators: behind one of them comes what all pages of a site or column have."""
    for at in _PARTS.finditer(title):
        yield title[: at.start()]
        yield title[at.end() :]
    if all(counted[part] <= _COMMON for part in _PARTS.split(title)):
        yield title


def _is_cut(text: str) -> bool:
    return text.endswith(("…", "..."))


def located(pages: Iterable[Wanted], files: Mapping[str, str]) -> dict[str, str]:
    """URL → name of the file of each page that is found; ``files`` are names in the backup.

    The site's root in it is the folder under which most pages are found.
    """
    listed = list(pages)
    namesakes: dict[str, list[str]] = defaultdict(list)
    for name in sorted(files):
        namesakes[posixpath.basename(name)].append(name)
    votes: Counter[str] = Counter()
    for page in listed:
        votes.update(_roots(page, namesakes))
    if not votes:
        return {}
    root = max(votes, key=lambda one: (votes[one], -len(one)))
    found = {page.url: next((root + place for place in page.places if root + place in files), "") for page in listed}
    return {url: name for url, name in found.items() if name}


def _roots(page: Wanted, namesakes: Mapping[str, list[str]]) -> set[str]:
    """The folders below which this page would be there."""
    return {
        name.removesuffix(place)
        for place in page.places
        for name in namesakes.get(posixpath.basename(place), ())[:_MOST_NAMESAKES]
        if f"/{name}".endswith(f"/{place}")
    }
