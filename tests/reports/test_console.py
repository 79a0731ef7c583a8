import unicodedata
from dataclasses import replace

import pytest

from xuncha.model.folding import joined
from xuncha.model.outcome import Status
from xuncha_reports import console


def width(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.fixture(params=["zh", "en"])
def lines(request, result):
    return console.render(result, request.param).decode().splitlines()


def test_no_line_is_wider_than_a_terminal(lines):
    assert max(width(line) for line in lines) <= console.WIDTH


def test_plain_text_holds_no_control_character(lines):
    assert not any(ord(character) < 32 for line in lines for character in line)


def test_the_words_of_pages_are_no_markup(result):
    assert "{{7*7}}" in console.render(result, "en").decode()


def test_problems_come_before_what_was_not_judged(result):
    text = console.render(result, "en").decode()
    assert text.index("Main problems") < text.index("Not judged")


def test_what_our_own_program_failed_at_is_named_before_the_problems(result):
    text = console.render(result, "zh").decode()
    assert text.index("程序异常") < text.index("tls.hsts（1 个网站）：ValueError") < text.index("主要问题")


def test_an_item_that_is_not_covered_yet_is_shown_so(result):
    assert "· 尚未涵盖" in console.render(result, "zh").decode()


def test_what_a_stranger_s_plugin_found_is_marked(result):
    strange = replace(result.sites[0].outcomes[0], status=Status.FAIL, admitted=False)
    site = replace(result.sites[0], outcomes=(strange,))
    assert "未准入" in console.render(replace(result, sites=(site,)), "zh").decode()


def test_an_item_s_name_stays_on_one_line_of_the_legend():
    items = ["2.1 网站正常发布", "2.2 栏目内容及时更新"]
    assert list(joined(items, 24)) == items


def test_what_goes_on_in_the_next_line_does_not_begin_at_the_left(result):
    site = result.sites[0]
    failed = replace(site.outcomes[0], status=Status.FAIL)
    long = replace(site, name="江北区住房和城乡建设局行政审批服务中心门户网站", outcomes=(failed,))
    text = console.render(replace(result, sites=(long,)), "zh").decode()
    after = text.partition("主要问题\n")[2].splitlines()
    assert after[0].startswith("不符合 江北区")
    assert after[1].startswith("  ")
