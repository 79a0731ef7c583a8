"""Checks of what is on paper: the backup policy, the off-site copy, the restore drill."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from xuncha.api import (
    FOR_EYES,
    DocumentLocator,
    Evidence,
    EvidenceFile,
    Finding,
    Gap,
    Params,
    Piece,
    Reason,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)
from xuncha_plugins.backup.copy_checks import as_of, promised
from xuncha_plugins.backup.facts import Dated, DrillRead, Named, OffsiteRead, PolicyRead, RecordRead, Unread
from xuncha_plugins.backup.words import ELEMENTS, WORDS
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.doubts import WORDS as DOUBTS
from xuncha_plugins.evidence.doubts import Doubt, tells
from xuncha_plugins.evidence.doubts import to_ask as doubtful
from xuncha_plugins.evidence.reading import Shown, rests_on
from xuncha_plugins.evidence.spelling import plain

LONG_BEFORE = timedelta(days=700)
"""So long before the day of a drill lie days of other things, or that of the drill itself."""


def _main(files: Iterable[EvidenceFile], piece: Piece) -> DocumentLocator:
    """The first document of a piece, for what is said of all of them; the declaration where it has none."""
    file = next(iter(files), None)
    if file is None:
        return DocumentLocator("evidence.yaml", piece)
    return DocumentLocator(file.path, piece, sha256=file.sha256, ocr=file.ocr)


def _by_word(place: DocumentLocator, said: object) -> DocumentLocator:
    """``place``, for a judgement by what the list says: then it does not matter who or what read the document."""
    return place if said is None or said == "" else replace(place, ocr=None)


def _unread(unread: Iterable[Unread], key: str) -> Iterator[object]:
    """A question about each document that only a person can read; the others are told of by the folder's own check."""
    for one in unread:
        if one.reason in FOR_EYES:
            yield ask(one.locator, "read-by-ocr" if one.reason is Reason.READ_BY_OCR else key, distinct="unread")
        else:
            yield unsure(one.reason)


# The policy


class PolicyParams(Params):
    """When a policy falls short.

    Args:
        lacking: so many things that it doesn't name make it none.
        cycle: the longest cycle in days for a whole copy.
    """

    lacking: int = 3
    cycle: float = 7


@check("backup.policy", params=PolicyParams)
def policy(evidence: Evidence, read: PolicyRead, params: PolicyParams) -> Iterator[object]:
    """The backup policy names scope, cycle, medium, retention and who is responsible."""
    if not evidence.handed_in(Piece.BACKUP_POLICY):
        yield not_handed_in(evidence, Piece.BACKUP_POLICY)
        return
    place = _main(evidence.of(Piece.BACKUP_POLICY), Piece.BACKUP_POLICY)
    yield from _unread(read.unread, "unreadable")
    if not read.characters:
        return
    yield from to_ask(read.denied)
    yield from doubtful(read.doubts)
    if not read.about:
        yield from () if read.unread else (ask(place, "not-about-backup", distinct="about"),)
        return
    yield from _elements(read, place, params)
    for one in read.only_here:
        yield ask(one.locator, "same-machine", distinct="machine", excerpt=one.text, words=one.text)
    yield from _cycle(evidence, read, place, params)


def _elements(read: PolicyRead, place: DocumentLocator, params: PolicyParams) -> Iterator[object]:
    first = {one.what: one for one in reversed(read.named)}
    lacking = [what for what in ELEMENTS if what not in first]
    for what, one in ((what, first[what]) for what in ELEMENTS if what in first):
        yield note(f"names-{what}", at=one.locator, words=one.text)
    if read.unread:  # it may stand on the pages that nobody read
        return
    maybe = {one.what: one for one in read.maybe if one.what in lacking}
    for one in maybe.values():
        yield ask(one.locator, f"maybe-{one.what}", distinct=one.what, excerpt=one.text)
    lacking = [what for what in lacking if what not in maybe]
    for what in lacking:
        yield warning(place, f"lacks-{what}", distinct=what)
    if len(lacking) >= params.lacking:
        yield finding(place, "hardly-a-policy", distinct="lacking", count=len(lacking))


def _cycle(evidence: Evidence, read: PolicyRead, place: DocumentLocator, params: PolicyParams) -> Iterator[object]:
    said, shortest = evidence.backup.policy.cycle_days, min(read.cycles, default=None)
    at = next((one for one in read.named if one.what == "cycle"), None)
    if said and shortest and at and all(abs(one - said) > said / 10 for one in read.cycles):
        yield warning(
            at.locator,
            "cycle-differs",
            distinct="cycle",
            excerpt=at.text,
            declared=round(said, 1),
            written=round(shortest, 1),
        )
    cycle = shortest or said
    if cycle and cycle > params.cycle:
        by = place if shortest else _by_word(place, said)
        yield warning(by, "cycle-long", distinct="long", days=round(cycle, 1), most=params.cycle)


