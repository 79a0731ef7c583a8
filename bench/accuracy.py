"""Precision and recall on saved pages: page checks, dates, columns and footers, and every miss.

    python bench/accuracy.py DIR [--findings]
    python -m bench.accuracy DIR [--findings]

DIR holds saved pages and a manifest.csv with the columns file, url and observed_at, and any of the labels published
and newest (a date, or none), column, icp, police, site_code (as shown, or none), kind (home, list, article, guide,
letters, other), checks and expected ("content.placeholder=fail; icp.site-code=pass", an id alone where the check has
to find something, "integrity.*" for any of a family, or JSON that holds any of these). An empty cell is no label. Each
page is judged alone; observed_at is the clock.

Rows with the same url are visits to one page: the first is approved as its baseline, and so is every one whose column
approved says yes; later ones are compared with it. tampered (yes or no) is short for integrity.*.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

if not __package__:  # called as a script: its own folder is on the path, the checkout is not
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.extractors import EXTRACTORS
from bench.manifest import Labelled, Manifest, ManifestError, read_manifest
from bench.onepage import Panel, findings
from bench.scoring import Results, gravest, table, told
from bench.visits import History, in_order
from xuncha.model.outcome import Outcome
from xuncha.page import Page, parse_page

MAX_PAGE = 50_000_000
LABELS = {one.name: one.label for one in EXTRACTORS}
AIMS = {one.name: one.aim for one in EXTRACTORS if one.aim}


def main(given: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 where nothing could be measured."""
    options = _options(given)
    try:
        manifest = read_manifest(options.folder, LABELS)
    except ManifestError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2
    panel = Panel()
    results, said = measure(manifest, panel, want_findings=options.findings)
    for line in _report(manifest, panel, results, said):
        print(line)
    return 0 if manifest.pages else 2


def _options(given: Sequence[str] | None) -> argparse.Namespace:
    words = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="bench/accuracy.py", description=__doc__, formatter_class=words)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--findings", action="store_true", help="also print what the checks say against each page")
    return parser.parse_args(given)


def measure(manifest: Manifest, panel: Panel, *, want_findings: bool = False) -> tuple[Results, list[str]]:
    """The scores over all pages, and on demand what the checks say of each page.

    A page that can't be read, and a check that is not there, are problems of the manifest.
    """
    results, said = Results(), []
    histories: defaultdict[str, History] = defaultdict(History)
    visited = {url for url, rows in Counter(one.url for one in manifest.pages).items() if rows > 1}
    for one in in_order(manifest.pages):
        try:
            page = saved_page(one)
        except OSError as error:
            manifest.complain(one.row, f"{one.file} can't be read: {error.strerror}")
            continue
        _values(results, manifest, one, page)
        if one.checks or want_findings or one.url in visited:
            outcomes = panel.judge(page, one.observed, histories[one.url], approved=one.approved)
            said += _statuses(results, manifest, one, outcomes, want_findings=want_findings)
    return results, said


def saved_page(one: Labelled) -> Page:
    """The page as a crawl would have handed it over."""
    if one.path.stat().st_size > MAX_PAGE:
        raise OSError(0, f"larger than {MAX_PAGE:,} bytes")
    headers = (("content-type", one.content_type or "text/html"),)
    body = one.path.read_bytes()
    return parse_page(body, url=one.url, headers=headers, depth=one.depth, fetched_at=one.observed)


def _values(results: Results, manifest: Manifest, one: Labelled, page: Page) -> None:
    """Compare what was read with what was labelled; what fails has found nothing, and is told."""
    for extractor in EXTRACTORS:
        if extractor.name not in one.values:
            continue
        try:
            got = extractor.read(page, one.observed)
        except Exception as error:  # noqa: BLE001 - one page's failure must not hide the others' results
            manifest.complain(one.row, f"{extractor.name} of {one.file} failed: {error!r}")
            got = frozenset()
        results.compare(extractor.name, one.file, one.values[extractor.name], got)


def _statuses(
    results: Results, manifest: Manifest, one: Labelled, outcomes: Mapping[str, Outcome], *, want_findings: bool
) -> list[str]:
    for check, expected in one.checks.items():
        statuses = [outcome.status.value for known, outcome in outcomes.items() if fnmatchcase(known, check)]
        if statuses:
            results.compare_status(check, one.file, expected, gravest(statuses))
        else:
            manifest.complain(one.row, f"no check {check!r} that a page alone suffices for")
    return [f"  {one.file}: {line}" for line in findings(outcomes)] if want_findings else []


def _report(manifest: Manifest, panel: Panel, results: Results, said: Sequence[str]) -> Iterator[str]:
    yield f"{len(manifest.pages)} pages, {len(panel.known())} checks"
    yield from (f"not loaded: {name}: {why}" for name, why in panel.failures.items())
    if manifest.unknown:
        yield f"columns ignored, because nobody knows them: {', '.join(manifest.unknown)}"
    yield from manifest.problems
    yield ""
    yield from table(results.scores, AIMS)
    yield from told(results.misses)
    if said:
        yield "\nwhat the checks say:"
        yield from said


if __name__ == "__main__":
    sys.exit(main())
