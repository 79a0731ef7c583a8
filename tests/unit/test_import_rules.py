"""The rules hold, and each of them would notice its breach."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rules():
    spec = importlib.util.spec_from_file_location("import_rules", ROOT / "tests" / "import_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def said(rules):
    """What the rules say of sources made up here."""
    return lambda texts: list(rules.violations(rules.imports(texts)))


def test_the_rules_hold(rules):
    assert list(rules.violations(rules.imports(rules.sources()))) == []


def test_every_folder_of_sources_is_read(rules):
    tops = {module.partition(".")[0] for module in rules.sources()}
    assert tops == {"xuncha", "xuncha_plugins", "xuncha_profiles", "xuncha_reports", "shanhai_security_txt"}


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("xuncha.plan", "import xuncha_plugins.tls"),
        ("xuncha.plan", "def late():\n    from xuncha_reports import html"),
        ("xuncha_plugins.links.checks", "from xuncha.judge import judge"),
        ("xuncha_plugins.links.checks", "from xuncha import judge"),
        ("shanhai_security_txt.checks", "from xuncha.net.client import SiteNet"),
        ("xuncha_reports.html", "from xuncha.store.bundle import Bundle"),
        ("xuncha_profiles.__init__", "import xuncha.api"),
        ("xuncha.crawl.reading", "import turbohtml"),
        ("xuncha_plugins.links.checks", "import yaml"),
        ("xuncha_plugins.tls.probes", "import sslyze.errors"),
        ("xuncha_plugins.tls.probes", "try:\n    from nassl import ssl_client\nexcept ImportError:\n    pass"),
    ],
)
def test_a_forbidden_import_is_named(said, module, text):
    texts = {"xuncha.judge": "", module: text}
    assert [line for line in said(texts) if line.startswith(module.removesuffix(".__init__"))]


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("xuncha_plugins.links.checks", "from xuncha.api import check\nfrom . import facts"),
        ("xuncha_reports.html", "from xuncha.store.result import RunResult"),
        ("xuncha_reports.html", "from xuncha.store import format as words"),
        ("xuncha.page.page", "from turbohtml import Document"),
        ("xuncha.planner", "import xuncha_pluginsque"),
    ],
)
def test_a_permitted_import_passes(said, module, text):
    texts = {"xuncha.store.format": "", "xuncha_plugins.links.facts": "", module: text}
    assert said(texts) == []


def test_what_workers_reach_over_others_is_named(said):
    texts = {
        "xuncha.worker.__main__": "from xuncha.a import b",
        "xuncha.a.__init__": "",
        "xuncha.a.b": "import rich.table",
    }
    assert said(texts) == ["xuncha.a.b:1 imports rich.table, and workers reach it"]


def test_what_a_package_imports_reaches_workers_too(said):
    texts = {"xuncha.worker.__main__": "import xuncha.a.b", "xuncha.a.__init__": "import jinja2", "xuncha.a.b": ""}
    assert said(texts) == ["xuncha.a:1 imports jinja2, and workers reach it"]


def test_a_heavy_import_within_a_function_waits_for_its_call(said):
    texts = {"xuncha.worker.__main__": "import xuncha.a", "xuncha.a": "def read():\n    import openpyxl"}
    assert said(texts) == []


def test_a_ring_is_named(said):
    texts = {"xuncha.a": "from xuncha import b", "xuncha.b": "from . import c", "xuncha.c": "import xuncha.a"}
    (line,) = said(texts)
    assert line.startswith("imports in a ring: ")


def test_imports_for_types_and_within_functions_make_no_ring(said):
    first = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from xuncha import b"
    second = "from xuncha import c"
    assert said({"xuncha.a": first, "xuncha.b": second, "xuncha.c": "def f():\n    import xuncha.a"}) == []
