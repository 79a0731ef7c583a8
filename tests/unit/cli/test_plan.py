"""``xuncha plan`` tells whom a scan would speak to, and how often, before anything is sent."""

import json
from datetime import datetime

import pytest

from xuncha import catalogue as catalogues
from xuncha.cli import plan as plans
from xuncha.expected import Expected
from xuncha.model.clock import SHANGHAI
from xuncha.registry import discover


@pytest.fixture(scope="session")
def known():
    return catalogues.catalogue(refs=[ref for ref in discover() if ref.name in {"domain", "links", "tls"}])


@pytest.fixture
def rows(xuncha):
    """The table by plugin: words of each row, by their first."""
    ran = xuncha("plan", "http://a.gov.example/", "--profile", "notice")
    return {line.split()[0]: line.split()[1:] for line in ran.out.splitlines() if line.strip()}


def test_it_tells_what_each_plugin_may_send(rows):
    assert int(rows["links"][0]) > int(rows["tls"][0]) > 0


def test_tls_handshakes_are_no_requests(rows):
    requests, conversations = map(int, (rows["tls"][0], rows["tls"][2]))
    assert conversations > 1000 > requests


def test_the_crawl_stands_beside_the_plugins(rows):
    assert rows["采集页面"][0] == "2000"


def test_it_tells_how_many_pages_are_opened_in_a_browser(xuncha):
    ran = xuncha("plan", "http://a.gov.example/", "--profile", "notice")
    assert "每站最多 30 页" in ran.err.replace("\n", "")


@pytest.mark.parametrize(("profile", "most"), [("notice", 20), ("quick", 1)])
def test_it_tells_how_many_pictures_are_taken(xuncha, profile, most):
    ran = xuncha("plan", "http://a.gov.example/", "--profile", profile)
    assert f"每站最多 {most} 张" in ran.err.replace("\n", "")


def test_servers_beyond_the_site_are_named(rows):
    assert "whois.cnnic.cn" in rows["domain"][4]


def test_without_an_earlier_run_nothing_is_promised(xuncha):
    ran = xuncha("plan", "http://a.gov.example/", "--profile", "notice")
    assert "首次" in ran.out
    assert "申请授权" in ran.err.replace("\n", "")


def test_what_the_last_run_took_is_told(xuncha, monkeypatch):
    last = Expected("r", datetime(2026, 11, 1, tzinfo=SHANGHAI), 204, 537, {"links": 5, "crawl": 205})
    monkeypatch.setattr(plans, "expected", lambda *_: {0: last})
    ran = xuncha("plan", "http://a.gov.example/", "--profile", "notice")
    assert next(line.split()[2] for line in ran.out.splitlines() if line.startswith("links")) == "5"
    assert "537" in ran.out
    assert "2026-11-01" in ran.err.replace("\n", "")


def test_a_whois_server_of_the_office_replaces_the_registries(xuncha, workspace):
    settings = workspace / "xuncha.yaml"
    settings.write_text("whois: whois.example.cn:4343\n")
    plan = json.loads(xuncha("plan", "http://b.gov.example/", "--profile", "notice", "--format", "json").out)
    probe = next(one for one in plan["sites"][0]["probes"] if one["name"] == "domain.registration")
    assert (probe["services"], probe["params"]["whois"]) == (["whois.example.cn:4343"], "whois.example.cn:4343")


@pytest.mark.parametrize("wrong", ["whois.example.cn", "whois.example.cn:0", "x:70000", ":43"])
def test_a_whois_server_without_a_port_is_refused(xuncha, workspace, wrong):
    (workspace / "xuncha.yaml").write_text(f"whois: {wrong!r}\n")
    ran = xuncha("plan", "http://a.gov.example/")
    assert (ran.code, "whois.example.cn:43" in ran.err) == (2, True)


def test_what_the_browser_may_ask_for_stands_beside_the_plugins(rows):
    assert int(rows["浏览器"][0]) == (30 + 20) * 150


def test_a_browser_that_is_switched_off_is_told_and_not_counted(xuncha, workspace):
    (workspace / "xuncha.yaml").write_text("browser: none\n")
    ran = xuncha("plan", "http://a.gov.example/", "--profile", "notice")
    assert ("关闭了浏览器" in ran.err, "每站最多 30 页" in ran.err, "浏览器 " in ran.out) == (True, False, False)
