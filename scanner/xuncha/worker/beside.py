"""Lays the picture of a page beside the approved one, where a finding rests on how the page looks."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from xuncha.baseline.pictures import ApprovedPictures, made_small
from xuncha.model.looks import Area, LookPrint, Looks, SeenLook
from xuncha.model.outcome import Outcome
from xuncha.model.pictures import Photo
from xuncha.model.prints import Baseline, BaselinePage
from xuncha.store.comparisons import Comparison, Comparisons, file_of, write_comparisons
from xuncha.store.errors import StoreError
from xuncha.tamper.looks import LookChange, difference
from xuncha.tamper.pixels import UnreadablePictureError, outlined


def lay_beside(
    site: Path, outcomes: Iterable[Outcome], facts: Mapping[type, object], approved: ApprovedPictures
) -> None:
    """Write the pictures of pages that findings name, before and now; ``site`` is the folder of the site."""
    looks, baseline = facts.get(Looks), facts.get(Baseline)
    if not (isinstance(looks, Looks) and isinstance(baseline, Baseline)):
        return
    named = {found.evidence for outcome in outcomes for found in outcome.findings}
    made: list[Comparison] = []
    files: dict[str, bytes] = {}
    for seen in looks.pages:
        page = baseline.page(seen.look.url)
        if page is not None and seen.photo is not None and seen.photo.evidence in named:
            made += _beside(site, len(made), seen, seen.photo, page, approved, files)
    if made:
        write_comparisons(site, Comparisons(tuple(made)), files)


def _beside(
    site: Path,
    number: int,
    seen: SeenLook,
    photo: Photo,
    page: BaselinePage,
    approved: ApprovedPictures,
    files: dict[str, bytes],
) -> list[Comparison]:
    """One page; what can't be shown any more is left out and noted in the log."""
    if page.look is None or page.picture is None:
        return []
    try:
        change = difference(page.look, seen.look, seen.habit.volatile)
        now = made_small(site, photo)
        if now is None:
            return []
        after = _drawn(now[1], [one.box for one in change.added] or _where(change), seen.look)
    except (StoreError, ImportError, ValueError) as problem:
        logging.getLogger("xuncha").warning("not laid beside the approved picture: %s", problem)
        return []
    files[file_of(number, "now")] = after
    before = _before(page, change, approved)
    if before:
        files[file_of(number, "before")] = before
    who = page.approval
    return [
        Comparison(
            page=seen.look.url,
            approved_by=who.by,
            approved_at=who.at,
            approved=page.picture,
            evidence=photo.evidence,
            at=photo.at,
            before=file_of(number, "before") if before else "",
            now=file_of(number, "now"),
        )
    ]


def _before(page: BaselinePage, change: LookChange, approved: ApprovedPictures) -> bytes:
    """The approved picture with what is gone outlined; nothing where it is no longer there."""
    assert page.look is not None
    assert page.picture is not None
    try:
        data = approved.read(page.picture)
        return _drawn(data, [one.box for one in change.gone] or _where(change), page.look)
    except (StoreError, ImportError, UnreadablePictureError) as problem:
        logging.getLogger("xuncha").warning("no approved picture: %s", problem)
        return b""


def _where(change: LookChange) -> list[Area]:
    """Where it differs on the other of the two."""
    return [one.box for one in change.regions]


def _drawn(jpeg: bytes, boxes: list[Area], look: LookPrint) -> bytes:
    outer = [one for one in boxes if not any(_is_within(one, other) for other in boxes if other != one)]
    return outlined(jpeg, outer, look.setting.width)


def _is_within(box: Area, other: Area) -> bool:
    return (
        other.left <= box.left
        and other.top <= box.top
        and box.left + box.width <= other.left + other.width
        and box.top + box.height <= other.top + other.height
    )
