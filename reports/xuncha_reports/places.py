"""Where a finding is, in words."""

from dataclasses import dataclass

from xuncha.model.locator import Locator
from xuncha.model.text import Lang, Text
from xuncha.store import format as words

_WHOLE_SITE = Text("全站", "whole site")


@dataclass(frozen=True, slots=True)
class Place:
    """``what`` stands on the page ``url`` and leads to ``target``; ``href`` is the url where it may become a link.

    ``line`` counts from 1 in the page as it was sent; whatever does not exist is empty.
    """

    url: str
    href: str
    what: str
    target: str
    line: str


def place(locator: Locator, lang: Lang) -> Place:
    """A locator in words; only http and https may become links."""
    url = getattr(locator, "url", "") or getattr(locator, "page", "")
    href = url if url[:8].lower().startswith(("http://", "https://")) else ""
    line = getattr(locator, "line", None)
    return Place(url, href, _what(locator, url, lang), getattr(locator, "target", ""), str(line) if line else "")


def _what(locator: Locator, url: str, lang: Lang) -> str:
    match locator.type:
        case "link":
            what = f"“{locator.text}”" if locator.text else ""
        case "element":
            what = locator.element
        case "header":
            what = locator.header
        case "endpoint":
            what = f"{locator.host}:{locator.port}"
        case "column":
            what = locator.name
        case "document":
            what = " ".join(filter(None, (locator.path, locator.place, words.spot(locator, lang))))
        case "rule":
            what = locator.rule
        case _:
            what = "" if url else _WHOLE_SITE.of(lang)
    return what
