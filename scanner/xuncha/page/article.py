"""Whether a page is one article, and when it was published. Conservative: in doubt it is none.

An article has the national article tags, or says when it was published, or has a heading with a date and a byline
over a text of some length. A page whose dates all belong to a list is that list, whatever its URL looks like.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from xuncha.page.dates import date_in_url
from xuncha.page.listing import Lists
from xuncha.page.outline import Outline
from xuncha.page.published import Claim, Published, by_tag, by_url, by_words
from xuncha.page.row_dates import DatedText
from xuncha.page.signs import TITLE
from xuncha.page.tags import NationalTags
from xuncha.page.values import Link, Meta

_ARTICLE_URL = re.compile(
    r"(?i)/t(?:19|20)\d{6}_\d+\.|/art_(?:\d+_\d+|[0-9a-f]{32})|/(?:content|post|c|article|news|info|show|detail|view|arti)[_-]?\d{2,}\.[sj]?html?|"
    r"/content_\d+|/post_\d+|/info/\d+/\d+\.htm|/(?:19|20)\d{2}[-/]?\d{2}(?:[-/]?\d{2})?/[^/]*\d+[^/]*\.[sj]?html?|/c\d+/(?:\d+/)?content|"
    r"[?&](?:id|aid|newsid|articleid|infoid|article_id|contentid|docid)=[\w-]+|/[0-9a-f]{32}\.[sj]?html?|/\d{5,}\.[sj]?html?$"
)
_LIST_URL = re.compile(
    r"(?i)/(?:index|list|default|more|channel|column|node|col)[\w-]*(?:\.\w+)?(?:[?#]|$)|/$|/col/col\d+/?"
)
_LIST_PATH = re.compile(r"(?i)/(?:[a-z]*_?(?:list|class)|more)(?:_?[a-z]+)?\.(?:aspx?|php|jspx?|do)(?:\?|$)")
_HOME = re.compile(r"(?i)^[a-z]+://[^/]+/?(?:(?:index|default|home|main)\.\w+)?$")
_SEPARATORS = re.compile(r"\s*[_|—–｜]+\s*|\s+-\s*|\s*-\s+|\s*-(?=[^-]*[\u4e00-\u9fff]+$)")
_SITE_NAME = re.compile(r"(?:政府|网站|网|门户|平台|局|厅|委|委员会|办公室)$")
_SPACE = re.compile(r"\s+")
HEADINGS = frozenset(("h1", "h2", "h3", "ucaptitle"))
_SHORTEST_TITLE = 4
_SHORTEST_TEXT = 60
_SEARCHED = 100_000
_SPREAD = 5
_MOST_BEGINNINGS = 2_000
_MANY_LABELS = 3
_MANY_ROWS = 5
SLACK = timedelta(days=1)
"""By so much a tag may differ from what the heading says: around midnight, or from another zone."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about a page."""

    is_article: bool
    published: Published | None


NOT_AN_ARTICLE = Judged(is_article=False, published=None)


def judged(url: str, title: str, metas: Sequence[Meta], tags: NationalTags, dated: DatedText, lists: Lists) -> Judged:
    """Whether a page is an article, and its date."""
    if _HOME.match(url):
        return NOT_AN_ARTICLE
    heading = heading_in(dated.outline, tags.ArticleTitle or title)
    claims = list(by_words(dated, lists.spans, heading))
    tagged = by_tag(metas)
    if not _is_article(url, tags, dated.outline, lists, heading, claims, tagged):
        return NOT_AN_ARTICLE
    usable = [claim for claim in (tagged, *claims, by_url(url)) if claim]
    return Judged(is_article=True, published=_published(usable))


def judged_undated(url: str, title: str, text: str, links: Sequence[Link], headings: Iterable[str]) -> Judged:
    """The same of a page that shows no date: an article by its URL, with a heading and a ``text`` beside its links.

    ``headings`` are the words of its heading elements, asked for only where the title does not stand in the text.
    """
    if _HOME.match(url) or not _is_article_url(url):
        return NOT_AN_ARTICLE
    titles = [len(link.text) for link in links if link.kind == "a" and len(link.text) >= TITLE]
    if _fill(titles, text):
        return NOT_AN_ARTICLE
    linked = sum(len(link.text) for link in links if link.kind == "a")
    if len(text) - text.count("\n") - linked < _SHORTEST_TEXT:
        return NOT_AN_ARTICLE
    claim = by_url(url)
    if claim or _title_in(text, title) or any(len(words.strip()) >= _SHORTEST_TITLE for words in headings):
        return Judged(is_article=True, published=_published([claim] if claim else []))
    return NOT_AN_ARTICLE


