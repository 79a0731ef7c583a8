"""What remains of a site in the bundle once it is settled: outcomes, facts, captures of the pages that matter."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from xuncha.baseline.pictures import ApprovedPictures
from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.outcome import Finding, Outcome
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.plan import SitePlan
from xuncha.registry import fact_name
from xuncha.store.bundle import Bundle, SiteStats
from xuncha.store.codec import Json, dump
from xuncha.store.comparisons import copy_comparisons
from xuncha.store.errors import disk_errors
from xuncha.store.pictures import Album, copy_album, write_album
from xuncha.store.rows import Row
from xuncha.store.warc import Captures
from xuncha.worker.beside import lay_beside
from xuncha.worker.journal import Journal, replayed
from xuncha.worker.renders import rendered_before

SITE = "site"
"""Names the entry that tells whose facts a file holds."""

MOST_PROVEN = 100
"""Findings of one check that get a copy of their page: as many as people look at; the others are alike."""


def leave(
    bundle: Bundle,
    planned: SitePlan,
    outcomes: Sequence[Outcome],
    facts: Mapping[type, object],
    stats: SiteStats,
    journal: Journal,
    album: Album | None = None,
    baselines: Path | None = None,
) -> None:
    """Write everything of a site that was just inspected: captures first, so that findings can name them.

    ``baselines`` is the folder where approved pictures are kept.
    """
    write_album(bundle.site_folder(planned.number, planned.site.id), album or Album())
    crawl = facts.get(Crawl)
    rendered = {page.url for page in crawl.pages if page.rendered} if isinstance(crawl, Crawl) else set()
    taken = capture(bundle, planned, wanted(outcomes, crawl), journal, rendered)
    if baselines is not None:
        lay_beside(bundle.site_folder(planned.number, planned.site.id), outcomes, facts, ApprovedPictures(baselines))
    write(bundle, planned, [_proven(outcome, taken) for outcome in outcomes], facts, stats)


def write(
    bundle: Bundle,
    planned: SitePlan,
    outcomes: Sequence[Outcome],
    facts: Mapping[type, object],
    stats: SiteStats,
) -> None:
    """Facts, stats and outcomes of a site; the outcomes last, because a site with outcomes counts as settled."""
    number, site = planned.number, planned.site.id
    bundle.write_facts(number, site, chain([(SITE, of_site(planned.site))], _stored(facts)))
    bundle.write_stats(number, site, stats)
    gaps = {fact_name(fact): value for fact, value in facts.items() if isinstance(value, Gap)}
    bundle.write_outcomes(number, site, outcomes, gaps)


def of_site(site: Site) -> Json:
    """What stands at the head of a site's facts, so that a later run knows whose they are."""
    return {"id": site.id, "url": site.home}


def _stored(facts: Mapping[type, object]) -> Iterator[tuple[str, Json | Row]]:
    """Facts by name; the pages and targets of a crawl as entries of their own, so that no line grows with a site."""
    for fact, value in facts.items():
        if isinstance(value, Crawl):
            yield from _crawl(value)
        elif not isinstance(value, Gap):
            yield fact_name(fact), value if isinstance(value, Row) else dump(value)


def _crawl(crawl: Crawl) -> Iterator[tuple[str, Json | Row]]:
    yield "crawl", dump(replace(crawl, pages=(), targets=()))
    yield from (("crawl.page", page) for page in crawl.pages)
    yield from (("crawl.target", target) for target in crawl.targets)


def wanted(outcomes: Iterable[Outcome], crawl: object) -> list[str]:
    """The pages whose copies prove something, in the order of the crawl: the home page and those with findings.

    None that bears a mark of secrecy.
    """
    if not isinstance(crawl, Crawl):
        return []
    named = {_page_of(found) for outcome in outcomes for found in outcome.findings[:MOST_PROVEN]}
    pages = [page for page in crawl.pages if page.depth == 0 or page.url in named or page.final_url in named]
    marked = [page for page in crawl.pages if page.problem is Reason.STATE_SECRET_MARK]
    secret = {url for page in marked for url in (page.url, page.final_url)}
    return [page.url for page in pages if secret.isdisjoint((page.url, page.final_url, page.part_of))]


def capture(
    bundle: Bundle, planned: SitePlan, pages: Sequence[str], journal: Journal, rendered: Collection[str] = ()
) -> dict[str, str]:
    """Promote pages from the journal to WARC. Returns the evidence id of each by its URL.

    Those in ``rendered`` were judged as a browser showed them: of them that is kept as well, and is the evidence.
    """
    taken: dict[str, str] = {}
    with Captures(bundle.captures_file(planned.number, planned.site.id), planned.number) as captures:
        for url in pages:
            record = journal.latest("reply", url)
            if record is not None and record.kind == "reply":
                reply = replayed(record)
                taken[url] = taken[reply.final_url] = captures.promote(reply)
                shown = rendered_before(journal, reply.final_url) if url in rendered else None
                if shown is not None and (number := captures.promote(shown.reply())):
                    taken |= dict.fromkeys((url, reply.final_url, shown.final_url), number)
    return taken


def take_over(old: Bundle, bundle: Bundle, planned: SitePlan, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Copy the captures of an earlier run, and what the monitor had seen before it.

    Returns the outcomes with their findings naming the captures as theirs did.
    """
    captures = old.captures_file(planned.number, planned.site.id)
    if captures.is_file():
        copy = bundle.captures_file(planned.number, planned.site.id)
        with disk_errors(copy, "write"):
            shutil.copy(captures, copy)
    copy_album(old.site_folder(planned.number, planned.site.id), bundle.site_folder(planned.number, planned.site.id))
    copy_comparisons(
        old.site_folder(planned.number, planned.site.id), bundle.site_folder(planned.number, planned.site.id)
    )
    sampled = old.read_availability(planned.number)
    if sampled:
        bundle.write_availability(planned.number, planned.site.id, sampled)
    taken = {
        _page_of(found): found.evidence for before in old.read_outcomes(planned.number) for found in before.findings
    }
    return [_proven(outcome, taken) for outcome in outcomes]


def _proven(outcome: Outcome, taken: Mapping[str, str]) -> Outcome:
    """The outcome with each finding naming the capture of its page."""
    findings = tuple(
        found if found.evidence else replace(found, evidence=taken.get(_page_of(found), ""))
        for found in outcome.findings
    )
    return replace(outcome, findings=findings)


def _page_of(found: Finding) -> str:
    return getattr(found.locator, "url", "") or getattr(found.locator, "page", "")
