import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.rules.matching import Held, Regex
from xuncha.rules.model import Extract
from xuncha.rules.scraps import MAX_SAMPLE, masked, proven, sample


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("DB_PASSWORD=hunter2 x", "DB_PASSWORD=******* x"),
        ("DB_HOST='10.1.2.3'", "DB_HOST='********'"),
        ("ref: refs/heads/main", "ref: refs/heads/main"),
        ("token 0123456789abcdef0123", "token 0123****************"),
        ("AKIAIOSFODNN7EXAMPLE12", "AKIA******************"),
        ("Index of /uploads/", "Index of /uploads/"),
        ("电话 13812345678", "电话 138****5678"),
        ("phpinfo()", "phpinfo()"),
        ("machine a login b password h", "machine a login b password *"),
        ("_authToken=t", "_authToken=*"),
        ("http://root:888888", "http://root:******"),
        ("http://root:p@ss@git.example.cn", "http://root:****@git.example.cn"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
    ],
)
def test_secrets_are_masked_and_the_rest_is_shown(words, shown):
    assert masked(words) == shown


@pytest.mark.parametrize(
    "words",
    [
        '{"_links":{"self":{"href":"http://a3.shili.gov.cn/actuator","templated":false}',
        '"heapdump":{"href":"http://a3.shili.gov.cn/actuator/heapdump"',
        '<h1 class="p">PHP Version 7.4.33</h1>',
        "<td class=\"e\">$_SERVER['DB_PASSWORD']</td>",
        '{"version":3,"sources":[',
        '<?xml version="1.0" encoding="UTF-8"?><configuration>',
        '<a href="/uploads/a.doc">a.doc</a>',
        '"deleted":null,"count":12',
    ],
)
def test_names_and_structure_are_shown_so_that_a_reader_can_check(words):
    assert masked(words) == words


SETTINGS = [
    "DB_PASSWORD={}", "db.password = '{}'", 'export API="{}"', '{{"password":"{}"}}', '{{"password" : {}}}',
    '{{"a":["{}","{}"]}}', '{{"spring.datasource.password":{{"value":"{}"}}}}', "'password' => '{}',",
    "define('DB_PASSWORD', '{}');", 'define( "AUTH_KEY", "{}" );', "$cfg['db']['pass'] = '{}';", "password: {}",
    "spring.datasource.password: {}", "apiKey: {}", "access_token：{}",
    '<add key="x" connectionString="Server=a;Pwd={}"/>',
    '<property name="password" value="{}"/>', "<password>{}</password>", '<td class="v">{}</td>',
    '<input name="token" value="{}">', "INSERT INTO `users` VALUES (1,'admin','{}');", "machine a login b password {}",
    "jdbc:mysql://10.0.0.1/db?user=root&password={}", "http://root:{}@10.0.0.1/", '"href":"http://root:{}@10.0.0.1/"',
    '<a href="http://a/?token={}">', "Authorization: Basic {}", '_authToken="{}', "{{'k': '{}'}}", 'a="b\\"{}"',
    '<meta name="csrf-token" content="{}">', "url='jdbc:dm://a:1/b?password={}'",
]  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("value", ["hunter2", "Sup3rS3cret!", "kaixin88", "e10adc3949ba59abbe56e057f20f883e", "888888"])
def test_no_secret_gets_through_in_any_notation(setting, value):
    assert value not in masked(setting.replace("{{", "{").replace("}}", "}").replace("{}", value))


@given(st.sampled_from(SETTINGS), st.from_regex(r"\A[A-Za-z0-9!@#%^*_-]{5,30}\Z"), st.integers(0, 120))
def test_no_secret_gets_through_where_the_text_is_cut_behind_it(setting, value, behind):
    words = setting.replace("{{", "{").replace("}}", "}").replace("{}", f"Zq9{value}")
    end = words.index(value) + len(value)
    assert f"Zq9{value}" not in masked(words[: end + behind])


def test_the_body_of_a_key_is_never_kept():
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAx0Lab\nshortline\n-----END"
    assert masked(key) == "-----BEGIN RSA PRIVATE KEY----- ***"


@given(st.text(max_size=600))
def test_a_sample_is_one_line_within_its_bytes(words):
    kept = sample((Held("regex", words),))
    assert len(kept.encode()) <= MAX_SAMPLE
    assert "\n" not in kept


@given(st.text("abcdefghij", min_size=4, max_size=60))
def test_no_value_of_a_setting_survives(value):
    assert value not in masked(f"db.password={value}")


@given(st.from_regex(r"\A[A-Za-z0-9]{8,30}[0-9][A-Za-z0-9]{16,30}z\Z"))
def test_no_long_token_survives(token):
    assert token not in masked(f"word {token} word")


def test_a_sample_is_what_proved_and_no_more(answer, rule):
    seen = answer("SECRET and much more that nobody needs")
    found = proven(rule(), "http://a/secret.txt", seen, rule().proof.match(seen))
    assert (found.sample, found.held, found.size) == ("SECRET", ("status", "word"), 38)


def test_what_is_extracted_is_masked_and_cut(answer, rule):
    told = replace(rule(), extract=(Extract("key", re.compile("key=(.{1,200})")), Extract("none", re.compile("zzz"))))
    found = proven(told, "http://a/", answer("key=" + "a1" * 90), ())
    ((name, words),) = found.extracted
    assert name == "key"
    assert len(words) <= 80
    assert "a1a1a1" not in words


def test_only_harmless_headers_are_kept(answer, rule):
    found = proven(rule(), "http://a/", answer("x", server="nginx", set_cookie="session=1"), ())
    assert found.headers == (("server", "nginx"),)


def test_a_pattern_gives_its_evidence(answer):
    assert sample(Regex(re.compile("user=[a-z]{1,20}")).match(answer("user=admin;"))) == "user=*****"


def test_words_of_the_rule_itself_are_shown_as_they_are():
    assert sample((Held("word", '<a href="../">../</a>'), Held("status", "200"))) == '<a href="../">../</a>'
