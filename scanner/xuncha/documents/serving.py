"""Reads one document after the other, each in a fork of its own.

The libraries are brought in once, which takes ten times as long as reading; what a document breaks ends with its fork.
"""

import gc
import json
import os
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from typing import BinaryIO

from xuncha.documents.answer import answer

MAX_SAID = 32_000_000
"""Bytes of one answer."""

HEAD = struct.Struct(">Q?")
"""Each document follows its length, and whether OCR is to read what of it is a picture."""

ANSWER = struct.Struct(">Qd")
"""Each answer follows its length and the seconds of processor time that it took."""

_LIBRARIES = ("openpyxl", "pypdf", "xlrd", "xuncha.page", "xuncha.documents.openxml", "xuncha.documents.plain")


def serve(given: BinaryIO, said: BinaryIO) -> None:
    """Answer until the other side closes."""
    for name in _LIBRARIES:
        __import__(name)
    gc.freeze()  # forks share what never moves
    while head := given.read(HEAD.size):
        size, scans = HEAD.unpack(head)
        body = given.read(size)
        found, seconds = (_forked if hasattr(os, "fork") else _started)(body, scans=scans)
        said.write(ANSWER.pack(len(found), seconds) + found)
        said.flush()


def _forked(body: bytes, *, scans: bool) -> tuple[bytes, float]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _say(body, theirs, scans=scans)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        found = stream.read(MAX_SAID + 1)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # also what LibreOffice may have left behind
    _, status, used = os.wait4(child, 0)  # with what LibreOffice used
    if len(found) > MAX_SAID or not found:
        found = json.dumps({"killed": os.waitstatus_to_exitcode(status)}).encode()
    return found, used.ru_utime + used.ru_stime


def _say(body: bytes, theirs: int, *, scans: bool) -> None:
    """The fork's whole life."""
    try:
        os.setpgid(0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)  # the line to the worker is not a document's to speak on
        os.dup2(nowhere, 1)
        with os.fdopen(theirs, "wb") as stream:
            stream.write(answer(body, scans=scans))
    finally:
        os._exit(0)


def _started(body: bytes, *, scans: bool) -> tuple[bytes, float]:
    """Where there are no forks: a process that does it all again, and takes its time by the clock."""
    command, begun = [sys.executable, "-I", "-m", "xuncha.documents", *(["--scans"] * scans)], time.monotonic()
    done = subprocess.run(command, input=body, capture_output=True, check=False)  # noqa: S603 - ourselves
    found = done.stdout[:MAX_SAID] or json.dumps({"killed": done.returncode}).encode()
    return found, time.monotonic() - begun
