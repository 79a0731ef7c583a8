"""Spam in the head of a page: title, keywords, description, text before the title, and marks of cloned pages."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from xuncha.api import Page, defanged_text, masked_excerpt
from xuncha_plugins.darklinks.contents import Agreement, Contents, agreement, contents_of
from xuncha_plugins.darklinks.facts import TitleSpam
from xuncha_plugins.darklinks.shapes import is_foreign, shape, tells_news
from xuncha_plugins.darklinks.words import (
    Sign,
    bare_words,
    brand_in_organ,
    fought,
    gives_notice,
    masked,
    opposed,
    plain,
    signs,
    solicits,
    solicits_plainly,
    squeezed,
)

SEVERAL = 2
"""From so many different words on, a title advertises."""

KEYWORDS = 3
"""From so many different words on, keywords or a description do."""

HALF = 0.5
"""Where so many of the words of keywords or a description stand in the text, it is what they describe."""

FOUGHT = 2
"""With so many different words of those who fight it near them, a page writes about these words."""

JUNK = 6
"""From so many empty tags with made-up ids on, nobody wrote them."""

MAX_TEXT = 20_000
MAX_BEFORE = 20_000
_JUNK = re.compile(
    r"""<(legend|samp|delect|blockquote|small|strong|sub|sup|dfn|var|tt|acronym|address|center|dir|style|font|noframes|abbr|pre|optgroup|option|th|tfoot|thead|label|ins|fieldset|form|strike|bdo|span|table|tbody|tr|td|dl|dd|dt|ol|ul|li|kbd|code|b|i|em|big|p|q|u)\s+id=["'][a-z0-9]{4,6}["']\s*>\s*</\1>"""
)
_TAG = re.compile(r"""<(?:[^<>"']++|"[^"]*+"|'[^']*+'){0,500}+>|<[^<>]{0,2000}>""")
"""Attributes may hold the sign that ends a tag; where quotes don't close, the next such sign ends it."""

_UNSEEN = re.compile(r"(?is)<!--.*?-->|<(script|style)\b.*?</\1\s*>")
_SHOWN = 60
_DESCRIBING = frozenset(("keywords", "description", "og:title", "og:description"))


def head_spam(page: Page) -> Iterator[TitleSpam]:
    """Each kind at most once. Cheap where the head has no word of spam."""
    found = signs(page.title)
    told = {one.kind: one for one in (*_of_description(page), *_of_title(page, found))}
    yield from told.values()
    before = list(_before_title(page))
    yield from before
    if told or before:
        yield from _cloned(page)


def _of_title(page: Page, found: frozenset[Sign]) -> Iterator[TitleSpam]:
    title = page.title
    if found and _advertises(page, title, found, SEVERAL):
        kind, sure = _said(page, title, found)
    elif shape(title) and (brand := _unknown_brand(title, contents_of(page))):
        kind, sure, found = "title", True, brand
    else:
        kind, sure = ("stray" if found and _strays(page, found) else ""), False
    if kind:
        yield _told(page, kind, title, found, sure=sure)


def _strays(page: Page, found: frozenset[Sign]) -> bool:
    """Whether a title has a single word of spam that nothing on the page explains."""
    if opposed(page.title) or _tells(page.title, found) or _written_about(page, found):
        return False
    return agreement(page.title, found, contents_of(page)) is Agreement.NOWHERE


def _of_description(page: Page) -> Iterator[TitleSpam]:
    text = described(page)
    found = signs(text) if text else frozenset()
    if found and _advertises(page, text, found, KEYWORDS):
        kind, sure = _said(page, text, found, of="meta")
        if kind:
            yield _told(page, kind, text, found, sure=sure)


def _said(page: Page, text: str, found: frozenset[Sign], of: str = "title") -> tuple[str, bool]:
    """The message for a text that has such words, empty for none, and whether it is sure.

    Only where the page says something else than its title, the title was planted; an article has it in its heading.
    """
    news = _tells(text, found)
    if brand_in_organ(text) and not news:
        return "organ", True
    own = contents_of(page)
    agrees = agreement(text, found, own, share=HALF if of == "meta" else 1)
    match agrees:
        case Agreement.HEADING | Agreement.TEXT:
            calls = solicits_plainly if agrees is Agreement.HEADING else solicits
            asks = not news and any(calls(text, sign.family) for sign in found)
            if own.home and not news:
                return (of, True) if asks else ("article", False)
            return ("article", False) if asks else ("", True)
        case Agreement.UNKNOWN:
            return ("notice" if news else "alone"), False
        case _:
            return ("notice", False) if news else (of, True)


