import pytest

from xuncha.guidance.explaining import Explanation, roots, things
from xuncha.model.locator import (
    ColumnLocator,
    DocumentLocator,
    ElementLocator,
    EndpointLocator,
    LinkLocator,
    PageLocator,
    SiteLocator,
)
from xuncha.model.message import Url, params
from xuncha.model.outcome import Finding

HOME = "http://www.a.gov.cn/"
GONE = "http://www.a.gov.cn/gone.html"
PAGE, LINK = Finding(PageLocator(GONE), "down"), Finding(LinkLocator(HOME, GONE), "gone")


def found(place, **values):
    return Finding(place, "key", params(**values))


def by(check, same="address", **more):
    return (Explanation(check, same, **more),)


def test_a_link_is_explained_by_the_page_that_it_leads_to():
    assert roots({"pages": {"p": PAGE}, "links": {"l": LINK}}, {"links": by("pages")}) == {"l": "p"}


def test_a_link_to_somewhere_else_is_not_explained():
    other = Finding(LinkLocator(HOME, HOME), "gone")
    assert roots({"pages": {"p": PAGE}, "links": {"l": other}}, {"links": by("pages")}) == {}


def test_only_messages_that_are_named_are_explained():
    assert roots({"pages": {"p": PAGE}, "links": {"l": LINK}}, {"links": by("pages", messages=("other",))}) == {}


def test_only_messages_that_are_named_explain():
    assert roots({"pages": {"p": PAGE}, "links": {"l": LINK}}, {"links": by("pages", theirs=("other",))}) == {}


def test_what_is_explained_passes_on_what_it_explains():
    every = {"pages": {"p": PAGE}, "links": {"l": LINK}, "guides": {"g": LINK}}
    assert roots(every, {"guides": by("links"), "links": by("pages")}) == {"l": "p", "g": "p"}


def test_of_several_explanations_the_first_that_holds_decides():
    every = {"pages": {"p": PAGE}, "systems": {"s": PAGE}, "links": {"l": LINK}}
    given = {"links": by("none-here") + by("systems") + by("pages")}
    assert roots(every, given) == {"l": "s"}


def test_a_circle_explains_nothing():
    every = {"pages": {"p": PAGE}, "links": {"l": LINK}, "guides": {"g": LINK}}
    assert roots(every, {"links": by("pages"), "pages": by("links"), "guides": by("links")}) == {}


@pytest.mark.parametrize(
    ("same", "finding", "is_about"),
    [
        ("address", found(PageLocator("https://www.a.gov.cn/x#top")), ["www.a.gov.cn/x"]),
        ("address", found(LinkLocator(HOME, GONE)), ["www.a.gov.cn/gone.html"]),
        ("address", found(ElementLocator(HOME, "script"), url=Url("hxxps://x[.]example/a.js")), ["x.example/a.js"]),
        ("address", found(ElementLocator(HOME, "script"), url="a text"), ["www.a.gov.cn/"]),
        ("address", found(EndpointLocator("WWW.a.gov.cn", 8443)), ["www.a.gov.cn:8443"]),
        ("address", found(SiteLocator()), []),
        ("page", found(LinkLocator(HOME, GONE)), ["www.a.gov.cn/"]),
        ("page", found(ColumnLocator("动态", GONE)), ["www.a.gov.cn/gone.html"]),
        ("host", found(EndpointLocator("WWW.a.gov.cn", 443)), ["www.a.gov.cn"]),
        ("host", found(PageLocator("https://www.a.gov.cn:8443/")), ["www.a.gov.cn"]),
        ("host", found(SiteLocator(), host="www.a.gov.cn"), ["www.a.gov.cn"]),
        ("host", found(SiteLocator()), []),
        ("host", found(PageLocator(HOME), names="x[.]example、y.example"), ["www.a.gov.cn", "x.example", "y.example"]),
        ("domain", found(SiteLocator(), domain="a.gov.cn"), ["a.gov.cn"]),
        ("domain", found(PageLocator(GONE)), ["a.gov.cn"]),
        ("piece", found(DocumentLocator("evidence.yaml", "backup-copies")), ["backup-copies"]),
        ("piece", found(PageLocator(GONE)), []),
        ("site", found(PageLocator(GONE)), ["site"]),
        ("{name}", found(PageLocator(GONE), name="JSESSIONID"), ["JSESSIONID"]),
        ("{name}", found(PageLocator(GONE)), []),
    ],
)
def test_what_a_finding_is_about(same, finding, is_about):
    assert things(finding, same) == is_about
