"""Addresses that cannot exist, and what is kept of the answers. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from xuncha.api import Crawl, Reason, Reply, site_host
from xuncha_plugins.availability.facts import MissingAnswer
from xuncha_plugins.availability.visiting import filing_block

MAX_TITLE = 200
_SUFFIXES = frozenset({"html", "htm", "shtml", "jsp", "jspx", "aspx", "asp", "php", "do", "action"})

_CHANGING = re.compile(r"\d+")


def addresses(crawl: Crawl, key: str, folders: int) -> Iterator[tuple[str, str]]:
    """(folder, address that cannot exist): in the root, then in the ``folders`` that hold most pages.

    ``key`` decides the made-up names, so that a run can be repeated; they end as most pages of the site do.
    """
    home = urlsplit(crawl.pages[0].final_url)
    origin = f"{home.scheme}://{home.netloc}"
    paths = [urlsplit(page.final_url).path for page in crawl.pages[1:] if page.opened and not page.part_of]
    suffix = next(_most(suffix for path in paths if (suffix := _suffix(path)) in _SUFFIXES), "html")
    largest = _most(folder for path in paths if (folder := path.rpartition("/")[0] + "/") != "/")
    for folder in ("/", *islice(largest, folders)):
        yield folder, f"{origin}{folder}{made_up(key, folder)}.{suffix}"


def _most(words: Iterable[str]) -> Iterator[str]:
    """The distinct words, the most frequent first."""
    yield from (word for _, word in sorted((-count, word) for word, count in Counter(words).items()))


def _suffix(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def made_up(key: str, folder: str) -> str:
    """A name that no page has: it names us, so that whoever reads the site's log knows what it was."""
    return "xuncha-" + hashlib.sha256(f"{key}\n{folder}".encode()).hexdigest()[:16]


def answered(folder: str, reply: Reply, home: str) -> MissingAnswer:
    """What is kept of an answer; ``home`` is where the home page is."""
    name = urlsplit(reply.url).path.rpartition("/")[2].partition(".")[0]
    return MissingAnswer(
        url=reply.url,
        folder=folder,
        status=reply.status,
        reason=_in_the_way(reply),
        final_url=reply.final_url,
        title=reply.title[:MAX_TITLE],
        size=len(reply.body),
        sha256=hashlib.sha256(reply.body).hexdigest(),
        words_sha256=hashlib.sha256(_without(name, reply.words()).encode()).hexdigest(),
        to_home=bool(reply.hops) and _same(reply.final_url, home),
        says_missing=any(mark.startswith("soft-404:") for mark in reply.marks),
    )


def _in_the_way(reply: Reply) -> Reason | None:
    """Why a reply says nothing about the site itself."""
    if filing_block(reply.marks):
        return Reason.FILING_BLOCK
    return Reason.CHALLENGED if reply.challenge else None


def _same(url: str, home: str) -> bool:
    return _place(url) == _place(home)


def _place(url: str) -> tuple[str, str]:
    """Host and path: the scheme may change on the way, and index pages are the home page."""
    return site_host(url), re.sub(r"/(?:index|default)\.\w{1,5}$", "/", urlsplit(url).path) or "/"


def _without(name: str, words: str) -> str:
    """The words of an answer but for what changes with every answer: digits, and the made-up ``name``."""
    return _CHANGING.sub("0", words.replace(name, ""))
