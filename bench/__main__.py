"""``python -m bench``: inspects a real static site behind nginx and prints what a page costs, and where.

    python -m bench [--pages 5000] [--large] [--checks page|all]

Needs Debian's nginx and documentation packages; what is missing is named, and nothing is measured instead.
"""

import argparse
import json
import subprocess
import sys
from tempfile import TemporaryDirectory

from bench import corpus, measure, server

LARGE = 50_000


def main() -> int:
    options = _options()
    lacking = [] if server.find_nginx() else ["nginx-light"]
    if lacking := lacking + corpus.missing_packages():
        print("install first: apt-get install", " ".join(lacking), file=sys.stderr)
        return 2
    found = corpus.manuals()
    sizes = [options.pages, LARGE] if options.large else [options.pages]
    for pages in sizes:
        with server.served(found, pages) as (url, there):
            print(f"\n{pages} of {there} pages, checks: {options.checks}, one worker")
            _whole(measure.inspected(url, pages, options.checks))
            if pages == options.pages:
                _parts(url, pages, options.checks)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="CPU per page, memory, and which part takes how much"
    )
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--large", action="store_true", help=f"then {LARGE} pages")
    parser.add_argument("--checks", choices=("page", "all"), default="page")
    return parser.parse_args()


def _whole(taken: measure.Measure) -> None:
    rows = [
        ("CPU of parent and worker", f"{taken.cpu_ms:.2f} ms/page"),
        ("memory, PSS of all processes", f"{taken.memory / 1e6:.0f} MB"),
        ("pages, requests", f"{taken.pages}, {taken.requests}"),
        ("pages per second (depends on the machine)", f"{taken.pages / taken.seconds:.0f}"),
    ]
    for name, value in rows:
        print(f"  {name:44} {value:>16}")


def _parts(url: str, pages: int, checks: str) -> None:
    """The split comes from a run of its own in one process, with a clock on every part."""
    with TemporaryDirectory(prefix="xuncha-bench-") as folder:
        command = [sys.executable, "-m", "bench.split", folder, url, str(pages), checks]
        said = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    print("\n  part of a page's way (its own run; the clock itself costs about a tenth)  us/page   share")
    for name, seconds in sorted(said["seconds"].items(), key=lambda pair: -pair[1]):
        if name != "over":
            print(f"  {name:72} {seconds / said['pages'] * 1e6:8.1f} {seconds / said['total']:7.1%}")


if __name__ == "__main__":
    sys.exit(main())
