"""Duties that rules set by the calendar: classified protection, the yearly assessment, the keeping of logs."""

from collections.abc import Iterator

from xuncha.api import (
    Assessment,
    Classified,
    Evidence,
    LogRetention,
    Params,
    Piece,
    Site,
    SiteKind,
    ask,
    check,
    finding,
    not_handed_in,
    warning,
)
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.doubts import to_ask as doubtful
from xuncha_plugins.evidence.reading import declared, first_of, rests_on, to_look_at
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.protection.facts import Proof, Proofs
from xuncha_plugins.protection.measure_checks import of_another
from xuncha_plugins.protection.words import WORDS, LogKind

CLASSIFIED, ASSESSMENT, LOGS = Piece.CLASSIFIED_PROTECTION, Piece.SECURITY_ASSESSMENT, Piece.LOG_RETENTION
LEVELS = range(1, 6)
FILED_FROM = 2
"""From this level on a system is filed with the police, who give it a number."""

THIRD = 3
YEARLY_FROM = 3
CITY_AND_ABOVE = ("国家", "中央", "部委", "省", "自治区", "直辖市", "地市", "地级", "市级", "设区", "副省")


class ClassifiedParams(Params):
    """Days within which a system is assessed again, by level. By custom; not read in a rule."""

    third_days: int = 366
    second_days: int = 731


@check("protection.classified-protection", params=ClassifiedParams)
def classified_protection(site: Site, evidence: Evidence, proofs: Proofs, params: ClassifiedParams) -> Iterator[object]:
    """Graded, filed and assessed within its cycle (《互联网政务应用安全管理规定》第十七条)."""
    if not evidence.handed_in(CLASSIFIED):
        yield not_handed_in(evidence, CLASSIFIED)
        return
    said, proof = evidence.protection.classified, proofs.of(CLASSIFIED)
    yield from _shown(proof)
    yield from _level(site, said, proof)
    if said.level is None or said.level >= FILED_FROM:
        yield from _number(evidence, said, proof)
        yield from _cycle(evidence, said, params)
    yield from to_look_at(proof.unread, number=said.filing_number)


def _shown(proof: Proof) -> Iterator[object]:
    """What the judgement rests on, and what of it says that this was not done."""
    yield from rests_on(proof.shown)
    yield from to_ask(proof.denied)
    yield from doubtful(proof.doubts)
    yield from of_another(proof)


def _level(site: Site, said: Classified, proof: Proof) -> Iterator[object]:
    at, level = declared(CLASSIFIED, "level"), said.level
    if level is None:
        yield warning(at, "no-level")
        return
    if level not in LEVELS:
        yield finding(at, "impossible-level", distinct="level", level=level)
        return
    if site.protection_level and site.protection_level != level:
        listed = site.protection_level
        yield ask(at, "level-differs", distinct=f"level-differs {level} {listed}", level=level, listed=listed)
    if level < THIRD and site.kind is SiteKind.PORTAL and site.level.startswith(CITY_AND_ABOVE):
        yield finding(at, "level-too-low", distinct="level", level=level)
    shown = {int(one.value): one.at for one in proof.levels if one.value.isdecimal()}
    if proof.was_read and len(shown) == 1 and level not in shown:
        (other, place) = next(iter(shown.items()))
        yield finding(place, "level-contradicts", distinct="level", level=level, shown=other)


def _number(evidence: Evidence, said: Classified, proof: Proof) -> Iterator[object]:
    at, written = declared(CLASSIFIED, "filing_number"), plain(said.filing_number).strip()
    if not written or WORDS.nothing.match(written):
        yield finding(at, "no-number") if said.level else warning(at, "no-number")
        return
    if WORDS.filing.other.search(written):
        yield finding(at, "other-number", distinct="number", number=written)
        return
    well_formed = WORDS.filing.number.search(written)
    if not well_formed:
        yield ask(at, "odd-number", distinct=f"odd-number {written}", number=written)
    yield from _certificate(evidence, written, proof)


def _certificate(evidence: Evidence, written: str, proof: Proof) -> Iterator[object]:
    """Whether the certificate, if its text could be read, bears the declared number."""
    if not evidence.of(CLASSIFIED):
        yield ask(declared(CLASSIFIED), "unproven", distinct=f"unproven {written}", number=written)
        return
    shown = {_digits(one.value): one for one in proof.numbers}
    if _digits(written) in shown or proof.unread:
        return
    if shown:
        other = next(iter(shown.values()))
        yield finding(other.at, "number-contradicts", distinct="number", number=written, shown=other.value)
    else:
        yield ask(first_of(evidence, CLASSIFIED), "number-unseen", distinct=f"unseen {written}", number=written)


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())


def _cycle(evidence: Evidence, said: Classified, params: ClassifiedParams) -> Iterator[object]:
    at, day = declared(CLASSIFIED, "assessed"), said.assessed
    if day is None:
        yield (
            finding(at, "not-assessed", unverified=True)
            if (said.level or 0) >= YEARLY_FROM
            else ask(at, "assessed-unknown", distinct="assessed-unknown")
        )
        return
    if day > evidence.looked:
        yield warning(at, "ahead", distinct="assessed", day=day)
        return
    most = params.third_days if (said.level or 0) >= YEARLY_FROM else params.second_days
    age = (evidence.looked - day).days
    if age <= most:
        return
    if day.year + round(most / 365) >= evidence.looked.year:  # where years of the calendar count, this one is not over
        yield ask(at, "maybe-overdue", distinct="overdue", day=day, days=age)
    else:
        yield finding(at, "overdue", unverified=True, day=day, days=age, most=most)


