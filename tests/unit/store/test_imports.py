import subprocess
import sys

import pytest

HEAVY = {"sqlalchemy", "alembic", "rich", "jinja2", "openpyxl"}


@pytest.mark.parametrize("module", ["bundle", "codec", "mask", "warc"])
def test_what_workers_use_stays_light(module):
    code = f"import sys, xuncha.store.{module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())
