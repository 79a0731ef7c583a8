"""Who maintains the website, who keeps its content: named, with a duty and a telephone, and somebody to step in."""

from collections.abc import Iterable, Iterator, Sequence

from xuncha.api import (
    Column,
    Evidence,
    Person,
    Piece,
    Reason,
    Site,
    ask,
    check,
    finding,
    not_handed_in,
    unsure,
    warning,
)
from xuncha_plugins.evidence.reading import declared, first_of, to_look_at
from xuncha_plugins.evidence.spelling import close
from xuncha_plugins.staffing import telephones
from xuncha_plugins.staffing.register import RegisterRead, shown_of
from xuncha_plugins.staffing.telephones import Form
from xuncha_plugins.staffing.words import WORDS, is_named, person

MOST_NAMES = 10
MOST_COLUMNS = 50


@check("staffing.team")
def team(evidence: Evidence, register: RegisterRead) -> Iterator[object]:
    """The technical team is named, somebody of it with duty and telephone, and stands in the register."""
    yield from _group(evidence, register, Piece.TEAM, evidence.staffing.team)


@check("staffing.editors")
def editors(site: Site, evidence: Evidence, register: RegisterRead) -> Iterator[object]:
    """Those who keep the content are named; where columns are shared out, every column has somebody."""
    people = evidence.staffing.editors
    yield from _group(evidence, register, Piece.EDITORS, people)
    if any(is_named(one.name) for one in people):
        yield from _columns(site.columns, [_duties(one, register) for one in people])


def _group(evidence: Evidence, register: RegisterRead, piece: Piece, people: Sequence[Person]) -> Iterator[object]:
    if not evidence.handed_in(piece):
        yield not_handed_in(evidence, piece)
        return
    named = [one for one in people if is_named(one.name)]
    if not named:
        yield finding(declared(piece), "nobody", excerpt=_listed(one.name for one in people))
        return
    yield from _unclear(piece, people)
    yield from shown_of(named, register)
    yield from to_look_at(one for one in register.unread if one.reason is Reason.READ_BY_OCR)
    reachable = [one for one in named if _duties(one, register) and _numbers(one, register)]
    if not reachable:
        yield finding(declared(piece), "no-contact")
    yield from _in_register(evidence, register, piece, named)
    yield from _left(register, named)


def _left(register: RegisterRead, named: Iterable[Person]) -> Iterator[object]:
    """Who is declared though every line of the register about them says that they have gone."""
    for one in named:
        entries = register.of(one.name)
        if entries and all(entry.left for entry in entries):
            shown = entries[0]
            yield finding(shown.at, "has-left", distinct=f"left {person(one.name)}", excerpt=shown.words, name=one.name)


def _unclear(piece: Piece, people: Iterable[Person]) -> Iterator[object]:
    for one in people:
        if not is_named(one.name):
            yield warning(declared(piece), "not-a-person", distinct=f"person {one.name}", name=one.name)
        elif WORDS.names.titled.match(person(one.name)):
            yield warning(declared(piece), "half-named", distinct=f"person {one.name}", name=one.name)


def _duties(one: Person, register: RegisterRead) -> str:
    """What a person does, by the declaration, else by the register."""
    return one.duty.strip() or " ".join(entry.words for entry in register.of(one.name))


def _numbers(one: Person, register: RegisterRead) -> list[str]:
    known = [one.telephone, *(number for entry in register.of(one.name) for number in entry.telephones)]
    return [number for number in known if telephones.form(number) is not Form.NONE]


def _in_register(evidence: Evidence, register: RegisterRead, piece: Piece, named: Sequence[Person]) -> Iterator[object]:
    """A list of names proves itself as little as any other declaration: the register bears it out, or a person."""
    whole = [one.name for one in named if not WORDS.names.titled.match(person(one.name))]
    missing = [name for name in whole if not register.of(name)]
    names = _listed(missing)
    if not missing:
        return
    if register.was_read:
        yield ask(first_of(evidence, Piece.REGISTER), "not-in-register", distinct=f"{piece} {names}", names=names)
    else:
        yield ask(declared(piece), "unproven", distinct=f"unproven {names}", names=names)


