"""Measures against attack, tampering and malware: declared with a product, proven by its licence, updates and alerts.

What is declared is never believed by itself: where no text of the proof bears it out, a person is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xuncha.api import (
    DocumentLocator,
    Evidence,
    Gap,
    Measure,
    Params,
    Piece,
    Url,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    warning,
)
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.doubts import to_ask as doubtful
from xuncha_plugins.evidence.reading import Shown, declared, first_of, rests_on, to_look_at
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.protection.facts import LastScan, Proof, Proofs, Sight
from xuncha_plugins.protection.scoping import MEASURES
from xuncha_plugins.protection.words import WORDS, topic

SOON = timedelta(days=30)
Compared = tuple[tuple[Sight, ...], date | None]


class MeasureParams(Params):
    """Days after which rules or signatures count as old, and as abandoned; days within which an alert is handled."""

    update_days: int = 90
    stale_days: int = 365
    alert_days: int = 7


class TamperParams(MeasureParams):
    """Systems against tampering live on settings more than on signatures."""

    update_days: int = 180


class VirusParams(MeasureParams):
    """Signatures of malware age in days; a month allows for machines without a way to the network."""

    update_days: int = 30


@dataclass(frozen=True, slots=True)
class Case:
    """A declared measure with its proof, on the day of looking."""

    today: date
    piece: Piece
    said: Measure
    proof: Proof
    at: DocumentLocator
    params: MeasureParams

    @property
    def speaks(self) -> bool:
        """Whether all of the proof was read, and is about this measure: then what it does not say is not proven."""
        return self.proof.was_read and (self.proof.names_product or self.proof.about)

    def entry(self, name: str) -> DocumentLocator:
        """The field of the declaration."""
        return declared(self.piece, name)


def measure_check(
    check_id: str, piece: Piece, params: type[MeasureParams], seen: Callable[[LastScan], Compared]
) -> Callable[..., Iterator[object]]:
    """The check of one kind of measure; ``seen`` is what of a scan speaks against it, and the day of that scan."""

    @check(check_id, params=params)
    def judge(evidence: Evidence, proofs: Proofs, scan: LastScan | Gap, params: MeasureParams) -> Iterator[object]:
        if not evidence.handed_in(piece):
            yield not_handed_in(evidence, piece)
            return
        said = evidence.declaration.entry(piece)
        assert isinstance(said, Measure)
        if WORDS.nothing.match(plain(said.product).strip()):
            yield finding(declared(piece, "product"), "none")
            return
        case = Case(evidence.looked, piece, said, proofs.of(piece), first_of(evidence, piece), params)
        for part in (_shown, _product, _licence, _update, _alerts):
            yield from part(case)
        yield from to_look_at(case.proof.unread, product=said.product)
        sights, day = seen(scan) if isinstance(scan, LastScan) else ((), None)
        yield from _contradicted(case, sights)
        yield _compared(piece, day, scan.scanned_on if isinstance(scan, LastScan) else None)

    return judge


def _compared(piece: Piece, looked: date | None, scanned: date | None) -> object:
    """With which scan the measure was compared; a scan may have been and not have looked at this."""
    if looked:
        return note("scanned", day=looked)
    if not scanned:
        return note("no-scan")
    return note("not-probed" if piece is Piece.ANTI_ATTACK else "not-looked", day=scanned)


def _shown(case: Case) -> Iterator[object]:
    """What the judgement rests on, and what of it says that there is no such measure."""
    days = [*case.proof.licences[:1], *case.proof.updates[:1]]
    for one in dict.fromkeys((case.proof.shown, *(Shown(said.words, said.at) for said in days))):
        yield from rests_on(one)
    yield from to_ask(case.proof.denied)
    yield from doubtful(case.proof.doubts)
    yield from of_another(case.proof)


def of_another(proof: Proof) -> Iterator[object]:
    """A question about the line by which the paper is about another website or system."""
    for one in proof.others:
        yield ask(one.at, "other-system", distinct="other-system", excerpt=one.words, words=one.words)


def _product(case: Case) -> Iterator[object]:
    product = plain(case.said.product).strip()
    if not product or WORDS.unnamed.match(product):
        yield warning(case.entry("product"), "unnamed")
    elif _of_another_kind(product, case.piece) and not (case.proof.about and case.proof.names_product):
        yield ask(case.at, "other-kind", distinct=f"other-kind {product}", product=product)
    if case.proof.was_read and not case.speaks:
        yield ask(case.at, "unrelated", distinct=f"unrelated {product}")


def _of_another_kind(product: str, piece: Piece) -> bool:
    """Whether a product's name speaks of another measure and not of this one."""
    others = any(topic(other).search(product) for other in MEASURES if other is not piece)
    return others and not topic(piece).search(product)


def _licence(case: Case) -> Iterator[object]:
    until, shown = case.said.licence_until, case.proof.licences
    latest = shown[0] if shown else None
    if latest is None:
        yield from _licence_by_word(case, until)
    elif latest.day < case.today:
        yield from _proof_ended(case, latest.day, latest.at, latest.words)
    elif shown[-1].day < case.today:
        yield ask(shown[-1].at, "licence-part", distinct="licence-part", excerpt=shown[-1].words, until=shown[-1].day)
    elif until and until < case.today:
        yield ask(
            latest.at, "licence-differs", distinct="licence", excerpt=latest.words, until=latest.day, declared=until
        )
    elif latest.day - case.today <= SOON:
        yield note("licence-ends-soon", until=latest.day)


