"""The fact ``Evidence`` of one site: declared, listed, vetted. Documents are read to refuse what must not be here."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from xuncha.config.errors import Problem
from xuncha.evidence.declaration import HOLDS_ID
from xuncha.evidence.kinds import DOCUMENTS, extension
from xuncha.evidence.listing import Listed, list_folder
from xuncha.evidence.mistakes import doubtful
from xuncha.evidence.refusals import named_fault, refusal
from xuncha.evidence.salvage import salvaged
from xuncha.model.documents import Documents, DocumentText
from xuncha.model.evidence import (
    DECLARATION,
    REFUSED,
    Declaration,
    Evidence,
    EvidenceFile,
    EvidenceProblem,
    Fault,
    FileKind,
    Piece,
    Unvetted,
)
from xuncha.model.files import FolderFiles, below
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.store.mask import mask_name

MOST_BYTES = 32_000_000
"""Of one document; a larger one is not read (see ``xuncha.documents.reader``)."""

MOST_DOCUMENTS = 300
MOST_TOLD = 100
"""Faulty lines of a list that are named."""

_GAPS = {
    Reason.DOCUMENT_ENCRYPTED: Fault.ENCRYPTED,
    Reason.DOCUMENT_DAMAGED: Fault.DAMAGED,
    Reason.DOCUMENT_UNSAFE: Fault.UNSAFE,
    Reason.DOCUMENT_TOO_LARGE: Fault.TOO_LARGE,
}
Deadlines = Mapping[Piece, date]


async def evidence_of(folder: Path, documents: Documents, deadlines: Deadlines, today: date) -> Evidence:
    """What lies in ``folder``; of a list with mistakes what can be read, and in which lines the mistakes are."""
    files = FolderFiles(folder)
    declaration, present, problems = await asyncio.to_thread(_declared, files)
    listed = await asyncio.to_thread(list_folder, folder)
    for one in problems:
        if one.text == HOLDS_ID:
            listed.fault(DECLARATION, Fault.RESIDENT_ID)
            break
    unvetted = await _vet(listed, declaration, files, documents)
    faults = tuple(_attributed(listed.problems, listed.files, declaration))
    lines = tuple(one.place.line or 0 for one in problems)
    return Evidence(
        today,
        declaration,
        tuple(listed.files),
        faults,
        dict(deadlines),
        present,
        listed.complete,
        lines[:MOST_TOLD],
        unvetted,
        doubtful(one.what for one in problems),
    )


def folder_of(evidence: Path, site: Site) -> Path:
    """Where a site's evidence lies below ``evidence``; an id that leads out of it names a folder that nobody makes."""
    return evidence / (below(site.evidence or site.id) or "无效编号")


def deadlines_of(site: Site, general: Mapping[str, date]) -> dict[Piece, date]:
    """Until when each piece is due: the site's own date, else that of the piece, else the one for all (``*``)."""
    dates = {piece: site.evidence_due or general.get(piece) or general.get("*") for piece in Piece}
    return {piece: due for piece, due in dates.items() if due}


def is_refused(path: str, evidence: object) -> bool:
    """Whether nobody may open a file, by what was found of the folder so far."""
    problems = evidence.problems if isinstance(evidence, Evidence) else ()
    return named_fault(path) is not None or any(one.path == path and one.fault in REFUSED for one in problems)


def _declared(files: FolderFiles) -> tuple[Declaration, bool, tuple[Problem, ...]]:
    """The declaration, whether there is one, and what is wrong with it."""
    try:
        path = Path(files.local(DECLARATION))
    except FileNotFoundError:
        return Declaration(), False, ()
    declaration, problems = salvaged(path)
    return declaration, True, problems


