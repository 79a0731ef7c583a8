"""CPU per page by stage of `xuncha.page`, over real HTML files: decode, prescan, parse, links, text.

    python -m bench stages [--sample N] [--rounds N] [FOLDER ...]

Wants folders with HTML, such as those of Debian's python3-doc, postgresql-doc-15, maint-guide-zh-cn or
libreoffice-help-zh-cn. Prints the mean of the best of several rounds, in CPU milliseconds.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import turbohtml

from xuncha.page import Page, parse_page
from xuncha.page.encoding import decode
from xuncha.page.prescan import excess

FOLDERS = ("/usr/share/doc", "/usr/share/libreoffice/help", "/usr/lib/libreoffice/help", "/usr/share/gimp/2.0/help")
HEADERS = (("Content-Type", "text/html"),)


Fetched = tuple[str, bytes]


def fetched(folders: Iterable[str], sample: int) -> list[Fetched]:
    """URLs and bodies of a random choice of pages, in the order of their paths as a crawl roughly goes."""
    files = sorted(path for folder in folders for path in Path(folder).rglob("*.html") if path.is_file())
    chosen = sorted(random.Random(1).sample(files, min(sample, len(files))))
    return [("https://www.example.gov.cn" + quote(str(path)), path.read_bytes()) for path in chosen]


def page(given: Fetched) -> Page:
    return parse_page(given[1], url=given[0], headers=HEADERS)


def whole(given: Fetched) -> tuple[Any, ...]:
    one = page(given)
    return one.links, one.title, one.text


def cpu_ms(
    work: Callable[[Any], object], prepare: Callable[[Fetched], Any], given: list[Fetched], rounds: int
) -> float:
    """The best mean of several rounds; what ``prepare`` makes is made afresh and not counted."""
    return min(_one_round(work, prepare, given) for _ in range(rounds)) * 1000 / len(given)


def _one_round(work: Callable[[Any], object], prepare: Callable[[Fetched], Any], given: list[Fetched]) -> float:
    spent = 0.0
    for start in range(0, len(given), 100):
        ready = [prepare(one) for one in given[start : start + 100]]
        begun = time.process_time()
        for item in ready:
            work(item)
        spent += time.process_time() - begun
    return spent


def body_of(given: Fetched) -> bytes:
    return given[1]


def html_of(given: Fetched) -> str:
    return decode(given[1], "text/html")[0]


def walked(given: Fetched) -> Page:
    one = page(given)
    _ = one.links, one.text
    return one


STAGES: dict[str, tuple[Callable[[Any], object], Callable[[Fetched], Any]]] = {
    "decode": (lambda body: decode(body, "text/html"), body_of),
    "prescan": (excess, html_of),
    "sha256": (sha256, body_of),
    "parse": (lambda html: turbohtml.parse(html, scripting=True), html_of),
    "links": (lambda one: one.links, page),
    "text": (lambda one: one.text, page),
    "scripted": (lambda one: one.scripted, walked),
    "parse_page, then links, title, text": (whole, lambda given: given),
}


def main(given_words: Sequence[str]) -> int:
    arguments = argparse.ArgumentParser(
        prog="python -m bench stages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folders", nargs="*", default=FOLDERS)
    arguments.add_argument("--sample", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args(given_words)
    given = fetched(options.folders, options.sample)
    if not given:
        arguments.error("no .html file below " + ", ".join(options.folders))
    links = sum(len(page(one).links) for one in given)
    kilobytes = sum(len(body) for _, body in given) / len(given) / 1000
    print(f"{len(given)} pages, {kilobytes:.1f} kB and {links / len(given):.0f} links each on average")
    for name, (work, prepare) in STAGES.items():
        print(f"{name:38}{cpu_ms(work, prepare, given, options.rounds):8.3f} ms")
    return 0
