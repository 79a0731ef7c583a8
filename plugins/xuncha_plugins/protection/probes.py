"""Reads the proofs that were handed in for the pieces of protection."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice

from xuncha.api import (
    DocumentLocator,
    Documents,
    Evidence,
    Files,
    Measure,
    Passage,
    Piece,
    Site,
    counted,
    masked_excerpt,
    probe,
)
from xuncha_plugins.evidence.days import days
from xuncha_plugins.evidence.denials import denials
from xuncha_plugins.evidence.doubts import Doubt, doubts, renewals
from xuncha_plugins.evidence.reading import PieceRead, Shown, read_piece
from xuncha_plugins.evidence.spelling import close, plain
from xuncha_plugins.evidence.whose import own_names
from xuncha_plugins.protection.facts import Kept, Numbered, Proof, Proofs, Said
from xuncha_plugins.protection.scoping import MEASURES, names_of_product, scope
from xuncha_plugins.protection.stating import Statement, in_force, statements
from xuncha_plugins.protection.words import WORDS, Label, topic

PIECES = (
    Piece.ANTI_ATTACK,
    Piece.ANTI_TAMPER,
    Piece.ANTI_VIRUS,
    Piece.CLASSIFIED_PROTECTION,
    Piece.SECURITY_ASSESSMENT,
    Piece.LOG_RETENTION,
)
DAYS = ("licence_until", "updated", "held")
"""Fields of a declaration whose days a proof may bear."""

MOST_KEPT = 20
MOST_WORDS = 120


@probe(provides=Proofs, needs=(Evidence,), requests=0, connections=0, deadline=300)
async def proofs(site: Site, evidence: Evidence, files: Files, documents: Documents) -> Proofs:
    """Nothing is sent; every document is read once."""
    found = []
    for piece in PIECES:
        if evidence.of(piece):
            read = await read_piece(evidence, piece, files, documents)
            entry = evidence.declaration.entry(piece)
            found.append(await asyncio.to_thread(proof_of, piece, read, entry, names_of(site), products_of(evidence)))
    return Proofs(tuple(found))


def names_of(site: Site) -> tuple[str, ...]:
    """By what a document can name the website or its unit."""
    return tuple(dict.fromkeys(close(name) for name in own_names(site)))


def products_of(evidence: Evidence) -> dict[Piece, str]:
    """The declared product of each measure."""
    entries = {piece: evidence.declaration.entry(piece) for piece in MEASURES}
    return {piece: entry.product for piece, entry in entries.items() if isinstance(entry, Measure)}


def proof_of(
    piece: Piece, read: PieceRead, entry: object, names: Iterable[str], products: Mapping[Piece, str]
) -> Proof:
    """What the lines of the files handed in for ``piece`` say; ``entry`` is what is declared of it."""
    product = products.get(piece, "")
    within = scope(read.lines, piece, products)
    told = [one for one in statements(read.lines) if within is None or within.holds(one.number, one.place)]
    own = read.lines if within is None else tuple(within.lines(read.lines))
    text = "\n".join(passage.text for passage in read.lines)
    closed = close(text)
    return Proof(
        piece=piece,
        about=bool(topic(piece).search(plain(text))),
        names_product=bool(product) and _named(product, closed),
        names_unit=any(name in closed for name in names),
        licences=_days(in_force(told), Label.LICENCE),
        updates=_days(told, Label.UPDATED),
        alerts=_days(told, Label.ALERT),
        waiting=_days(_waiting(told), Label.ALERT),
        held=_days(told, Label.HELD),
        bears=_borne(entry, text),
        numbers=_numbers(read.lines),
        levels=_levels(read.lines),
        kept=_kept(read.lines),
        renewed=renewals(own),
        without_end=any(WORDS.without_end.search(plain(line.text)) for line in own),
        shown=_first(read.lines, piece, product),
        denied=denials(read.lines, _claim(piece, product)),
        doubts=doubts(read.lines, *((Doubt.BROCHURE,) if piece in MEASURES else ())) + doubts(own, *_doubted(piece)),
        others=_others(piece, read.lines, named=any(name in closed for name in names)),
        unread=read.unread,
    )


def _claim(piece: Piece, product: str) -> re.Pattern[str]:
    """What a denial may be of: the kind of measure or duty, or the declared product."""
    names = [name for name in (plain(product).strip(), *names_of_product(product)) if name]
    return re.compile("|".join((topic(piece).pattern, *map(re.escape, names))))


def _doubted(piece: Piece) -> tuple[Doubt, ...]:
    """What keeps a proof of this piece from proving it; a retention that is planned is told by its days."""
    if piece in MEASURES:
        return (Doubt.IDLE, Doubt.HOLLOW)
    others = {Piece.SECURITY_ASSESSMENT: (Doubt.PLANNED, Doubt.HOLLOW), Piece.LOG_RETENTION: (Doubt.HOLLOW,)}
    return others.get(piece, ())


def _others(piece: Piece, lines: Iterable[Passage], *, named: bool) -> tuple[Shown, ...]:
    """The first line by which the paper is of something else: a measure of other websites, another system's filing."""
    given = [(line, plain(line.text)) for line in lines]
    if piece in MEASURES:
        found = (line for line, text in given if not named and WORDS.others.guarded.search(text))
    elif any(WORDS.others.website.search(text) for _, text in given):
        return ()
    else:
        found = (line for line, text in given if WORDS.others.system.search(text))
    return tuple(Shown(_shown(line.text), line.locator) for line in islice(found, 1))


