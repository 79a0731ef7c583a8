"""What a rule must not ask for. ``attacks.txt`` and ``honest.txt`` hold addresses of both kinds."""

from dataclasses import replace
from pathlib import Path

import pytest

from xuncha.rules.harmless import against_address, against_header, against_path
from xuncha.rules.known import DEEDS, NAMES
from xuncha.rules.questions import Ground, questions


def lines(name):
    return [one for one in Path(__file__).with_name(name).read_text("utf-8").splitlines() if one and one[0] != "#"]


@pytest.mark.parametrize("path", lines("attacks.txt"))
def test_an_attack_is_refused(path):
    assert against_path(path)


@pytest.mark.parametrize("path", lines("honest.txt"))
def test_what_shows_that_something_lies_open_may_be_asked(path):
    assert against_path(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/index.php?s=index/think\\app/invokefunction&function=call_user_func_array&vars[0]=system",
        "/x?id=1%27%20or%201=1--",
        "/login?name={random}'",
        "/login;jsessionid=1",
        "/..;/manager/html",
        "/../etc/passwd",
        "/%2e%2e/a.zip",
        "/%252e%252e/a.zip",
        "/%c0%ae%c0%ae/a.zip",
        "/.%2e/a.zip",
        "{dir}.{suffix}./a.zip",
        "//evil.example.com/x.zip",
        "/a\\..\\b.zip",
        "/@fs/etc/passwd",
        "/${jndi:ldap}",
        "/index?q=$(id)",
        "/index?q=`id`",
        "/index?a=..",
        "/index?",
    ],
)
def test_what_climbs_or_carries_something_is_refused(path):
    assert against_path(path)


def test_what_is_refused_says_how_to_ask_otherwise():
    assert "application's folder (/name/)" in against_path("/vendor/frobnicate").en
    assert "应用目录（/名称/）" in against_path("/vendor/frobnicate").zh
    assert "choose a view" in against_path("/index?id=1").en


def test_no_known_name_is_a_deed():
    assert {"login", "status"} <= NAMES
    assert not NAMES & DEEDS - {"ping", "inc"}


@pytest.mark.parametrize("path", ["/user/delete/readme.php", "/api/removeUser/x.php~", "/site/shutdown/"])
def test_beside_what_acts_on_the_site_nothing_is_asked(path):
    assert against_address(path)


@pytest.mark.parametrize("path", ["/zwgk/vote/a.html.bak", "/1380013/a.js.map", "/art/2026/9/1/art_1_1.html~"])
def test_a_site_s_own_names_need_not_be_known(path):
    assert against_address(path) is None


@pytest.mark.parametrize("path", ["/vote?id=1", "/proxy/10.1.1.1/index", "/login?u=a&p=b"])
def test_the_law_holds_for_rules_that_nobody_read_from_a_file(rule, path):
    honest = rule()
    attack = replace(honest, request=replace(honest.request, paths=(path,)))
    assert not questions([attack], Ground("http://www.shili.gov.cn"))


@pytest.mark.parametrize(
    "name",
    [
        "host", "cookie", "authorization", "user-agent", "content-length", "x-original-url", "x-rewrite-url",
        "x-real-ip", "x-forwarded-for", "x-http-method-override", "client-ip", "referer",
    ],
)  # fmt: skip
def test_a_rule_speaks_in_nobody_s_name(name):
    assert f"never send {name}" in against_header(name, "x").en


@pytest.mark.parametrize("value", ["${jndi:ldap://a/b}", "() { :; }; id", "a\nb", "<script>"])
def test_a_header_carries_nothing(value):
    assert against_header("accept", value)


@pytest.mark.parametrize("value", ["bytes=0-,0-,0-", "bytes=0-9,20-29", "items=0-9"])
def test_no_more_than_one_range_is_asked_for(value):
    assert "one range only" in against_header("range", value).en


def test_harmless_headers_are_sent():
    assert not against_header("range", "bytes=0-1023")
    assert not against_header("accept", "application/json;q=0.9, */*")
    assert not against_header("range", "bytes=0-1023")
