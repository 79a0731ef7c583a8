"""Takes a site's pictures once its checks have concluded; where none is to be had, the page's words are kept."""

import re
from collections.abc import Sequence
from html import unescape

from xuncha.model.fact import Gap
from xuncha.model.glance import decoded
from xuncha.model.reasons import Reason
from xuncha.pictures.album import Wish
from xuncha.pictures.privacy import bears_mark
from xuncha.store.mask import clean_line, mask_text, mask_url, quotes_secret_mark
from xuncha.store.pictures import Album, Untaken
from xuncha.worker.camera import Camera
from xuncha.worker.journal import Journal, replayed
from xuncha.worker.renders import rendered_before
from xuncha.worker.shooting import Order

MOST_TEXT = 1_200
"""Characters of a page's text that stand in for its picture."""

_TAG = re.compile("<[^<>]{0,500}>")
_FAILURES = 3
_NEVER = frozenset({
    Reason.NO_BROWSER, Reason.BROWSER_OFF, Reason.NO_SANDBOX, Reason.PROGRAM_MISSING, Reason.BUDGET_REACHED,
})  # fmt: skip
"""What the next page would meet with as well."""


async def photograph(camera: Camera, wished: Sequence[Wish], most: int, journal: Journal) -> Album:
    """The first ``most`` of the pages; those for which that is too few are only counted."""
    untaken: list[Untaken] = []
    given_up: Gap | None = None
    failures = 0
    for wish in wished[:most]:
        order = Order(wish.page, sought=tuple(wish.sought), from_top=wish.is_home)
        found = Gap(Reason.STATE_SECRET_MARK) if wish.secret else given_up or await camera.shoot(order)
        if isinstance(found, Gap):
            failures = failures + 1 if found.reason is Reason.BROWSER_FAILED else 0
            given_up = found if found.reason in _NEVER or failures >= _FAILURES else given_up
            untaken.append(_untaken(wish, found, journal))
    await _reconsider(camera, wished)
    home = next((mask_url(wish.page) for wish in wished if wish.is_home), "")
    return Album(tuple(camera.taken), tuple(untaken), max(0, len(wished) - most), home)


async def _reconsider(camera: Camera, wished: Sequence[Wish]) -> None:
    """Pictures that probes had taken before anybody had judged the pages."""
    shunned = camera.shunned
    known = {mask_url(wish.page): wish for wish in wished}
    blurred = {shot.page: shot.photo.blurred for shot in camera.taken if not shot.asked_by_probe}
    for shot in [one for one in camera.taken if one.asked_by_probe]:
        wish, shown = known.get(shot.page), {shot.page, shot.photo.url, *shot.frames}
        secret = wish is not None and (wish.secret or camera.found_secret(wish.page))
        may_harm = blurred.get(shot.page, wish is not None and any(one.harmful for one in wish.sought))
        if secret or not shown.isdisjoint(map(mask_url, shunned.secret)):
            camera.withdraw(shot, Gap(Reason.STATE_SECRET_MARK))
        elif not shot.photo.blurred and (may_harm or not {*shot.frames}.isdisjoint(map(mask_url, shunned.harmful))):
            await camera.blur(shot)


def _untaken(wish: Wish, why: Gap, journal: Journal) -> Untaken:
    text = "" if why.reason is Reason.STATE_SECRET_MARK else _text(wish.page, journal)
    findings = tuple(one.fingerprint for one in wish.sought)
    return Untaken(mask_url(wish.page), why, text, findings)


def _text(page: str, journal: Journal) -> str:
    """What the page says, as a visitor reads it; nothing of one with a mark of secrecy."""
    record = journal.latest("reply", page)
    if record is None or record.kind != "reply":
        return ""
    reply = replayed(record)
    shown = rendered_before(journal, page, reply.final_url)
    words = shown.text if shown is not None else reply.words()
    if _may_be_secret(reply.body, words):
        return ""
    clean = mask_text(clean_line(words[: 4 * MOST_TEXT]))
    return clean if len(clean) <= MOST_TEXT else mask_text(clean[: MOST_TEXT - 1]) + "…"


def _may_be_secret(body: bytes, words: str) -> bool:
    """Whether a mark stands wherever in a page that no browser shows, be it in a script that would write it."""
    source = unescape(decoded(body))
    return bears_mark(words, _TAG.sub("\n", source)) or quotes_secret_mark(_TAG.sub("", source))
