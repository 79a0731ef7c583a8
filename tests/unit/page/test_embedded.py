import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import embedded


@pytest.mark.parametrize(
    "script",
    [
        "location.href='/a.html'",
        'window.location = "/a.html";',
        "location='/a.html'",
        "document.location.href = '/a.html' ; return false",
        "self.location.replace('/a.html')",
        "window.open('/a.html')",
        "window.open( \"/a.html\" , '_blank')",
        "if (x) { parent.location.href='/a.html' }",
        "location.href = '/a.html'\nreturn",
    ],
)
def test_a_plain_statement_leads_somewhere(script):
    assert embedded.navigations(script) == ["/a.html"]


@pytest.mark.parametrize(
    "script",
    [
        "location.href='/a?id=' + id",
        "location.href = url",
        "mylocation='/a'",
        "location == '/a'",
        "request.open('GET', '/a')",
        "location.hash='#a'",
        "window.open('<%= url %>')",
        "window.open('{{url}}')",
    ],
)
def test_what_must_be_computed_leads_nowhere(script):
    assert embedded.navigations(script) == []


@pytest.mark.parametrize(
    "script",
    [
        "$.load('/f.html')",
        '$("#foot").load("/f.html");',
        "jQuery('#foot').load( '/f.html #inner', function () {})",
        "$(function(){ $('.foot') .load('/f.html') })",
    ],
)
def test_a_loaded_fragment_is_found(script):
    assert list(embedded.fragments(script)) == ["/f.html"]


@pytest.mark.parametrize(
    "script",
    [
        "// $('#foot').load('/old.html')",
        "loader.load('/a.js')",
        "$.get('/f.html')",
        "$('#foot').load('/f.html?id=' + id)",
        "$(window).load(function () {})",
    ],
)
def test_other_calls_are_no_fragments(script):
    assert list(embedded.fragments(script)) == []


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("0;url=/a", "/a"),
        ("5; URL='/a b'", "/a b"),
        (' 0.5 , url = "/a"', "/a"),
        ("0 /a", "/a"),
        ("0; /a", "/a"),
        ("300", ""),
        ("url=/a", ""),
        ("", ""),
    ],
)
def test_a_refresh_is_read_as_browsers_do(content, url):
    assert embedded.refresh(content) == url


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png, b.png 100w,\n c.png 200w", ["a.png", "b.png", "c.png"]),
        ("data:image/png;base64,AAAA 1x, b,c.png 2x", ["data:image/png;base64,AAAA", "b,c.png"]),
        (" , ", []),
    ],
)
def test_image_candidates_are_split_as_the_standard_says(text, urls):
    assert list(embedded.srcset(text)) == urls


@pytest.mark.parametrize(
    ("css", "urls"),
    [
        ("a{background:url(a.png)}", [("a.png", False)]),
        ("a{background:URL( 'a b.png' )}", [("a b.png", False)]),
        ('@import "a.css"; @import url(b.css) print;', [("a.css", True), ("b.css", True)]),
        ('/* url(no.png) */ a{src:url("f.woff?#x")}', [("f.woff?#x", False)]),
        ("/* url(no.png)", []),
        ("@namespace svg url(http://www.w3.org/2000/svg);", []),
        ("a{mask:url(#m);background:url(data:image/png;base64,AA)}", []),
    ],
)
def test_style_sheets_tell_what_they_load(css, urls):
    assert list(embedded.css_urls(css)) == urls


@given(st.text(alphabet="location.href='\"$(load)window.open url@import/*;, \n+", max_size=300))
def test_any_text_is_read_without_error(text):
    assert all(embedded.navigations(text))
    assert all(embedded.fragments(text))
    assert all(embedded.srcset(text))
    assert all(url for url, _ in embedded.css_urls(text))
    assert isinstance(embedded.refresh(text), str)
