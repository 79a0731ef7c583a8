"""Pages that send the citizen on at once: by ``<meta>`` refresh, or by script where there is nothing to click."""

import re

from xuncha.page import Page

MAX_DELAY = 10.0
"""Seconds; a refresh that waits longer is a link, not a redirect."""

_DELAY = re.compile(r"\s*(\d{1,6}(?:\.\d{0,6})?)")


def onward(page: Page) -> str:
    """Where the page sends the citizen on; empty where it is a page to read."""
    target = next((link.target for link in page.links if link.kind == "meta-refresh" and link.target), "")
    return "" if target == page.url or not target or _slow(page) else target


def _slow(page: Page) -> bool:
    contents = (meta.content for meta in page.metas if meta.http_equiv == "refresh")
    return any(float(found[1]) > MAX_DELAY for content in contents if (found := _DELAY.match(content)))