def _first(lines: Iterable[Passage], piece: Piece, product: str) -> Shown | None:
    """The first line that names the product, else the first that speaks of such a measure or duty."""
    given = list(lines)
    named = (one for one in given if product and _named(product, close(one.text)))
    about = (one for one in given if topic(piece).search(plain(one.text)))
    first = next(named, None) or next(about, None)
    return Shown(_shown(first.text), first.locator) if first else None


def _borne(entry: object, text: str) -> tuple[date, ...]:
    """The declared days that stand somewhere in the text."""
    declared = {day for name in DAYS if (day := getattr(entry, name, None))}
    return tuple(sorted({day for day, _, _ in days(plain(text)) if day in declared})) if declared else ()


def _named(product: str, closed: str) -> bool:
    """Whether a text names a product, as a whole or by its longest word (a brand, a model)."""
    return close(product) in closed or any(close(word) in closed for word in names_of_product(product))


def _days(told: Iterable[Statement], label: Label) -> tuple[Said, ...]:
    stated = (Said(one.day, one.at, _shown(one.written)) for one in told if one.label is label and one.day)
    return tuple(sorted(stated, key=lambda one: one.day, reverse=True)[:MOST_KEPT])


def _waiting(told: list[Statement]) -> Iterable[Statement]:
    """Alerts whose line says that nobody has handled them: in the column of states, or in words."""
    states = {one.at: one.words for one in told if one.label is Label.STATE}
    for one in told:
        state = states.get(one.at, one.line if one.at not in states else "")
        if one.label is Label.ALERT and WORDS.states.open.search(state) and not WORDS.states.closed.search(state):
            yield one


def _numbers(lines: Iterable[Passage]) -> tuple[Numbered, ...]:
    found = (
        Numbered(re.sub(r"[ \-—–]+", "-", number[0]), passage.locator)
        for passage in lines
        for number in WORDS.filing.number.finditer(plain(passage.text))
    )
    return tuple(found)[:MOST_KEPT]


def _levels(lines: Iterable[Passage]) -> tuple[Numbered, ...]:
    found = [
        Numbered(str(counted("".join(filter(None, level.groups())))), passage.locator)
        for passage in lines
        for level in WORDS.filing.level.finditer(plain(passage.text))
    ]
    return tuple(found[:MOST_KEPT])


def _kept(lines: Iterable[Passage]) -> tuple[Kept, ...]:
    """What lines say of keeping; those that quote a law say nothing of this website."""
    found: list[Kept] = []
    column, unit = -1, ""
    for passage in lines:
        text = plain(passage.text)
        if WORDS.logs.quoted.search(text):
            continue
        shown, cells = _shown(passage.text), text.split("\t")
        if 0 <= column < len(cells) and cells[column].strip().isdecimal():
            found.append(Kept(round(int(cells[column]) * _unit(unit)), passage.locator, shown))
        found += _kept_here(text, passage.locator, shown)
        headings = ((at, heading) for at, cell in enumerate(cells) if (heading := WORDS.logs.heading.search(cell)))
        column, unit = next(((at, heading[1]) for at, heading in headings), (column, unit))
    return tuple(found[:MOST_KEPT])


def _kept_here(text: str, at: DocumentLocator, shown: str) -> list[Kept]:
    """What a line says; of logs that are moved to an archive it is there that they are kept."""
    found = [
        Kept(round((counted(one[1]) or 0) * _unit(one[2])), at, shown, bool(WORDS.logs.at_least.search(one[0])))
        for one in WORDS.logs.kept.finditer(text)
    ]
    return [max(found, key=lambda one: one.days)] if found and WORDS.logs.archived.search(text) else found


def _unit(written: str) -> float:
    """Days of a unit; a year of 365 and a month of 30.5 days, so that 12 months are no less than a year."""
    units: Iterable[tuple[str, float]] = (("年", 365), ("year", 365), ("月", 30.5), ("month", 30.5))
    return next((length for word, length in units if word in written), 1)


def _shown(line: str) -> str:
    return masked_excerpt(line, MOST_WORDS)
