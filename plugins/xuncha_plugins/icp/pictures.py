"""Pictures at the end of a page: a footer may be one, with its words in an ``alt`` or nowhere at all. No I/O."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MARKUP = 30_000
"""Characters of markup at the end of a page in which its last pictures are looked for."""

MAX_PICTURES = 50
MAX_WORDS = 500
_FEW_WORDS, _SMALL_PART = 200, 4
"""Characters of text that may stand behind a picture at the end of the page; of a short page only a fourth."""

_WIDE, _HIGH = 500, 50
"""Pixels from which on a picture is no badge: footers span the page."""

_PICTURE = re.compile(r"(?i)<(?:img|embed|object|input)\b([^>]{0,2000})>")
_ATTRIBUTE = re.compile(
    r"""(?i)\b(alt|title|src|data|type|width|height|usemap|style)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"""
)
_SIZE_IN_STYLE = re.compile(r"(?i)(?:^|[;\s])(width|height)\s*:\s*([\d.]{1,7}(?:px|%)?)")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BADGE = re.compile(
    r"(?i)conac|jiucuo|\bred\b|blue\.png|beian|gonganbeian|ghs|\bga\b|weixin|wechat|qr|ewm|erwei|weibo|icon|logo"
)
_UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        ("<!--", "-->"),
        ("<script", r"</script[^>]{0,50}>"),
        ("<style", r"</style[^>]{0,50}>"),
        ("<noscript", r"</noscript[^>]{0,50}>"),
    )
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands at the end of a page, with the ``words`` that its markup has for it.

    ``may_be_footer``: it has a map of links, the size of a footer, or no size and no link around it, as badges have.
    """

    words: str
    may_be_footer: bool


def at_the_end(markup: str, length: int) -> tuple[Picture, ...]:
    """The pictures behind which hardly any text stands, on a page whose text has this length."""
    few = min(_FEW_WORDS, length // _SMALL_PART)
    return tuple(islice(_pictures(_seen(markup[-MARKUP:]), few), MAX_PICTURES))


def _pictures(end: str, few: int) -> Iterator[Picture]:
    found = list(islice(_PICTURE.finditer(end), 10 * MAX_PICTURES))
    behind, until = 0, len(end)
    for tag in reversed(found):
        behind += len("".join(html.unescape(_TAG.sub("", end[tag.end() : until])).split()))
        until = tag.start()
        if behind > few:
            return
        if picture := _picture(tag[0], tag[1], linked=_in_link(end[:until])):
            yield picture


def _picture(tag: str, attributes: str, *, linked: bool) -> Picture | None:
    has = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
    if tag[1:6].lower() == "input" and has.get("type", "").lower() != "image":
        return None
    words = html.unescape(f"{has.get('alt', '')} {has.get('title', '')}").strip()[:MAX_WORDS]
    return Picture(words, "usemap" in has or _looks_like_footer(has, linked=linked))


def _looks_like_footer(has: dict[str, str], *, linked: bool) -> bool:
    sizes = {name.lower(): size for name, size in _SIZE_IN_STYLE.findall(has.get("style", ""))}
    width, height = (_pixels(sizes.get(name, has.get(name, ""))) for name in ("width", "height"))
    if width is None and height is None:
        return not linked and not _BADGE.search(has.get("src", "").rpartition("/")[2])
    return (width is None or width >= _WIDE) and (height is None or height >= _HIGH)


def _pixels(size: str) -> float | None:
    """A size in pixels; None where it is missing or unreadable. A percentage is of a page of 1,000."""
    number = re.match(r"\s*(\d{1,6})", size)
    return None if number is None else float(number[1]) * (10 if "%" in size else 1)


def _in_link(before: str) -> bool:
    lower = before[-2_000:].lower()
    return lower.rfind("<a ") > lower.rfind("</a")


def _seen(markup: str) -> str:
    """Markup without what no citizen reads; each kind in one pass, for what is left open may be repeated."""
    for begin, end in _UNSEEN:
        markup = "".join(_outside(markup, begin, end))
    return markup


def _outside(markup: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[str]:
    at = 0
    while start := begin.search(markup, at):
        yield markup[at : start.start()]
        close = end.search(markup, start.end())
        if close is None:
            return
        at = close.end()
    yield markup[at:]
