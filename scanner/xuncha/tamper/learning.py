"""Learns from visit to visit what of a page changes by itself: its lists, its dates, its banners.

A visit that shows hardly anything of what all visits before it showed teaches nothing: it may be the tampered one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xuncha.model.prints import Habit, PagePrint, Prints
from xuncha.tamper.compare import FEW_LINES, LITTLE
from xuncha.tamper.sketch import WIDTH, common, kept
from xuncha.tamper.standing import said
from xuncha.tamper.taking import ALGORITHMS, LINES

MAX_VOLATILE = 40


def habits(earlier: Prints | None, pages: Iterable[PagePrint]) -> tuple[Habit, ...]:
    """What is known of each page after this visit; what the last run knew is carried on."""
    usable = earlier if earlier is not None and earlier.algorithms == ALGORITHMS else None
    known = {habit.url: habit for habit in usable.habits} if usable else {}
    last = {page.url: page for page in usable.pages} if usable else {}
    return tuple(_after(page, known, last) for page in pages)


def _after(page: PagePrint, known: Mapping[str, Habit], last: Mapping[str, PagePrint]) -> Habit:
    habit = known.get(page.url)
    if habit is None:
        return Habit(page.url, page.taken, 1, (), page.similarity, page.words)
    before = last.get(page.url)
    after = learned(habit, before, page)
    if before is None:
        return after
    return replace(after, recent=before.similarity, recent_words=before.words, said=said(before), said_at=before.taken)


def learned(habit: Habit, before: PagePrint | None, now: PagePrint) -> Habit:
    """``habit`` after one more visit; the same where that visit can't be trusted. ``before`` is the visit before."""
    if is_strange(habit, now):
        return habit
    changed = _changed(before, now) if before is not None else ()
    return replace(
        habit,
        visits=habit.visits + 1,
        volatile=tuple(dict.fromkeys((*habit.volatile, *changed)))[:MAX_VOLATILE],
        steady=common(habit.steady, now.similarity, LINES),
        least=min(habit.least, now.words),
    )


def is_strange(habit: Habit, now: PagePrint) -> bool:
    """Whether a visit shows too little of what all visits before it showed, or signs of defacement."""
    share = kept(habit.steady, now.similarity, LINES)
    few = len(habit.steady) < FEW_LINES * WIDTH
    return bool(now.signs) or (not few and share is not None and share <= LITTLE) or 2 * now.words < habit.least


def _changed(before: PagePrint, now: PagePrint) -> tuple[str, ...]:
    hashes = {region.name: region.hash for region in before.regions}
    return tuple(one.name for one in now.regions if hashes.get(one.name, one.hash) != one.hash)
