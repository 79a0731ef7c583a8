"""Where a page's short links, downloads and buttons lead."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from xuncha.model.hosts import host_of
from xuncha.model.prints import Signpost
from xuncha.page import Page
from xuncha.store.mask import excerpt, mask_url
from xuncha.tamper.sketch import sketched

SIGNPOSTS = 64
MAX_WORDS = 20
_MENU_WORDS = 8
MAX_ABROAD = 40
MAX_DOWNLOADS = 20
MAX_ADDRESS = 160
_MOST = 100
_CLICKED = ("a", "area", "onclick")
_FILE = re.compile(
    r"\.(?=[abdeijmpsvrz7ABDEIJMPSVRZ]|[cC][mM])"  # tells most names apart faster than the words do
    r"(?i:apk|bat|cmd|deb|dmg|exe|ipa|jar|msi|pkg|scr|vbs|7z|rar|zip)(?:\?|$)",
    re.MULTILINE,
)
_PROGRAM = re.compile(r"\.(?:apk|bat|cmd|exe|jar|msi|pkg|scr|vbs)(?:\?|$)", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|txt|jpe?g|png)\W{0,3}$", re.IGNORECASE)
_SUBMITS = re.compile(r" formaction=\"([^\"]{1,2000})\"")


def signposts(page: Page, tucked: frozenset[str] = frozenset()) -> tuple[str, tuple[Signpost, ...]]:
    """Links of few words, as in menus and footers: the words of those within the site, and the others.

    ``tucked`` are words of links that nobody sees.
    """
    host, own, abroad = host_of(page.url), set[str](), dict[Signpost, None]()
    within = (f"http://{host}/", f"https://{host}/")
    for link in page.links:
        if link.kind == "a" and link.target and 1 < len(link.text) <= MAX_WORDS:
            if link.target.startswith(within) or (led := host_of(link.target)) == host:
                if len(link.text) <= _MENU_WORDS:
                    own.add(link.text)
            elif led:
                abroad[_signpost(link.text, led)] = None
    return sketched(own - tucked, SIGNPOSTS), tuple(islice(abroad, MAX_ABROAD))


@lru_cache(maxsize=1_024)  # footers are the same on all pages of a website
def _signpost(words: str, host: str) -> Signpost:
    return Signpost(excerpt(words, MAX_WORDS), host)


def downloads(page: Page) -> tuple[str, ...]:
    """Programs and archives that the page links to, those on other hosts first."""
    host = host_of(page.url)
    links = [link.target for link in page.links if link.kind in _CLICKED]
    if not _FILE.search("\n".join(links)):
        return ()
    found = {url.partition("?")[0][:MAX_ADDRESS] for url in links if _FILE.search(url)}
    return tuple(mask_url(url) for url in sorted(found, key=lambda url: (host_of(url) == host, url))[:MAX_DOWNLOADS])


def disguised(page: Page) -> tuple[str, ...]:
    """Programs to which links lead that are called documents."""
    found = {link.target for link in page.links if link.kind in _CLICKED and _PROGRAM.search(link.target)}
    called = (
        {link.target for link in page.links if link.target in found and _DOCUMENT.search(link.text)} if found else ()
    )
    return tuple(mask_url(url.partition("?")[0][:MAX_ADDRESS]) for url in sorted(called)[:MAX_DOWNLOADS])


def senders(page: Page, markup: str) -> Iterator[str]:
    """Where forms send to, also by a button of their own."""
    yield from (form.target for form in page.forms if form.action.strip())
    if " formaction=" in markup:
        yield from resolved(_SUBMITS, page, markup)


def resolved(pattern: re.Pattern[str], page: Page, markup: str) -> Iterator[str]:
    """The absolute addresses that a pattern finds."""
    for found in islice(pattern.finditer(markup), _MOST):
        yield _absolute(unescaped(found[1]), page.base)


def _absolute(reference: str, base: str) -> str:
    if reference.startswith(("https://", "http://")):
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""


def unescaped(value: str) -> str:
    """An attribute's value, as it is meant."""
    return value.replace("&quot;", '"').replace("&#39;", "'").replace("&amp;", "&")
