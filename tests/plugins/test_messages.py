"""No message stands idle: each is yielded somewhere. Plugins that put keys together have tests of their own for it."""

from importlib import import_module
from pathlib import Path

import pytest

from xuncha.metadata import load_checks
from xuncha.registry import discover

WRITTEN_OUT = {"availability", "domain", "freshness", "headers", "icp", "interaction", "services"}
PLUGINS = [ref for ref in discover() if ref.distribution == "xuncha" and ref.module.rpartition(".")[2] in WRITTEN_OUT]


@pytest.mark.parametrize("ref", PLUGINS, ids=lambda ref: ref.module)
def test_every_message_is_yielded_somewhere(ref):
    folder = Path(import_module(ref.module).__file__).parent
    sources = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    keys = {key for check in load_checks(ref.texts()).checks.values() for key in check.text.messages}
    assert [key for key in sorted(keys) if f'"{key}"' not in sources] == []