def _is_article(
    url: str,
    tags: NationalTags,
    outline: Outline,
    lists: Lists,
    heading: tuple[int, int] | None,
    claims: list[Claim],
    tagged: Claim | None,
) -> bool:
    labels = sum(claim.source == "label" for claim in claims)
    article_url = _is_article_url(url)
    list_url = not article_url and (_LIST_URL.search(url) or _LIST_PATH.search(url)) is not None
    dated_rows = max((sum(row.raw_date != "" for row in found.rows) for found in lists.found), default=0)
    if labels > _MANY_LABELS or (list_url and dated_rows >= _MANY_ROWS and not labels):
        return False
    if tags.ArticleTitle and tagged:
        return True
    if any(claim.source in ("label", "text") for claim in claims):
        return labels > 0 or article_url or (heading is not None and not list_url and dated_rows < _MANY_ROWS)
    filed = date_in_url(url) is not None
    if any(_fill([len(row.text) for row in found.rows], outline.text) for found in lists.found):
        return False
    return article_url and (filed or heading is not None) and _text_length(outline) >= _SHORTEST_TEXT


def _is_article_url(url: str) -> bool:
    """Whether a URL is like those of articles; ``list.asp?id=1`` is not, whatever its id counts."""
    return _ARTICLE_URL.search(url) is not None and _LIST_PATH.search(url) is None


def _fill(titles: Sequence[int], text: str) -> bool:
    """Whether so many titles of these lengths stand on a page that it is a list of them."""
    return len(titles) >= _MANY_ROWS and 2 * sum(titles) >= len(text)


def _published(claims: list[Claim]) -> Published | None:
    """The first claim whose source tells publication, with what the other sources say; the heading corrects a tag."""
    best = next((claim for claim in claims if claim.source in ("tag", "label", "text", "url")), None)
    if best is None:
        return None
    if best.source == "tag":
        best = next((one for one in claims if one.heads and abs(one.date - best.date) > SLACK), best)
    others: dict[str, Claim] = {}
    for claim in claims:
        if claim.source != best.source:
            others.setdefault(claim.source, claim)
    named = tuple((source, claim.date) for source, claim in others.items())
    return Published(best.date, best.at, best.source, best.raw, best.line, named)  # type: ignore[arg-type]


def heading_in(outline: Outline, title: str) -> tuple[int, int] | None:
    """Where the heading of the page stands: the words of its title, else its first heading element."""
    if found := _title_in(outline.text, title):
        return found
    for number, tag in enumerate(outline.tags):
        if tag in HEADINGS and len(outline.words(number)) >= _SHORTEST_TITLE:
            return outline.starts[number], outline.ends[number]
    return None


def _title_in(text: str, title: str) -> tuple[int, int] | None:
    """Where the words of the title stand in a text."""
    found = (_spaced(words, text[:_SEARCHED]) for words in _title_parts(title))
    return next(filter(None, found), None)


def _spaced(words: str, text: str) -> tuple[int, int] | None:
    """Where ``words``, which have no white space, stand first in a text that may have some between them.

    By hand, for every page has another title, and to compile a pattern takes longer than to look for it.
    """
    at = text.find(words[0])
    for _ in range(_MOST_BEGINNINGS):
        if at < 0:
            return None
        if "".join(text[at : at + _SPREAD * len(words)].split()).startswith(words):
            return at, _behind(len(words), text, at)
        at = text.find(words[0], at + 1)
    return None


def _behind(count: int, text: str, at: int) -> int:
    """The position behind so many characters other than white space."""
    for end in range(at, len(text)):
        count -= not text[end].isspace()
        if count == 0:
            return end + 1
    return len(text)


def _title_parts(title: str) -> list[str]:
    """The whole title, then its first part without the names of site and column, each without white space."""
    whole = title[:200]
    parts = [whole, _SEPARATORS.split(whole)[0]]
    bare = [_SPACE.sub("", part) for part in parts]
    return [words[:40] for words in bare if len(words) >= _SHORTEST_TITLE and not _SITE_NAME.search(words)]


def _text_length(outline: Outline) -> int:
    """Characters outside links."""
    inside = sum(outline.ends[number] - outline.starts[number] for number in outline.anchors)
    return len(outline.text) - outline.text.count("\n") - inside
