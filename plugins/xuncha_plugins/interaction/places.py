"""Whether a page may hold a reply where its text shows none: in a frame, a picture, a file, or filled in by script."""

import re

from xuncha.api import Page
from xuncha_plugins.interaction.lexicon import WORDS

MAX_LABELS = 100
_BEHIND = 1_500
"""Characters of markup behind a label in which its value stands."""

_MARKUP = 200_000
"""Characters of a page that are looked through."""

_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def hides_reply(page: Page) -> bool:
    """Whether a reply may be there that only a browser or a person sees."""
    place, html = WORDS.place, page.html[:_MARKUP]
    if any(not place.away.search(frame.src) for frame in page.frames):
        return True
    if place.region.search(html) and page.scripts:
        return True
    labels = zip(place.label.finditer(html), range(MAX_LABELS), strict=False)
    return any(_carries(html[label.end() - 1 : label.end() + _BEHIND]) for label, _ in labels)


def _carries(behind: str) -> bool:
    """Whether something else than words stands behind a label, before any words do."""
    carrier = WORDS.place.carrier.search(behind)
    if carrier is None:
        return False
    before = behind[: carrier.start()]
    if before.rfind("<") > before.rfind(">"):
        before = before[: before.rfind("<")]
    before = _TAG.sub("", _COMMENT.sub("", before))
    return not before.replace("&nbsp;", "").strip(" \t\r\n\u3000:：】])）")
