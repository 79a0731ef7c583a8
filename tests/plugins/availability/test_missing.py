from hypothesis import given
from hypothesis import strategies as st

from xuncha.testing.net import page
from xuncha_plugins.availability.missing import answered

MARKUP = st.lists(st.sampled_from(["<", ">", "<script>", "</script>", "<title>", "</title>", "&#0;", "错", "a", "1"]))


@given(MARKUP.map("".join) | st.text())
def test_no_page_is_too_strange_to_be_noted(markup):
    assert answered("/", page(markup.encode("utf-8", "replace")), "http://a.example/").size >= 0


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange_to_be_noted(body):
    assert len(answered("/", page(body), "http://a.example/").words_sha256) == 64


def test_a_page_in_gbk_is_read():
    assert answered("/", page("<title>页面不存在</title>".encode("gbk")), "http://a.example/").title == "页面不存在"
