"""In acceptance a test that is left out is a failure, unless this machine forbids what it needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

LEFT_OUT = """
import pytest

def test_needs_a_program():
    pytest.skip("nginx is not installed")
"""
WITHOUT_A_MODULE = "import pytest\npytest.importorskip('no_such_module')\n"
FORBIDDEN_HERE = LEFT_OUT.replace("nginx is not installed", "impossible here: no file system may be mounted")


@pytest.mark.parametrize(
    ("tests", "strict", "passes"),
    [
        (LEFT_OUT, "1", False),
        (LEFT_OUT, "0", True),
        (WITHOUT_A_MODULE, "1", False),
        (FORBIDDEN_HERE, "1", True),
    ],
    ids=["in acceptance", "elsewhere", "a whole module", "impossible"],
)
def test_what_is_left_out_fails_in_acceptance(tmp_path, tests, strict, passes):
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_it.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "XUNCHA_ACCEPTANCE": strict}, capture_output=True, check=False
    )
    nothing_ran = 5
    assert (done.returncode in {0, nothing_ran}) == passes, done.stdout
