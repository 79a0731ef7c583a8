"""PDF through pypdf: the text layer, page by page. Pages without one are counted, never taken for empty."""

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from xuncha.documents.collected import Collected
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import Where
from xuncha.model.reasons import Reason

_MEANINGLESS = 0.3
"""A page of which so much is control, private or replacement characters was not decoded."""

_ONLY_LINES = 3_000
"""Bytes of drawing that a page without words may hold: frames and rules."""

_SCANNER = re.compile(r"^.*(?:扫描全能王|CamScanner|[Ss]canned (?:by|with)).*$", re.MULTILINE)
"""What apps write below each page that they photograph."""

_SHOWS = re.compile(rb"\b(?:T[jJ]|BI)\b")


def read_pdf(body: bytes, collected: Collected) -> None:
    """Every page; one that can't be read is counted and the next one tried."""
    try:
        reader = PdfReader(BytesIO(body), strict=False)
        # Many are only protected against changes: the empty password opens them, as every viewer does.
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError(Reason.DOCUMENT_ENCRYPTED, "the PDF asks for a password")
        pages = len(reader.pages)
    except PyPdfError as error:
        raise RefusedError(Reason.DOCUMENT_DAMAGED, f"PDF: {error}") from None
    collected.note_aside(_properties(reader))
    for number in range(pages):
        if collected.full:
            collected.complete = False
            return
        _read_page(reader, number, collected)


def _properties(reader: PdfReader) -> list[str]:
    """Title, subject, keywords and what else its makers wrote of it."""
    try:
        return [str(value)[:1_000] for value in (reader.metadata or {}).values() if value]
    except Exception:  # noqa: BLE001 - broken properties make pypdf raise nearly anything
        return []


def _read_page(reader: PdfReader, number: int, collected: Collected) -> None:
    try:
        page = reader.pages[number]
        if _drawing(page) > collected.limits.drawing:
            collected.complete = False
            return
        text = _SCANNER.sub("", page.extract_text()).strip()
        drawn = bool(text) or _shows_something(page)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken page makes pypdf raise nearly anything
        text, drawn = "", True
    if text and _is_meaningful(text):
        collected.add(Where.PAGE, str(number + 1), text.splitlines())
    elif drawn:
        collected.unread += 1
        collected.scans.append(number + 1)


def _shows_something(page: Any) -> bool:
    """Whether a page without text holds a picture, letters that were not understood, or letters drawn as curves."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is not None and objects.get_object():
        return True
    contents = page.get_contents()
    drawing = contents.get_data() if contents is not None else b""
    return len(drawing) > _ONLY_LINES or _SHOWS.search(drawing) is not None


def _drawing(page: Any) -> int:
    """How many bytes draw a page; words cost a hundred times what unpacking them does."""
    contents = page.get_contents()
    return 0 if contents is None else len(contents.get_data())


def _is_meaningful(text: str) -> bool:
    odd = sum(
        1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\t\n\r")
    )
    return odd < _MEANINGLESS * len(text)
