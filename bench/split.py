"""One inspection inside this process, with a clock on every part of a page's way.

    python -m bench.split FOLDER URL PAGES CHECKS

Prints seconds and calls by part, as JSON. The clock itself costs about a tenth, so parts are for comparison among
each other; what a page costs as a whole ``bench.inspection`` tells.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import zstandard

from bench.clock import Clock
from bench.inspection import begun, known_checks
from xuncha.crawl import crawler
from xuncha.crawl.challenges import Recogniser
from xuncha.crawl.discovery import Discovery
from xuncha.gather.page_probes import PageGatherer
from xuncha.judge import PageJudge
from xuncha.net.client import SiteNet
from xuncha.net.engine import Engine
from xuncha.net.guard import Guard
from xuncha.net.ledger import Ledger
from xuncha.net.loop import run
from xuncha.page import page as pages
from xuncha.store.bundle import Bundle
from xuncha.store.warc import Captures
from xuncha.worker import crawling, inspection, journal, leavings
from xuncha.worker.__main__ import collect_rarely
from xuncha.worker.board import BOARD, LEDGER, Board

REST = "fetch: event loop, sockets, HTTP parser"


def wired() -> Clock:
    """A clock that is told of everything from now on."""
    clock = Clock(REST)
    for stage, owner, name in (
        ("fetch: site's view, redirects", SiteNet, "fetch"),
        ("fetch: guard", Guard, "admit"),
        ("fetch: ledger", Ledger, "take"),
        ("fetch: ledger", Ledger, "give_back"),
        ("fetch: engine, aiohttp", Engine, "send"),
        ("fetch: signatures", Recogniser, "recognise"),
        ("page: decode", pages, "decode"),
        ("page: prescan", pages, "excess"),
        ("page: parse", pages, "_parsed"),
        ("page: links", pages, "walk"),
        ("page: text", pages, "visible_text"),
        ("page: scripted", pages, "is_scripted"),
        ("page: hash, values, record", crawler, "read"),
        ("page: secret marks", crawling, "_secrecy"),
        ("checks: calling them", inspection.Panel, "see"),
        (lambda judge, *_: f"checks: {judge.check.id}", PageJudge, "visit"),
        (lambda gatherer, *_: f"gathering: {gatherer.spec.name}", PageGatherer, "visit"),
        ("journal: records", crawling.Journaled, "__call__"),
        ("journal: records", journal.Journal, "append"),
        ("journal: write", journal.Journal, "_put"),
        ("crawl: frontier", crawler.Crawler, "run"),
        ("crawl: link table, discovery", Discovery, "follow"),
        ("checks: concluding", inspection.Panel, "conclude"),
        ("write: captures read back", leavings, "capture"),
        ("write: captures", Captures, "promote"),
        ("write: facts", Bundle, "write_facts"),
        ("write: outcomes", inspection, "leave"),
    ):
        clock.watch(stage, owner, name)
    _watch_compression(clock)
    return clock


def _watch_compression(clock: Clock) -> None:
    def compressor(**options: int) -> SimpleNamespace:
        compress = zstandard.ZstdCompressor(**options).compress
        return SimpleNamespace(compress=clock.watched("journal: zstd of the spooled pages", compress))

    journal.zstandard = SimpleNamespace(ZstdCompressor=compressor, ZstdDecompressor=zstandard.ZstdDecompressor)


async def _here(function: Callable[..., object], *given: object) -> None:
    """In place of a thread: the clock is this thread's."""
    function(*given)


def main(folder: str, url: str, pages_wanted: str, checks: str) -> None:
    known = known_checks(Path(folder))
    bundle, plan = begun(Path(folder), url, int(pages_wanted), checks, known)
    Ledger.create(bundle.folder / LEDGER, workers=1)
    inspector = inspection.Inspector(bundle.folder, plan, Board(bundle.folder / BOARD).pen(0), 0)
    collect_rarely()
    inspection.to_thread = _here
    clock = wired()
    start = time.thread_time()
    run(inspector.inspect(plan.sites[0]))
    total = time.thread_time() - start
    clock.enter("over")
    pages_done = bundle.read_stats(0).pages
    print(json.dumps({"pages": pages_done, "total": total, "seconds": clock.seconds, "calls": clock.calls}))


if __name__ == "__main__":
    main(*sys.argv[1:])
