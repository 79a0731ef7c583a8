"""Bounds that only a process of its own can show."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits")


def run(code):
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)


def test_time_that_is_used_up_stops_even_what_swallows_exceptions():
    done = run(
        "from xuncha.documents.limits import *; from xuncha.documents.refusal import *\n"
        "limit(Limits(seconds=1))\n"
        "try:\n"
        " while True:\n"
        "  try:\n   sum(range(1000))\n"
        "  except Exception: pass\n"
        "except OutOfTimeError: print('stopped')"
    )
    assert done.stdout == "stopped\n"


def test_memory_is_bounded():
    done = run(
        "from xuncha.documents.limits import *\nlimit(Limits(memory=1 << 28))\n"
        "try:\n bytearray(1 << 29)\nexcept MemoryError: print('bounded')"
    )
    assert done.stdout == "bounded\n"


def test_what_was_read_before_the_time_was_up_is_kept():
    done = run(
        "from xuncha.documents import reading; from xuncha.documents.limits import *\n"
        "from xuncha.documents.refusal import *; from xuncha.model.documents import *\n"
        "def lines():\n yield 'first'\n raise OutOfTimeError\n"
        "reading._reader = lambda kind: lambda body, collected: collected.add(Where.BODY, '', lines())\n"
        "found = reading.read(b'', DocumentKind.TEXT)\nprint(found.text, found.complete)"
    )
    assert done.stdout == "first False\n"
