"""Documents of one piece of evidence as lines with their places. For all plugins that judge what was handed in."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xuncha.api import (
    FOR_EYES,
    Ask,
    DocumentLocator,
    Documents,
    DocumentText,
    Evidence,
    EvidenceFile,
    Files,
    Gap,
    Note,
    Passage,
    Piece,
    Reason,
    Unsure,
    ask,
    note,
    passages,
    unsure,
)
from xuncha_plugins.evidence.spelling import plain

DECLARED_IN = "evidence.yaml"
MOST_BYTES = 32_000_000
"""Of one file; of a longer one only the beginning would be read, which is no document."""

MOST_FILES = 30
MOST_LINES = 10_000
MOST_CHARACTERS = 400_000
"""Of one file, in one form for each character: a few seconds of looking, and more than a person would look through."""

LONGEST_LINE = 2_000
"""Characters of a line; a longer one, which no person wrote, is read in pieces, so that reading stays linear."""


_ROW = re.compile(r"\s*[|｜]([^\n]*[|｜][^\n]*)[|｜]\s*")
_RULE = re.compile(r"[\s|｜:\-—]+")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, or (``partly``) not all of it, and why."""

    at: DocumentLocator
    reason: Reason
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a document as they stand there (masked, cut), and their place."""

    words: str
    at: DocumentLocator


@dataclass(frozen=True, slots=True)
class PieceRead:
    """The lines of all files of a piece, and what was not read; no fact: only what is found in them is stored."""

    lines: tuple[Passage, ...] = ()
    unread: tuple[Unread, ...] = ()


async def read_piece(evidence: Evidence, piece: Piece, files: Files, documents: Documents) -> PieceRead:
    """Read the usable files that a piece declares, the first ``MOST_FILES`` of them."""
    lines: list[Passage] = []
    unread: list[Unread] = []
    declared = evidence.of(piece)
    for file in declared[:MOST_FILES]:
        found, missing = await _read(file, piece, files, documents)
        lines += found
        unread += missing
    unread += [Unread(at(file, piece), Reason.DOCUMENT_TOO_LARGE) for file in declared[MOST_FILES:]]
    return PieceRead(tuple(lines), tuple(unread))


async def _read(
    file: EvidenceFile, piece: Piece, files: Files, documents: Documents
) -> tuple[list[Passage], list[Unread]]:
    place = at(file, piece)
    if file.size > MOST_BYTES:
        return [], [Unread(place, Reason.DOCUMENT_TOO_LARGE)]
    try:
        body = await asyncio.to_thread(files.read, file.path, MOST_BYTES)
    except OSError:
        return [], [Unread(place, Reason.DOCUMENT_DAMAGED)]
    text = await documents.text(body, file.path, scans=True)
    if isinstance(text, Gap):
        return [], [Unread(place, text.reason)]
    kept, all_of_it = await asyncio.to_thread(_lines, passages(file, text, piece))
    if not kept:
        return [], [Unread(place, Reason.DOCUMENT_SCANNED)]
    why = _not_whole(text, all_of_it=all_of_it)
    return kept, [Unread(place, why, partly=True)] if why else []


def _not_whole(text: DocumentText, *, all_of_it: bool) -> Reason | None:
    """Why what is not in the lines may be in the document all the same."""
    if text.unread:
        return Reason.DOCUMENT_SCANNED
    if not text.complete or not all_of_it:
        return Reason.DOCUMENT_TOO_LARGE
    return Reason.READ_BY_OCR if text.by_ocr else None


def _lines(given: Iterable[Passage]) -> tuple[list[Passage], bool]:
    """As many of the lines as may be looked at, and whether these are all."""
    kept: list[Passage] = []
    room = MOST_CHARACTERS
    for piece in (piece for passage in given for row in in_cells(passage) for piece in in_pieces(row)):
        room -= len(plain(piece.text))
        if room < 0 or len(kept) >= MOST_LINES:
            return kept, False
        kept.append(piece)
    return kept, True


def in_cells(passage: Passage) -> Iterator[Passage]:
    """A row drawn with bars (|项目|频次|) in cells, as other tables are read; without the line below a heading."""
    row = _ROW.fullmatch(passage.text)
    if row is None:
        yield passage
    elif not _RULE.fullmatch(passage.text):
        cells = (cell.strip() for cell in re.split("[|｜]", row[1]))
        yield Passage("\t".join(cells), passage.locator)


def in_pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces that are no longer than a line may be, also in one form for each character."""
    even = len(plain(passage.text))
    if even <= LONGEST_LINE:
        yield passage
        return
    step = max(1, LONGEST_LINE * len(passage.text) // even)
    for start in range(0, len(passage.text), step):
        yield Passage(passage.text[start : start + step], passage.locator)


def at(file: EvidenceFile, piece: Piece) -> DocumentLocator:
    """A file as a whole, handed in for ``piece``."""
    return DocumentLocator(file.path, piece, sha256=file.sha256, ocr=file.ocr)


def declared(piece: Piece, name: str = "") -> DocumentLocator:
    """An entry of the declaration, or one field of it."""
    return DocumentLocator(DECLARED_IN, f"{piece}.{name}" if name else piece)


def first_of(evidence: Evidence, piece: Piece) -> DocumentLocator:
    """The first usable file of a piece; where there is none, its entry in the declaration."""
    return next((at(file, piece) for file in evidence.of(piece)), declared(piece))


def rests_on(shown: Shown | None) -> Iterator[Note]:
    """What a judgement rests on, as a note (message ``rests-on``): file, place in it, its words, its SHA-256."""
    if shown:
        yield note("rests-on", at=shown.at, words=shown.words)


def to_look_at(unread: Iterable[Unread], key: str = "unread", **values: str) -> Iterator[Ask | Unsure]:
    """Files without text: a person is asked (message ``key``) where eyes help, else it can't be told.

    Of what OCR read the question is another one (message ``read-by-ocr``), but the answer the same.
    """
    for one in unread:
        if one.partly or one.reason in FOR_EYES:
            asked = "read-by-ocr" if one.reason is Reason.READ_BY_OCR else key
            yield ask(one.at, asked, distinct=key, **values)
        else:
            yield unsure(one.reason)
