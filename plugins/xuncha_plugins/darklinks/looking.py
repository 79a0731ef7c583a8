"""What one answer gives away when it is looked at by itself."""

from typing import NamedTuple

from xuncha.api import Page, Reply, defanged, host_of, parse_page
from xuncha_plugins.darklinks.hosts import is_strange
from xuncha_plugins.darklinks.links import strange_links
from xuncha_plugins.darklinks.titles import head_words, veiled
from xuncha_plugins.darklinks.words import advertises, masked, signs

MAX_HOSTS = 30


class Look(NamedTuple):
    """Masked words of spam by which a page advertises, strange hosts that it links to, where it sends whoever comes."""

    title: str
    words: tuple[str, ...]
    strange: tuple[str, ...]
    left_for: str = ""


def look_at(reply: Reply) -> Look:
    """The reply as a page; hosts are de-fanged."""
    page = parse_page(reply.body, url=reply.final_url, status=reply.status, headers=reply.headers)
    links = strange_links(page)
    words = {sign.word for sign in head_words(page)} | {sign.word for link in links for sign in advertises(link.text)}
    hosts = sorted({defanged(host_of(link.target)) for link in links})[:MAX_HOSTS]
    title = veiled(page.title, signs(page.title))
    return Look(title, tuple(sorted(map(masked, words))), tuple(hosts), _left_for(page, reply))


def _left_for(page: Page, reply: Reply) -> str:
    """The strange host that the answer sends to at once; empty where it stays."""
    own = host_of(reply.url)
    location = reply.header("location") or ""
    onward = [location, *(link.target for link in page.links if link.kind == "meta-refresh")]
    return next((defanged(host) for url in onward if is_strange(host := host_of(url), own)), "")