def _tells(text: str, found: frozenset[Sign]) -> bool:
    """Whether a text is written as news, cases and warnings are."""
    return gives_notice(text) or tells_news(text, found)


def _unknown_brand(title: str, own: Contents) -> frozenset[Sign]:
    """The name in a title that is written as advertising is, where the page itself has nothing of that name."""
    brand = shape(title)
    if brand is None or not own.tell or opposed(title) or _tells(title, frozenset()):
        return frozenset()
    name = squeezed(brand.word)
    return frozenset() if name in own.text or name in own.headings else frozenset((brand,))


def described(page: Page) -> str:
    """What a page says of itself for others to show: keywords, description, Open Graph."""
    return " ".join([meta.content for meta in page.metas if meta.name in _DESCRIBING and meta.content])


def _advertises(page: Page, text: str, found: frozenset[Sign], several: int) -> bool:
    """Whether these words advertise: several of them, or one that solicits; and nothing speaks against it."""
    if not found or opposed(text):
        return False
    loud = len(found) >= several or brand_in_organ(text)
    if not loud and several == SEVERAL:
        loud = any(is_foreign(sign.word) or solicits(text, sign.family) for sign in found)
        loud = loud or shape(text) is not None or bool(bare_words(text))
    return loud and not _written_about(page, found)


def _written_about(page: Page, found: frozenset[Sign]) -> bool:
    """Whether the page's own text deals with these words as those do who fight them."""
    return fought(page.text[:MAX_TEXT], found) >= FOUGHT


def _before_title(page: Page) -> Iterator[TitleSpam]:
    """Text that stands before the title, where no page of an office has any."""
    head = page.html[: _start_of_title(page.html)]
    if head.isascii() and "&#" not in head:
        return
    text = " ".join(unescape(_TAG.sub(" ", _UNSEEN.sub(" ", head))).split())
    found = signs(text)
    if found and not opposed(text):
        yield _told(page, "before-title", text, found)


def _start_of_title(html: str) -> int:
    """Where it begins, as far as is looked; 0 where it does not."""
    found = (html.find(tag, 0, MAX_BEFORE) for tag in ("<title", "<TITLE", "<Title"))
    return max(next((at for at in found if at >= 0), 0), 0)


def _cloned(page: Page) -> Iterator[TitleSpam]:
    """Rows of empty tags with made-up ids, by which programs make each copy of a page different."""
    if sum(1 for _ in islice(_JUNK.finditer(page.html), JUNK)) == JUNK:
        yield _told(page, "clone", page.title, signs(page.title))


def _told(page: Page, kind: str, text: str, found: frozenset[Sign], *, sure: bool = True) -> TitleSpam:
    words = tuple(sorted({masked(sign.word) for sign in found}))[:6]
    return TitleSpam(page.url, page.depth, kind, veiled(text, found), words, sure=sure)


def veiled(text: str, found: frozenset[Sign]) -> str:
    """The words of a page as they may be shown: without invisible marks, with the words of spam masked."""
    shown = plain(text)[:_SHOWN]
    for sign in sorted(found, key=lambda one: (-len(one.word), one.word)):
        shown = shown.replace(sign.word, masked(sign.word))
    return defanged_text(masked_excerpt(shown, _SHOWN)) or "—"


def head_words(page: Page, beside: Contents) -> frozenset[Sign]:
    """The words by which the head of a page advertises, whatever its text says.

    No article stands at a home page's address, and none where nothing should stand. ``beside``: what is said there
    otherwise; a brand that nobody knows must not stand in it.
    """
    found: set[Sign] = set()
    for text, several in ((page.title, SEVERAL), (described(page), KEYWORDS)):
        words = signs(text)
        if _advertises(page, text, words, several) and not _tells(text, words):
            found |= words
    if any(_before_title(page)):
        found |= signs(page.title)
    return frozenset(found) or _unknown_brand(page.title, beside)
