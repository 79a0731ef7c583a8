"""How much of a site's links was seen: what stands on pages that nobody opened is unknown, not fine."""

from xuncha.api import Coverage, Crawl, LinkUse, Page, Reason
from xuncha_plugins.links.urls import same_site

_LEADING_ON = frozenset({LinkUse.PAGE, LinkUse.FRAME, LinkUse.ATTACHMENT})

HARDLY_ANY = 300
"""Characters to read: a page with fewer that links nowhere within its site may be a notice of maintenance."""

TOO_SCRIPTED = 0.2
"""From this share of pages built by script on, too many links stand where only a browser sees them."""


def of_pages(crawl: Crawl) -> Coverage:
    """Pages whose links could be read, of those known to exist."""
    answered = [page for page in crawl.pages if page.status and page.problem is None]
    read = sum(not page.scripted for page in answered)
    known = max(crawl.known, len(crawl.pages))
    complete = crawl.complete and not crawl.targets_dropped and read == len(crawl.pages)
    return Coverage(read, known, complete)


def of_targets(crawl: Crawl, told: int, known: int) -> Coverage:
    """Targets that could be told about, of those known and those that unread pages will hold in proportion.

    Few targets can't show a proportion: then, as on a site without any, the pages themselves are counted.
    """
    pages = of_pages(crawl)
    if not known or not pages.seen:
        return pages
    unseen = known * (pages.known - pages.seen) // pages.seen
    targets = Coverage(told, known + unseen, told == known and pages.complete)
    return min(targets, pages, key=lambda coverage: coverage.share)


def added(one: Coverage, other: Coverage) -> Coverage:
    """Both together."""
    return Coverage(one.seen + other.seen, one.known + other.known, one.complete and other.complete)


def unreadable(crawl: Crawl) -> Reason | None:
    """Why links can't be judged although pages opened: script builds too much, or there is a notice and no site."""
    opened = [page for page in crawl.pages if page.opened]
    scripted = sum(page.scripted for page in opened)
    home = bool(opened) and opened[0].scripted
    if home or scripted > TOO_SCRIPTED * len(opened):
        return Reason.NEEDS_BROWSER
    return Reason.TOO_FEW_PAGES if crawl.bare else None


def is_bare(page: Page) -> bool:
    """Whether a page has hardly any words and no link into its site: it may be a notice in place of one."""
    return len(page.text) < HARDLY_ANY and not any(
        link.use in _LEADING_ON and same_site(link.target, page.url) for link in page.links if link.target != page.url
    )
