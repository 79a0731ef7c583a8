"""State-secret marks (国家秘密标志): the crawl leaves such a page, and what is known of it is asked about."""

from collections.abc import Iterator

from xuncha.api import Ask, Crawl, PageLocator, Reason, Unsure, ask, check, unsure
from xuncha_plugins.content.seen import too_scripted


@check("content.secrecy-marks")
def secrecy_marks(crawl: Crawl) -> Iterator[Ask | Unsure]:
    """No page bears a state-secret mark. Whether one is a real mark only a person may say, who is cleared to."""
    marked = [page for page in crawl.pages if page.problem is Reason.STATE_SECRET_MARK]
    for page in marked:
        yield ask(
            PageLocator(page.final_url or page.url, page.depth),
            "mark",
            at=page.fetched_at or "—",
            sha256=page.sha256[:16],
        )
    if crawl.bare and not marked:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif too_scripted(crawl):
        yield unsure(Reason.NEEDS_BROWSER)