# The off-site copy


class OffsiteParams(Params):
    """``days`` that an off-site copy may be old, where the cycle asks for no more."""

    days: int = 31


@check("backup.off-site", params=OffsiteParams)
def off_site(
    evidence: Evidence, read: OffsiteRead, policy: PolicyRead | Gap, params: OffsiteParams
) -> Iterator[object]:
    """A recent copy lies in another place than the website."""
    if not evidence.handed_in(Piece.OFFSITE_COPY):
        yield not_handed_in(evidence, Piece.OFFSITE_COPY)
        return
    said, record = evidence.backup.offsite, read.record
    place = _main(evidence.of(Piece.OFFSITE_COPY), Piece.OFFSITE_COPY)
    yield from _unread(record.unread, "unreadable")
    yield from to_ask(record.denied)
    yield from _apart(said.place, record, place)
    day = said.last or _latest(record, evidence.looked)
    limit = max(params.days, 2 * (promised(evidence, policy) or 0))
    at = _by_word(place, said.last)
    if day is None:
        yield warning(place, "undated", distinct="day")
    elif day > evidence.looked:
        yield warning(at, "in-the-future", distinct="day", day=day)
    elif (as_of(evidence) - day).days > limit:
        yield finding(at, "old", distinct="day", day=day, days=(as_of(evidence) - day).days, limit=int(limit))
    elif record.characters and said.last and said.last not in {one.day for one in record.days}:
        yield ask(place, "day-not-in-proof", distinct="day", day=said.last)


def _apart(said: str, record: RecordRead, place: DocumentLocator) -> Iterator[object]:
    together, apart = _of(record, "together"), _of(record, "apart")
    if together and not apart:
        yield warning(together.locator, "same-place", distinct="place", excerpt=together.text)
    elif together and not _of(record, "place"):
        yield ask(together.locator, "maybe-same-place", distinct="place", excerpt=together.text, words=together.text)
    elif not said and not apart:
        yield warning(place, "no-place", distinct="place")
    elif record.characters and not apart and not record.unread:
        yield ask(place, "place-not-in-proof", distinct="place", place=said)
    elif apart:
        yield from rests_on(Shown(apart.text, apart.locator))


# The restore drill


class DrillParams(Params):
    """``days`` that the last drill may be ago."""

    days: int = 365


@check("backup.restore-drill", params=DrillParams)
def restore_drill(evidence: Evidence, read: DrillRead, params: DrillParams) -> Iterator[object]:
    """Within a year somebody restored from the backup, and in the time that was promised."""
    if not evidence.handed_in(Piece.RESTORE_DRILL):
        yield not_handed_in(evidence, Piece.RESTORE_DRILL)
        return
    record, place = read.record, _main(evidence.of(Piece.RESTORE_DRILL), Piece.RESTORE_DRILL)
    yield from _unread(record.unread, "unreadable")
    for what in ("about", "succeeded"):
        yield from _rests(_of(record, what))
    yield from to_ask(record.denied)
    yield from _doubtful(record)
    yield from _held(evidence, record, place, params)
    yield from _in_time(evidence, record, place)
    yield from _result(evidence.backup.restore_drill.result, record, place)
    if record.characters and not record.unread and not _of(record, "about"):
        yield ask(place, "not-about-restoring", distinct="about")


def _doubtful(record: RecordRead) -> Iterator[object]:
    """What the record says of failure or of plans; a failed restore in plain words is told by the result."""
    known = _of(record, "failed") is not None
    asked = [one for one in record.doubts if not (known and one[0] is Doubt.FAILED)]
    yield from doubtful(asked)
    for one in () if known or any(kind is Doubt.FAILED for kind, _ in asked) else record.short:
        yield ask(one.at, "failed", distinct="failed", excerpt=one.words, words=one.words)


def _result(said: str, record: RecordRead, place: DocumentLocator) -> Iterator[object]:
    """A first try may have failed and a second one not: then a person decides."""
    words, declared = WORDS.drill, plain(said)
    failed, succeeded = _of(record, "failed"), _of(record, "succeeded") or words.succeeded.search(declared)
    if failed and succeeded:
        yield ask(failed.locator, "result-unclear", distinct="result", excerpt=failed.text)
    elif failed:
        yield finding(failed.locator, "not-restored", distinct="result", excerpt=failed.text)
    elif tells(words.failed, declared) and not words.succeeded.search(declared):
        yield finding(_by_word(place, said), "not-restored", distinct="result", excerpt=said)
    elif tells(DOUBTS.failed, declared) or tells(words.short, declared):
        yield ask(place, "failed", distinct="failed said", excerpt=said, words=said)


