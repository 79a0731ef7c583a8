"""Addresses that a script puts together from pieces, so that nobody reading it sees them.

Worked out without running anything: escapes of letters, ``+`` between literals, arrays, ``join``, ``reverse``,
``replace``, ``fromCharCode``, ``atob`` and names that are given such a value once. An address counts as disguised where
its host was cut or escaped; ``"//" + "www." + "a.com"`` is how honest scripts are written.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from xuncha_plugins.darklinks.decoding import from_base64
from xuncha_plugins.darklinks.literals import STRING, TEMPLATE, literals, read_literal, runs

MAX_EXPRESSIONS = 2_000
MAX_NAMES = 2_000
MAX_RUNS = 20_000
MAX_READ = 4_000
"""Characters of one expression."""

MAX_DEPTH = 12
MAX_MADE = 20_000
"""Pieces and characters that one value may come to."""

MAX_WORK = 400_000
"""The same of all values of a script together, those on the way included: names make much of little."""

_ESCAPED = re.compile(
    r"\\(?:x(?:[46][1-9a-fA-F]|[57][0-9aA]|3[0-9]|2[eE])|u00(?:[46][1-9a-fA-F]|[57][0-9aA]|3[0-9]|2[eE]))"
)
"""Letters, digits or a dot, which nobody has to escape; ``\\x3c`` and ``\\x2f`` stand in honest scripts."""

_ADDRESS = re.compile(r"(?i)(?:^|(?<=[\s\"'=(]))(?:https?:)?\\?/\\?/(?P<host>[a-z0-9][a-z0-9.-]{3,200})")
_GIVEN = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,60})\s*=(?![=>])\s*(?=[\"'\[`])")
_SOURCE = re.compile(
    r"(?:\.\s*src|\[\s*(?:[\"']src[\"']|[\"']\\x73\\x72\\x63[\"'])\s*\])\s*=(?!=)|setAttribute\s*\(\s*[\"']src[\"']\s*,"
)
_PUZZLE = re.compile(r"\.\s*reverse\s*\(|fromCharCode|\batob\s*\(|\b_0x[0-9a-fA-F]{2,}")
_TOKEN = re.compile(
    rf"\s*(?:(?P<string>{STRING})|(?P<template>{TEMPLATE})|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>0x[0-9a-fA-F]{{1,6}}|\d{{1,7}})"
    r"|(?P<sign>[-+.\[\](),])|/(?P<pattern>[^/\\\n*+?()\[\]{}|^$.]{1,20})/g)"
)


_JOINTS = frozenset("./")
"""What only those put between the parts of an address by ``join`` who don't want it to be read."""

_HOLE = re.compile(r"\$\{\s*([A-Za-z_$][\w$]*)\s*\}")


class Piece(NamedTuple):
    """A part of a text; ``hidden`` where it can't be read as it stands."""

    text: str
    hidden: bool = False


Text = tuple[Piece, ...]
_Value = Text | list[Text]


class Puzzle(NamedTuple):
    """``addresses`` with disguised hosts; ``unsolved``: a source is made by what nobody can follow.

    ``whole`` is False where there is more than is worked out.
    """

    addresses: tuple[str, ...] = ()
    unsolved: bool = False
    whole: bool = True


def puzzle(script: str) -> Puzzle:
    """What a script keeps from the reader's eye."""
    written = list(islice(_cut_or_escaped(script), MAX_RUNS + 1))
    found = [address for run in written[:MAX_RUNS] for address in _disguised(_pieces(run))]
    sources = list(islice(_SOURCE.finditer(script), MAX_EXPRESSIONS + 1)) if "src" in script or "x73" in script else []
    given = list(islice(_GIVEN.finditer(script), MAX_NAMES + 1)) if sources else []
    work = _Work()
    names = _names(script, given[:MAX_NAMES], work)
    unsolved = False
    for source in sources[:MAX_EXPRESSIONS]:
        expression = _Expression(script[source.end() : source.end() + MAX_READ], names, work)
        value = expression.value()
        if isinstance(value, tuple):
            found += _disguised(value)
        elif _PUZZLE.search(re.split(r"[;\n]", expression.text, maxsplit=1)[0]):
            unsolved = True
    whole = len(written) <= MAX_RUNS and len(sources) <= MAX_EXPRESSIONS and len(given) <= MAX_NAMES and work.left
    return Puzzle(tuple(dict.fromkeys(found)), unsolved, whole)


def _cut_or_escaped(script: str) -> Iterator[str]:
    """Literals that may hide an address, with those that are joined to them."""
    if "//" in script or "\\" in script:
        yield from (run for run in runs(script) if "+" in run or _ESCAPED.search(run))


def _pieces(run: str) -> Text:
    written = [run] if run[0] == "`" else literals(run)
    found = (Piece(read_literal(one), _ESCAPED.search(one) is not None) for one in written)
    return tuple(piece for piece in found if piece.text)


def _disguised(pieces: Text) -> Iterator[str]:
    """The addresses in a text of which a hidden piece holds anything, or whose hosts are cut between two letters."""
    text = "".join(piece.text for piece in pieces)
    for found in islice(_ADDRESS.finditer(text), 20):
        start, end = found.span("host")
        at = 0
        for piece in pieces:
            begins, at = at, at + len(piece.text)
            cut = start < begins < end and (text[begins - 1] + text[begins]).isalnum()
            if cut or (piece.hidden and begins < end and at > found.start()):
                yield found[0]
                break