def _licence_by_word(case: Case, until: date | None) -> Iterator[object]:
    if until and until < case.today:
        yield finding(case.entry("licence_until"), "licence-ended", until=until)
    elif case.speaks and until not in case.proof.bears:
        if until:
            yield ask(case.at, "licence-unproven", distinct=f"licence-unproven {until}", until=until)
        elif not case.proof.without_end:
            yield ask(case.at, "licence-unknown", distinct="licence-unknown")


def _proof_ended(case: Case, day: date, at: DocumentLocator, words: str) -> Iterator[object]:
    """The proof itself says that the licence has ended; a file that we could not read may say that it was renewed."""
    until = case.said.licence_until
    if not case.proof.was_read:
        yield ask(at, "licence-renewed", distinct="licence-renewed", excerpt=words, until=day)
    elif case.proof.renewed and not (until and until < case.today):
        said, at = case.proof.renewed[0].words, case.proof.renewed[0].at
        yield ask(at, "maybe-renewed", distinct="licence", excerpt=said, until=day, words=said)
    elif until and until >= case.today:
        yield finding(at, "licence-contradicts", distinct="licence", excerpt=words, until=day, declared=until)
    else:
        yield finding(at, "licence-proof-ended", distinct="licence", excerpt=words, until=day)


def _update(case: Case) -> Iterator[object]:
    said = case.said.updated
    if said and said > case.today:
        yield warning(case.entry("updated"), "ahead", distinct="updated", day=said)
        said = None
    shown = next((one for one in case.proof.updates if one.day <= case.today), None)
    known = [day for day in (said, shown.day if shown else None) if day]
    if not known:
        if case.speaks:
            yield ask(case.at, "update-unknown", distinct="update-unknown")
        return
    at = shown.at if shown and not (said and shown.at.ocr is not None) else case.entry("updated")
    age = (case.today - max(known)).days
    if age > case.params.stale_days:
        yield finding(at, "update-stale", distinct="update", updated=max(known), days=age)
    elif age > case.params.update_days:
        yield warning(at, "update-old", distinct="update", updated=max(known), days=age)
    elif said and (not shown or (said - shown.day).days > case.params.update_days):
        yield from _update_unproven(case, said, shown.day if shown else None, at)


def _update_unproven(case: Case, said: date, shown: date | None, at: DocumentLocator) -> Iterator[object]:
    if not case.speaks or said in case.proof.bears:
        return
    if shown:
        yield ask(at, "update-differs", distinct=f"update-differs {said}", updated=shown, declared=said)
    else:
        yield ask(case.at, "update-unproven", distinct=f"update-unproven {said}", updated=said)


def _alerts(case: Case) -> Iterator[object]:
    last, handled = case.said.last_alert, plain(case.said.alert_handled).strip()
    if last and last > case.today:
        yield warning(case.entry("last_alert"), "ahead", distinct="last_alert", day=last)
    elif last and handled and WORDS.states.open.search(handled) and not WORDS.states.closed.search(handled):
        if (case.today - last).days > case.params.alert_days:
            yield finding(case.entry("alert_handled"), "alert-unhandled", excerpt=handled, day=last)
    elif last and not handled and not case.proof.unread:
        yield ask(case.at, "alert-open", distinct=f"alert-open {last}", day=last)
    yield from _waiting(case, handled=bool(handled))


def _waiting(case: Case, *, handled: bool) -> Iterator[object]:
    """Alerts that the proof itself shows as waiting, older than one may leave them."""
    late = [one for one in case.proof.waiting if (case.today - one.day).days > case.params.alert_days]
    same = next((one for one in late if handled and one.day == case.said.last_alert), None)
    if same:
        yield finding(same.at, "alert-contradicts", distinct="alert", excerpt=same.words, day=same.day)
    elif late:
        oldest = late[-1]
        count, day = len(late), oldest.day
        yield ask(oldest.at, "alerts-waiting", distinct="alerts-waiting", excerpt=oldest.words, count=count, day=day)


def _contradicted(case: Case, seen: tuple[Sight, ...]) -> Iterator[object]:
    """What the last scan saw though the measure is declared: both may be true, so a person is asked."""
    for one in seen:
        at = replace(case.at, place=f"{case.piece}.scan")
        url, day = Url(one.url), one.day
        yield ask(
            at, "seen", distinct=f"seen {one.check} {one.url}", excerpt=one.words, url=url, check=one.check, day=day
        )


anti_attack = measure_check(
    "protection.anti-attack", Piece.ANTI_ATTACK, MeasureParams, lambda scan: (scan.exposed, scan.exposed_on)
)
anti_tamper = measure_check(
    "protection.anti-tamper", Piece.ANTI_TAMPER, TamperParams, lambda scan: (scan.tampered, scan.tampered_on)
)
anti_virus = measure_check(
    "protection.anti-virus", Piece.ANTI_VIRUS, VirusParams, lambda scan: (scan.infected, scan.infected_on)
)