def _listed(names: Iterable[str]) -> str:
    given = list(names)
    return "、".join(given[:MOST_NAMES]) + (" …" if len(given) > MOST_NAMES else "")


def _columns(columns: Sequence[Column], duties: Sequence[str]) -> Iterator[object]:
    """Columns for which nobody is named though others are shared out by name."""
    given = [close(one) for one in duties]
    wanted = [column for column in columns if not column.exempt and len(close(column.name)) > 1]
    shared_out = [one for one in given if any(close(column.name) in one for column in wanted)]
    general = [one for one in given if one not in shared_out]
    if not shared_out or general or any(WORDS.duties.everything.search(one) for one in given):
        return
    uncovered = [column for column in wanted if not any(close(column.name) in one for one in given)]
    for column in uncovered[:MOST_COLUMNS]:
        yield warning(declared(Piece.EDITORS), "column-uncovered", distinct=column.url, column=column.name)


@check("staffing.telephones")
def telephone_numbers(evidence: Evidence, register: RegisterRead) -> Iterator[object]:
    """Telephones can be dialled, and are those of the register. Never repeated in a message: some are mobiles."""
    if not (evidence.handed_in(Piece.TEAM) or evidence.handed_in(Piece.EDITORS)):
        yield not_handed_in(evidence, Piece.TEAM)
        return
    keys = {Form.BAD: "malformed", Form.MADE_UP: "made-up", Form.SHORT: "short"}
    for piece, one in _staff(evidence):
        written = telephones.form(one.telephone)
        say = finding if written in (Form.BAD, Form.MADE_UP) else warning
        if key := keys.get(written):
            yield say(
                declared(piece),
                key,
                distinct=f"{key} {person(one.name)}",
                name=one.name,
                excerpt=telephones.hidden(one.telephone),
            )
        elif written is Form.GOOD:
            yield from _compared(one, register)
    yield from shown_of([one for _, one in _staff(evidence)], register)
    yield from _not_compared(evidence, register)


def _not_compared(evidence: Evidence, register: RegisterRead) -> Iterator[object]:
    """Without a register that was read nobody knows whether the telephones are those of the register."""
    if not evidence.handed_in(Piece.REGISTER):
        yield unsure(Reason.NOT_HANDED_IN, piece=str(Piece.REGISTER))
    yield from to_look_at(register.unread)


def _compared(one: Person, register: RegisterRead) -> Iterator[object]:
    entries = [entry for entry in register.of(one.name) if entry.telephones]
    given = telephones.found_in(one.telephone) or (one.telephone,)
    if entries and not any(telephones.any_same(given, entry.telephones) for entry in entries):
        yield ask(
            entries[0].at, "differs", distinct=f"differs {person(one.name)}", name=one.name, excerpt=entries[0].words
        )


def _staff(evidence: Evidence) -> Iterator[tuple[Piece, Person]]:
    yield from ((Piece.TEAM, one) for one in evidence.staffing.team)
    yield from ((Piece.EDITORS, one) for one in evidence.staffing.editors)


@check("staffing.deputies")
def deputies(evidence: Evidence) -> Iterator[object]:
    """Somebody steps in when the one who knows how is away."""
    if not (evidence.handed_in(Piece.TEAM) or evidence.handed_in(Piece.EDITORS)):
        yield not_handed_in(evidence, Piece.TEAM)
        return
    for piece, people in ((Piece.TEAM, evidence.staffing.team), (Piece.EDITORS, evidence.staffing.editors)):
        yield from _stand_ins(piece, [one for one in people if is_named(one.name)])


def _stand_ins(piece: Piece, people: Sequence[Person]) -> Iterator[object]:
    for one in people:
        if one.deputy and person(one.deputy) == person(one.name):
            yield finding(declared(piece), "own-deputy", distinct=f"own {person(one.name)}", name=one.name)
    if not people or any(is_named(one.deputy) and person(one.deputy) != person(one.name) for one in people):
        return
    if len({person(one.name) for one in people}) == 1:
        yield warning(declared(piece), "alone", distinct="alone", name=people[0].name)
    else:
        names = _listed(one.name for one in people)
        yield ask(declared(piece), "no-deputies", distinct=f"no-deputies {names}", names=names)
