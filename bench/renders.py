"""What it costs to show pages in a browser: processor time and memory of the worker's part and of Chromium's.

    python -m bench renders [--rounds N] [--picture] [--layout]

The pages are the home pages of the lab's sites. Each site gets a fresh profile; one Chromium serves all. A picture is
developed as well: outlined, hashed, put below its strip, packed.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from xuncha.browser.places import Places
from xuncha.browser.program import BrowserSettings, find_program
from xuncha.browser.service import Browser
from xuncha.browser.way import Way
from xuncha.crawl.challenges import Recogniser
from xuncha.crawl.signature_files import load_signatures
from xuncha.lab.lab import Lab
from xuncha.model.fact import Gap
from xuncha.model.rendered import Picture, Rendered, Want
from xuncha.model.site import Site
from xuncha.model.text import Lang
from xuncha.net.client import open_site
from xuncha.net.engine import Engine
from xuncha.net.ledger import Ledger, Limit
from xuncha.net.resolver import Resolver
from xuncha.net.settings import Settings
from xuncha.net.tlscontext import TlsContexts
from xuncha.pictures.pixels import Developed, Handling, develop

FAST = Limit(rate=1000, concurrent=16, burst=16)


@dataclass(frozen=True, slots=True)
class Taken:
    """One rendering; ``worker`` is our own processor time for it, ``developing`` that for its picture."""

    site: str
    found: Rendered | Gap
    worker: float
    seconds: float
    made: Developed | None = None
    developing: float = 0.0


def main(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench renders")
    parser.add_argument("--rounds", type=int, default=2, help="the first includes the start of Chromium")
    parser.add_argument("--picture", action="store_true")
    parser.add_argument("--layout", action="store_true")
    options = parser.parse_args(given)
    if not find_program(BrowserSettings()):
        print("bench: install first: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 2
    want = Want(layout=options.layout, picture=options.picture)
    with Lab() as lab, TemporaryDirectory(prefix="xuncha-bench-") as folder:
        for number in range(options.rounds):
            taken = asyncio.run(_round(lab, Path(folder), want))
            _tell(taken, number)
    return 0


async def _round(lab: Lab, folder: Path, want: Want) -> list[Taken]:
    Ledger.create(folder / "ledger", workers=1)
    recognise = Recogniser(load_signatures()).recognise
    browser = Browser(Places(folder, 1), recognise=recognise)
    resolver, tls = Resolver((lab.nameserver,)), TlsContexts(lab.ca_file)
    taken = []
    with closing(Ledger(folder / "ledger", 0)) as ledger:
        for site in lab.sites:
            net = open_site(
                site,
                engine=Engine(tls),
                ledger=ledger,
                resolver=resolver,
                settings=Settings(host=FAST, address=FAST, platform=FAST, patience=5),
                exempt=("127.0.0.0/8", "::1/128"),
                recognise=recognise,
            )
            async with net:
                taken.append(await _render(browser, site, net, want))
    await browser.aclose()
    return taken


async def _render(browser: Browser, site: Site, way: Way, want: Want) -> Taken:
    browser.visitor(way)  # who never leaves, so that Chromium stays for the next site
    visitor = browser.visitor(way)
    begun, cpu = time.monotonic(), time.thread_time()
    found = await visitor.render(site.home, want)
    taken = Taken(site.id, found, time.thread_time() - cpu, time.monotonic() - begun)
    await visitor.aclose()
    return _developed(taken, found.picture) if isinstance(found, Rendered) and found.picture else taken


def _developed(taken: Taken, picture: Picture) -> Taken:
    cpu = time.thread_time()
    made = develop(picture, picture.height, _said, Handling())
    return replace(taken, made=made, developing=time.thread_time() - cpu)


def _said(digest: str, strip: int, _lang: Lang) -> tuple[tuple[str, str], ...]:
    return (("网址", "http://www.example.gov.cn/" * 4), ("SHA-256", f"{digest} {strip}"))


def _tell(taken: Sequence[Taken], number: int) -> None:
    print(f"\nround {number + 1}{'site':>18} {'worker':>9} {'Chromium':>9} {'memory':>8} {'clock':>7} requests")
    for one in taken:
        found = one.found
        if isinstance(found, Gap):
            print(f"{one.site:>25} {one.worker:8.3f}s {'':>27} {one.seconds:6.1f}s {found.reason} {found.detail[:60]}")
            continue
        traffic = found.traffic
        print(
            f"{one.site:>25} {one.worker:8.3f}s {found.cpu:8.2f}s {found.memory / 1e6:5.0f} MB {one.seconds:6.1f}s "
            f"{traffic.requests:3} sent, {sum(count for _, count in traffic.refusals)} refused"
        )
    pages = [(one, one.found) for one in taken if isinstance(one.found, Rendered)]
    _row("worker", (one.worker for one, _ in pages), "CPU-s")
    _row("Chromium", (found.cpu for _, found in pages), "CPU-s")
    _row("memory", (found.memory / 1e6 for _, found in pages), "MB")
    _row("on the clock", (found.seconds for _, found in pages), "s")
    made = [(one, one.made) for one in taken if one.made]
    _row("developing", (one.developing for one, _ in made), "CPU-s")
    _row("its pixels", (each.width * each.height * 3 / 1e6 for _, each in made), "MB")
    _row("its file", (len(each.png) / 1e6 for _, each in made), "MB")
    _row("small one", (len(each.thumbnail) / 1e3 for _, each in made), "kB")
    if made:
        print(f"  worker's memory at its height: {getrusage(RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


def _row(name: str, values: Iterable[float], unit: str) -> None:
    found = [*values]
    if found:
        print(f"  {name:14} median {statistics.median(found):8.3f}, most {max(found):8.3f} {unit}")
