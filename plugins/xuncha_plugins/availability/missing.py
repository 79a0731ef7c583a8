"""Addresses that cannot exist, and what is kept of the answers. Pure."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from xuncha.api import Crawl, Reason, Reply
from xuncha_plugins.availability.facts import MissingAnswer
from xuncha_plugins.availability.visiting import filing_block

MAX_TITLE = 200
_HEAD = 65_536
_SUFFIXES = frozenset({"html", "htm", "shtml", "jsp", "jspx", "aspx", "asp", "php", "do", "action"})

_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,600}?)</title", re.IGNORECASE | re.DOTALL)
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
    text = _decoded(reply.body[:_HEAD])
    return MissingAnswer(
        url=reply.url,
        folder=folder,
        status=reply.status,
        reason=_in_the_way(reply),
        final_url=reply.final_url,
        title=_title(text),
        size=len(reply.body),
        sha256=hashlib.sha256(reply.body).hexdigest(),
        words_sha256=hashlib.sha256(_words(text, reply.url).encode()).hexdigest(),
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
    parts = urlsplit(url)
    path = re.sub(r"/(?:index|default)\.\w{1,5}$", "/", parts.path)
    return (parts.hostname or "").removeprefix("www."), path or "/"


def _decoded(head: bytes) -> str:
    try:
        return head.decode()
    except UnicodeDecodeError as problem:
        if problem.start >= len(head) - 3:  # only the last character is cut
            return head[: problem.start].decode()
        return head.decode("gb18030", "replace")


def _title(text: str) -> str:
    match = _TITLE.search(text)
    return " ".join(html.unescape(match[1]).split())[:MAX_TITLE] if match else ""


def _words(text: str, url: str) -> str:
    """The visible words of a page, digits and the made-up name taken out. One pass, whatever the page is like."""
    before, *pieces = text.split("<")
    seen, hidden = [before], False
    for piece in pieces:
        tag, _, words = piece.partition(">")
        name = tag[:7].lower()
        hidden = name.startswith(("script", "style")) or (hidden and not name.startswith(("/script", "/style")))
        seen += [] if hidden else [words]
    name = urlsplit(url).path.rpartition("/")[2].partition(".")[0]
    return " ".join(_CHANGING.sub("0", html.unescape(" ".join(seen)).replace(name, "")).split())