def _held(evidence: Evidence, record: RecordRead, place: DocumentLocator, params: DrillParams) -> Iterator[object]:
    said = evidence.backup.restore_drill.held
    day = said or _day_held(record, evidence.looked)
    at = _by_word(place, said)
    if day is None:
        yield warning(place, "undated", distinct="day")
    elif day > evidence.looked:
        yield warning(at, "in-the-future", distinct="day", day=day)
    elif evidence.looked - day > timedelta(days=params.days):
        yield finding(at, "long-ago", distinct="day", day=day, days=(evidence.looked - day).days, limit=params.days)
    elif said and record.characters and not record.unread and said not in {one.day for one in _drill_days(record)}:
        yield ask(place, "day-not-in-record", distinct="day", day=said)
    elif old := _may_be_older(record, day):
        yield ask(old.locator, "maybe-older", distinct="day", excerpt=old.text, words=old.text, day=day, older=old.day)


def _drill_days(record: RecordRead) -> list[Dated]:
    """The days that the record calls the drill's; where it does so of none, all but those of other things."""
    return [one for one in record.days if one.held] or [one for one in record.days if one.held is None]


def _day_held(record: RecordRead, looked: date) -> date | None:
    return max((one.day for one in _drill_days(record) if one.day <= looked), default=None)


def _may_be_older(record: RecordRead, day: date) -> Dated | None:
    """A day long before, in a record that does not say which one is the drill's."""
    old = [one for one in _drill_days(record) if not one.held and day - one.day > LONG_BEFORE]
    return next(iter(old), None)


def _in_time(evidence: Evidence, record: RecordRead, place: DocumentLocator) -> Iterator[object]:
    said = evidence.backup.restore_drill
    if said.minutes is not None and said.rto_minutes and said.minutes > said.rto_minutes:
        yield _slower(_by_word(place, said.minutes), said.minutes, said.rto_minutes)
    elif said.minutes is None and not record.lasting:
        yield warning(place, "no-duration", distinct="time")
    elif not said.rto_minutes:
        taken = record.lasting[0].minutes if said.minutes is None else said.minutes
        yield warning(_by_word(place, said.minutes), "no-objective", distinct="time", taken=timedelta(minutes=taken))
    elif said.minutes is None:
        yield from _written_in_time(record, said.rto_minutes)
    yield from _differs(said.minutes, record)
    yield from _within_rpo(evidence, place)


def _written_in_time(record: RecordRead, objective: float) -> Iterator[object]:
    """By the record alone; where it tells several times, or of the drill as a whole, a person says which one counts."""
    times = [one for one in record.lasting if one.restoring] or list(record.lasting)
    late = [one for one in times if one.minutes > objective]
    if not late:
        return
    one, aim = late[0], timedelta(minutes=objective)
    if one.restoring and len({each.minutes for each in times}) == 1:
        yield _slower(one.locator, one.minutes, objective, one.text)
    else:
        at, taken, words = one.locator, timedelta(minutes=one.minutes), one.text
        yield ask(at, "maybe-slower", distinct="time", excerpt=words, words=words, taken=taken, objective=aim)


def _slower(at: DocumentLocator, taken: float, objective: float, excerpt: str = "") -> Finding:
    took, aim = timedelta(minutes=taken), timedelta(minutes=objective)
    return finding(at, "slower", distinct="time", excerpt=excerpt, taken=took, objective=aim)


def _within_rpo(evidence: Evidence, place: DocumentLocator) -> Iterator[object]:
    said, cycle = evidence.backup.restore_drill, evidence.backup.policy.cycle_days
    if said.rpo_minutes and cycle and cycle * 24 * 60 > said.rpo_minutes:
        yield warning(
            _by_word(place, cycle),
            "cycle-beyond-rpo",
            distinct="rpo",
            cycle=timedelta(days=cycle),
            rpo=timedelta(minutes=said.rpo_minutes),
        )


def _differs(said: float | None, record: RecordRead) -> Iterator[object]:
    """Another time than the record tells; one of none at all is another too."""
    written = next(iter(record.lasting), None)
    if said is None or not written or any(abs(one.minutes - said) <= said / 10 for one in record.lasting):
        return
    declared, took = timedelta(minutes=said), timedelta(minutes=written.minutes)
    at = written.locator
    yield ask(at, "time-differs", distinct="differs", excerpt=written.text, declared=declared, written=took)


def _rests(named: Named | None) -> Iterator[object]:
    return rests_on(Shown(named.text, named.locator)) if named else iter(())


def _of(record: RecordRead, what: str) -> Named | None:
    return next((one for one in record.named if one.what == what), None)


def _latest(record: RecordRead, looked: date) -> date | None:
    """The newest day that the record names and that has come."""
    return max((one.day for one in record.days if one.day <= looked), default=None)
