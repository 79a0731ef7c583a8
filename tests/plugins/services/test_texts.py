"""What the texts of the checks say, and the words by which guides and platforms are known."""

import pytest

from xuncha.metadata import placeholders
from xuncha_plugins.services.guide_words import guide_words
from xuncha_plugins.services.words import words


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
