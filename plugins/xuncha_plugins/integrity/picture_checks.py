"""Whether pages still look like the pictures of them that were approved, though their HTML may say so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xuncha.api import (
    Ask,
    Baseline,
    BaselinePage,
    Border,
    Coverage,
    LookChange,
    LookPrint,
    Looks,
    PageLocator,
    Params,
    Reason,
    SeenLook,
    Share,
    Sight,
    SightKind,
    ask,
    check,
    day_of,
    difference,
    is_comparable,
    is_whole,
    not_applicable,
    note,
    sights,
    unsure,
)
from xuncha_plugins.integrity.comparing import Answer


class PictureParams(Params):
    """From where on a difference is asked about; see ``Border``, of which these are the ones to be tuned."""

    whole: float = 0.45
    part: float = 0.06
    words: float = 0.7
    visits: int = 4

    @property
    def border(self) -> Border:
        """As it is compared with."""
        return Border(whole=self.whole, part=self.part, words=self.words, visits=self.visits)


@dataclass(frozen=True)
class Compared:
    """A page beside its approved look; ``change`` is None where they can't be compared."""

    seen: SeenLook
    approved: LookPrint
    change: LookChange | None
    found: tuple[Sight, ...] = ()

    @property
    def place(self) -> PageLocator:
        return PageLocator(self.seen.look.url)

    @property
    def lacks(self) -> bool:
        """Whether something did not come that came when the page was approved."""
        return self.seen.look.lacking > self.approved.lacking


@check("integrity.picture-changed", params=PictureParams)
def picture_changed(looks: Looks, baseline: Baseline, params: PictureParams) -> Iterator[Answer]:
    """Pages look like the approved pictures of them. A person is asked: no picture proves tampering by itself."""
    compared = [_compared(one, page, params) for one in looks.pages if (page := baseline.page(one.look.url))]
    usable = [one for one in compared if one is not None]
    if not usable:
        yield unsure(Reason.NO_BASELINE)
        return
    planned = any(redesign.covers(day_of(one.seen.look.taken)) for one in usable for redesign in baseline.redesigns)
    if planned and any(one.found for one in usable):
        yield not_applicable(Reason.ANNOUNCED)
        return
    for one in usable:
        yield from _said(one, params.border)
    yield note("compared", pages=len(usable))
    yield Coverage(len(usable), len(usable), complete=True)


def _compared(seen: SeenLook, page: BaselinePage, params: PictureParams) -> Compared | None:
    """None where no look of the page was approved."""
    if page.look is None:
        return None
    try:
        change = difference(page.look, seen.look, seen.habit.volatile)
    except ValueError:
        return Compared(seen, page.look, None)
    return Compared(seen, page.look, change, sights(change, params.border, seen.habit.visits))


def _said(one: Compared, border: Border) -> Iterator[Answer]:
    change = one.change
    if change is None:
        yield unsure(Reason.SEEN_OTHERWISE)
    elif not is_comparable(one.approved, one.seen.look):
        yield from (_asked(one, sight) for sight in one.found if is_whole(sight))
        yield unsure(Reason.SEEN_OTHERWISE)
    elif one.lacks if one.found else change.compared < border.compared:
        yield unsure(Reason.PICTURE_INCOMPLETE)
    else:
        yield from (_asked(one, sight) for sight in one.found)
        if change.greyed and not any(map(is_whole, one.found)):
            yield note("greyed")


def _asked(one: Compared, sight: Sight) -> Answer:
    """With the picture of now as evidence: the report lays it beside the approved one."""
    share, photo = Share(round(sight.share, 2)), one.seen.photo
    asked = ask(one.place, _KEYS[sight.kind], distinct=f"look {sight.kind}", share=share)
    if sight.words:
        asked = ask(one.place, _KEYS[sight.kind], distinct=f"look {sight.kind}", words=sight.words)
    return Ask(replace(asked.finding, evidence=photo.evidence)) if photo else asked


_KEYS = {
    SightKind.REPLACED: "replaced",
    SightKind.COVERED: "covered",
    SightKind.BANNER: "banner",
    SightKind.EXCHANGED: "exchanged",
    SightKind.BLANK: "blank",
    SightKind.LETTERED: "lettered",
}
