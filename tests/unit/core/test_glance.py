"""What is told of a body without parsing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.glance import decoded, title_of, visible_words

MARKUP = st.lists(
    st.sampled_from(["<", ">", "<!--", "-->", "<script>", "</script>", "<title>", "</title>", "&#0;", "错", "a"])
).map("".join)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_is_read_in_either_encoding(encoding):
    assert decoded("页面不存在".encode(encoding)) == "页面不存在"


def test_a_character_that_was_cut_off_is_left_out():
    assert decoded("政务".encode()[:-1]) == "政"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_title_is_read_in_either_encoding(encoding):
    assert title_of("<TITLE>\n 页面不存在&nbsp;</TITLE>".encode(encoding)) == "页面不存在"


def test_a_title_beyond_the_head_is_not_looked_for():
    assert title_of(b" " * 30_000 + "<title>远</title>".encode()) == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>维护</h1><script>var a = '<b>正文</b>'</script>",
        "<style>p{}</style><h1>维护</h1><!-- <p>旧文</p> -->",
        "<noscript>请启用脚本</noscript><template><p>模板</p></template>维护",
        "<!--[if IE]>旧<![endif]-->&#32500;&#25252;<!-- 没有结束",
    ],
)
def test_only_what_a_visitor_reads_counts(markup):
    assert visible_words(markup) == "维护"


def test_words_of_different_elements_stay_apart():
    assert visible_words("<title>某局</title><p>网站</p><p>维护</p>") == "某局 网站 维护"


@given(MARKUP | st.text())
def test_no_markup_is_too_strange(markup):
    assert len(visible_words(markup)) <= len(markup) + 10


@given(st.binary(max_size=300).map(lambda body: b"<title>" + body + b"</title>") | st.binary(max_size=300))
def test_no_body_is_too_strange(body):
    assert "\n" not in title_of(body)
    assert isinstance(decoded(body), str)