class AssessmentParams(Params):
    """Days within which a website is assessed again."""

    days: int = 366


@check("protection.security-assessment", params=AssessmentParams)
def security_assessment(evidence: Evidence, proofs: Proofs, params: AssessmentParams) -> Iterator[object]:
    """A security assessment at least once a year (《互联网政务应用安全管理规定》第十八条)."""
    if not evidence.handed_in(ASSESSMENT):
        yield not_handed_in(evidence, ASSESSMENT)
        return
    said, proof = evidence.protection.assessment, proofs.of(ASSESSMENT)
    yield from _shown(proof)
    yield from _held(evidence, said, proof, params)
    if not said.by.strip():
        yield warning(declared(ASSESSMENT, "by"), "no-assessor")
    if proof.was_read and not proof.about:
        yield ask(first_of(evidence, ASSESSMENT), "unrelated", distinct="unrelated")
    elif proof.was_read and not proof.names_unit:
        yield ask(first_of(evidence, ASSESSMENT), "not-named", distinct="not-named")
    held = {"held": said.held.isoformat() if said.held else ""}
    yield from to_look_at(proof.unread, **held)


def _held(evidence: Evidence, said: Assessment, proof: Proof, params: AssessmentParams) -> Iterator[object]:
    today, at = evidence.looked, declared(ASSESSMENT, "held")
    if said.held and said.held > today:
        yield warning(at, "ahead", day=said.held)
        return
    shown = next((one for one in proof.held if one.day <= today), None)
    if said.held is None and shown is None:
        yield ask(first_of(evidence, ASSESSMENT), "no-date", distinct="no-date")
        return
    day = max(one for one in (said.held, shown.day if shown else None) if one)
    age = (today - day).days
    if age > params.days:
        place = shown.at if shown and not (said.held and shown.at.ocr is not None) else at
        yield finding(place, "overdue", distinct="overdue", day=day, days=age)
    elif said.held and shown and proof.was_read and (today - shown.day).days > params.days:
        yield finding(shown.at, "date-contradicts", distinct="held", excerpt=shown.words, day=shown.day, declared=day)
    elif said.held and proof.was_read and not shown and said.held not in proof.bears:
        yield ask(first_of(evidence, ASSESSMENT), "date-unseen", distinct=f"date-unseen {day}", day=day)


class LogParams(Params):
    """Days for which logs are kept at least."""

    days: int = 365


@check("protection.log-retention", params=LogParams)
def log_retention(evidence: Evidence, proofs: Proofs, params: LogParams) -> Iterator[object]:
    """Logs of firewall, hosts, application and database kept a year, and backed up (第二十条)."""
    if not evidence.handed_in(LOGS):
        yield not_handed_in(evidence, LOGS)
        return
    said, proof = evidence.protection.logs, proofs.of(LOGS)
    yield from _shown(proof)
    yield from _kept(evidence, said, proof, params)
    yield from _kinds(said)
    if said.backed_up is None:
        yield ask(declared(LOGS, "backed_up"), "backup-unknown", distinct="backup-unknown")
    elif not said.backed_up:
        yield finding(declared(LOGS, "backed_up"), "not-backed-up")
    yield from to_look_at(proof.unread, days=str(said.kept_days or ""))


def _kept(evidence: Evidence, said: LogRetention, proof: Proof, params: LogParams) -> Iterator[object]:
    at, most = declared(LOGS, "kept_days"), max((one.days for one in proof.kept), default=0)
    short = min(proof.kept, key=lambda one: one.days, default=None)
    firm = short and not all(one.at_least for one in proof.kept)
    if said.kept_days is not None and said.kept_days < params.days:
        yield finding(at, "too-short", distinct="kept", days=said.kept_days, least=params.days)
    elif short and firm and most < params.days:
        yield finding(short.at, "proof-too-short", distinct="kept", excerpt=short.words, days=most, least=params.days)
    elif short and short.days < params.days:
        yield ask(short.at, "partly-short", distinct="partly-short", excerpt=short.words, days=short.days)
    elif said.kept_days is None and not short:
        yield warning(at, "no-days")
    elif not proof.kept and proof.was_read:
        place = first_of(evidence, LOGS)
        yield ask(place, "unproven", distinct=f"unproven {said.kept_days}", days=said.kept_days or 0)


def _kinds(said: LogRetention) -> Iterator[object]:
    """Which kinds of logs are declared; a kind that nobody names may still be kept, so it is a hint."""
    named = plain(" ".join(said.kinds))
    if not named.strip():
        yield warning(declared(LOGS, "kinds"), "no-kinds")
        return
    if "全部" in named or "所有" in named:
        return
    for kind in LogKind:
        if not WORDS.logs.kinds[kind].search(named):
            yield warning(declared(LOGS, "kinds"), f"lacks-{kind}", distinct=kind)
