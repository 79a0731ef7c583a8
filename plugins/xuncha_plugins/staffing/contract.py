"""The contract with whoever maintains the website for the unit: with whom, until when, with which duties."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from xuncha.api import (
    DocumentLocator,
    Documents,
    Evidence,
    Files,
    Outsourcing,
    Passage,
    Piece,
    Site,
    ask,
    check,
    finding,
    masked_excerpt,
    not_handed_in,
    note,
    probe,
    warning,
)
from xuncha_plugins.evidence.days import days, end_in
from xuncha_plugins.evidence.denials import denials, to_ask
from xuncha_plugins.evidence.doubts import renewals, telling
from xuncha_plugins.evidence.reading import Shown, Unread, declared, first_of, read_piece, rests_on, to_look_at
from xuncha_plugins.evidence.spelling import close, plain
from xuncha_plugins.staffing.words import WORDS

SOON = timedelta(days=30)
REACH = 30
MOST_IN_LINE = 20
MOST_WORDS = 120
OUTSOURCING = Piece.OUTSOURCING


@dataclass(frozen=True, slots=True)
class Ends:
    """The day on which the contract says that it ends."""

    day: date
    words: str
    at: DocumentLocator


@dataclass(frozen=True, slots=True)
class Contract:
    """What the contract says. ``party`` is whom it calls its second party, ``named`` whether the declared one.

    ``shown`` are the lines in which these things stand, ``denied`` sentences that deny the contract, ``renewed`` such
    by which it may go on after its end, ``disclaims``
    such by which the second party has no duties of security; ``about``: it is not only about other things.
    """

    named: bool = False
    party: str = ""
    ends: Ends | None = None
    confidential: bool = False
    security: bool = False
    lines: int = 0
    unread: tuple[Unread, ...] = ()
    shown: tuple[Shown, ...] = ()
    denied: tuple[Shown, ...] = ()
    renewed: tuple[Shown, ...] = ()
    disclaims: tuple[Shown, ...] = ()
    about: bool = True

    @property
    def was_read(self) -> bool:
        """Whether all of it could be read."""
        return self.lines > 0 and not self.unread


@probe(provides=Contract, needs=(Evidence,), requests=0, connections=0, deadline=180)
async def contract(evidence: Evidence, files: Files, documents: Documents) -> Contract:
    """Nothing is sent; of the contract only what is asked is kept, no prices."""
    read = await read_piece(evidence, OUTSOURCING, files, documents)
    contractor = evidence.staffing.outsourcing.contractor
    return await asyncio.to_thread(contract_of, read.lines, contractor, read.unread)


def contract_of(lines: Iterable[Passage], contractor: str, unread: tuple[Unread, ...] = ()) -> Contract:
    """What ``lines`` say."""
    given = list(lines)
    text = plain("\n".join(passage.text for passage in given))
    party = WORDS.contract.party.search(text)
    return Contract(
        named=bool(close(contractor)) and close(contractor) in close(text),
        party=masked_excerpt(party[1]) if party else "",
        ends=max(_ends(given), key=lambda one: one.day, default=None),
        confidential=bool(WORDS.contract.confidential.search(text)),
        security=bool(WORDS.contract.security.search(text)),
        lines=len(given),
        unread=unread,
        shown=tuple(_shown(given)),
        denied=denials(given, WORDS.contract.claim, intents=False),
        renewed=renewals(given),
        disclaims=telling(given, WORDS.contract.disclaims),
        about=bool(WORDS.contract.website.search(text)) or not WORDS.contract.elsewise.search(text),
    )


def _shown(lines: list[Passage]) -> Iterator[Shown]:
    """The first line of the second party, of secrecy and of security."""
    words = WORDS.contract
    for pattern in (words.party, words.confidential, words.security):
        first = next((line for line in lines if pattern.search(plain(line.text))), None)
        if first:
            yield Shown(masked_excerpt(first.text, MOST_WORDS), first.locator)


def _ends(lines: Iterable[Passage]) -> Iterator[Ends]:
    """The ends of periods; a day that stands alone may as well be a beginning and counts only behind 至, 止."""
    for passage in lines:
        text = plain(passage.text)
        for label in islice(WORDS.contract.period.finditer(text), MOST_IN_LINE):
            rest = text[label.end() : label.end() + 80]
            found = days(rest)
            if not found or found[0][1] > REACH:
                continue
            end = end_in(rest)
            closes = end != found[0][0] or any(word in rest[: found[0][2] + 3] for word in ("至", "止", "到"))
            if end and closes:
                yield Ends(end, masked_excerpt(passage.text, MOST_WORDS), passage.locator)


@check("staffing.outsourcing")
def outsourcing(site: Site, evidence: Evidence, contract: Contract) -> Iterator[object]:
    """Where maintenance is outsourced: with whom, under a contract in force, with duties of secrecy and security."""
    said = evidence.staffing.outsourcing
    if not evidence.handed_in(OUTSOURCING):
        yield not_handed_in(evidence, OUTSOURCING)
    elif said.outsourced is False:
        yield from _none(site, said)
    else:
        ends = [Shown(contract.ends.words, contract.ends.at)] if contract.ends else []
        for one in dict.fromkeys((*contract.shown, *ends)):
            yield from rests_on(one)
        yield from to_ask(contract.denied)
        yield from _party(evidence, said, contract)
        yield from _period(evidence, said, contract)
        yield from _duties(evidence, said, contract)
        yield from to_look_at(contract.unread, contractor=said.contractor)


def _none(site: Site, said: Outsourcing) -> Iterator[object]:
    """No outsourcing, which the declaration or the inventory may belie."""
    at, listed = declared(OUTSOURCING, "outsourced"), site.operator or site.undertaker
    if said.contractor:
        yield ask(at, "contractor-all-the-same", distinct=f"contractor {said.contractor}", name=said.contractor)
    elif WORDS.contract.company.search(listed):
        yield ask(at, "inventory-names", distinct=f"inventory {listed}", name=listed)


def _party(evidence: Evidence, said: Outsourcing, contract: Contract) -> Iterator[object]:
    if not said.contractor.strip():
        yield warning(declared(OUTSOURCING, "contractor"), "no-contractor")
    elif contract.was_read and not contract.named:
        other = contract.party
        if other and close(other) not in close(said.contractor):
            yield finding(first_of(evidence, OUTSOURCING), "contractor-differs", name=said.contractor, other=other)
        else:
            at = first_of(evidence, OUTSOURCING)
            yield ask(at, "contractor-unseen", distinct=f"unseen {said.contractor}", name=said.contractor)


def _period(evidence: Evidence, said: Outsourcing, contract: Contract) -> Iterator[object]:
    today, shown = evidence.looked, contract.ends
    if shown and shown.day < today and not contract.unread:
        at, words, day = shown.at, shown.words, shown.day
        if contract.renewed and not (said.until and said.until < today):
            one = contract.renewed[0]
            yield ask(one.at, "maybe-renewed", distinct="ended", excerpt=one.words, until=day, words=one.words)
        elif said.until and said.until >= today:
            yield finding(at, "end-contradicts", distinct="ended", excerpt=words, until=day, declared=said.until)
        else:
            yield finding(at, "ended", distinct="ended", excerpt=words, until=day)
    elif said.until and said.until < today:
        yield finding(declared(OUTSOURCING, "until"), "ended", distinct="ended", until=said.until)
    elif not shown and contract.was_read:
        at, until = first_of(evidence, OUTSOURCING), said.until
        if until:
            yield ask(at, "end-unseen", distinct=f"end-unseen {until}", until=until)
        else:
            yield ask(at, "end-unknown", distinct="end-unknown")
    elif shown and shown.day - today <= SOON:
        yield note("ends-soon", until=shown.day)


def _duties(evidence: Evidence, said: Outsourcing, contract: Contract) -> Iterator[object]:
    if not said.scope.strip():
        yield warning(declared(OUTSOURCING, "scope"), "no-scope")
    at = first_of(evidence, OUTSOURCING)
    if contract.was_read and not contract.about:
        yield ask(at, "not-about-websites", distinct="not-about-websites")
    for one in contract.disclaims:
        yield ask(one.at, "disclaims", distinct="disclaims", excerpt=one.words, words=one.words)
    if contract.was_read and not contract.confidential:
        yield ask(at, "no-secrecy", distinct="no-secrecy")
    if contract.was_read and not contract.security:
        yield ask(at, "no-security", distinct="no-security")
