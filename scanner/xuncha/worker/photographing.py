"""Takes a site's pictures once its checks have concluded; where none is to be had, the page's words are kept."""

from collections.abc import Sequence

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.pictures.album import Wish
from xuncha.store.mask import clean_line, has_secret_mark, mask_text, mask_url
from xuncha.store.pictures import Album, Untaken
from xuncha.store.warc import rough_text
from xuncha.worker.camera import Camera, Order
from xuncha.worker.journal import Journal, replayed
from xuncha.worker.renders import rendered_before

MOST_TEXT = 1_200
"""Characters of a page's text that stand in for its picture."""

_FAILURES = 3
_NEVER = frozenset({Reason.NO_BROWSER, Reason.NO_SANDBOX, Reason.PROGRAM_MISSING, Reason.BUDGET_REACHED})
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
    home = next((mask_url(wish.page) for wish in wished if wish.is_home), "")
    return Album(tuple(camera.taken), tuple(untaken), max(0, len(wished) - most), home)


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
    if has_secret_mark(words) or has_secret_mark(rough_text(reply.body)):
        return ""
    clean = mask_text(clean_line(words[: 4 * MOST_TEXT]))
    return clean if len(clean) <= MOST_TEXT else mask_text(clean[: MOST_TEXT - 1]) + "…"
