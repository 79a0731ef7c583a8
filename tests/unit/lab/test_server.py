import re
import socket
from contextlib import closing, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from xuncha.lab import CLEAN
from xuncha.lab.hostile import PATHS
from xuncha.net.decode import Body


def test_the_clean_site_opens_over_https(clean):
    got = clean.home()
    assert got.status == 200
    assert "示例区人民政府门户网站" in got.text
    assert got.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def test_http_is_sent_to_the_same_page_over_https(clean):
    got = clean.get(clean.lab.origin(CLEAN.host, "http") + "/about/lxwm.html?a=1")
    assert (got.status, got.headers["location"]) == (301, clean.lab.sites[0].home + "about/lxwm.html?a=1")


def test_an_address_that_does_not_exist_answers_404(clean):
    assert clean.home("nothing.html").status == 404


def test_head_has_no_body(clean):
    got = clean.get(clean.lab.sites[0].home, "HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["content-length"]) > 1000


def test_other_methods_are_not_served(clean):
    assert clean.get(clean.lab.sites[0].home, "POST").status == 405


def test_an_unknown_host_gets_404(clean):
    assert clean.home(Host="www.unknown.example").status == 404


def test_one_connection_serves_many_requests(clean):
    before = clean.lab.connections
    with closing(clean.socket(clean.lab.sites[0].home)) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: www.shili.gov.example\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")
    assert clean.lab.connections == before + 1


def test_requests_are_noted(clean):
    clean.home("about/wza.html", User_Agent="Xuncha/test")
    seen = clean.lab.requests[-1]
    assert (seen.host, seen.method, seen.path) == ("www.shili.gov.example", "GET", "/about/wza.html")
    assert (seen.scheme, seen.user_agent) == ("https", "Xuncha/test")


def test_nonsense_gets_400_and_the_end(clean):
    with closing(clean.socket(clean.lab.origin(CLEAN.host, "http"))) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 400")


def test_a_head_without_end_is_cut(clean):
    with closing(clean.socket(clean.lab.origin(CLEAN.host, "http"))) as connection:
        connection.sendall(b"X-Long: " + b"x" * 100_000)
        with suppress(ConnectionResetError):  # it may hang up before it has read all
            assert connection.recv(1) == b""


def test_the_registers_that_footers_link_to_are_there(clean):
    assert clean.get("https://beian.miit.gov.cn/").status == 200
    assert clean.get("https://bszs.conac.cn/sitename?method=show&id=0").status == 200
    assert clean.get("https://www.shi.gov.example/zwgk/2016/gg.html").status == 404


def test_ipv6_is_served_on_the_same_port(clean):
    if not clean.lab.ipv6:
        pytest.skip("this machine has no IPv6 loopback")
    port = urlsplit(clean.lab.origin(CLEAN.host, "http")).port
    with socket.create_connection(("::1", port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: www.shili.gov.example\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 301")


@pytest.mark.parametrize(
    ("fault_id", "status", "sign"),
    [
        ("home-down", 503, "不存在"),
        ("challenge-521", 521, "('_')+('_')"),
        ("challenge-412", 412, "$_ts"),
        ("challenge-202", 202, "$_ts"),
        ("challenge-200", 200, "YunSuoAutoJump"),
        ("offline-announced", 503, "临时下线"),
        ("maintenance-page", 200, "正在升级维护"),
    ],
)
def test_the_home_page_of_a_faulty_site(serve, fault_id, status, sign):
    got = serve(fault_id).home()
    assert got.status == status
    assert sign in got.text


def test_who_ran_the_challenges_script_gets_the_page(serve):
    assert serve("challenge-521").home(Cookie="lab_clearance=1").status == 200


def test_filing_block_pages_look_as_those_of_the_providers(serve):
    site = serve("filing-block")
    got = site.get(site.lab.origin(CLEAN.host, "http"))
    assert (got.status, got.headers["server"]) == (403, "Beaver")
    assert "Non-compliance ICP Filing" in got.text
    site = serve("filing-block-redirect")
    assert "webblock.html?d=www.shili" in site.get(site.lab.origin(CLEAN.host, "http")).headers["location"]


def test_a_blocked_site_resets_tls_once_it_has_the_name(serve):
    with pytest.raises(OSError, match="reset"):
        serve("filing-block").home()


def test_soft_404_answers_everything(serve):
    got = serve("soft-404").home("nothing.html")
    assert (got.status, "页面不存在" in got.text) == (200, True)


def test_without_redirect_http_shows_the_site(serve):
    site = serve("http-stays")
    assert site.get(site.lab.origin(CLEAN.host, "http")).status == 200


def test_a_reset_is_a_reset(serve):
    with pytest.raises(ConnectionResetError):
        serve("home-reset").home()


def test_silence_lasts_until_the_client_has_enough(serve):
    site = serve("home-silent")
    with closing(site.socket(site.lab.sites[0].home)) as connection:
        connection.settimeout(0.05)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: www.shili.gov.example\r\n\r\n")
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_refused_connection_is_refused(serve):
    with pytest.raises(ConnectionRefusedError):
        serve("refuses-connections").home()


def test_a_site_without_https_refuses_there_and_serves_here(serve):
    site = serve("https-missing")
    assert site.home().status == 200
    with pytest.raises(ConnectionRefusedError):
        site.get(site.lab.origin(CLEAN.host))


def test_part_of_the_pages_is_down(serve):
    site = serve("pages-down")
    paths = [entry.split("</loc>")[0] for entry in site.home("sitemap.xml").text.split("<loc>")[1:]]
    down = [path for path in paths if site.get(path).status == 500]
    assert 0.05 * len(paths) <= len(down) < len(paths) / 2


def test_names_on_one_platform_share_address_and_ports(serve):
    sites = tuple(replace(CLEAN, id=name, host=f"{name}.shili.gov.example") for name in ("a", "b"))
    places = serve(sites=sites).lab.connect_map
    assert places["a.shili.gov.example", 443] == places["b.shili.gov.example", 443]


@pytest.mark.parametrize("path", ["/two-lengths", "/space-in-name", "/long-header", "/bare", "/short"])
def test_malformed_replies_go_out_as_they_are(clean, path):
    with closing(clean.socket(clean.lab.hostile)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: hostile.example\r\n\r\n".encode())
        got = b"".join(iter(lambda: connection.recv(65536), b""))
    assert "正文".encode() in got


def test_an_endless_reply_ends_with_its_client(clean):
    with closing(clean.socket(clean.lab.hostile)) as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: hostile.example\r\n\r\n")
        assert sum(len(connection.recv(65536)) for _ in range(20)) > 20
    assert clean.get(clean.lab.hostile + "/").status == 200


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/to-")])
def test_redirects_astray_say_where(clean, path):
    assert clean.get(clean.lab.hostile + path).status == 302


def test_a_chain_of_redirects_counts_down(clean):
    assert clean.get(clean.lab.hostile + "/redirects/3").headers["location"] == "/redirects/2"
    assert clean.get(clean.lab.hostile + "/redirects/0").status == 200


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/bomb-")])
def test_a_bomb_unpacks_to_zeros(clean, path):
    with closing(clean.socket(clean.lab.hostile)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: hostile.example\r\n\r\n".encode())
        head, _, packed = b"".join(connection.recv(4096) for _ in range(3)).partition(b"\r\n\r\n")
    codings = re.search(rb"Content-Encoding: (.*)", head)[1].decode().strip().split(", ")
    body = Body(codings, 50_000)
    body.feed(packed)
    assert body.finish() == bytes(50_000)


def test_the_hostile_home_links_to_everything_else(clean):
    home = clean.get(clean.lab.hostile + "/").text
    assert all(f'href="{path}"' in home for path in PATHS)
