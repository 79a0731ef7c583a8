"""Pages that need a browser, and what scripts have made of pages whose answers are as ever."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from xuncha.lab import CLEAN, Lab, identity
from xuncha.lab.content import resources
from xuncha.lab.hosting import Hosted
from xuncha.lab.layout import Setting
from xuncha.lab.messages import Request
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)
ORIGIN = "https://www.shili.gov.example"
LIST = "/xwdt/gzdt/index.html"


def setting(*faults):
    site = CLEAN.having(*faults)
    true = identity.true_identity(site, site, f"{ORIGIN}/", "https://{}".format)
    return Setting(site, identity.shown_identity(true, site.faults), ORIGIN, NOW, "https://{}".format)


def pages(*faults):
    return {path: one.body.decode("utf-8", "replace") for path, one in resources(setting(*faults)).items()}


def read(html):
    return parse_page(html.encode(), url=f"{ORIGIN}/", headers=(("content-type", "text/html; charset=utf-8"),))


def test_a_mounted_home_page_is_empty_until_its_data_have_come():
    site = pages("home-mounted")
    assert (read(site["/"]).scripted, "工作动态" in site["/"]) == (True, False)
    state = json.loads(site["/api/home.json"])
    assert "工作动态" in state["before"]
    assert "ICP备" in state["after"]
    assert state["lists"][0]["rows"]


def test_a_list_by_getjson_has_its_data_where_the_page_asks_for_them():
    site = pages("freshness-list-json")
    assert '$.getJSON("/api/1001.json"' in site[LIST]
    assert json.loads(site["/api/1001.json"])[0]["link"].startswith("/xwdt/gzdt/")


def test_a_loaded_list_lies_beside_its_page():
    site = pages("freshness-list-loaded")
    assert '.load("list.html")' in site[LIST]
    assert '.load("/xwdt/gzdt/list.html")' in site["/"]
    assert "<li>" in site["/xwdt/gzdt/list.html"]


def test_a_footer_that_script_writes_stands_in_no_page():
    site = pages("footer-written")
    assert r"class=\"footer-links" in site["/include/footer.js"]
    assert not [path for path, text in site.items() if 'class="footer-links' in text]


@pytest.mark.parametrize("fault", ["links-appended", "overlay-drawn", "body-replaced"])
def test_the_shared_script_does_it_and_no_page_shows_it(fault):
    plain, planted = pages(), pages(fault)
    assert planted["/script/site.js"].startswith(plain["/script/site.js"])
    assert {path for path in plain if plain[path] != planted[path]} == {"/script/site.js"}


def test_an_exchanged_banner_changes_nothing_but_the_picture():
    plain, planted = pages(), pages("banner-exchanged")
    assert {path for path in plain if plain[path] != planted[path]} == {"/images/banner.png"}


@pytest.mark.parametrize("fault", ["links-appended", "links-written"])
def test_planted_scripts_do_not_spell_their_links_out(fault):
    assert not [link for text in pages(fault).values() for link in read(text).links if "betting" in (link.target or "")]


@pytest.mark.parametrize(("fault", "opens"), [("challenge-521", True), ("challenge-shut", False)])
def test_a_script_passes_some_challenges_and_no_slider(fault, opens):
    seen = Request("https", CLEAN.host, "GET", "/", (("cookie", "lab_clearance=1"),), keeps_alive=True)
    barred = Request("https", CLEAN.host, "GET", "/", (), keeps_alive=True)
    hosted = Hosted(setting(fault))
    assert "工作动态".encode() not in hosted.answer(barred).body
    assert ("工作动态".encode() in hosted.answer(seen).body) is opens


def test_what_nobody_saw_without_a_browser_is_named_by_site():
    with Lab([CLEAN.having("overlay-drawn", "scripted")]) as lab:
        assert [(site, fault.id) for site, fault in lab.unseen()] == [("portal", "overlay-drawn")]
        assert lab.unseen({"portal"}) == ()


def test_what_only_pictures_show_is_named_where_none_was_approved():
    with Lab([CLEAN.having("body-replaced")]) as lab:
        assert [fault.id for _, fault in lab.unseen({"portal"})] == ["body-replaced"]
        assert lab.unseen({"portal"}, {"portal"}) == ()


def test_before_anybody_tampered_the_pages_were_as_they_should_be():
    with Lab([CLEAN, replace(CLEAN, id="b", host="b.gov.example", faults=frozenset({"banner-exchanged"}))]) as lab:
        with lab.before() as sites:
            assert ([site.id for site in sites], lab.faults("b")) == (["b"], frozenset())
        assert lab.faults("b") == {"banner-exchanged"}
