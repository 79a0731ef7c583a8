"""What a person is shown before approving: pages of a stored run, their approved state, and what speaks against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.packs import Kept
from xuncha.baseline.pictures import made_small
from xuncha.framework import Framework
from xuncha.model.crawl import PageRecord
from xuncha.model.looks import ApprovedPicture, Looks, SeenLook
from xuncha.model.outcome import Status, Weight
from xuncha.model.pictures import Photo
from xuncha.model.prints import BaselinePage, PagePrint, Prints
from xuncha.model.urls import without_scheme
from xuncha.registry import fact_name
from xuncha.store.bundle import Bundle
from xuncha.store.codec import load
from xuncha.store.disk import sha256_of
from xuncha.store.errors import StoreError, naming
from xuncha.store.facts import read_facts
from xuncha.store.result import FindingView, OutcomeView, RunResult, SiteResult
from xuncha.tamper.changes import Change
from xuncha.tamper.compare import compare
from xuncha.tamper.looks import difference, is_comparable
from xuncha.tamper.sights import Sight, sights
from xuncha.worker.facts import CRAWL_PARTS

CRAWL_PAGE = CRAWL_PARTS[1]
_OPEN = frozenset({Status.FAIL, Status.WARN, Status.MANUAL})


class Likeness(StrEnum):
    """How a page stands to its baseline.

    ALIKE: what changed is what ordinary updates change. UNPICTURED: so it is, and there is no approved look of it that
    this one could be held against. INCOMPARABLE: the baseline was taken in another way. UNFIT:
    something else answered in the page's place, so that there is nothing to approve.
    """

    NEW = "new"
    ALIKE = "alike"
    DIFFERENT = "different"
    UNPICTURED = "unpictured"
    INCOMPARABLE = "incomparable"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding of the run that tells of tampering with the page; approving it needs a reason."""

    outcome: OutcomeView
    finding: FindingView


@dataclass(frozen=True, slots=True)
class Look:
    """One page: as the run saw it, as it was approved, and what is different, ``sights`` in how it looks.

    ``photo`` is the picture that the run took of it.
    """

    kept: Kept
    likeness: Likeness
    approved: BaselinePage | None = None
    changes: tuple[Change, ...] = ()
    objections: tuple[Objection, ...] = ()
    sights: tuple[Sight, ...] = ()
    photo: Photo | None = None

    @property
    def page(self) -> PagePrint:
        return self.kept.print

    @property
    def moved_from(self) -> str:
        """The address under which the page was approved, where only its scheme differs: http became https, or back."""
        return self.approved.print.url if self.approved and self.approved.print.url != self.page.url else ""


@dataclass(frozen=True, slots=True)
class SiteLook:
    """The pages of one site, in the order of the crawl. ``unseen`` are approved ones that the run did not come to."""

    site: SiteResult
    looks: tuple[Look, ...]
    unseen: tuple[str, ...]
    complete: bool


