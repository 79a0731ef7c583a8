"""The home page is where most is planted: where it did not come, other pages don't answer for it."""

from collections.abc import Iterator

from xuncha.api import Crawl, Gap, Unsure, unsure


def without_home(crawl: Crawl | Gap) -> Iterator[Unsure]:
    """Nothing can be told of a site whose home page was not seen, and why."""
    if isinstance(crawl, Crawl) and crawl.unseen_home:
        yield unsure(crawl.unseen_home)
