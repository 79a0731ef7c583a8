"""What stands in ``noscript``: search engines read it, and no citizen sees it."""

from collections.abc import Iterator

from xuncha.api import Page, parse_page

NEAR = 1
"""Pages so many levels below the home page are looked at: what is planted in a template shows on these already."""

MOST = 5
MAX_TEXT = 65_536
TAG = "x-noscript"
"""Stands for the element, whose name would make its content text again."""


def unscripted(page: Page) -> Iterator[Page]:
    """Each of the first ``MOST`` such elements with links, as a page of its own with the same lines."""
    start = page.html.find("<noscript") if page.depth <= NEAR else -1
    for _ in range(MOST):
        end = page.html.find("</noscript", start)
        if start < 0 or end < 0:
            return
        inner = page.html[start:end].partition(">")[2][:MAX_TEXT]
        if "href" in inner:
            lines = "\n" * page.html.count("\n", 0, start)
            body = f"{lines}<meta charset=utf-8><body><{TAG}>{inner}"
            yield parse_page(body.encode("utf-8", "replace"), url=page.url, depth=page.depth)
        start = page.html.find("<noscript", end)
