"""A folder of evidence and what is made of it, with documents whose texts are planned."""

import asyncio
from datetime import date

import pytest

from xuncha.evidence.gathering import evidence_of
from xuncha.testing import FakeDocuments

TODAY = date(2026, 11, 2)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "a"
    made.mkdir()
    return made


@pytest.fixture
def put(folder):
    def write(path, content="内容"):
        full = folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(content if isinstance(content, bytes) else content.encode())
        return full

    return write


@pytest.fixture
def look(folder):
    """The evidence in the folder; documents hold what is planned by their paths, else their bytes as text."""

    def gathered(planned=None, due=None):
        return asyncio.run(evidence_of(folder, FakeDocuments(planned), due or {}, TODAY))

    return gathered
