"""No message stands idle and none is missing, also where keys are put together."""

import ast
from pathlib import Path

import xuncha_plugins.backup as plugin
from xuncha.metadata import load_checks
from xuncha_plugins.backup.words import ELEMENTS

FOLDER = Path(plugin.__file__).parent
MADE = {"cut-off-in", "corrupt-in", "checksum-not-there", "checksum-unreadable"} | {
    f"{said}-{what}" for said in ("names", "lacks", "maybe") for what in ELEMENTS
}
"""Keys that are put together from parts."""

SHARED = {"denied", "rests-on", "failed", "planned", "blank", "repealed", "hollow"}
"""Said by what all plugins over evidence share."""


def literals():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def keys():
    return {key for check in load_checks(FOLDER / "checks.yaml").checks.values() for key in check.text.messages}


def test_every_message_is_said_somewhere():
    assert keys() - set(literals()) - MADE - {"not-handed-in"} - SHARED == set()


def said():
    """The first literal arguments of what ends in a message."""
    ways = {"finding": 1, "warning": 1, "ask": 1, "note": 0, "FlawError": 0, "Flaw": 0}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            at = ways.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            key = node.args[at] if at is not None and len(node.args) > at else None
            if isinstance(key, ast.Constant):
                yield key.value


def test_everything_that_is_said_has_its_words():
    assert set(said()) | MADE <= keys()
