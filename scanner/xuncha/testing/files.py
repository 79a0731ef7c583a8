"""A ``Files`` in memory, and an ``Evidence`` over the same table, as a worker would find them."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from xuncha.evidence.kinds import HEAD, kind_of
from xuncha.model.evidence import Declaration, Evidence, EvidenceFile, EvidenceProblem, Fault, Piece
from xuncha.model.files import MAX_READ, Metered, Scratch, below, scratch_folder

Planned = str | bytes | Path
"""Content as text or bytes, or a real file or folder on disk that stands for it (for programs)."""

LOOKED = date(2026, 11, 2)


class FakeFiles:
    """Implements ``xuncha.model.files.Files``: ``FakeFiles({"plan.docx": "第一章 总则"})``; ``asked`` lists reads."""

    def __init__(self, planned: Mapping[str, Planned] | None = None) -> None:
        self._planned = dict(planned or {})
        self.asked: list[str] = []

    def list(self) -> Iterator[str]:
        yield from sorted(self._all())

    def read(self, path: str, most: int = MAX_READ) -> bytes:
        return self._content(path)[:most]

    def size(self, path: str) -> int:
        return len(self._content(path))

    def open(self, path: str, most: int) -> AbstractContextManager[BinaryIO]:
        return cast("BinaryIO", Metered(io.BytesIO(self._content(path)), most))

    def local(self, path: str) -> str:
        found = self._planned.get(below(path) or "")
        if not isinstance(found, Path):
            raise FileNotFoundError(f"{path}: plan a Path for what programs read")
        return str(found)

    def scratch(self, most: int) -> AbstractContextManager[Scratch]:
        return scratch_folder(most)

    def _content(self, path: str) -> bytes:
        self.asked.append(path)
        found = self._all().get(below(path) or "")
        if found is None:
            raise FileNotFoundError(path)
        return found.read_bytes() if isinstance(found, Path) else found.encode() if isinstance(found, str) else found

    def _all(self) -> dict[str, Planned]:
        """What is planned, folders as the files below them."""
        found: dict[str, Planned] = {}
        for name, one in self._planned.items():
            if isinstance(one, Path) and one.is_dir():
                files = (path for path in one.rglob("*") if path.is_file())
                found |= {f"{name}/{path.relative_to(one).as_posix()}": path for path in files}
            else:
                found[name] = one
        return found


def evidence(
    declaration: Declaration | None = None,
    files: Mapping[str, Planned] | None = None,
    *,
    due: date | Mapping[Piece, date] | None = None,
    looked: date = LOOKED,
) -> Evidence:
    """The fact for a test: what is declared, over these files; declared paths without a file are problems.

    Args:
        declaration: nothing is declared without.
        files: as ``FakeFiles`` takes them.
        due: the deadline of every piece, or of some.
        looked: the day of looking.
    """
    said = declaration or Declaration()
    fake = FakeFiles(files)
    found = tuple(_file(fake, path) for path in fake.list())
    deadlines = dict.fromkeys(Piece, due) if isinstance(due, date) else dict(due or {})
    made = Evidence(looked, said, found, deadlines=deadlines, present=declaration is not None)
    missing = ((path, piece) for piece in Piece for path in said.paths(piece) if not made.files_at(path))
    problems = tuple(
        EvidenceProblem(path, Fault.MISSING if below(path) else Fault.OUTSIDE, piece) for path, piece in missing
    )
    return replace(made, problems=problems)


def _file(files: FakeFiles, path: str) -> EvidenceFile:
    body = files.read(path, most=1 << 40)
    return EvidenceFile(path, len(body), kind_of(body[:HEAD]), hashlib.sha256(body).hexdigest(), LOOKED)
