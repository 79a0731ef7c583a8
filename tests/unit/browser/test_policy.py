import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.browser.policy import Kind, handed_on, is_shown, refusal
from xuncha.model.reasons import Reason
from xuncha.net.target import BadUrl

HOME = "http://www.example.gov.cn/"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Script", Kind.SCRIPT),
        ("Stylesheet", Kind.STYLE),
        ("XHR", Kind.DATA),
        ("Fetch", Kind.DATA),
        ("Image", Kind.IMAGE),
        ("Font", Kind.OTHER),
        ("Media", Kind.OTHER),
        ("Ping", Kind.OTHER),
        ("Something new", Kind.OTHER),
    ],
)
def test_a_request_has_its_kind(asked, said, kind):
    assert asked(kind=said).kind is kind


def test_a_document_in_a_frame_is_a_frame(asked):
    assert (asked().kind, asked(frame="another").kind) == (Kind.DOCUMENT, Kind.FRAME)


@pytest.mark.parametrize("header", ["Purpose", "Sec_Purpose", "Service_Worker"])
def test_what_is_fetched_in_advance_or_for_a_service_worker_is_nothing_we_want(asked, header):
    assert asked(kind="Script", **{header: "prefetch"}).kind is Kind.OTHER


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_is_ever_submitted(asked, method):
    assert refusal(asked(kind="XHR", method=method), images=True) is Reason.METHOD_FORBIDDEN


def test_pictures_are_fetched_where_one_is_taken(asked):
    request = asked(kind="Image")
    assert (refusal(request, images=False), refusal(request, images=True)) == (Reason.NOT_SELECTED, None)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "ws://x/", "chrome://version", "https:x", ""])
def test_only_http_is_asked_for(asked, url):
    assert refusal(asked(url, "Script"), images=True) is Reason.SCHEME_FORBIDDEN


def test_a_url_without_end_is_not_asked_for(asked):
    assert refusal(asked(HOME + "x" * 20_000), images=True) is Reason.SCHEME_FORBIDDEN


def test_of_a_head_only_what_is_harmless_goes_out(asked):
    request = asked(Accept="*/*", Referer=HOME, Cookie="a=1", Authorization="Basic x", X_Token="t")
    assert (request.forwarded, request.cookie) == ({"accept": "*/*", "referer": HOME}, "a=1")


def handed(headers, **options):
    given_ = {"status": 200, "url": HOME, "document": False, "own": True, **options}
    return [(one["name"], one["value"]) for one in handed_on(headers, **given_)]


@pytest.mark.parametrize("name", ["strict-transport-security", "link", "alt-svc", "content-encoding", "nel"])
def test_what_would_have_chromium_ask_by_itself_is_kept_back(name):
    assert handed([(name, "x"), ("etag", "y")]) == [("etag", "y")]


def test_cookies_come_from_the_site_alone():
    cookie = [("set-cookie", "a=1")]
    assert (handed(cookie), handed(cookie, own=False)) == (cookie, [])


def test_a_redirect_leads_where_we_read_that_it_leads():
    found = handed([("location", "\\\\127.0.0.1\\新")], status=302)
    assert found == [("location", "http://127.0.0.1/%E6%96%B0")]


def test_a_redirect_keeps_its_fragment():
    assert handed([("location", "/list#/page/2")], status=302) == [("location", f"{HOME}list#/page/2")]


def test_a_redirect_to_nowhere_is_none():
    with pytest.raises(BadUrl):
        handed([("location", "javascript:alert(1)")], status=302)


def test_a_document_gets_our_rule_beside_its_own():
    found = handed([("content-security-policy", "default-src 'self'")], document=True)
    assert [name for name, _ in found] == ["content-security-policy"] * 2
    assert "webrtc 'block'" in found[1][1]


@given(st.lists(st.tuples(st.text(), st.text())))
def test_a_head_is_always_one_that_can_be_written(headers):
    assert all(value.isascii() and value.isprintable() for _, value in handed(headers))


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ([], True),
        ([("content-type", "Text/HTML; charset=gbk")], True),
        ([("content-type", "application/pdf")], False),
        ([("content-type", "text/html"), ("content-disposition", "Attachment; filename=x")], False),
        ([("content-type", "text/html"), ("content-disposition", "inline")], True),
    ],
)
def test_a_document_is_shown_or_saved(headers, shown):
    assert is_shown(headers) is shown
