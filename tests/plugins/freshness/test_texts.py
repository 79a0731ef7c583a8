"""The texts say all that the checks can yield, and nothing else."""

import re
from pathlib import Path

import pytest

import xuncha_plugins.freshness as plugin

SOURCES = "".join(path.read_text() for path in Path(plugin.__file__).parent.glob("*.py"))


def test_every_check_has_its_texts(texts, checks):
    assert set(texts.checks) == set(checks)


def test_every_message_is_yielded_somewhere(texts):
    keys = {key for check in texts.checks.values() for key in check.text.messages}
    assert [key for key in sorted(keys) if f'"{key}"' not in SOURCES] == []


def test_what_pages_lack_is_said_of_the_time_of_the_inspection(texts):
    said = [
        texts.checks["freshness.blank-columns"].text.messages["blank"],
        texts.checks["freshness.annual-report"].text.messages["missing"],
    ]
    assert all(re.search("检查时", text.zh) for text in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reason_names_its_rule(texts, language):
    numbers = [reference.number for reference in texts.checks["freshness.news-columns"].text.references]
    assert "国办秘函〔2019〕19号" in numbers
