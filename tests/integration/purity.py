"""``python purity.py BUNDLE``: calls every built-in check over a stored run while I/O is refused.

A process of its own, because an audit hook cannot be taken away. Writes as JSON which checks were called, and what
they tried.
"""

import json
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha import runs
from xuncha.judge import BoundCheck, PageJudge, judge
from xuncha.model.evidence import Evidence
from xuncha.model.looks import LookHabit, LookPrint, Looks, SeenLook, Setting
from xuncha.model.prints import Approval, Baseline, BaselinePage, Prints, Seal, SealState
from xuncha.page import parse_page
from xuncha.registry import discover, fact_name, load
from xuncha.store.bundle import Bundle
from xuncha.store.errors import StoreError
from xuncha.store.warc import read_capture
from xuncha.tamper.grid import Grid
from xuncha.tamper.looks import ALGORITHM
from xuncha.worker.facts import stored_facts

REFUSED = ("socket.", "subprocess.", "os.", "shutil.", "tempfile.", "ctypes.", "mmap.", "sqlite3.", "pty.")
called: dict[str, int] = {}
tried: list[tuple[str, str]] = []
under_way: list[str] = []


def refuse(event: str, _arguments: tuple) -> None:
    if under_way and (event == "open" or event.startswith(REFUSED)):
        tried.append((under_way[-1], event))
        raise PermissionError(f"{under_way[-1]} must not do {event}")


@contextmanager
def watch(check: str) -> Iterator[None]:
    called[check] = called.get(check, 0) + 1
    under_way.append(check)
    try:
        yield
    finally:
        under_way.pop()


def pages(bundle, site):
    """The pages of which a copy was kept."""
    path, found = bundle.captures_file(site.number, site.site.id), []
    try:
        while True:
            found.append(read_capture(path, f"warc:{site.number}:{len(found)}"))
    except StoreError:
        return [parse_page(one.body, url=one.url, headers=one.headers) for one in found if one.body]


def as_approved(site, facts):
    """The facts, with what the run saw itself as the approved state of its pages.

    The look of the home page is made up, as no browser took part.
    """
    prints = facts[Prints]
    looks = {page.url: look_at(page) for page in prints.pages if page.url == site.home}
    approved = (
        BaselinePage(page, Approval("a person", page.taken), prints.algorithms, look=looks.get(page.url))
        for page in prints.pages
    )
    seen = Looks(tuple(SeenLook(look, LookHabit(look.url, look.taken, 1)) for look in looks.values()))
    return {**facts, Baseline: Baseline(site.id, tuple(approved), Seal("", 0, SealState.INTACT)), Looks: seen}


def look_at(page):
    """A white page."""
    cells = Grid(85, array("H", [0xFFF]) * (85 * 60)).packed()
    return LookPrint(page.url, page.taken, ALGORITHM, Setting("", "", 1366), 960, True, "0" * 16, cells)


def main() -> None:
    bundle = Bundle.open(Path(sys.argv[1]))
    registry = load(ref for ref in discover() if ref.distribution == "xuncha")
    types = {fact_name(fact): fact for fact in (Evidence, *(spec.provides for spec in registry.probes()))}
    sites = [
        (site.site, as_approved(site.site, stored_facts(bundle, site.number, types)), pages(bundle, site))
        for site in runs.stored_plan(bundle).sites
    ]
    sys.addaudithook(refuse)
    for spec in registry.checks():
        check = BoundCheck(spec, spec.params())
        for site, facts, seen in sites:
            if not spec.per_page:
                judge(check, site, facts, watch)
                continue
            page_judge = PageJudge(check, site, watch)
            for page in seen:
                page_judge.visit(page)
            page_judge.outcome(facts[next(fact for fact in facts if fact.__name__ == "Crawl")])
    json.dump({"called": called, "tried": tried}, sys.stdout)


main()
