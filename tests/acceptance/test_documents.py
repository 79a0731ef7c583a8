"""Old and foreign formats through LibreOffice itself."""

import asyncio
from pathlib import Path

import pytest

from xuncha.documents.reader import DocumentReader
from xuncha.model.documents import DocumentText

pytestmark = pytest.mark.acceptance

DATA = Path(__file__).parents[1] / "unit" / "documents" / "data"


def read(body):
    async def ask():
        reader = DocumentReader()
        try:
            return await reader.text(body)
        finally:
            await reader.aclose()

    return asyncio.run(ask())


def test_a_document_of_word_97_is_read_row_by_row(program):
    program("soffice")
    found = read((DATA / "list.doc").read_bytes())
    assert isinstance(found, DocumentText)
    assert "李四\t370203197505150051\t13964202588" in found.text


def test_rich_text_is_read(program):
    program("soffice")
    found = read(rb"{\rtf1\ansi Xuncha\par 12345}")
    assert isinstance(found, DocumentText)
    assert found.text.split() == ["Xuncha", "12345"]
