"""The worker's side: each document in a process of its own, whatever becomes of it."""

import asyncio
import json

import pytest

from xuncha.documents import reader
from xuncha.documents.reader import DocumentReader
from xuncha.model.documents import DocumentText
from xuncha.model.fact import Gap
from xuncha.model.netapi import Finished, NetError
from xuncha.model.reasons import Reason


def ask(body, name="a.doc"):
    return asyncio.run(DocumentReader().text(body, name))


@pytest.fixture
def process(monkeypatch):
    """Let the process end like this."""

    def end(code=0, said=b"", error=None):
        async def run(*_, **__):
            if error:
                raise error
            return Finished(code, said, b"", 0.1)

        monkeypatch.setattr(reader, "run_program", run)

    return end


def test_a_document_is_read_in_another_process(sample):
    found = ask(sample("list.xls"))
    assert isinstance(found, DocumentText)
    assert [part.hidden for part in found.parts] == [False, True]


def test_a_refusal_crosses_the_border_with_its_reason(docx):
    gap = ask(docx("<w:p>" * 1000))
    assert (gap.reason, gap.detail) == (Reason.DOCUMENT_UNSAFE, "a.doc: elements nested deeper than 500")


@pytest.mark.parametrize(
    ("code", "reason"), [(-9, Reason.DOCUMENT_TOO_LARGE), (-11, Reason.DOCUMENT_DAMAGED), (1, Reason.PROGRAM_FAILED)]
)
def test_a_process_that_dies_leaves_a_gap(process, code, reason):
    process(code)
    assert ask(b"x").reason is reason


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.TOO_LARGE])
def test_a_process_over_its_limits_means_that_the_document_is_too_large(process, reason):
    process(error=NetError(reason))
    assert ask(b"x").reason is Reason.DOCUMENT_TOO_LARGE


@pytest.mark.parametrize("said", [b"[]", b"{}", b'{"refused": "no-such"}', b'{"text": {"parts": [1]}}', b"\xff"])
def test_nonsense_from_the_process_is_a_failure_of_ours(process, said):
    process(said=said)
    assert ask(b"x").reason is Reason.PROGRAM_FAILED


def test_what_is_too_large_is_not_even_started(monkeypatch):
    monkeypatch.setattr(reader, "MAX_BYTES", 3)
    assert ask(b"long").reason is Reason.DOCUMENT_TOO_LARGE


def test_an_answer_holds_what_was_read(process):
    part = {"where": "page", "name": "1", "text": "政务", "hidden": False}
    process(said=json.dumps({"text": {"kind": "pdf", "parts": [part], "complete": False, "unread": 2}}).encode())
    found = ask(b"x")
    assert not isinstance(found, Gap)
    assert (found.text, found.complete, found.unread) == ("政务", False, 2)
