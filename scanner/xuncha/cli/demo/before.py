"""What the demo approves before anything is tampered with: the home pages that a picture will show to be others.

The seal is the demo's own; the machine's key seals nothing of it, and the machine remembers nothing of it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from xuncha import runs
from xuncha.baseline import acts
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.key import VARIABLE
from xuncha.baseline.looking import Look, Viewer
from xuncha.baseline.packs import Kept, as_json, digest
from xuncha.browser.program import find_program
from xuncha.catalogue import Catalogue
from xuncha.cli.language import say
from xuncha.lab.faults import COMPARING
from xuncha.lab.lab import Lab
from xuncha.model.clock import system_clock
from xuncha.profile import Pattern
from xuncha.store.bundle import Bundle
from xuncha.store.result import SiteResult, build_result
from xuncha.tamper.pixels import pillow_is_there

_FOLDER = "XDG_CONFIG_HOME"


@dataclass(frozen=True, slots=True)
class Approved:
    """The ids of the sites of which a picture was approved, and the workspace in which that is written."""

    sites: frozenset[str] = frozenset()
    workspace: str = ""


@contextmanager
def own_seal(scratch: Path) -> Iterator[None]:
    """Within, keys and records of seals are those in ``scratch``."""
    kept = {name: os.environ.pop(name, None) for name in (_FOLDER, VARIABLE)}
    os.environ[_FOLDER] = str((scratch / "machine").resolve())
    try:
        yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def approve_before(lab: Lab, request: runs.Request, known: Catalogue, scratch: Path) -> Approved:
    """Look at the home pages as they were, and approve them; nothing where no picture can be taken."""
    if not (find_program(request.surroundings.browser) and pillow_is_there()):
        return Approved()
    workspace = scratch / "approved"
    workspace.mkdir()
    with lab.before() as sites:
        profile = replace(
            request.profile,
            include=tuple(Pattern(checks, request.profile.include[0].place) for checks in COMPARING),
            budgets=replace(request.profile.budgets, pages=1, pictures=1),
        )
        bundle, plan = runs.start(scratch / "before", replace(request, profile=profile, sites=sites), known)
        runs.carry_out(bundle, plan, request.jobs, runs.SITES_AT_ONCE, lambda _progress: None)
    return Approved(frozenset(_approve(bundle, Baselines(workspace))), str(workspace.resolve()))


def _approve(bundle: Bundle, baselines: Baselines) -> Iterator[str]:
    """The ids of the sites of which somebody could see a picture."""
    result = build_result(bundle)
    book = baselines.look()
    viewer = Viewer(bundle, result, baselines, book)
    for site in result.sites:
        seen = viewer.look(site)
        looks = [_pictured(viewer, site, look) for look in seen.looks if look.kept.look] if seen else []
        if looks:
            book = _written(baselines, book, bundle, site, looks)
            yield site.id


def _pictured(viewer: Viewer, site: SiteResult, look: Look) -> tuple[Kept, bytes]:
    """What is kept of a page, and its picture made small."""
    made = viewer.picture_of(site, look)
    return (replace(look.kept, picture=made[0]), made[1]) if made else (look.kept, b"")


def _written(
    baselines: Baselines, book: Book, bundle: Bundle, site: SiteResult, pages: Sequence[tuple[Kept, bytes]]
) -> Book:
    """The book with these pages approved."""
    by = say("演示程序", "the demo")
    prints = {kept.print.url: as_json(kept) for kept, _ in pages}
    drafts = [Draft(Act.APPROVE, by, site.id, url, digest(data), run=bundle.meta().id) for url, data in prints.items()]
    pictures = {kept.picture.sha256: jpeg for kept, jpeg in pages if kept.picture}
    return acts.add(baselines, drafts, book, system_clock(), {digest(data): data for data in prints.values()}, pictures)
