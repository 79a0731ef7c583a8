"""Pages that send the citizen on at once: by ``<meta>`` refresh, or by a line of script in an otherwise empty page."""

import re

from xuncha.net.target import Joiner
from xuncha.page import Page
from xuncha.page.embedded import navigations

MAX_DELAY = 10.0
"""Seconds; a refresh that waits longer is a link, not a redirect."""

_FEW_WORDS = 200
_DELAY = re.compile(r"\s*(\d{1,6}(?:\.\d{0,6})?)")


def onward(page: Page) -> str:
    """Where the page sends the citizen on; empty where it is a page to read."""
    return _refreshed(page) or _navigated(page)


def _refreshed(page: Page) -> str:
    contents = (meta.content for meta in page.metas if meta.http_equiv == "refresh")
    delay = next((float(found[1]) for content in contents if (found := _DELAY.match(content))), None)
    if delay is None or delay > MAX_DELAY:
        return ""
    return next((link.target for link in page.links if link.kind == "meta-refresh" and link.target), "")


def _navigated(page: Page) -> str:
    if any(link.kind in ("a", "area", "frame") for link in page.links) or len(page.text) > _FEW_WORDS:
        return ""
    found = (raw for script in page.scripts if script.inline for raw in navigations(script.inline))
    raw = next(found, "")
    target = (Joiner(page.base, page.encoding.name).join(raw) or "").partition("#")[0] if raw else ""
    return target if target.startswith(("http://", "https://")) and target != page.url else ""
