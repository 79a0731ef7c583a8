"""Attachments are told by their first bytes; whether they are gone is another plugin's word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Reason
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.services.kinds import PROMISED, has_end, kind_of

HOME = "http://www.a.gov.cn/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ZIP = b"PK\x03\x04" + b"\0" * 200 + b"PK\x05\x06" + b"\0" * 18
PDF = b"%PDF-1.5\n" + b"x" * 300 + b"\nstartxref\n1\n%%EOF\n"
NOTE = "<html><head><title>提示</title></head><body>文件不存在或已被删除！</body></html>".encode()
LOGIN = "<!DOCTYPE html><html><body><form>用户名 密码</form>请先登录</body></html>".encode()
SAVED = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table></table></body></html>'
TABLE = "<html><body><table><tr><td>序号</td></tr></table></body></html>".encode()


@pytest.fixture
def downloaded(inspected, home):
    """What is said of one attachment of that name that comes as these bytes."""

    def run(name, body, **values):
        answer = body if not isinstance(body, bytes) else reply(body, media="application/octet-stream", **values)
        return inspected([home(f'<a href="/files/{name}">附件：{name}</a>')], {f"{HOME}files/*": answer})

    return run


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.doc", OLE),
        ("a.docx", ZIP),
        ("a.docx", OLE),
        ("a.doc", b"{\\rtf1 "),
        ("a.xls", SAVED),
        ("a.xls", TABLE),
        ("a.xls", "序号\t姓名\r\n".encode("gbk")),
        ("a.wps", OLE),
        ("a.ofd", ZIP),
        ("a.pdf", PDF),
        ("a.pdf", b"\xef\xbb\xbf" + PDF),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.zip", ZIP),
    ],
)
def test_a_file_is_what_its_name_promises(downloaded, name, body):
    assert downloaded(name, body).said("downloads") == ("pass", None)


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        ("a.pdf", NOTE, "page"),
        ("a.docx", LOGIN, "page"),
        ("a.doc", NOTE, "page"),
        ("a.pdf", '{"code":404,"msg":"文件不存在"}'.encode(), "page"),
        ("a.doc", b"", "empty"),
        ("a.docx", ZIP[:100], "cut-off"),
        ("a.pdf", PDF[:100], "cut-off"),
    ],
)
def test_a_download_that_is_no_file_is_found(downloaded, name, body, key):
    assert downloaded(name, body).said("downloads") == ("fail", [key])


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        ("a.pdf", OLE, "another-kind"),
        ("a.xls", PDF, "another-kind"),
        ("a.docx", b"%TSD-Header-###%\x01\x02\x03" * 30, "unknown-kind"),
    ],
)
def test_an_unusual_kind_is_a_hint(downloaded, name, body, key):
    assert downloaded(name, body).said("downloads") == ("warn", [key])


@pytest.mark.parametrize("answer", [status(404), status(410), Reason.TIMEOUT, status(403)])
def test_what_does_not_come_is_not_judged_here(downloaded, answer):
    assert downloaded("a.pdf", answer).outcome("downloads").findings == ()


def test_a_challenge_is_no_error_page(downloaded):
    site = downloaded("a.pdf", replace(reply(NOTE), challenge="ruishu"))
    assert site.said("downloads") == ("inconclusive", "low-coverage")


def test_a_page_of_script_alone_may_lead_on_to_the_file(downloaded):
    script = b"<html><head><script>location.reload()</script></head><body></body></html>"
    assert downloaded("a.pdf", script).said("downloads") == ("inconclusive", "low-coverage")


def test_what_is_well_at_the_second_visit_is_forgiven(downloaded):
    site = downloaded("a.pdf", [reply(NOTE), reply(PDF, media="application/pdf")])
    assert site.said("downloads") == ("pass", None)


def test_a_long_file_is_judged_by_its_first_piece(downloaded):
    assert downloaded("a.pdf", b"%PDF-1.4" + b"x" * 200_000).said("downloads") == ("pass", None)


def test_an_empty_body_that_should_have_had_bytes_is_our_trouble(downloaded):
    assert downloaded("a.doc", b"", content_length="5000").said("downloads") == ("pass", None)


def test_the_page_that_links_there_is_named_as_referrer(downloaded):
    assert {asked.headers.get("Referer") for asked in downloaded("a.pdf", PDF).net.asked if asked.headers} == {HOME}


def test_every_kind_of_file_is_in_the_sample(inspected, home):
    links = (
        "".join(f'<a href="/files/{number}.pdf">附件</a>' for number in range(120)) + '<a href="/files/b.doc">表</a>'
    )
    asked = inspected([home(links)], {f"{HOME}files/*": reply(PDF)}).asked
    assert f"{HOME}files/b.doc" in asked[:2]


def test_a_site_without_attachments_is_not_asked_for_them(inspected, home):
    assert inspected([home("")]).said("downloads") == ("not_applicable", "not-offered")
    assert inspected([home("")], complete=False).said("downloads")[0] == "inconclusive"


@given(st.binary(max_size=3000))
def test_any_bytes_have_one_kind(body):
    kind = kind_of(body)
    assert kind in {"page", "text", "xml", "empty", "unknown", "gzip", "picture", "program"} | set().union(
        *PROMISED.values()
    )
    assert has_end(body, kind) in {True, False, None}
