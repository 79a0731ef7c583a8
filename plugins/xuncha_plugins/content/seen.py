"""How far a crawl lets anything be said of the texts of a site."""

from xuncha.api import Crawl

TOO_SCRIPTED = 0.2
"""Share of pages built by script, from which on too much stands where only a browser sees it."""


def too_scripted(crawl: Crawl) -> bool:
    """Whether script builds too many of the pages that opened."""
    opened = [page for page in crawl.pages if page.opened]
    return sum(page.scripted for page in opened) > TOO_SCRIPTED * len(opened)
