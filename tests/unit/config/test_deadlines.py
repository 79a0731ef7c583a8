"""Until when evidence is to be handed in, as ``xuncha.yaml`` says it."""

from datetime import date

import pytest

from xuncha.config.errors import ConfigError
from xuncha.config.office import read_settings
from xuncha.config.yaml import parse_yaml


@pytest.fixture
def said(tmp_path):
    def read(text):
        (tmp_path / "xuncha.yaml").write_text(text)
        return read_settings(tmp_path / "xuncha.yaml")

    return read


def test_a_piece_may_be_written_as_checks_are(said):
    due = said("evidence_due: {'*': 2026-12-01, backup.restore-drill: 2026-12-05}").evidence_due
    assert due == {"*": date(2026, 12, 1), "backup.restore_drill": date(2026, 12, 5)}


def test_an_unknown_piece_is_told_once_with_the_nearest_one(said):
    with pytest.raises(ConfigError) as told:
        said("evidence_due: {backup.restore: 2026-12-05}")
    (line,) = told.value.lines("zh")
    assert "没有这项材料，是否应为 backup.restore_drill" in line


def test_a_fault_of_the_yaml_is_told_in_chinese():
    with pytest.raises(ConfigError) as told:
        parse_yaml("a: b: c", "t.yaml")
    assert told.value.lines("zh") == ["t.yaml:1:5: YAML 语法错误：这里不应再有冒号（文字中含有冒号时请加引号）"]
