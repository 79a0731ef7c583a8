import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net import tether
from xuncha.net.programs import run_program

posix = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux")


@pytest.fixture
def python(run):
    """Run Python code as a program."""

    def start(code, *arguments, deadline=10.0, **options):
        return run(run_program([sys.executable, "-I", "-c", code, *arguments], deadline=deadline, **options))

    return start


def reason_of(python, code, *arguments, **options):
    with pytest.raises(NetError) as caught:
        python(code, *arguments, **options)
    return caught.value.reason


def test_output_and_exit_code_come_back(python):
    finished = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (finished.code, finished.stdout.split(), finished.stderr.split()) == (3, [b"out"], [b"err"])


def test_it_reads_what_it_is_given(python):
    assert python("import sys; print(len(sys.stdin.read()))", stdin=b"x" * 200_000).stdout.strip() == b"200000"


def test_it_need_not_read_what_it_is_given(python):
    assert python("pass", stdin=b"x" * 2_000_000).code == 0


def test_arguments_pass_no_shell(python):
    assert python("import sys; print(sys.argv[1])", "$(id); `id` | *").stdout.strip() == b"$(id); `id` | *"


def test_the_environment_is_bare(python, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    assert b"SECRET_TOKEN" not in python("import os; print(sorted(os.environ))").stdout


@posix
def test_its_clock_shows_the_time_of_shanghai(python):
    code = "import time; print(time.strftime('%H', time.localtime(0)))"
    assert python(code).stdout.split() == [b"08"]


def test_what_it_writes_goes_with_it(python):
    folder = python("import os; open('left', 'w').close(); print(os.getcwd())").stdout.decode().strip()
    assert not Path(folder).exists()


def test_a_program_that_does_not_end_is_killed(python):
    assert reason_of(python, "import time; time.sleep(99)", deadline=0.3) == Reason.TIMEOUT


def test_a_program_that_says_too_much_is_killed(python):
    assert reason_of(python, "while True: print('x' * 999)", max_output=100_000) == Reason.TOO_LARGE


def test_errors_count_as_output(python):
    code = "import sys\nwhile True: print('x' * 999, file=sys.stderr)"
    assert reason_of(python, code, max_output=100_000) == Reason.TOO_LARGE


def test_a_missing_program_is_told_by_name(run):
    with pytest.raises(NetError, match="program-missing: no-such-program"):
        run(run_program(["no-such-program"], deadline=5))


def test_a_file_that_is_no_program_failed(run, tmp_path):
    (tmp_path / "data").write_bytes(b"\0")
    with pytest.raises(NetError, match="program-failed"):
        run(run_program([str(tmp_path / "data")], deadline=5))


CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
print(child.pid, flush=True)
"""


def gone(pid):
    """Whether the process is over, or will be as soon as init has noticed."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                continue
        return True
    os.kill(pid, signal.SIGKILL)
    return False


@linux
def test_children_that_it_leaves_behind_are_killed(python):
    assert gone(int(python(CHILD).stdout))


@linux
def test_children_are_killed_at_the_deadline(python, tmp_path):
    code = CHILD + f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\nchild.wait()"
    assert reason_of(python, code, deadline=1.0) == Reason.TIMEOUT
    assert gone(int((tmp_path / "pid").read_text()))


PARENT = """
import asyncio, sys
from xuncha.net.programs import run_program
code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(99)"
asyncio.run(run_program([sys.executable, "-c", code, sys.argv[1]], deadline=99))
"""


@linux
def test_it_ends_when_who_started_it_is_killed(tmp_path):
    path = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(path)])
    while not (path.exists() and path.read_text()):
        assert parent.poll() is None
    parent.kill()
    parent.wait()
    assert gone(int(path.read_text()))


@linux
def test_whose_parent_is_gone_already_does_not_start():
    alone = subprocess.run([sys.executable, tether.__file__, "1", "echo", "started"], capture_output=True, check=False)
    assert (alone.returncode, alone.stdout) == (-signal.SIGKILL, b"")


@linux
def test_memory_is_limited(python):
    code = "import time; time.sleep(0.2); x = bytearray(1 << 30)"
    assert b"MemoryError" in python(code, memory=512 << 20).stderr


def test_a_cancelled_run_leaves_nothing(run):
    async def main():
        task = asyncio.ensure_future(run_program([sys.executable, "-c", "import time; time.sleep(99)"], deadline=99))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert run(main())
