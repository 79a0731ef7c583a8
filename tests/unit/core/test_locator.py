import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.locator import ElementLocator, LinkLocator, PageLocator, order, stable_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "https://a.example/x"),
        ("http://A.example:80/x", "http://a.example/x"),
        ("https://a.example:443/x", "http://a.example/x"),
        ("http://a.example", "http://a.example/"),
        ("http://a.example/x#part", "http://a.example/x"),
        ("http://a.example/x;jsessionid=1AB", "http://a.example/x"),
        ("http://a.example/x?id=3&_t=99", "http://a.example/x?id=3"),
        ("http://a.example/x?_=1&id=3", "http://a.example/x?id=3"),
    ],
)
def test_what_changes_with_each_visit_is_no_part_of_the_identity(one, other):
    assert PageLocator(one).identity() == PageLocator(other).identity()


@pytest.mark.parametrize(
    "other", ["http://a.example/y", "http://b.example/x", "http://a.example/x?id=4", "http://a.example:8080/x"]
)
def test_another_page_has_another_identity(other):
    assert PageLocator("http://a.example/x").identity() != PageLocator(other).identity()


def test_a_line_added_above_makes_no_new_finding():
    assert ElementLocator("http://a/", "footer", 3).identity() == ElementLocator("http://a/", "footer", 4).identity()


def test_a_broken_target_keeps_its_identity_when_it_is_first_linked_elsewhere():
    one = LinkLocator("http://a/1", "http://b/", any_page=True)
    assert one.identity() == LinkLocator("http://a/2", "http://b/", any_page=True).identity()


def test_an_empty_link_belongs_to_its_page():
    assert LinkLocator("http://a/1", "#").identity() != LinkLocator("http://a/2", "#").identity()


def test_shallow_pages_come_first():
    assert order(PageLocator("http://a/z", 1)) < order(PageLocator("http://a/a", 2))


@given(st.text())
def test_any_text_has_a_stable_form(text):
    assert stable_url(stable_url(text)) is not None
