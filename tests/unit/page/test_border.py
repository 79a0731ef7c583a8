"""The parser is known in one place only, so that it can be replaced there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
IMPORT = re.compile(r"^\s*(?:import|from)\s+turbohtml\b", re.MULTILINE)


def test_only_this_package_imports_the_parser():
    folders = ("scanner", "plugins", "reports", "profiles")
    sources = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    users = {path.parent for path in sources if IMPORT.search(path.read_text("utf-8"))}
    assert users == {ROOT / "scanner" / "xuncha" / "page"}


def test_values_hold_no_nodes_of_the_parser():
    values = (ROOT / "scanner" / "xuncha" / "page" / "values.py").read_text("utf-8")
    assert "turbohtml" not in values
