"""What the texts of the checks say, and the words by which columns and replies are known."""

import pytest

from xuncha_plugins.interaction.facts import State
from xuncha_plugins.interaction.lexicon import is_channel, is_letters, state_among


def test_the_rate_speaks_of_published_valid_letters_only(texts):
    check = texts.checks["interaction.reply-rate"].text
    assert "有效留言" in check.messages["below"].zh
    assert "近一年公开" in check.messages["below"].zh
    assert "{days} 个工作日" in check.messages["below"].zh


@pytest.mark.parametrize("name", ["局长信箱", "咨询投诉举报", "12345来信选登", "网络问政"])
def test_columns_of_letters(name):
    assert is_letters(name)


@pytest.mark.parametrize("name", ["网上信访", "纪检举报", "意见征集", "在线访谈", "问卷调查", "依申请公开"])
def test_exempt_columns(name):
    assert is_letters(name) is False


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("区教育局 2026-05-06 已回复", State.ANSWERED),
        ("区教育局2026-05-06办理中", State.WORKING),
        ("2026-05-06 已转办", State.ACCEPTED),
        ("未办结", State.PENDING),
        ("12345受理中心 2026-05-06", State.UNKNOWN),
        ("垃圾分类 2026-05-06", State.UNKNOWN),
        ("该问题我们正在处理并将于近期会同有关部门研究解决", State.UNKNOWN),
        ("不予受理", State.INVALID),
    ],
)
def test_the_state_is_a_short_word_of_its_own(words, state):
    assert state_among(words) is state


def test_a_company_may_not_hide_as_a_headline():
    assert not is_channel("关于加强工程咨询行业管理的通知")
