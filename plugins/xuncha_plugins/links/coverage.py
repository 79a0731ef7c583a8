"""How much of a site's links was seen: what stands on pages that nobody opened is unknown, not fine."""

from xuncha.api import Coverage, Crawl, LinkUse, Reason

_OPENED = frozenset({LinkUse.PAGE, LinkUse.FRAME, LinkUse.ATTACHMENT})

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
    """Why links can't be judged although pages opened: script builds the home page, or too many others.

    A home page without a link, with nothing below it, is no site yet: a notice of maintenance, or noise.
    """
    opened = [page for page in crawl.pages if page.opened]
    scripted = sum(page.scripted for page in opened)
    home = bool(opened) and opened[0].scripted
    if home or scripted > TOO_SCRIPTED * len(opened):
        return Reason.NEEDS_BROWSER
    return Reason.TOO_FEW_PAGES if len(crawl.pages) <= 1 and not _leads_on(crawl) else None


def _leads_on(crawl: Crawl) -> bool:
    return any(target.use in _OPENED and target.url.rstrip("/") != crawl.home.rstrip("/") for target in crawl.targets)
