"""What the crawl itself costs per page, beside fetching and reading: frontier, link table, traps, signatures.

    python -m bench crawl [pages] [links per page]

The site is made up and answered from memory. Reading (decode, parse, links, text) is timed apart, so that the rest is
the crawl's own. CPU of this thread, so other work on the machine does not count.
"""

import asyncio
import random
from typing import Any

from bench.clock import Clock
from xuncha.crawl import Budget, Recogniser, Watcher, crawl, crawler, load_signatures
from xuncha.model.netapi import Reply
from xuncha.model.site import Site

HOME = "http://www.example.gov.cn"
HEADERS = (("content-type", "text/html; charset=utf-8"), ("server", "nginx"), ("set-cookie", "a=b; path=/"))
HEADERS += tuple((f"x-header-{number}", "value") for number in range(8))
WORDS = "关于进一步加强政府网站安全管理工作的通知"


def main(pages: int = 5_000, links: int = 50) -> int:
    clock = Clock("crawl")

    async def fetch(url: str) -> Reply:
        return _reply(url, pages, links)

    fetched = clock.watched("fetch", fetch)
    crawler.read = clock.watched("read", _with_everything(crawler.read))
    recogniser = Recogniser(load_signatures())
    clock.watch("signatures", recogniser, "recognise")
    site, budget = Site("bench", "示例", (f"{HOME}/",)), Budget(pages=pages, depth=50)
    found = asyncio.run(crawl(site, fetch=fetched, recogniser=recogniser, budget=budget, watcher=Watcher()))
    clock.enter("over")
    print(f"{len(found.pages)} pages, {links} links each, {len(found.targets)} targets; milliseconds of CPU per page")
    for name, words in (
        ("read", "reading (decode, parse, links, text)"),
        ("crawl", "the crawl's own (aim 0.25)"),
        ("signatures", "signatures"),
    ):
        print(f"{words:38}{clock.seconds[name] / len(found.pages) * 1e3:8.3f}")
    return 0


def _with_everything(read: Any) -> Any:
    def run(*given: Any) -> Any:
        result = read(*given)
        if result.page is not None:
            _ = result.page.links, result.page.text, result.page.scripts
        return result

    return run


def _reply(url: str, pages: int, links: int) -> Reply:
    if url.endswith((".txt", ".xml")):
        return Reply(url, url, 404, HEADERS, b"")
    number = int(url.rpartition("_")[2].removesuffix(".html")) if "_" in url else 0
    return Reply(url, url, 200, HEADERS, _body(number, pages, links), address="192.0.2.1")


def _body(number: int, pages: int, links: int) -> bytes:
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
