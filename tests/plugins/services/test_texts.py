"""The texts say all that the checks can yield, and nothing else; the profile gives every number its basis."""

from pathlib import Path

import pytest

import xuncha_plugins.services as plugin
from xuncha.metadata import placeholders
from xuncha_plugins.services.guide_words import guide_words
from xuncha_plugins.services.words import words

SOURCES = "".join(path.read_text() for path in Path(plugin.__file__).parent.glob("*.py"))


def test_every_check_has_its_texts(texts, checks):
    assert set(texts.checks) == set(checks)


def test_every_message_is_yielded_somewhere(texts):
    keys = {key for check in texts.checks.values() for key in check.text.messages}
    assert [key for key in sorted(keys) if f'"{key}"' not in SOURCES] == []


@pytest.mark.parametrize("check", ["services.guides-complete", "services.guides-catch-all"])
def test_findings_name_the_guide(texts, check):
    named = [placeholders(text.zh) for key, text in texts.checks[check].text.messages.items() if key != "none"]
    assert all("title" in found for found in named)


def test_the_guide_has_the_twelve_elements_of_the_notice():
    names = "依据 条件 程序 时限 材料 表格 收费 办事机构名称 办公地址 办公电话 办理时间 咨询投诉渠道"
    assert list(guide_words().names.values()) == names.split()


def test_unified_platforms_are_known_by_host_or_name():
    assert words().is_platform("zwfw.shandong.gov.cn")
    assert words().is_platform("www.gjzwfw.gov.cn")
    assert words().is_platform("b.gov.cn", "山东政务服务网")
    assert not words().is_platform("www.shandong.gov.cn", "山东省人民政府")
