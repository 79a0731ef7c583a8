"""Which pages of a site are worth a picture: its home page, and those with findings, the gravest first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.locator import HeaderLocator, RuleLocator
from xuncha.model.outcome import Finding, Outcome, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.pictures.sought import Sought, page_of


@dataclass(frozen=True, slots=True)
class Shunned:
    """Addresses of pages that no picture may show, be it within a frame: ``secret`` at all, ``harmful`` legibly."""

    secret: frozenset[str] = frozenset()
    harmful: frozenset[str] = frozenset()


MOST_FINDINGS = 100
"""Of one check: as many as get a copy of their page."""

_CLIENT_ERROR = 400
_BY_STATUS = {Status.FAIL: 0, Status.WARN: 1, Status.MANUAL: 2}
_CANT_BE_SEEN = HeaderLocator | RuleLocator
"""Findings about these are not in the picture of a page; what a rule finds lies open, and is never shown."""


@dataclass(slots=True)
class Wish:
    """A page, and what of it is to be outlined. ``rank`` sorts the gravest first; of a ``secret`` one none is taken.

    Of an ``error`` (status and hash of what came in the page's place) the page itself is what was found.
    """

    page: str
    is_home: bool = False
    secret: bool = False
    error: str = ""
    sought: list[Sought] = field(default_factory=list)
    rank: tuple[int, int] = (len(_BY_STATUS), 0)

    def add(self, one: Sought, rank: tuple[int, int]) -> None:
        """One more finding on it."""
        self.sought.append(one.of_page() if self.error else one)
        self.rank = min(self.rank, rank)


def wishes(
    outcomes: Iterable[Outcome], crawl: object, severities: Mapping[str, Severity], harmful: Collection[str]
) -> list[Wish]:
    """The home page first, whatever was found on it; then pages with findings, in the crawl's order where equal.

    Pages of errors come last, and of those that are alike there is one: their pictures say the least.

    Args:
        outcomes: of the site.
        crawl: its ``Crawl``; no page is known without one.
        severities: by check.
        harmful: checks whose findings are about what must not be shown, and single messages as by ``message_of``.
    """
    if not isinstance(crawl, Crawl):
        return []
    found: dict[str, Wish] = {}
    known: dict[str, Wish] = {}
    for page in crawl.pages:
        secret = page.problem is Reason.STATE_SECRET_MARK
        fresh = Wish(page.url, page.depth == 0, secret, _error(page))
        wish = found.get(page.part_of) or found.setdefault(page.url, fresh)
        known |= {page.url: wish, page.final_url: known.get(page.final_url, wish)}
    for outcome in outcomes:
        for one, place in _shown(outcome):
            if place in known:
                rank = (_BY_STATUS[one.status], -severities.get(outcome.check, Severity.INFO).rank)
                fingerprint = one.fingerprint(outcome.check, outcome.site)
                known[place].add(Sought.of(one, fingerprint, harmful=_is_harmful(outcome, one, harmful)), rank)
    chosen = [wish for wish in found.values() if wish.sought or wish.is_home]
    chosen.sort(key=lambda wish: (not wish.is_home, bool(wish.error), wish.rank))
    alike = {(not wish.is_home and wish.error) or wish.page: wish for wish in reversed(chosen)}
    return [*reversed(alike.values())]


def _error(page: PageRecord) -> str:
    return f"{page.status} {page.sha256}" if page.status >= _CLIENT_ERROR else ""


def shunned(outcomes: Iterable[Outcome], crawl: object, harmful: Collection[str]) -> Shunned:
    """What was found on the site's pages that must not be shown; arguments as of ``wishes``."""
    pages = crawl.pages if isinstance(crawl, Crawl) else ()
    marked = (page for page in pages if page.problem is Reason.STATE_SECRET_MARK)
    shown = ((outcome, *found) for outcome in outcomes for found in _shown(outcome))
    found = (place for outcome, one, place in shown if _is_harmful(outcome, one, harmful))
    return Shunned(frozenset(url for page in marked for url in (page.url, page.final_url)), frozenset(found))


def message_of(check: str, key: str) -> str:
    """Names one kind of a check's findings."""
    return f"{check} {key}"


def _is_harmful(outcome: Outcome, found: Finding, harmful: Collection[str]) -> bool:
    return outcome.check in harmful or message_of(outcome.check, found.key) in harmful


def _shown(outcome: Outcome) -> Iterable[tuple[Finding, str]]:
    """Findings that a picture may show, with the page that they are on."""
    findings: Sequence[Finding] = outcome.findings[:MOST_FINDINGS]
    return (
        (one, page_of(one))
        for one in findings
        if one.status in _BY_STATUS and not isinstance(one.locator, _CANT_BE_SEEN)
    )
