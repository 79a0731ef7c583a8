"""Judge one check in a test, or gather a fact from pages: hand them over, look at what comes out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from xuncha.declare import CheckSpec, Params, recalls, understood
from xuncha.gather.page_probes import PageGatherer
from xuncha.gather.probes import BoundProbe
from xuncha.judge import BoundCheck, PageJudge
from xuncha.judge import judge as _judge
from xuncha.model.clock import SHANGHAI, Clock
from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.outcome import Outcome, Status
from xuncha.model.past import Earlier, Past
from xuncha.model.site import Site, SiteKind
from xuncha.page import Page

T = TypeVar("T")

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
JUDGED: set[tuple[str, Status]] = set()
"""Which check ended how in this process: with it a plugin's tests can show that each check has its cases."""

SITE = Site("a", "示例局", ("http://www.a.gov.example/",), kind=SiteKind.DEPARTMENT)


def judge(
    check: Callable[..., Any],
    *facts: object,
    params: Params | None = None,
    site: Site = SITE,
    min_coverage: float = 0.8,
    crawl: Crawl | Gap | None = None,
) -> Outcome:
    """The outcome of ``check`` over ``facts``, or over the pages among them if it is a page check; see ``JUDGED``.

    Args:
        check: the decorated function or class.
        facts: facts, pages, or a pair ``(FactType, Gap(...))`` for what could not be gathered.
        params: the check's parameters; its defaults without.
        site: the inspected site.
        min_coverage: as in ``checks.yaml``.
        crawl: the crawl that the pages belong to, or that the facts were gathered from; complete by default.
    """
    outcome = _outcome(check, facts, params, site, min_coverage, crawl)
    JUDGED.add((outcome.check, outcome.status))
    return outcome


def _outcome(
    check: Callable[..., Any],
    facts: tuple[object, ...],
    params: Params | None,
    site: Site,
    min_coverage: float,
    crawl: Crawl | Gap | None,
) -> Outcome:
    spec: CheckSpec = understood(check.__xuncha__)  # type: ignore[attr-defined]
    bound = BoundCheck(spec, params or spec.params(), min_coverage=min_coverage)
    pages = [fact for fact in facts if isinstance(fact, Page)]
    if not spec.per_page:
        given = dict(_by_type(fact) for fact in (*facts, *([(Crawl, crawl)] if crawl else ())))
        return _judge(replace(bound, over_pages=crawl is not None), site, given)
    page_judge = PageJudge(bound, site)
    for page in pages:
        page_judge.visit(page)
    return page_judge.outcome(crawl or _crawl_of(pages))


def gather(
    page_probe: Callable[..., Any],
    *pages: Page,
    params: Params | None = None,
    site: Site = SITE,
    now: datetime = NOW,
    past: Past[Any] | None = None,
) -> Any:
    """What ``page_probe`` makes of ``pages``: its fact or a gap, as a worker would find it at ``now``.

    ``past`` is what it recalls of earlier runs (see ``earlier``); nothing without.
    """
    spec = page_probe.__xuncha__  # type: ignore[attr-defined]
    given = {Site: site, Clock: lambda: now} | dict.fromkeys(recalls(spec), past or Past())
    probe = PageGatherer(BoundProbe(spec, params or spec.params()), given)
    for page in pages:
        probe.visit(page)
    return probe.conclude()


def earlier(*facts: tuple[datetime, T]) -> Past[T]:
    """What a probe recalls: each fact with the moment at which its run ended, in any order; without any, nothing."""
    newest_first = sorted(facts, key=lambda one: one[0], reverse=True)
    return Past([Earlier(finished, fact) for finished, fact in newest_first])


def _by_type(fact: object) -> tuple[type, object]:
    if isinstance(fact, tuple):
        return fact
    return type(fact), fact


def _crawl_of(pages: list[Page]) -> Crawl:
    records = tuple(PageRecord(page.url, page.url, page.depth, page.status or 200) for page in pages)
    return Crawl(pages[0].url if pages else "", records, (), len(pages), complete=True)
