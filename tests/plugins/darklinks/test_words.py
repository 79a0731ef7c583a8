"""Words are read as readers read them, and found only where they stand by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.darklinks.hosts import bad_source, is_odd, is_strange, says_spam
from xuncha_plugins.darklinks.words import (
    advertises,
    bare_words,
    brand_in_organ,
    masked,
    opposed,
    plain,
    signs,
    solicits,
)


@pytest.mark.parametrize(
    "text",
    [
        "六合彩",
        "六 合 彩",
        "六\u200b合\u200d彩",
        "六.合.彩",
        "【六合彩】",
        "六　合　彩",
        "六(liu)合(he)彩",
        "香港六合彩\ufeff",
    ],
)
def test_what_is_put_between_hides_nothing(text):
    assert {sign.word for sign in signs(text)} == {"六合彩"}


@pytest.mark.parametrize("text", ["ＢＥＴ３６５", "Bet365", "bet365 官网"])
def test_width_and_case_make_no_difference(text):
    assert {sign.word for sign in signs(text)} == {"bet365"}


@pytest.mark.parametrize(
    "text", ["specialists", "cialisation", "Lancashire", "m88k", "the poker table", "彩票", "赌博", "开户", "投注站"]
)
def test_parts_of_words_and_ordinary_words_are_no_signs(text):
    assert not signs(text)


def test_of_words_within_each_other_the_longest_counts():
    assert len(signs("新葡京")) == 1


@pytest.mark.parametrize("text", ["警方捣毁百家乐赌场", "远离六合彩，拒绝赌博", "迷药案件告破", "打击时时彩专项行动"])
def test_words_of_those_who_fight_it_speak_against_it(text):
    assert signs(text)
    assert opposed(text)
    assert not advertises(text)


@pytest.mark.parametrize("text", ["皇冠體育", "百家樂開戶", "傳奇私服", "黃色網站"])
def test_traditional_characters_hide_nothing(text):
    assert signs(text)


@pytest.mark.parametrize("text", ["亚博官网", "明升", "无码人员登记", "申博考试报名", "管家婆软件"])
def test_a_weak_word_alone_is_no_sign(text):
    assert not signs(text)


@pytest.mark.parametrize("text", ["亚博 明升", "亚博开户", "天博·(中国)官方网站", "无码中文字幕"])
def test_a_weak_word_counts_beside_another_or_beside_loud_soliciting(text):
    assert signs(text)


def test_what_is_only_quoted_advertises_nothing():
    assert not advertises("一个“时时彩”群主的末日")
    assert advertises("百家乐开户")


def test_a_text_is_bare_that_says_nothing_but_spam():
    assert bare_words("亚博 app")
    assert not bare_words("亚博园小区")


def test_the_name_of_an_organ_speaks_neither_for_nor_against():
    assert not opposed("百家乐官网_示例区公安局")


def test_a_brand_within_the_name_of_an_organ_is_seen():
    assert brand_in_organ("皇冠体育app市人民政府")
    assert not brand_in_organ("市人民政府关于打击六合彩的通告")


def test_soliciting_is_told_from_naming():
    assert solicits("百家乐开户", "gambling")
    assert not solicits("百家乐", "gambling")


@pytest.mark.parametrize(("word", "shown"), [("六合彩", "六*彩"), ("a片", "a*"), ("皇冠体育", "皇**育")])
def test_words_are_masked_in_reports(word, shown):
    assert masked(word) == shown


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert plain(plain(text)) is not None
    assert all(len(sign.word) > 1 for sign in signs(text))


@pytest.mark.parametrize(
    "host",
    [
        "www.gov.cn",
        "jyt.shandong.gov.cn",
        "www.tsinghua.edu.cn",
        "news.qq.com",
        "map.baidu.com",
        "b.a.gov.example",
        "localhost",
    ],
)
def test_the_state_and_what_everybody_knows_are_not_strange(host):
    assert not is_strange(host, "www.a.gov.example")


@pytest.mark.parametrize("host", ["www.company.com", "www.gov.top", "a.sd.cn"])
def test_others_are_strange(host):
    assert is_strange(host, "www.b.sd.cn")


def test_names_that_say_spam_and_names_that_look_like_it():
    assert says_spam("www.bet365-vip.com")
    assert not says_spam("www.alphabet.com")
    assert is_odd("www.h88999.com")
    assert is_odd("tj.abc.top")
    assert not is_odd("www.huanbao.com")


def test_known_sources_of_bad_scripts_say_who_says_so():
    kind, source, verified = bad_source("lib.coinhive.com")
    assert (kind, verified) == ("miner", True)
    assert "NoCoin" in source
