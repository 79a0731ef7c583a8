"""Looks and restores that are ended from outside, and programs that write what they should not."""

import asyncio
import threading
from pathlib import Path

import pytest

from xuncha.api import BackupCopy, Finished, Reason
from xuncha.testing import FakeFiles, FakeNet, earlier
from xuncha_plugins.backup import by_program, copies
from xuncha_plugins.backup.bounds import Meter, UntoldError
from xuncha_plugins.backup.copies import CopiesParams, copies_seen
from xuncha_plugins.backup.facts import CopyKind
from xuncha_plugins.backup.repositories import Repository
from xuncha_plugins.backup.restoring import Restoring
from xuncha_plugins.backup.titles import TitleSearch

REPOSITORY = Repository(CopyKind.RESTIC, "/r", b"secret")


def test_a_look_that_is_cancelled_hands_over_what_it_has_and_its_thread_ends(handed, tar, monkeypatch):
    examine, begun = copies.examine, threading.Event()

    def slow(file, files, meter, today):
        if file.path == "1.tar":
            return examine(file, files, meter, today)
        begun.set()
        while True:
            meter.take(0)

    async def cancelled():
        task = asyncio.create_task(copies_seen(fact, FakeFiles(files), FakeNet(), CopiesParams(), earlier()))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        return await task

    files = {"1.tar": tar({"a.html": b"x"}), "2.tar": tar({"b.html": b"x"})}
    fact = handed(files, BackupCopy("1.tar"), BackupCopy("2.tar"))
    monkeypatch.setattr(copies, "examine", slow)
    seen = asyncio.run(cancelled())
    assert ([copy.path for copy in seen.copies], seen.complete) == (["1.tar"], False)


class Restores:
    """A ``Net`` whose program restores into the folder that it is told."""

    def __init__(self, write, *, ends=True):
        self.write, self.ends, self.ended = write, ends, False

    async def run(self, program, *, deadline, stdin=b"", max_output=0):
        try:
            self.write(program[program.index("--target") + 1])
            if not self.ends:
                await asyncio.Event().wait()
        finally:
            self.ended = True
        return Finished(0, b"", b"", 0.1)


@pytest.fixture
def restore(tmp_path):
    """What is restored by a program that writes so."""

    def run(net, most=1_000_000):
        files, meter = FakeFiles({"repo": tmp_path}), Meter(10**9, 10**6, 60)
        with files.scratch(10**7) as scratch:
            restoring = Restoring(scratch, TitleSearch([]), meter, 10**6)
            asyncio.run(by_program.restore(REPOSITORY, files, net, meter, restoring, 0, most))
            return restoring.end()

    return run


def test_what_a_program_restores_is_taken_over(restore, tmp_path):
    def write(folder):
        (Path(folder) / "www").mkdir()
        (Path(folder) / "www" / "index.html").write_text("x")

    assert list(restore(Restores(write)).pages) == ["0/www/index.html"]


def test_links_that_it_restores_are_not_followed(restore, tmp_path):
    (tmp_path / "secret.html").write_text("x")

    def write(folder):
        (Path(folder) / "a.html").symlink_to(tmp_path / "secret.html")
        (Path(folder) / "b").symlink_to(tmp_path)

    assert restore(Restores(write)).pages == {}


def test_a_program_that_fills_the_disk_is_ended(restore, monkeypatch):
    monkeypatch.setattr(by_program, "_LOOK_EVERY", 0.001)
    net = Restores(lambda folder: (Path(folder) / "a.html").write_bytes(bytes(2_000)), ends=False)
    with pytest.raises(UntoldError) as caught:
        restore(net, most=1_000)
    assert (caught.value.reason, net.ended) == (Reason.DOCUMENT_TOO_LARGE, True)
