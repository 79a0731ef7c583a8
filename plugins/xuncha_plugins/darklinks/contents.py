"""What a page says itself, beside its title: an article has it in its heading, a hijacked page has not."""

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from xuncha.api import Page
from xuncha_plugins.darklinks.links import strange_links
from xuncha_plugins.darklinks.words import Sign, squeezed

MAX_TEXT = 20_000
MAX_HEADINGS = 40
ENOUGH = 30
"""Characters of its own that a page needs, so that its title can be compared with anything."""

_SHORTEST = 3
_LONG = 8
_HOME = re.compile(r"(?i)/?(?:(?:index|default|home|main)\.\w+)?$")
_PARTS = re.compile(r"[_|—–｜]+|\s+-+\s*|\s*-+\s+|-(?=[^-]*$)")
"""What publishing systems put between an article's title, its column and its site."""


class Agreement(Enum):
    """Where on a page the words of its title stand again."""

    HEADING = "heading"
    TEXT = "text"
    NOWHERE = "nowhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Contents:
    """Headings and text, without blanks and marks; the text without links to strange hosts. ``home``: no article."""

    headings: str
    text: str
    home: bool

    @property
    def tell(self) -> bool:
        """Whether there is enough to compare a title with."""
        return len(self.text) >= ENOUGH


def contents_of(page: Page) -> Contents:
    """What ``page`` says beside its title."""
    headings = [element.text[:200] for element in page.select("h1, h2, h3")[:MAX_HEADINGS]]
    text = squeezed(page.text[:MAX_TEXT])
    for words in {squeezed(link.text) for link in strange_links(page)[:200]}:
        if len(words) >= _SHORTEST:
            text = text.replace(words, " ")
    names = [tag for tag in (page.tags.ArticleTitle, page.tags.SiteName) if tag]
    return Contents(squeezed(" ".join((*names, *headings))), text, _is_home(page))


def _is_home(page: Page) -> bool:
    return _HOME.fullmatch(urlsplit(page.url).path) is not None and not page.is_article


def agreement(title: str, found: frozenset[Sign], contents: Contents, share: float = 1) -> Agreement:
    """Where the words ``found`` in ``title`` stand again; a home page is no article, and its headings are text.

    ``share``: so many of them have to stand in the text. Keywords name more than a text says.
    """
    words = {squeezed(sign.word) for sign in found}
    if contents.home:
        again = [word in contents.text or word in contents.headings for word in words]
        return Agreement.TEXT if sum(again) >= share * len(words) else Agreement.NOWHERE
    parts = {part for part in map(squeezed, _PARTS.split(title)) if any(word in part for word in words)}
    told = [part in contents.headings or (len(part) >= _LONG and part in contents.text) for part in parts]
    if (parts and all(told)) or all(word in contents.headings for word in words):
        return Agreement.HEADING
    if sum(word in contents.text for word in words) >= share * len(words):
        return Agreement.TEXT
    return Agreement.NOWHERE if contents.tell else Agreement.UNKNOWN
