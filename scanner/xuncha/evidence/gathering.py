"""The fact ``Evidence`` of one site: declared, listed, vetted. Documents are read to refuse what must not be here."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from xuncha.config.errors import ConfigError
from xuncha.evidence.declaration import read_declaration
from xuncha.evidence.kinds import DOCUMENTS, extension
from xuncha.evidence.listing import Listed, list_folder
from xuncha.evidence.refusals import named_fault, refusal
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
)
from xuncha.model.fact import Gap
from xuncha.model.files import FolderFiles, below
from xuncha.model.message import params
from xuncha.model.reasons import Reason
from xuncha.model.site import Site

MOST_BYTES = 32_000_000
"""Of one document; a larger one is not read (see ``xuncha.documents.reader``)."""

MOST_DOCUMENTS = 300
_GAPS = {
    Reason.DOCUMENT_ENCRYPTED: Fault.ENCRYPTED,
    Reason.DOCUMENT_DAMAGED: Fault.DAMAGED,
    Reason.DOCUMENT_UNSAFE: Fault.UNSAFE,
    Reason.DOCUMENT_TOO_LARGE: Fault.TOO_LARGE,
}
Deadlines = Mapping[Piece, date]


async def evidence_of(folder: Path, documents: Documents, deadlines: Deadlines, today: date) -> Evidence | Gap:
    """What lies in ``folder``; a gap ``evidence-unreadable`` where its ``evidence.yaml`` has mistakes."""
    files = FolderFiles(folder)
    try:
        declaration, present = await asyncio.to_thread(_declared, files)
    except ConfigError as error:
        lines = error.lines("zh")
        return Gap(Reason.EVIDENCE_UNREADABLE, params(mistakes=len(error.problems)), "\n".join(lines)[:2_000])
    listed = await asyncio.to_thread(list_folder, folder)
    await _vet(listed, declaration, files, documents)
    problems = _attributed(listed.problems, listed.files, declaration)
    found = tuple(listed.files)
    return Evidence(today, declaration, found, tuple(problems), dict(deadlines), present, listed.complete)


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


def _declared(files: FolderFiles) -> tuple[Declaration, bool]:
    """The declaration, and whether there is one. Raises ConfigError."""
    try:
        return read_declaration(Path(files.local(DECLARATION))), True
    except FileNotFoundError:
        return Declaration(), False


async def _vet(listed: Listed, declaration: Declaration, files: FolderFiles, documents: Documents) -> None:
    """Read the documents, declared ones first, and take out what must not be here."""
    declared = {below(path) for piece in Piece for path in declaration.paths(piece)}
    readable = [one for one in listed.files if extension(one.path) in DOCUMENTS and one.kind is not FileKind.EMPTY]
    readable.sort(key=lambda one: (one.path not in declared, one.path))
    listed.complete = listed.complete and len(readable) <= MOST_DOCUMENTS
    refused: set[str] = set()
    for one in readable[:MOST_DOCUMENTS]:
        fault = await _fault(one, files, documents)
        if fault:
            listed.fault(one.path, fault)
        if fault in REFUSED:
            refused.add(one.path)
    listed.files[:] = [one for one in listed.files if one.path not in refused]


async def _fault(one: EvidenceFile, files: FolderFiles, documents: Documents) -> Fault | None:
    """What is wrong with a document, as far as its text tells."""
    if one.size > MOST_BYTES:
        return Fault.TOO_LARGE
    try:
        body = await asyncio.to_thread(files.read, one.path, MOST_BYTES)
    except OSError:
        return Fault.UNREADABLE
    found = await documents.words(body, one.path)
    if isinstance(found, DocumentText):
        return refusal(found)
    return _GAPS.get(found.reason)


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
            known = faults.get(plain or "", [])
            named += [EvidenceProblem(one.path, one.fault, piece, one.detail) for one in known]
            if plain is None:
                named.append(EvidenceProblem(path, Fault.OUTSIDE, piece))
            elif not known and not any(one == plain or one.startswith(f"{plain}/") for one in there):
                named.append(EvidenceProblem(path, Fault.MISSING, piece))
    declared = {one.path for one in named}
    return named + [one for one in problems if one.path not in declared]
