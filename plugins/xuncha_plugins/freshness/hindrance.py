"""Why too little was seen."""

from xuncha.api import Crawl, Reason


def hindrance(crawl: Crawl) -> Reason:
    """What kept the home page from us, else what ended the crawl, else that there was little to see."""
    home = crawl.page(crawl.home)
    return (home.problem if home else None) or crawl.stopped or Reason.TOO_FEW_PAGES
