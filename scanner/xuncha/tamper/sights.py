"""What a person is asked about where the look of a page differs, and what visits teach."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from xuncha.model.looks import LookHabit, LookPrint, SeenLook
from xuncha.tamper.grid import CELL, packed_marks, unpacked_marks
from xuncha.tamper.looks import FIRST, LookChange, Region, difference


class SightKind(StrEnum):
    """What differs.

    REPLACED: most of the page is another. COVERED: something large is where something else was. BANNER: so is something
    as wide as the page. EXCHANGED: every picture that never changed, or several that lead where they did. BLANK: hardly
    any words are left to be seen. LETTERED: something else is written in large letters, or by style sheets.
    """

    REPLACED = "replaced"
    COVERED = "covered"
    BANNER = "banner"
    EXCHANGED = "exchanged"
    BLANK = "blank"
    LETTERED = "lettered"


@dataclass(frozen=True, slots=True)
class Border:
    """From where on a difference is asked about.

    ``whole``, ``part`` and ``some`` are shares of what is seen first or of the page: all in all, of one region, and of
    what differs here and there. ``wide`` is the share of the page's width, ``tall`` CSS pixels of a banner: what is
    lower or narrower than that is no region; ``bar`` is enough where it goes ``across`` the page and so much of it is
    ``dark``. ``words`` is the share that must be left of what is written, ``slots`` how
    many places of pictures there must be, ``visits`` how many taught that they never change. ``compared`` is the share
    of what is seen first that must be comparable at all.
    """

    whole: float = 0.45
    part: float = 0.06
    some: float = 0.15
    wide: float = 0.6
    tall: int = 80
    bar: int = 32
    across: float = 0.9
    dark: float = 0.6
    words: float = 0.7
    slots: int = 3
    visits: int = 4
    compared: float = 0.2


@dataclass(frozen=True, slots=True)
class Sight:
    """What is asked about: ``share`` of what is seen first, of the page, or of what was there; ``region`` if any.

    ``words`` are those that were not there before, where it is about words.
    """

    kind: SightKind
    share: float
    region: Region | None = None
    words: str = ""


_SHOWN = 3
_FEW_WORDS = 200
"""Cells with something written; a page with fewer is not missed when they go."""


def sights(change: LookChange, border: Border = Border(), visits: int = 0) -> tuple[Sight, ...]:
    """What to ask about, the gravest first: of each kind once."""
    parts = (_parts(change, border), _words(change, border), _slots(change, border, visits))
    found = tuple(_whole(change, border)) or tuple(one for part in parts for one in part)
    return (*found, *_letters(change))


def is_whole(sight: Sight) -> bool:
    """Whether it speaks of the whole page, or of words: that shows also where fonts and browsers differ."""
    return sight.kind in {SightKind.REPLACED, SightKind.LETTERED}


def _letters(change: LookChange) -> Iterator[Sight]:
    if change.lettered:
        yield Sight(SightKind.LETTERED, 1.0, words="、".join(change.lettered[:_SHOWN]))


_NOTHING_LEFT = 0.1
"""Of the words: where fewer are left, and more than lines here and there differs, the page is another."""


def _whole(change: LookChange, border: Border) -> Iterator[Sight]:
    lost = change.slots > border.slots and not change.same
    share = max(change.first, change.page)
    wordless = _written(change) < _NOTHING_LEFT and share >= border.some
    if share >= border.whole or lost or wordless:
        yield Sight(SightKind.REPLACED, 1 - _written(change) if wordless else share, next(iter(change.regions), None))


def _parts(change: LookChange, border: Border) -> Iterator[Sight]:
    large = [one for one in change.regions if _share(one) >= border.part and _is_broad(one, border)]
    wide = [one for one in change.regions if _is_banner(one, change, border)]
    banner = next(iter(wide), None)
    covering = [one for one in large if banner is None or one not in wide]
    if covering:
        yield Sight(SightKind.COVERED, _share(covering[0]), covering[0])
    elif change.emptied >= border.part:
        yield Sight(SightKind.COVERED, change.emptied)
    elif banner is not None:
        yield Sight(SightKind.BANNER, _share(banner), banner)
    elif change.first - _ribbons(change, border) >= border.some:
        yield Sight(SightKind.COVERED, change.first, next(iter(change.regions), None))


def _is_broad(region: Region, border: Border) -> bool:
    """Ribbons and lines of notice are not."""
    return min(region.box.width, region.box.height) >= border.tall


def _share(region: Region) -> float:
    """Of what is seen first, or of the page."""
    return max(region.first, region.page)


def _ribbons(change: LookChange, border: Border) -> float:
    """What lines of notice and ribbons as wide as the page take of what is seen first, and is compared."""
    flat = (one for one in change.regions if one.box.width >= border.wide * change.width)
    return sum(one.first for one in flat if not _is_broad(one, border)) / max(change.compared, 0.5)


def _is_banner(region: Region, change: LookChange, border: Border) -> bool:
    if region in change.added and not change.greyed and _is_dark_bar(region, change, border):
        return True
    return region.box.width >= border.wide * change.width and border.tall <= region.box.height <= FIRST / 2


def _is_dark_bar(region: Region, change: LookChange, border: Border) -> bool:
    """As defacers lay them over a page; notices and ribbons are bright."""
    across = region.box.width >= border.across * change.width
    return across and region.dark >= border.dark and border.bar <= region.box.height <= FIRST / 2


def _words(change: LookChange, border: Border) -> Iterator[Sight]:
    if _written(change) < border.words:
        yield Sight(SightKind.BLANK, _written(change))


def _written(change: LookChange) -> float:
    """Which share of what was written is left; where there was little, nothing is missed."""
    return change.words_now / change.words_before if change.words_before >= _FEW_WORDS else 1.0


def _slots(change: LookChange, border: Border, visits: int) -> Iterator[Sight]:
    known = visits >= border.visits and change.steady >= border.slots and change.exchanged == change.steady
    if known or change.swapped >= border.slots:
        yield Sight(SightKind.EXCHANGED, 1.0)


_MOST_VOLATILE = 0.4
"""Of the cells: what changes more than that is no longer learned."""


def look_habit(earlier: SeenLook | None, now: LookPrint, border: Border = Border()) -> LookHabit:
    """What is known once ``now`` was seen; a visit that people are asked about teaches nothing."""
    if earlier is None or earlier.look.url != now.url:
        return LookHabit(now.url, now.taken, 1)
    known = earlier.habit
    try:
        change = difference(earlier.look, now, known.volatile)
    except ValueError:
        return LookHabit(now.url, now.taken, 1)
    if sights(change, border, known.visits):
        return known
    size = now.setting.width // CELL * (now.height // CELL)
    once, twice = unpacked_marks(known.once), unpacked_marks(known.volatile)
    twice |= once & change.unsteady
    after = replace(known, visits=known.visits + 1, once=_packed(once | change.unsteady))
    return after if len(twice) > _MOST_VOLATILE * size else replace(after, volatile=_packed(twice))


def _packed(marked: frozenset[int]) -> str:
    return packed_marks(marked, max(marked, default=0) + 1)
