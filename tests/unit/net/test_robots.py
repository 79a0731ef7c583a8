"""robots.txt is read as RFC 9309 says, and hostile ones cost little."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.crawl import Robots
from xuncha.net.robots import MAX_BYTES, MAX_RULES, RobotsTxt, Rule


def robots(*lines):
    return RobotsTxt.parse("\n".join(lines).encode())


def for_all(*rules):
    return robots("User-agent: *", *rules)


@pytest.mark.parametrize(
    ("pattern", "path", "matched"),
    [
        ("/", "/x", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fishheads/yummy", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/filename.php?parameters", True),
        ("/*.php", "/", False),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?parameters", False),
        ("/fish*.php", "/fishheads/catfish.php?p", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*b*c$", "/abbc", True),
        ("/a*bc$", "/abc/abc", True),
        ("/ab*b$", "/ab", False),
        ("*/x", "/a/x", True),
        ("/**x", "/ax", True),
        ("/%7Ejoe", "/~joe", True),
        ("/~joe", "/%7ejoe", True),
        ("/a%2fb", "/a/b", False),
        ("/a%2fb", "/a%2Fb", True),
        ("/?", "/?q=1", True),
    ],
)
def test_patterns_match_as_the_standard_and_its_examples_say(pattern, path, matched):
    assert for_all(f"Disallow: {pattern}").allows(path) is not matched


def test_the_longest_rule_wins_and_allow_wins_a_tie():
    rules = for_all("Disallow: /a", "Allow: /a/b", "Disallow: /a/b/c", "Allow: /t", "Disallow: /t")
    assert [rules.allows(path) for path in ("/a", "/a/b", "/a/b/c", "/t", "/")] == [False, True, False, True, True]


def test_a_group_that_names_us_replaces_the_one_for_all():
    rules = robots("User-agent: *", "Disallow: /", "", "user-agent: XUNCHA/9", "Disallow: /x")
    assert [rules.allows("/"), rules.allows("/x")] == [True, False]


def test_groups_that_name_us_are_merged_and_names_may_stand_in_a_row():
    rules = robots("User-agent: Xuncha", "User-agent: b", "Disallow: /x", "User-agent: xuncha", "Disallow: /y")
    assert [rules.allows(path) for path in ("/x", "/y", "/z")] == [False, False, True]


def test_a_group_for_others_is_not_ours():
    assert robots("User-agent: Xunchabot", "User-agent: Baiduspider", "Disallow: /").state is Robots.FREE


def test_an_empty_group_that_names_us_frees_us():
    assert robots("User-agent: *", "Disallow: /", "User-agent: Xuncha").state is Robots.FREE


def test_byte_order_mark_comments_case_and_line_ends_do_not_matter():
    rules = RobotsTxt.parse(b"\xef\xbb\xbfUSER-AGENT : * # all\r\rDisAllow:/x#y\r\n")
    assert not rules.allows("/x")


def test_rules_before_any_group_belong_to_nobody():
    assert robots("Disallow: /", "User-agent: *", "Disallow: /x").allows("/")


def test_chinese_paths_are_compared_by_their_bytes():
    utf8, gbk = for_all("Disallow: /通知"), RobotsTxt.parse("User-agent: *\nDisallow: /通知".encode("gbk"))
    assert not utf8.allows("/%e9%80%9a%E7%9F%A5/1")
    assert not gbk.allows("/%CD%A8%D6%AA")


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        ([], Robots.FREE),
        (["Disallow:"], Robots.FREE),
        (["Allow: /"], Robots.FREE),
        (["Disallow: /x"], Robots.PARTLY),
        (["Disallow: /"], Robots.SHUT),
        (["Disallow: *"], Robots.SHUT),
        (["Disallow: /*"], Robots.SHUT),
        (["Disallow: /$"], Robots.PARTLY),
        (["Disallow: /", "Allow: /open/"], Robots.PARTLY),
    ],
)
def test_a_file_that_shuts_everything_out_is_told_from_one_that_shuts_parts(rules, state):
    assert for_all(*rules).state is state


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, Robots.SHUT), *((code, Robots.FREE) for code in (204, 301, 403, 404))]
    + [(code, Robots.UNKNOWN) for code in (0, 429, 500, 521)],
)
def test_the_status_decides_first(status, state):
    assert RobotsTxt.from_answer(status, b"User-agent: *\nDisallow: /").state is state


def test_a_challenge_leaves_it_unknown_and_unknown_allows_nothing():
    unknown = RobotsTxt.from_answer(200, b"<html>", challenged=True)
    assert (unknown.state, unknown.allows("/")) == (Robots.UNKNOWN, False)


def test_an_html_page_in_its_place_leaves_us_free():
    assert RobotsTxt.from_answer(200, "<html><body>首页: 你好</body></html>".encode()).state is Robots.FREE


def test_crawl_delay_and_sitemaps_are_read():
    rules = for_all(
        "Crawl-delay: 2.5", "Crawl-delay: 1", "Sitemap: http://a/1.xml", "Disallow: /x", "sitemap:http://a/2"
    )
    assert (rules.crawl_delay, rules.sitemaps) == (2.5, ("http://a/1.xml", "http://a/2"))


@pytest.mark.parametrize("value", ["", "-1", "nan", "inf", "1,5", "ten", "0"])
def test_a_crawl_delay_that_is_none_is_left_out(value):
    assert for_all(f"Crawl-delay: {value}").crawl_delay is None


def test_what_is_over_the_cap_is_not_read():
    assert RobotsTxt.parse(b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /").state is Robots.FREE


def test_too_many_rules_leave_it_unknown():
    assert for_all(*(f"Disallow: /{n}" for n in range(MAX_RULES + 1))).state is Robots.UNKNOWN


def test_the_same_rule_many_times_is_one():
    assert len(for_all(*["Disallow: /x"] * (MAX_RULES + 1)).rules) == 1


def test_many_wildcards_cost_no_more_than_their_length():
    assert not Rule.parse("/" + "*a" * 2_000 + "$", allow=False).matches("/" + "a" * 16_000 + "b")


@given(st.text(st.sampled_from("ab*/"), max_size=12), st.text(st.sampled_from("ab/"), max_size=12), st.booleans())
def test_matching_equals_a_shell_pattern(pattern, path, anchored):
    expected = fnmatch.fnmatchcase(path, pattern if anchored else pattern + "*")
    assert Rule.parse(pattern + "$" * anchored, allow=False).matches(path) is expected


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_are_read_without_a_crash(body, path):
    RobotsTxt.parse(b"User-agent: *\nDisallow: " + body).allows("/" + path)
