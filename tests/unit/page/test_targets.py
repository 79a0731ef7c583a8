import pytest

from xuncha.model.crawl import LinkUse
from xuncha.page.targets import Resolver, host, host_problem, use_by_name

HOME = "http://www.example.gov.cn/zwgk/index.html"


@pytest.fixture
def resolve():
    return Resolver(HOME, "UTF-8", HOME)


@pytest.mark.parametrize(
    ("raw", "target"),
    [
        ("a.html", "http://www.example.gov.cn/zwgk/a.html"),
        ("../b/", "http://www.example.gov.cn/b/"),
        ("//cdn.example.cn/x", "http://cdn.example.cn/x"),
        ("?p=2", "http://www.example.gov.cn/zwgk/index.html?p=2"),
        (" \n/x y ", "http://www.example.gov.cn/x%20y"),
        ("#top", "http://www.example.gov.cn/zwgk/index.html"),
        ("HTTP://WWW.EXAMPLE.CN", "http://www.example.cn/"),
        ("http://例子.中国/", "http://xn--fsqu00a.xn--fiqs8s/"),
    ],
)
def test_a_reference_is_joined_as_browsers_do(resolve, raw, target):
    assert resolve(raw)[:2] == (target, "")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("javascript:void(0)", "javascript"),
        (" JavaScript:;", "javascript"),
        ("java\nscript:x()", "javascript"),
        ("http://", "malformed"),
        ("http://exa mple.cn/", "malformed"),
        ("http://[::1/", "malformed"),
        ("file:///C:/notice.doc", "local-file"),
        ("C:\\Users\\li\\notice.doc", "local-file"),
        ("D:/www/index.html", "local-file"),
        ("\\\\fileserver\\share\\a.doc", "local-file"),
        ("htttp://www.example.cn/", "scheme"),
        ("www.example.cn:8080/a", "scheme"),
        ("mailto:a@example.cn", ""),
        ("tel:12345", ""),
        ("weixin://dl/chat", ""),
    ],
)
def test_what_leads_nowhere_on_the_web_is_named(resolve, raw, problem):
    assert resolve(raw)[:2] == ("", problem)


def test_backslashes_before_a_full_name_open_that_host_in_browsers(resolve):
    assert resolve("\\\\www.example.cn\\a").target == "http://www.example.cn/a"


@pytest.mark.parametrize(
    "raw",
    [
        "http://localhost/",
        "http://LOCALHOST:8080/a",
        "http://a.localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://2130706433/",
        "http://１２７.０.０.１/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://127.0.0.1\\@a.example/",
        "http://a@127.0.0.1/",
        "http://0/",
    ],
)
def test_links_to_the_citizens_own_computer_are_marked(resolve, raw):
    assert resolve(raw).problem == "local-host"


@pytest.mark.parametrize(
    "raw",
    [
        "http://10.0.0.8/a",
        "http://172.31.9.1/",
        "http://192.168.1.1:8080/",
        "//0xc0a80101/",
        "http://169.254.169.254/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:c0a8:0101::]/",
    ],
)
def test_links_to_private_addresses_are_marked(resolve, raw):
    assert resolve(raw).problem == "private-address"


@pytest.mark.parametrize(
    "raw", ["http://8.8.8.8/", "http://172.32.0.1/", "http://10.example.cn/", "http://localhost.example.cn/"]
)
def test_public_hosts_are_not_marked(resolve, raw):
    assert resolve(raw).problem == ""


def test_a_page_on_a_private_address_may_link_to_itself():
    page = "http://10.1.2.3/index.html"
    assert Resolver(page, "UTF-8", page)("https://10.1.2.3/a").problem == ""


def test_a_query_is_sent_in_the_pages_encoding():
    assert Resolver(HOME, "GBK", HOME)("s?q=中").target.endswith("s?q=%D6%D0")


@pytest.mark.parametrize(
    ("target", "use"),
    [
        ("http://e.cn/a.html", LinkUse.PAGE),
        ("http://e.cn/", LinkUse.PAGE),
        ("http://e.cn/a.PDF?x=1.html", LinkUse.ATTACHMENT),
        ("http://e.cn/a.ofd", LinkUse.ATTACHMENT),
        ("http://e.cn/a.jpg", LinkUse.IMAGE),
        ("http://e.cn/v1.2/list", LinkUse.PAGE),
        ("http://e.cn/down.jsp?name=a.doc", LinkUse.ATTACHMENT),
        ("http://e.cn/pdf", LinkUse.PAGE),
        ("", LinkUse.PAGE),
    ],
)
def test_the_ending_tells_what_a_click_opens(target, use):
    assert use_by_name(target) is use


@pytest.mark.parametrize(
    ("url", "name"),
    [("http://e.cn/a", "e.cn"), ("https://u:p@e.cn:8443/", "e.cn"), ("http://[::1]:80/", "[::1]")],
)
def test_the_host_is_cut_from_a_url(url, name):
    assert host(url) == name


def test_a_url_too_long_for_servers_is_malformed(resolve):
    assert resolve("/" + "a" * 20_000)[:2] == ("", "malformed")


def test_a_query_on_a_utf16_page_is_sent_in_utf8():
    assert Resolver(HOME, "UTF-16LE", HOME)("s?q=中").target.endswith("s?q=%E4%B8%AD")


def test_no_host_has_no_problem():
    assert host_problem("") == ""