def _names(script: str, given: list[re.Match[str]], work: "_Work") -> dict[str, _Value]:
    """Names that are given a value once: a literal, an array, or what these are joined to."""
    times = Counter(found[1] for found in given)
    names: dict[str, _Value] = {}
    for found in given:
        if times[found[1]] == 1:
            value = _Expression(script[found.end() : found.end() + MAX_READ], names, work).value()
            if value is not None:
                names[found[1]] = value
    return names


class _UnknownError(Exception):
    """An expression holds what can't be followed."""


class _Work:
    """How much may still be put together."""

    def __init__(self) -> None:
        self._room = MAX_WORK

    @property
    def left(self) -> bool:
        """Whether there was enough of it."""
        return self._room >= 0

    def done(self, value: _Value) -> _Value:
        """Passes a value on."""
        self._room -= sum(map(_size, value)) if isinstance(value, list) else _size(value)
        if self._room < 0:
            raise _UnknownError
        return value


class _Expression:
    """Reads one expression; ``value`` is None where any part of it is not known."""

    def __init__(self, text: str, names: dict[str, _Value], work: _Work) -> None:
        self.text = text
        self._names = names
        self._work = work
        self._at = 0
        self._depth = 0

    def value(self) -> _Value | None:
        try:
            return self._sum()
        except _UnknownError:
            return None

    def _next(self, kind: str) -> str | None:
        """The next token where it is of this kind."""
        found = _TOKEN.match(self.text, self._at)
        if found is None or found[kind] is None:
            return None
        self._at = found.end()
        return found[kind]

    def _sign(self, sign: str) -> bool:
        before = self._at
        if self._next("sign") == sign:
            return True
        self._at = before
        return False

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise _UnknownError

    def _sum(self) -> _Value:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _UnknownError
        values = [self._term()]
        while self._sign("+"):
            values.append(self._term())
        self._depth -= 1
        return values[0] if len(values) == 1 else _joined(list(map(_text, values)), "")

    def _term(self) -> _Value:
        value = self._work.done(self._start())
        while True:
            if self._sign("["):
                value = self._item(value)
            elif self._sign("."):
                value = self._called(value, self._next("name") or "")
            else:
                return value
            self._work.done(value)

    def _start(self) -> _Value:
        if (literal := self._next("string") or self._next("template")) is not None:
            return self._filled(literal) if literal[0] == "`" else _pieces(literal)
        if self._sign("("):
            value = self._sum()
            self._expect(")")
            return value
        if self._sign("["):
            return self._items("]")
        name = self._next("name")
        if name == "String":
            return self._by_codes()
        if name == "atob":
            self._expect("(")
            return _hidden(from_base64("".join(map(_plain, self._items(")")))))
        if name is None or name not in self._names:
            raise _UnknownError
        return self._names[name]

    def _filled(self, template: str) -> Text:
        """A template literal with the names that stand in it."""
        found: list[Piece] = []
        for at, part in enumerate(_HOLE.split(template[1:-1])):
            if at % 2 == 0:
                if "${" in part:
                    raise _UnknownError
                found += _pieces(f"`{part}`") if part else ()
            elif part in self._names:
                found += _text(self._names[part])
            else:
                raise _UnknownError
        return _text(tuple(found))

    def _items(self, end: str) -> list[Text]:
        found: list[Text] = []
        while not self._sign(end):
            found.append(_text(self._sum()))
            if not self._sign(","):
                self._expect(end)
                break
        return found

    def _item(self, value: _Value) -> Text:
        number = self._next("number")
        self._expect("]")
        if not isinstance(value, list) or number is None or _number(number) >= len(value):
            raise _UnknownError
        return value[_number(number)]

    def _by_codes(self) -> Text:
        if not (self._sign(".") and self._next("name") == "fromCharCode" and self._sign("(")):
            raise _UnknownError
        codes: list[str] = []
        while (number := self._next("number")) is not None:
            codes.append(chr(min(_number(number), 0xD7FF)))
            self._sign(",")
        self._expect(")")
        return _hidden("".join(codes))

    def _called(self, value: _Value, method: str) -> _Value:
        self._expect("(")
        pattern = self._next("pattern") if method == "replace" else None
        if pattern is not None:
            self._expect(",")
        given = [pattern] if pattern is not None else []
        given += map(_plain, self._items(")"))
        return _method(value, method, given)


def _number(text: str) -> int:
    return int(text, 16 if "x" in text else 10)


def _method(value: _Value, method: str, given: list[str]) -> _Value:
    if isinstance(value, list):
        if method == "reverse":
            return [_hidden(_plain(one)) for one in reversed(value)]
        if method == "join":
            return _joined(value, given[0] if given else ",")
        raise _UnknownError
    text = _plain(value)
    if method == "split" and len(given) == 1:
        return [_hidden(one) for one in (text.split(given[0]) if given[0] else text)]
    if method == "replace" and len(given) == 2:  # noqa: PLR2004 - what, and by what
        if len(text) * (1 + len(given[1])) > MAX_MADE:
            raise _UnknownError
        return _hidden(text.replace(given[0], given[1]))
    raise _UnknownError


def _joined(values: list[Text], between: str) -> Text:
    pieces: list[Piece] = []
    joint = Piece(between, hidden=not _JOINTS.isdisjoint(between))
    room = MAX_MADE
    for at, value in enumerate(values):
        room -= len(between) + _size(value)
        if room < 0:
            raise _UnknownError
        pieces += (*((joint,) if at and between else ()), *value)
    return tuple(pieces)


def _text(value: _Value) -> Text:
    if isinstance(value, list):
        raise _UnknownError
    return value


def _size(value: Text) -> int:
    return sum(len(piece.text) + 1 for piece in value)


def _plain(value: Text) -> str:
    return "".join(piece.text for piece in value)


def _hidden(text: str) -> Text:
    return (Piece(text, hidden=True),)
