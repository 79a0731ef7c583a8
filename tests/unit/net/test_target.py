"""One spelling for every URL, whatever a page writes."""

import pytest
from ada_url import join_url
from hypothesis import example, given
from hypothesis import strategies as st

from xuncha.net.target import MAX_URL, BadUrl, Joiner, Target


def words(text):
    return text.split()


LOOPBACK = [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://www.example.gov.cn@127.0.0.1/",
    "http:127.0.0.1",
    "  http:\n//127.\t0.0.1/ ",
]


@pytest.mark.parametrize("text", LOOPBACK)
def test_every_spelling_of_an_address_becomes_the_usual_one(text):
    target = Target.parse(text)
    assert (target.host, target.is_ip, target.url) == ("127.0.0.1", True, "http://127.0.0.1/")


def test_a_backslash_ends_the_host_as_in_a_browser():
    assert Target.parse("http://127.0.0.1\\@a.example/") == Target("http", "127.0.0.1", 80, "/@a.example/")


def test_ipv6_loses_its_brackets_but_not_in_the_url():
    target = Target.parse("https://[0:0::FFFF:7f00:1]:8443/x")
    assert (target.host, target.authority, target.is_ip) == ("::ffff:7f00:1", "[::ffff:7f00:1]:8443", True)


def test_a_chinese_name_becomes_punycode_and_its_path_utf_8():
    assert Target.parse("http://政务.例子/通知").url == "http://xn--zfr164b.xn--fsqu00a/%E9%80%9A%E7%9F%A5"


def test_userinfo_and_fragment_are_dropped_and_the_query_stays_in_the_path():
    assert Target.parse("HTTP://me:pw@A.Example.:80/x?q=1#f") == Target("http", "a.example", 80, "/x?q=1")


def test_a_relative_reference_is_read_against_its_base():
    assert Target.parse("../b?c", "https://a.example/x/y/z").url == "https://a.example/x/b?c"


def test_a_name_that_looks_like_a_number_is_still_a_name():
    assert not Target.parse("http://163.com/").is_ip


NOT_ASKED_FOR = words("/x ftp://a.example/ file:///etc/passwd javascript:alert(1) gopher://a/ http:// http://a:99999/")
ODD_HOSTS = words("http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/ http://256.0.0.1/ http://[::1 http://a^b/")


@pytest.mark.parametrize(
    "text", [*NOT_ASKED_FOR, *ODD_HOSTS, "", "http://a b/", "http://a/\ud800", "http://a/" + "x" * MAX_URL]
)
def test_what_cannot_be_asked_for_is_refused(text):
    with pytest.raises(BadUrl):
        Target.parse(text)


@given(st.text(max_size=60), st.sampled_from([None, "http://a.example/x/y?z"]))
def test_parsing_any_text_gives_a_target_that_reads_back_the_same_or_bad_url(text, base):
    try:
        target = Target.parse(text, base)
    except BadUrl:
        return
    assert Target.parse(target.url) == target


MARKS = words(r"http: https:// // / \ . .. ../ ./ %2e %2F %zz ? # : @ ' < ` { | [ ] ^ ; & = ~ _ - :8080 :443")
WORDS = words("a b.html www.example.gov.cn A.example xn--a a.xn--fsqu00a 0x7f.1 1.2 a.1 中 é javascript: mailto:x")
PIECES = st.sampled_from([*MARKS, *WORDS, " ", "\t", '"', "\x00"])
BASES = st.sampled_from(
    words(
        "https://www.example.gov.cn/ http://a.example/x/y/z.html?p#f http://a.example:81/x//y/ file:///a/b mailto:x "
        "http://127.0.0.1/%7Ea/b;c=1 http://[::1]/ http://u:p@a.example/x/ HTTP://A.example/x/./y"
    )
)


@given(BASES, st.lists(PIECES, max_size=7).map("".join))
@example("https://a.example/x/y", "../../../z")
@example("https://a.example/x/y", "http://b.example")
@example("https://a.example/x/y", "./..")
def test_the_fast_join_equals_the_standard_one(base, raw):
    try:
        expected = join_url(base, raw)
    except ValueError:
        expected = None
    assert Joiner(base).join(raw) == expected


def test_a_query_is_encoded_as_the_page_is():
    join = Joiner("http://a.example/", "gb18030").join
    assert join("/s?q=通知&a=b#部") == "http://a.example/s?q=%CD%A8%D6%AA&a=b#%E9%83%A8"


def test_what_the_page_encoding_lacks_is_sent_as_browsers_send_it():
    assert Joiner("http://a.example/", "big5").join("?q=😀") == "http://a.example/?q=%26%23128512%3B"
