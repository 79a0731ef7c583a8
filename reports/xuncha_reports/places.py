"""Where a finding is, in words."""

from dataclasses import dataclass

from xuncha.model.locator import Locator
from xuncha.model.text import Lang, Text
from xuncha.store import format as words
from xuncha.store.labels import label

_WHOLE_SITE = Text("全站", "whole site")
_HEADER = Text("响应头", "header")


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


def parts(at: Place, lang: Lang) -> list[str]:
    """What stands there, in which line, and where it leads."""
    line = (f"第 {at.line} 行" if lang == "zh" else f"line {at.line}") if at.line else ""
    return [part for part in (at.what, line, f"→ {at.target}" if at.target else "") if part]


def _what(locator: Locator, url: str, lang: Lang) -> str:
    match locator.type:
        case "link":
            what = f"“{locator.text}”" if locator.text else ""
        case "element":
            what = label("element", locator.element, lang)
        case "header":
            what = f"{_HEADER.of(lang)} {locator.header}"
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
