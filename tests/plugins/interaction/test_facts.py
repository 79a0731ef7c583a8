"""What is gathered can be stored, and what gathers it can be set aside."""

import pickle

import pytest
from pydantic import TypeAdapter

from xuncha.page import parse_page
from xuncha_plugins.interaction.activities import ActivitiesSeen
from xuncha_plugins.interaction.channel import AddressesSeen
from xuncha_plugins.interaction.letters import LetterParams, LettersSeen

BODY = """<title>局长信箱</title><p>当前位置：<a href="/">首页</a> &gt; 局长信箱</p><p>信箱：jz@a.gov.cn</p>
<table><tr><th>标题</th><th>留言时间</th><th>状态</th></tr>
<tr><td><a href="1.html">反映路灯不亮</a></td><td>2026-10-12</td><td>未回复</td></tr></table>"""


@pytest.fixture
def probes(now):
    clock = lambda: now  # noqa: E731
    found = (LettersSeen(LetterParams(), clock), AddressesSeen(), ActivitiesSeen(clock))
    page = parse_page(BODY.encode(), url="http://www.a.gov.cn/hd/", depth=1)
    for probe in found:
        probe.visit(page)
    return found


def test_facts_survive_json(probes):
    for fact in (probe.conclude() for probe in probes):
        adapter = TypeAdapter(type(fact))
        assert adapter.validate_json(adapter.dump_json(fact)) == fact


def test_what_gathers_can_be_pickled(probes):
    letters, addresses, _ = probes
    assert pickle.loads(pickle.dumps(addresses)).conclude() == addresses.conclude()
    del letters._observed
    assert pickle.loads(pickle.dumps(letters._letters)) == letters._letters


def test_nothing_but_title_dates_and_state_is_kept_of_a_letter(probes):
    (letter,) = probes[0].conclude().letters
    assert (letter.title, letter.reply, letter.state.value) == ("反映路灯不亮", None, "pending")
