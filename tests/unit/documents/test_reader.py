"""The worker's side: one server, each document in a fork of its own, whatever becomes of it."""

import asyncio
import json
import subprocess
import sys

import pytest

from xuncha.documents import reader
from xuncha.documents.reader import DocumentReader
from xuncha.model.documents import DocumentText
from xuncha.model.reasons import Reason

ENDLESS = "import time; time.sleep(600)"
BOASTFUL = "import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(b'\\xff' * 16); sys.stdout.flush()"


async def ask(*bodies):
    """What is read of these documents by one reader."""
    asked = DocumentReader()
    try:
        return [await asked.text(body, "a.doc") for body in bodies]
    finally:
        await asked.aclose()


@pytest.fixture
def server(monkeypatch):
    """Put this Python code in the server's place."""
    return lambda code: monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-I", "-c", code))


def test_a_document_is_read_in_another_process(sample):
    (found,) = asyncio.run(ask(sample("list.xls")))
    assert isinstance(found, DocumentText)
    assert [part.hidden for part in found.parts] == [False, True]


def test_a_refusal_crosses_the_border_with_its_reason(docx):
    (gap,) = asyncio.run(ask(docx("<w:p>" * 1000)))
    assert (gap.reason, gap.detail) == (Reason.DOCUMENT_UNSAFE, "a.doc: elements nested deeper than 500")


def test_a_bad_document_costs_only_its_own_reading(sample, docx):
    bad, good = asyncio.run(ask(docx("<w:p>" * 1000), sample("list.docx")))
    assert (bad.reason, type(good)) == (Reason.DOCUMENT_UNSAFE, DocumentText)


def test_documents_asked_for_at_once_get_their_own_answers():
    async def both():
        asked = DocumentReader()
        try:
            return await asyncio.gather(*(asked.text(f"文本{number}".encode()) for number in range(5)))
        finally:
            await asked.aclose()

    assert [found.text for found in asyncio.run(both())] == [f"文本{number}" for number in range(5)]


def test_a_server_that_is_gone_is_started_again(monkeypatch, server):
    async def twice():
        asked = DocumentReader()
        usual = reader.COMMAND
        server("pass")
        first = await asked.text(b"a")
        monkeypatch.setattr(reader, "COMMAND", usual)
        try:
            return first, await asked.text("政务".encode())
        finally:
            await asked.aclose()

    first, second = asyncio.run(twice())
    assert (first.reason, second.text) == (Reason.PROGRAM_FAILED, "政务")


def test_after_a_time_of_idleness_a_new_server_is_started(monkeypatch):
    monkeypatch.setattr(reader, "IDLE", 0)
    assert [found.text for found in asyncio.run(ask(b"one", b"two"))] == ["one", "two"]


def test_a_document_that_takes_too_long_is_too_large(monkeypatch, server):
    server(ENDLESS)
    monkeypatch.setattr(reader, "DEADLINE", 0.05)
    assert asyncio.run(ask(b"x"))[0].reason is Reason.DOCUMENT_TOO_LARGE


def test_who_gives_up_waiting_leaves_no_answer_behind(server):
    async def cancelled():
        asked = DocumentReader()
        server(ENDLESS)
        waiting = asyncio.ensure_future(asked.text(b"x"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return asked._server

    assert asyncio.run(cancelled()) is None


def test_a_server_that_says_too_much_is_not_listened_to(server):
    server(BOASTFUL)
    assert asyncio.run(ask(b"x"))[0].reason is Reason.PROGRAM_FAILED


@pytest.mark.parametrize(
    ("code", "reason"), [(-9, Reason.DOCUMENT_TOO_LARGE), (-11, Reason.DOCUMENT_DAMAGED), (1, Reason.PROGRAM_FAILED)]
)
def test_a_fork_that_dies_is_told_by_how_it_ended(code, reason):
    assert reader._understood(json.dumps({"killed": code}).encode(), "").reason is reason


@pytest.mark.parametrize("said", [b"[]", b"{}", b'{"refused": "no-such"}', b'{"text": {"parts": [1]}}', b"\xff"])
def test_nonsense_is_a_failure_of_ours(said):
    assert reader._understood(said, "").reason is Reason.PROGRAM_FAILED


def test_what_is_too_large_is_not_even_started(monkeypatch):
    monkeypatch.setattr(reader, "MAX_BYTES", 3)
    assert asyncio.run(ask(b"long"))[0].reason is Reason.DOCUMENT_TOO_LARGE


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize(("end", "code"), [("os.kill(os.getpid(), 11)", -11), ("os._exit(3)", 3)])
def test_a_fork_that_crashes_is_noticed_by_the_server(end, code):
    script = f"from xuncha.documents import serving; import os\nserving.answer = lambda body, scans: {end}\n"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script + "print(serving._forked(b'x', scans=False)[0].decode())"],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == {"killed": code}


def test_one_document_may_be_read_without_a_server(sample):
    done = subprocess.run(
        [sys.executable, "-I", "-m", "xuncha.documents"], input=sample("list.xlsx"), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["text"]["kind"] == "xlsx"


def test_the_time_of_reading_is_told(sample):
    async def timed():
        asked = DocumentReader()
        try:
            return await asked.read(sample("list.xlsx"))
        finally:
            await asked.aclose()

    found, seconds = asyncio.run(timed())
    assert (isinstance(found, DocumentText), 0 < seconds < reader.DEADLINE) == (True, True)