async def _vet(
    listed: Listed, declaration: Declaration, files: FolderFiles, documents: Documents
) -> tuple[Unvetted, ...]:
    """Read the documents, declared ones first, and take out what must not be here; the others that were not read.

    Pictures come last: OCR takes seconds for each.
    """
    declared = {below(path) for piece in Piece for path in declaration.paths(piece)}
    readable = [one for one in listed.files if extension(one.path) in DOCUMENTS and one.kind is not FileKind.EMPTY]
    readable.sort(key=lambda one: (one.path not in declared, one.path))
    listed.complete = listed.complete and len(readable) <= MOST_DOCUMENTS
    pictures = sorted(_pictures(listed, declaration), key=lambda one: one.path not in declared)
    room = max(MOST_DOCUMENTS - len(readable), 0)
    readable += pictures[:room]
    keys = {below(copy.password_file) for copy in declaration.backup.copies}  # we ask for these ourselves
    read_by_ocr: dict[str, int] = {}
    refused: set[str] = set()
    unvetted = [Unvetted(one.path, Reason.DOCUMENT_SCANNED) for one in pictures[room:]]
    for one in readable[:MOST_DOCUMENTS]:
        fault, why, ocr = await _fault(one, files, documents)
        fault = None if fault is Fault.LOGIN and one.path in keys else fault
        if why and fault not in REFUSED:
            unvetted.append(Unvetted(one.path, why))
        if ocr is not None:
            read_by_ocr[one.path] = ocr
        if fault:
            listed.fault(one.path, fault, ocr=ocr)
        if fault in REFUSED:
            refused.add(one.path)
    kept = (one for one in listed.files if one.path not in refused)
    listed.files[:] = [replace(one, ocr=read_by_ocr.get(one.path)) for one in kept]
    return tuple(unvetted)


def _pictures(listed: Listed, declaration: Declaration) -> Iterator[EvidenceFile]:
    """Photographs and scans; those in a copy of the site are the site's own."""
    copies = [below(path) for path in declaration.paths(Piece.BACKUP_COPIES)]
    for one in listed.files:
        copied = any(path and (one.path == path or one.path.startswith(f"{path}/")) for path in copies)
        if one.kind is FileKind.IMAGE and extension(one.path) not in DOCUMENTS and not copied:
            yield one


async def _fault(
    one: EvidenceFile, files: FolderFiles, documents: Documents
) -> tuple[Fault | None, Reason | None, int | None]:
    """What is wrong with a document by its text, why not all of it was read, and the confidence with which OCR did."""
    if one.size > MOST_BYTES:
        return Fault.TOO_LARGE, Reason.DOCUMENT_TOO_LARGE, None
    try:
        body = await asyncio.to_thread(files.read, one.path, MOST_BYTES)
    except OSError:
        return Fault.UNREADABLE, Reason.DOCUMENT_DAMAGED, None
    found = await documents.words(body, one.path, scans=True)
    if isinstance(found, DocumentText):
        return refusal(found), _left_unread(found), found.confidence
    return _GAPS.get(found.reason), found.reason, None


def _left_unread(found: DocumentText) -> Reason | None:
    if found.scanned or (found.unread and not found.text):
        return Reason.DOCUMENT_SCANNED
    if found.unread:
        return Reason.DOCUMENT_TOO_LARGE
    if found.by_ocr:
        return Reason.READ_BY_OCR
    return None if found.complete else Reason.DOCUMENT_TOO_LARGE


def _attributed(
    problems: Sequence[EvidenceProblem], files: Iterable[EvidenceFile], declaration: Declaration
) -> list[EvidenceProblem]:
    """The problems with the pieces they belong to, and those of paths at which nothing lies."""
    there = {one.path for one in files}
    faults: dict[str, list[EvidenceProblem]] = {}
    for one in problems:
        faults.setdefault(one.path, []).append(one)
    named: list[EvidenceProblem] = []
    for piece in Piece:
        for path in declaration.paths(piece):
            plain = below(path)
            known = faults.get(_as_listed(plain or ""), [])
            named += [replace(one, piece=piece) for one in known]
            if plain is None:
                named.append(EvidenceProblem(path, Fault.OUTSIDE, piece))
            elif not known and not any(one == plain or one.startswith(f"{plain}/") for one in there):
                named.append(EvidenceProblem(path, Fault.MISSING, piece))
    declared = {one.path for one in named}
    return named + [one for one in problems if one.path not in declared]


def _as_listed(path: str) -> str:
    """A path as the problems name it: one that is refused for its name is only known masked."""
    return mask_name(path) if named_fault(path) else path
