"""``python -m bench``: inspects a real static site behind nginx; prints what a page costs, and which part how much.

    python -m bench [--pages N ...] [--rounds N] [--checks page|all]
    python -m bench stages …     reading a page, stage by stage, over files
    python -m bench crawl …      the crawl alone, answered from memory
    python -m bench requests …   what a site of 200 pages is asked, and by which plugin
    python -m bench renders …    what it costs to show pages in a browser
    python -m bench reports …    what it costs to write reports of many sites

Needs Debian's nginx and documentation packages; what is missing is named, and nothing else is measured instead.
"""

import argparse
import json
import platform
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import corpus, crawl_only, measure, renders, reports, requests, server, stages
from bench.inspection import built_in, known_checks, looks_at_pages
from xuncha.catalogue import Catalogue

SIZES = (5_000, 50_000)
MANY = 20_000
"""Pages from which on one round is enough."""


_OTHERS: dict[str, Callable[[Sequence[str]], int]] = {
    "stages": stages.main,
    "crawl": lambda given: crawl_only.main(*map(int, given)),
    "requests": requests.main,
    "renders": renders.main,
    "reports": reports.main,
}


def main() -> int:
    named = _OTHERS.get(sys.argv[1]) if sys.argv[1:] else None
    if named:
        return named(sys.argv[2:])
    options = _options()
    lacking = [] if server.find_nginx() else ["nginx-light"]
    if lacking := lacking + corpus.missing_packages():
        print("bench: install first: apt-get install", " ".join(lacking), file=sys.stderr)
        return 2
    with TemporaryDirectory(prefix="xuncha-bench-") as folder:
        _table(Path(folder), corpus.manuals(), options)
    return 0


def _options() -> argparse.Namespace:
    words = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=words)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="page budgets, one after the other")
    parser.add_argument("--rounds", type=int, default=3, help=f"of each budget below {MANY}; the median is shown")
    parser.add_argument("--checks", choices=("page", "all"), default="page")
    return parser.parse_args()


def _table(folder: Path, found: list[corpus.Manual], options: argparse.Namespace) -> None:
    _surroundings(folder, found, options.checks)
    with server.served(found, 1) as (url, _):
        once = measure.median([measure.inspected(folder, url, 1, options.checks) for _ in range(options.rounds)])
    for pages in options.pages:
        with server.served(found, pages) as (url, there):
            rounds = 1 if pages >= MANY else options.rounds
            taken = [measure.inspected(folder, url, pages, options.checks) for _ in range(rounds)]
            _whole(measure.median(taken), there, once, rounds)
    with server.served(found, options.pages[0]) as (url, _):
        _parts(folder, url, options.pages[0], options.checks)


def _surroundings(folder: Path, found: list[corpus.Manual], checks: str) -> None:
    pages, size = sum(len(one.pages) for one in found), sum(one.size for one in found)
    known = known_checks(folder)
    count = sum(looks_at_pages(known, one) for one in built_in(known))
    also = "" if checks == "page" else f" and all {len(built_in(known)) - count} others"
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"site: {pages:,} files of {size / pages / 1000:.1f} kB on average, {', '.join(one.name for one in found)}")
    print(f"checks: {count} that look at pages{also}, of {', '.join(sorted({one.plugin for one in built_in(known)}))}")
    for entry in known.failed():
        print(f"not loaded: {entry.ref.name}: {entry.failure}")


def _whole(taken: measure.Measure, there: int, once: measure.Measure, rounds: int) -> None:
    print(f"\n{taken.pages:,} of {there:,} pages, {taken.requests:,} requests, 1 worker, median of {rounds}")
    rows = (
        ("CPU of parent and worker", taken.cpu_ms, "ms/page", "limit 3.0, aim 2.0"),
        ("  without start and end of a run", (taken.cpu - once.cpu) / taken.pages * 1000, "ms/page", ""),
        ("memory, PSS of parent and worker", taken.memory / 1e6, "MB", f"limit {200 if taken.pages < MANY else 300}"),
        ("speed (of this machine at this moment)", taken.pages / taken.seconds, "pages/s", ""),
    )
    for name, value, unit, aim in rows:
        print(f"  {name:44}{value:9.2f} {unit:8} {aim}")


def _parts(folder: Path, url: str, pages: int, checks: str) -> None:
    """From a run of its own inside one process; the clocks on every part cost about a tenth themselves."""
    command = [sys.executable, "-m", "bench.split", str(folder), url, str(pages), checks]
    said = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    groups: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, seconds in said["seconds"].items():
        group, _, part = name.partition(": ")
        groups[group][part] = seconds / said["pages"] * 1e6
    declared = _declared(known_checks(folder))
    print(f"\nCPU by part, {said['pages']:,} pages in one process, clocks included {'µs/page':>14}   share  declared")
    for group, parts in sorted(groups.items(), key=lambda item: -sum(item[1].values())):
        _row(group, sum(parts.values()), said)
        for part, cost in sorted(parts.items(), key=lambda item: -item[1]) if len(parts) > 1 else ():
            _row(f"  {part}", cost, said, declared.get(part))


def _declared(known: Catalogue) -> dict[str, float]:
    """What checks and page probes say that they take of a page, in microseconds."""
    return {one.id: one.meta.cost_us for one in known.checks} | {one.name: one.cost_us for one in known.probes}


def _row(name: str, cost: float, said: dict[str, float], declared: float | None = None) -> None:
    told = "" if declared is None else f"{declared:9.0f}"
    print(f"  {name:66}{cost:9.1f} {cost * said['pages'] / said['total'] / 1e6:7.1%} {told}")


if __name__ == "__main__":
    sys.exit(main())
