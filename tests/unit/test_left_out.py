"""What is left out: listed with its reason by ``make test``, a failure in ``make acceptance``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
REAL = """
import pytest

@pytest.mark.acceptance
@pytest.mark.parametrize("number", range(3))
def test_with_a_real_server(number):
    pass

@pytest.mark.acceptance(reason="takes long")
def test_that_takes_long():
    pass
"""
SKIPPED = """
import pytest

@pytest.mark.skip(reason="no IPv6 here")
def test_over_ipv6():
    pass

def test_that_runs():
    pass
"""
WITHOUT_A_MODULE = "import pytest\npytest.importorskip('no_such_module')\n"


IMPOSSIBLE = SKIPPED.replace("no IPv6 here", "impossible here: no IPv6")


@pytest.fixture
def outcome_of(tmp_path):
    """Runs tests with this project's conftest; gives the lines that are printed and whether nothing failed."""

    def run(text, strict="0"):
        shutil.copy(CONFTEST, tmp_path)
        (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = acceptance\n")
        (tmp_path / "test_it.py").write_text(text)
        command = [sys.executable, "-m", "pytest", "-m", "not acceptance", "-p", "no:cacheprovider", "-W", "error"]
        environment = os.environ | {"XUNCHA_ACCEPTANCE": strict, "PYTEST_ADDOPTS": ""}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        nothing_ran = 5
        return [" ".join(line.split()) for line in done.stdout.splitlines()], done.returncode in {0, nothing_ran}

    return run


@pytest.mark.parametrize(
    "line", ["test_it.py 3 needs real servers: make acceptance", "test_it.py 1 takes long: make acceptance"]
)
def test_acceptance_tests_are_listed_by_file_with_their_number_and_reason(outcome_of, line):
    assert line in outcome_of(REAL)[0]


def test_any_other_skip_is_listed_with_its_reason(outcome_of):
    assert "test_it.py 1 no IPv6 here" in outcome_of(SKIPPED)[0]


def test_a_module_that_is_left_out_as_a_whole_is_listed(outcome_of):
    lines, _ = outcome_of(WITHOUT_A_MODULE)
    assert any(line.startswith("test_it.py 1 could not import 'no_such_module'") for line in lines)


def test_where_nothing_is_left_out_nothing_is_listed(outcome_of):
    assert not any("left out" in line for line in outcome_of("def test_it():\n    pass\n")[0])


@pytest.mark.parametrize(
    ("text", "strict", "passes"),
    [(SKIPPED, "1", False), (SKIPPED, "0", True), (WITHOUT_A_MODULE, "1", False), (IMPOSSIBLE, "1", True)],
    ids=["in acceptance", "elsewhere", "a whole module", "impossible"],
)
def test_what_is_left_out_fails_in_acceptance(outcome_of, text, strict, passes):
    assert outcome_of(text, strict)[1] == passes