class Viewer:
    """Looks at the sites of one run, one after the other."""

    def __init__(self, bundle: Bundle, result: RunResult, baselines: Baselines, book: Book) -> None:
        self.result = result
        self._bundle = bundle
        self._manifest = bundle.manifest() if bundle.sealed else {}
        self._baselines = baselines
        self._book = book

    def look(self, site: SiteResult) -> SiteLook | None:
        """What the run saw of a site; None where it took no prints of it.

        Raises:
            StoreError: what is stored of the run or the baseline is damaged, or was changed.
        """
        prints, seen_looks, records = self._facts(site)
        if prints is None:
            return None
        approved = {page.print.url: page for page in self._approved(site.id)}
        elsewhere = {without_scheme(url): page for url, page in approved.items()}
        habits = {habit.url: habit for habit in prints.habits}
        looked = {one.look.url: one for one in seen_looks}
        kept = [
            Kept(page, prints.algorithms, habits.get(page.url), looked[page.url].look if page.url in looked else None)
            for page in prints.pages
        ]
        unfit = {record.url for record in records if not record.opened or record.challenge or record.notice}
        looks = tuple(
            replace(
                _in_sight(
                    _beside(one, _approved_of(one.print.url, approved, elsewhere), fit=one.print.url not in unfit),
                    looked.get(one.print.url),
                ),
                objections=tuple(objections_to(one.print, site, self.result.texts.framework)),
            )
            for one in kept
        )
        seen = {without_scheme(one.print.url) for one in kept}
        unseen = tuple(url for url in approved if without_scheme(url) not in seen)
        return SiteLook(site, looks, unseen, prints.complete)

    def picture_of(self, site: SiteResult, look: Look) -> tuple[ApprovedPicture, bytes] | None:
        """The picture that is kept with an approval; None where the run took none. Raises StoreError."""
        return made_small(self._bundle.site_folder(site.number, site.id), look.photo) if look.photo else None

    def _approved(self, site: str) -> list[BaselinePage]:
        standing = self._book.sites.get(site)
        return self._baselines.packs.read(standing.pages.values()) if standing else []

    def _facts(self, site: SiteResult) -> tuple[Prints | None, list[SeenLook], list[PageRecord]]:
        """The prints and looks of a site, and what became of each page that was asked for."""
        path = self._bundle.facts_file(site.number, site.id)
        if not path.is_file():
            return None, [], []
        listed = self._manifest.get(path.relative_to(self._bundle.folder).as_posix())
        if listed is not None and sha256_of(path) != listed:
            raise StoreError(
                f"{path}: was changed after its run had ended; inspect anew",
                f"{path}：检查结束后被改动，请重新检查后再核准",
            )
        with naming(path):
            found = list(read_facts(path, [fact_name(Prints), fact_name(Looks), CRAWL_PAGE]))
            prints = [load(Prints, value) for name, value in found if name == fact_name(Prints)]
            looks = [load(Looks, value) for name, value in found if name == fact_name(Looks)]
            records = [load(PageRecord, value) for name, value in found if name == CRAWL_PAGE]
        return (prints[0] if prints else None), [one for each in looks for one in each.pages], records


def _approved_of(
    url: str, approved: Mapping[str, BaselinePage], elsewhere: Mapping[str, BaselinePage]
) -> BaselinePage | None:
    """A page's approved state; of one that moved to HTTPS, or back, that under its former address."""
    return approved.get(url) or elsewhere.get(without_scheme(url))


def _beside(kept: Kept, approved: BaselinePage | None, *, fit: bool) -> Look:
    """A page beside its approved state; what visits since then taught about it is taken into account."""
    if not fit:
        return Look(kept, Likeness.UNFIT, approved)
    if approved is None:
        return Look(kept, Likeness.NEW)
    if approved.algorithms != kept.algorithms:
        return Look(kept, Likeness.INCOMPARABLE, approved)
    habit = kept.habit if kept.habit and kept.habit.visits > 1 else approved.habit
    changes = compare(approved.print, kept.print, habit)
    return Look(kept, Likeness.DIFFERENT if changes else Likeness.ALIKE, approved, changes)


def _in_sight(look: Look, seen: SeenLook | None) -> Look:
    """The same with what is different in how the page looks, if a browser looked at it."""
    if seen is None or look.likeness is Likeness.UNFIT:
        return look
    look = replace(look, photo=seen.photo)
    before = look.approved.look if look.approved else None
    if before is None or not is_comparable(before, seen.look):
        return replace(look, likeness=Likeness.UNPICTURED) if look.likeness is Likeness.ALIKE else look
    try:
        found = sights(difference(before, seen.look, seen.habit.volatile), visits=seen.habit.visits)
    except ValueError:
        return replace(look, likeness=Likeness.INCOMPARABLE)
    return replace(look, likeness=Likeness.DIFFERENT, sights=found) if found else look


def objections_to(page: PagePrint, site: SiteResult, framework: Framework) -> Iterator[Objection]:
    """Findings about the page, or the whole site, of checks of which one that is confirmed decides the item.

    The framework says which those are: decisive, and to be confirmed by a person first.
    """
    for outcome in site.outcomes:
        if outcome.status in _OPEN and _tells_of_tampering(outcome, framework):
            yield from (Objection(outcome, found) for found in outcome.findings if _is_about(found, page))


def _tells_of_tampering(outcome: OutcomeView, framework: Framework) -> bool:
    rules = [rule for _, rule in framework.places(outcome.check)]
    return outcome.admitted and any(rule.weight is Weight.DECISIVE and rule.needs_review for rule in rules)


def _is_about(found: FindingView, page: PagePrint) -> bool:
    place = found.locator
    url = getattr(place, "url", "") or getattr(place, "page", "")
    return place.type == "site" if not url else url in {page.url, page.landed}
