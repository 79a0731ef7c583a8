"""What the crawl itself costs per page, beside fetching and reading: frontier, link table, traps, signatures.

    python bench/crawl_overhead.py [pages] [links per page]

The site is made up and answered from memory. Reading (decode, parse, links, text) is timed apart, so that the rest is
the crawl's own. CPU of this thread, so other work on the machine does not count.
"""

import asyncio
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from xuncha.crawl import Budget, Recogniser, Watcher, crawl, crawler, load_signatures
from xuncha.model.netapi import Reply
from xuncha.model.site import Site

HOME = "http://www.example.gov.cn"
HEADERS = (("content-type", "text/html; charset=utf-8"), ("server", "nginx"), ("set-cookie", "a=b; path=/"))
HEADERS += tuple((f"x-header-{number}", "value") for number in range(8))
WORDS = "关于进一步加强政府网站安全管理工作的通知"


def body(number: int, pages: int, links: int) -> bytes:
    """A page with the navigation that all share, its neighbours, and a few of its own."""
    chance = random.Random(number)
    shared = range(links // 2)
    own = [min(number * 8 + step, pages - 1) for step in range(1, 9)]
    others = [chance.randrange(pages) for _ in range(links - len(shared) - len(own))]
    anchors = "".join(
        f'<li><a href="/art/{at // 100}/art_{at}.html">{WORDS}{at}</a></li>' for at in [*shared, *own, *others]
    )
    head = f"<!DOCTYPE html><html><head><title>{WORDS}{number}</title></head>"
    return f"{head}<body><ul>{anchors}</ul><p>{WORDS * 40}</p></body></html>".encode()


def timed(clock: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        start = time.thread_time()
        result = function(*arguments)
        clock[name] = clock.get(name, 0.0) + time.thread_time() - start
        return result

    return run


def main(pages: int = 5_000, links: int = 50) -> None:
    clock: dict[str, float] = {}

    async def fetch(url: str) -> Reply:
        start = time.thread_time()
        if url.endswith((".txt", ".xml")):
            return Reply(url, url, 404, HEADERS, b"")
        number = int(url.rpartition("_")[2].removesuffix(".html")) if "_" in url else 0
        reply = Reply(url, url, 200, HEADERS, body(number, pages, links), address="192.0.2.1")
        clock["fetch"] = clock.get("fetch", 0.0) + time.thread_time() - start
        return reply

    def read(*arguments: Any) -> Any:
        result = plain_read(*arguments)
        if result.page is not None:
            _ = result.page.links, result.page.text, result.page.scripts
        return result

    plain_read = crawler.read
    crawler.read = timed(clock, "read", read)
    recogniser = Recogniser(load_signatures())
    recogniser.recognise = timed(clock, "signatures", recogniser.recognise)  # type: ignore[method-assign]
    site = Site("bench", "示例", (f"{HOME}/",))
    start = time.thread_time()
    found = asyncio.run(
        crawl(site, fetch=fetch, recogniser=recogniser, budget=Budget(pages=pages, depth=50), watcher=Watcher())
    )
    total = time.thread_time() - start
    done = len(found.pages)
    apart = clock["fetch"] + clock["read"]
    print(f"{done} pages, {links} links each, {len(found.targets)} targets; milliseconds of CPU per page")
    print(f"reading (decode, parse, links, text) {clock['read'] / done * 1e3:7.3f}")
    print(f"crawl, all                           {(total - apart) / done * 1e3:7.3f}   (aim 0.25)")
    print(f"  of it signatures                   {clock['signatures'] / done * 1e3:7.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
