"""The security administrator, and whether the register is looked after."""

import re
from collections.abc import Iterable, Iterator

from xuncha.api import (
    Evidence,
    Params,
    Person,
    Piece,
    Site,
    ask,
    check,
    finding,
    not_applicable,
    not_handed_in,
    warning,
)
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.reading import Shown, declared, first_of, rests_on, to_look_at
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.staffing.register import Entry, RegisterRead, shown_of
from xuncha_plugins.staffing.words import WORDS, person

ASKED_FROM = 2
FULL_TIME_FROM = 3
"""From these levels on there is a security administrator, and one that does nothing else (GB/T 22239-2019, 8.1.7.2)."""

_PARTS = re.compile(r"[、,，/;；+]|兼(?!职|任)|兼任|及|和|与")


@check("staffing.security-administrator")
def security_administrator(site: Site, evidence: Evidence, register: RegisterRead) -> Iterator[object]:
    """Named from level 2 on; at level 3 full-time and without another post."""
    level = evidence.protection.classified.level or site.protection_level
    if level is not None and level < ASKED_FROM:
        yield not_applicable("not-offered")
        return
    if not evidence.handed_in(Piece.TEAM):
        yield not_handed_in(evidence, Piece.TEAM)
        return
    staff = (*evidence.staffing.team, *evidence.staffing.editors)
    holders = [one for one in staff if WORDS.duties.security.search(plain(one.duty))]
    yield from _gone(holders, register)
    if not holders:
        say = finding if (level or 0) >= FULL_TIME_FROM else warning
        yield say(declared(Piece.TEAM), "nobody", distinct="nobody")
    elif level is None:
        yield ask(declared(Piece.CLASSIFIED_PROTECTION, "level"), "level-unknown", distinct="level-unknown")
    elif level >= FULL_TIME_FROM:
        yield from shown_of(holders, register)
        judged = [list(_full_time(one, staff, register)) for one in holders]
        yield from min(judged, key=len)


def _gone(holders: list[Person], register: RegisterRead) -> Iterator[object]:
    """Whether the post is held by nobody but such as have left by every line of the register about them."""
    known = [(one, register.of(one.name)) for one in holders]
    if known and all(lines and all(line.left for line in lines) for _, lines in known):
        (one, lines) = known[0]
        yield ask(lines[0].at, "has-left", distinct=f"left {one.name}", excerpt=lines[0].words, name=one.name)


def _full_time(one: Person, staff: tuple[Person, ...], register: RegisterRead) -> Iterator[object]:
    """What speaks against a holder of the post; one against whom nothing speaks is enough."""
    at, entries = declared(Piece.TEAM), register.of(one.name)
    part_time = next((entry for entry in entries if entry.full_time is False), None)
    lines = [each.duty for each in staff if person(each.name) == person(one.name)]
    if other := _other_post([*lines, *(entry.duty for entry in entries if entry.at.ocr is None)]):
        yield finding(at, "double-role", distinct="role", name=one.name, other=other)
    if one.full_time is False:
        yield finding(at, "part-time", distinct="full-time", name=one.name)
    elif one.full_time and part_time:
        yield finding(part_time.at, "contradicts", distinct="full-time", excerpt=part_time.words, name=one.name)
    elif not _proven(entries):
        key = "unproven" if one.full_time else "unknown"
        yield ask(at, key, distinct=f"{key} {person(one.name)}", name=one.name)


def _proven(entries: tuple[Entry, ...]) -> bool:
    """A register that OCR read proves nothing by itself: a person looks at it."""
    return any(entry.full_time and entry.at.ocr is None for entry in entries)


def _other_post(duties: Iterable[str]) -> str:
    """Another post among the duties of a security administrator, in one line or in several."""
    parts = [part.strip() for duty in duties for part in _PARTS.split(plain(duty))]
    others = [part for part in parts if part and WORDS.duties.other.search(part)]
    return next((part for part in others if not WORDS.duties.security.search(part)), "")


class RegisterParams(Params):
    """Days within which the register is looked through again."""

    days: int = 366


@check("staffing.register-current", params=RegisterParams)
def register_current(evidence: Evidence, register: RegisterRead, params: RegisterParams) -> Iterator[object]:
    """The register was looked through within a year, by the declaration and by itself."""
    if not evidence.handed_in(Piece.REGISTER):
        yield not_handed_in(evidence, Piece.REGISTER)
        return
    yield from rests_on(Shown(register.looked.words, register.looked.at) if register.looked else None)
    yield from to_ask(register.denied)
    yield from _reviewed(evidence, register, params)
    if register.was_read and not register.entries and (evidence.staffing.team or evidence.staffing.editors):
        yield ask(first_of(evidence, Piece.REGISTER), "names-nobody", distinct="names-nobody")
    yield from to_look_at(register.unread)


def _reviewed(evidence: Evidence, register: RegisterRead, params: RegisterParams) -> Iterator[object]:
    today, at = evidence.looked, declared(Piece.REGISTER, "reviewed")
    said, shown = evidence.staffing.register.reviewed, register.looked
    if said and said > today:
        yield warning(at, "ahead", day=said)
        return
    known = [day for day in (said, shown.day if shown and shown.day <= today else None) if day]
    if not known:
        yield from () if register.unread else (ask(first_of(evidence, Piece.REGISTER), "no-date", distinct="no-date"),)
        return
    age = (today - max(known)).days
    if age > params.days:
        place = shown.at if shown and not (said and shown.at.ocr is not None) else at
        yield finding(place, "overdue", distinct="overdue", day=max(known), days=age)
    elif said and register.was_read:
        yield from _borne_out(evidence, register, params)


def _borne_out(evidence: Evidence, register: RegisterRead, params: RegisterParams) -> Iterator[object]:
    """Whether the register itself shows that it was looked through when the declaration says."""
    said, shown = evidence.staffing.register.reviewed, register.looked
    assert said
    if shown is None and not register.bears:
        yield ask(first_of(evidence, Piece.REGISTER), "date-unseen", distinct=f"date-unseen {said}", day=said)
    elif shown and (evidence.looked - shown.day).days > params.days:
        yield ask(shown.at, "older", distinct=f"older {said}", excerpt=shown.words, day=shown.day, declared=said)
