from datetime import UTC, datetime

import pytest

from xuncha.model.text import Text
from xuncha.pictures.caption import MOST_URL, Told, lines, outgoing, shown_url

HOME = "http://www.example.gov.cn/"
TOLD = Told(
    HOME, datetime(2026, 11, 23, 1, tzinfo=UTC), "picture:0:3", "20261123-090000-abcd", Text("甲", "a"), "Mozilla"
)


def test_the_strip_tells_page_time_with_offset_number_run_address_agent_and_hash():
    said = dict(lines(TOLD, "ff" * 32, 178, "zh"))
    assert said["网址"] == HOME
    assert said["截图时间"] == "2026-11-23 09:00:00 +08:00    截图编号 图1-4    检查编号 20261123-090000-abcd"
    assert (said["出口地址"], said["User-Agent"]) == ("甲", "Mozilla")
    assert said["SHA-256"].startswith("ff" * 32 + "（前 178 行像素以下")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (HOME + "\u202egpj.exe", HOME + "gpj.exe"),
        (HOME + "a\r\nb\x1b[2J\x00", HOME + "a b[2J"),
        (HOME + "中文", HOME + "\\u4e2d\\u6587"),
        (HOME + "?id=11010119900307803X", HOME + "?id=110101********803X"),
    ],
)
def test_what_an_address_hides_or_turns_round_does_not_reach_the_strip(url, shown):
    assert shown_url(url) == shown


def test_a_long_address_is_cut():
    assert len(shown_url(HOME + "a" * 9_000)) == MOST_URL


def test_an_address_within_a_harmful_one_can_not_be_opened():
    assert shown_url(HOME + "?to=http://bad.example/x", harmful=True) == HOME + "?to=hxxp://bad[.]example/x"


@pytest.mark.parametrize(
    ("vantage", "words"),
    [
        ({"address": "203.0.113.5", "source": "10.0.0.1"}, "203.0.113.5（检查单位填报）"),
        ({"source": "8.8.8.8"}, "8.8.8.8"),
        ({"source": "10.0.0.1"}, "出口地址未知（本机内网地址 10.0.0.1）"),
        ({"source": "<script>"}, "出口地址未知（本机内网地址 <script>）"),
        ({}, "出口地址未知"),
    ],
)
def test_the_outgoing_address_is_told_only_where_it_is_known(vantage, words):
    assert outgoing(vantage).zh == words
