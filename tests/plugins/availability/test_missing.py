from hypothesis import given
from hypothesis import strategies as st

from xuncha.testing.net import page
from xuncha_plugins.availability.missing import answered
from xuncha_plugins.availability.visiting import endpoint, other_scheme

MARKUP = st.lists(st.sampled_from(["<", ">", "<script>", "</script>", "<title>", "</title>", "&#0;", "错", "a", "1"]))


@given(MARKUP.map("".join) | st.text())
def test_no_page_is_too_strange_to_be_noted(markup):
    assert answered("/", page(markup.encode("utf-8", "replace")), "http://a.example/").size >= 0


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange_to_be_noted(body):
    assert len(answered("/", page(body), "http://a.example/").words_sha256) == 64


@given(st.text())
def test_no_entry_is_too_strange_to_be_taken_apart(text):
    assert isinstance(other_scheme(f"http://{text}", (text,)), str)
    assert isinstance(endpoint(f"http://{text}")[1], int)


def test_a_page_in_gbk_is_read():
    assert answered("/", page("<title>页面不存在</title>".encode("gbk")), "http://a.example/").title == "页面不存在"


def test_the_other_scheme_drops_a_port_that_is_not_its_own():
    assert other_scheme("https://a.example:8443/x", ()) == "http://a.example/x"
