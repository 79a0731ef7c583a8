"""Registers are part of what every plugin imports, so they must cost little."""

import subprocess
import sys


def test_plugins_and_workers_do_not_load_the_inventory():
    code = "import sys, xuncha.api, xuncha.worker.inspection; print([m for m in sys.modules if 'inventory' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
