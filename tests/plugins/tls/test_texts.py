"""What the checks yield has words for it, and nothing else has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import xuncha_plugins.tls as plugin
from xuncha.declare import declared
from xuncha.metadata import load_checks, placeholders
from xuncha_plugins.tls import certificate_checks, transport_checks
from xuncha_plugins.tls.suites import Weakness

FOLDER = Path(plugin.__file__).parent
META = load_checks(FOLDER / "checks.yaml")
MODULES = (certificate_checks, transport_checks)


def keys_in_code() -> set[str]:
    """Every literal that looks like a message key, in the modules of the checks."""
    trees = [ast.parse(Path(module.__file__).read_text(encoding="utf-8")) for module in MODULES]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    words = {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]*", text)}
    return words | {kind.value for kind in Weakness} | {"signing-outside-dates", "encryption-outside-dates"}


def test_every_check_has_its_entry_and_no_entry_is_idle():
    assert {spec.id for module in MODULES for spec in declared(module)} == set(META.checks)


def test_every_message_is_used():
    written = {key for check in META.checks.values() for key in check.text.messages}
    assert written <= keys_in_code()


def spoken() -> Iterator[tuple[str, str, str]]:
    for check in META.checks.values():
        yield check.id, check.text.title.zh, check.text.title.en
        yield check.id, check.text.rationale.zh, check.text.rationale.en
        for remedy in check.text.remediation:
            yield check.id, remedy.text.zh, remedy.text.en
        for text in check.text.messages.values():
            yield check.id, text.zh, text.en


@pytest.mark.parametrize(("check", "zh", "en"), list(spoken()))
def test_both_languages_are_there_and_agree(check, zh, en):
    assert re.search(r"[\u4e00-\u9fff]", zh), check
    assert not re.search(r"[\u4e00-\u9fff，。；：]", en), check
    assert placeholders(zh) == placeholders(en)


def test_entry_point_names_every_module():
    assert {module.__name__.rpartition(".")[2] for module in plugin.xuncha_plugin()} == {
        "probes",
        "transport_checks",
        "certificate_checks",
    }
