"""One inspection of the site, as ``xuncha scan`` makes it but with a budget and a pace that ask for everything.

    python -m bench.inspection FOLDER URL PAGES CHECKS

Prints, as JSON, what it did. CHECKS is ``page`` (what the built-in plugins make of pages: page checks, and checks
over the facts of page probes) or ``all``.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from xuncha import catalogue, runs
from xuncha.catalogue import Catalogue, CheckEntry
from xuncha.config.errors import Place
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.model.outcome import Status
from xuncha.model.site import Site
from xuncha.plan import CRAWL, Plan, Surroundings
from xuncha.profile import Pattern, Profile
from xuncha.store.bundle import Bundle

SITES_AT_ONCE = 1


def known_checks(folder: Path) -> Catalogue:
    """Everything that is installed."""
    return catalogue.catalogue(folder / "cache")


def begun(folder: Path, url: str, pages: int, checks: str, known: Catalogue) -> tuple[Bundle, Plan]:
    """A new run in ``folder``."""
    profile = load_profile("notice", roots())
    profile = replace(_unhurried(profile, pages), include=_patterns(known, checks), exclude=())
    request = runs.Request(
        profile,
        load_framework(profile.framework, roots()),
        (Site("bench", "文档站", (url,)),),
        # The name server is nobody: links that lead out of the site are not followed.
        Surroundings(open_addresses=("127.0.0.0/8",), nameservers=("127.0.0.1:1",)),
    )
    return runs.start(folder, request, known)


def _unhurried(profile: Profile, pages: int) -> Profile:
    budgets = replace(
        profile.budgets,
        pages=pages,
        depth=100,
        seconds=1e6,
        bytes=10**12,
        requests_per_second=1e5,
        external_links=0,
        service_seconds=0.01,
        renders=0,
        pictures=0,
    )
    return replace(profile, budgets=budgets)


def built_in(known: Catalogue) -> list[CheckEntry]:
    """The checks that come with the program: what others installed beside it is not ours to measure."""
    own = {entry.ref.name for entry in known.plugins if entry.ref.distribution == "xuncha"}
    return [one for one in known.checks if one.plugin in own]


def looks_at_pages(known: Catalogue, check: CheckEntry) -> bool:
    """Whether a check sees the pages, itself or by the page probes behind it, and needs nothing else."""
    gathered = {probe.provides for probe in known.probes if probe.per_page}
    return check.per_page or (bool(gathered & {*check.wants}) and {*check.wants} <= gathered | {CRAWL})


def _patterns(known: Catalogue, checks: str) -> tuple[Pattern, ...]:
    chosen = (one.id for one in built_in(known) if checks == "all" or looks_at_pages(known, one))
    return tuple(Pattern(name, Place("bench", 1, 1)) for name in chosen)


def main(folder: str, url: str, pages: str, checks: str) -> None:
    known = known_checks(Path(folder))
    bundle, plan = begun(Path(folder), url, int(pages), checks, known)
    ending = runs.carry_out(bundle, plan, 1, SITES_AT_ONCE, lambda _: None)
    stats = bundle.read_stats(0)
    errors = [f"{one.check}: {one.error}" for one in bundle.read_outcomes(0) if one.status is Status.ERROR]
    if ending.state != "finished" or ending.restarts or errors:
        raise SystemExit(f"not measured: {ending.state}, {ending.restarts} restarts, {errors}")
    print(
        json.dumps({"pages": stats.pages, "requests": stats.requests, "bytes": stats.bytes, "seconds": stats.seconds})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
