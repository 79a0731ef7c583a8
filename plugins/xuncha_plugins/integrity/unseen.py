"""Words that only stand in links which nobody sees: hidden links (``darklinks.hidden``), and nothing that is shown."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from xuncha.api import Box, Page

MAX_LINKS = 200
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*\s*(?:[;!]|$)"
    r"|(?:font-size|height|width)\s*:\s*0(?![.\d]*[1-9])|clip(?:-path)?\s*:\s*(?:rect|inset|circle|polygon)\("
    r"|(?:left|top|text-indent|margin-left|margin-top|z-index)\s*:\s*-\d{3}|translate[xy]?\(\s*-\d{3}"
)


def in_sight(page: Page, lines: Sequence[str], words: Collection[str]) -> Iterator[str]:
    """The lines, in small letters, without the links with these words that a style of their own place hides.

    What style sheets hide stays: to read them takes more than a look.
    """
    hidden = sorted(_hidden(page, words), key=len, reverse=True)
    for line in lines:
        for text in hidden:
            line = line.replace(text, " ")  # noqa: PLW2901 - what is left of it
        yield line


def _hidden(page: Page, words: Collection[str]) -> set[str]:
    links = islice((link for link in page.links if link.kind == "a" and _has(link.text, words)), MAX_LINKS)
    first = {(link.raw, link.line): link.text.lower() for link in links}
    lineages = page.lineages({raw for raw, _ in first}) if first else ()
    seen = [(first.get((one.raw, one.line), ""), any(map(_hides, one.boxes))) for one in lineages]
    return {text for text, hidden in seen if text and hidden} - {text for text, hidden in seen if not hidden}


def _has(text: str, words: Collection[str]) -> bool:
    lower = text.lower()
    return any(word in lower for word in words)


def _hides(box: Box) -> bool:
    if box.tag == "marquee" and box.attrs.get("height", "").strip() in ("0", "1", "0px", "1px"):
        return True
    return "hidden" in box.attrs or _HIDES.search(box.attrs.get("style", "").lower()) is not None
