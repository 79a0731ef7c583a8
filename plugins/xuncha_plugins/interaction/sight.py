"""How much was seen, and what is said where it is too little."""

from collections.abc import Callable
from math import ceil

from xuncha.api import Coverage, Crawl, LinkUse, NotApplicable, Reason, Unsure, not_applicable, unsure
from xuncha_plugins.interaction.facts import Letters
from xuncha_plugins.interaction.lexicon import is_channel, is_filing


def hindrance(crawl: Crawl) -> Reason | None:
    """Why something that was not met may be there nevertheless; None where the whole site was seen."""
    home = crawl.page(crawl.home)
    if home is None or not home.opened:
        return (home and home.problem) or crawl.stopped or Reason.TOO_FEW_PAGES
    if crawl.bare:
        return Reason.TOO_FEW_PAGES
    if home.scripted:
        return Reason.NEEDS_BROWSER
    return None if crawl.complete else crawl.stopped or Reason.LOW_COVERAGE


def without_links(crawl: Crawl) -> Reason | None:
    """That no link was met at all: only a page by itself was read, and nothing can be called missing beside it."""
    return None if crawl.targets else Reason.TOO_FEW_PAGES


def leads_elsewhere(crawl: Crawl, is_named: Callable[[str], object]) -> bool:
    """Whether a link with such a name leads to another website."""
    away = (target for target in crawl.targets if target.use is LinkUse.PAGE and not target.internal)
    return any(is_named(source.text) for target in away if not is_filing(target.url) for source in target.sources)


def not_here(crawl: Crawl, is_named: Callable[[str], object]) -> NotApplicable:
    """The answer where a site has none of it: a platform has, or nobody."""
    elsewhere = leads_elsewhere(crawl, is_named)
    return not_applicable(Reason.LINKED_PLATFORM if elsewhere else Reason.NOT_OFFERED)


def no_letters(letters: Letters, crawl: Crawl) -> Unsure | NotApplicable:
    """The answer where no published letter was met."""
    reason = Reason.NEEDS_BROWSER if letters.scripted else hindrance(crawl)
    if letters.unread:
        reason = reason or Reason.LOW_COVERAGE
    return unsure(reason) if reason else not_here(crawl, is_channel)


def of_letters(told: int, total: int, letters: Letters, crawl: Crawl) -> Coverage:
    """That something could be said of ``told`` letters out of ``total``, with an estimate of those nobody saw."""
    unseen = letters.unlisted + letters.dropped
    complete = crawl.complete and told == total and not (unseen or letters.scripted)
    known = total + unseen
    if not crawl.complete:
        known = ceil(known * max(crawl.known, 1) / max(len(crawl.pages), 1))
    return Coverage(told, max(known, told), complete=complete)
