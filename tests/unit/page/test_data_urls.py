"""Texts that stand in an address itself."""

import base64

import pytest

from xuncha.page import parse_page
from xuncha.page.data_urls import MAX_URL, data_text


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("data:text/javascript,alert(1)", "alert(1)"),
        ("DATA:text/javascript;charset=utf-8;base64,YWxlcnQoMSk=", "alert(1)"),
        ("data:text/javascript;base64,YWxl\ncnQoMSk", "alert(1)"),
        ("data:,%E8%B5%8C", "赌"),
        ("data:text/javascript;base64,!", ""),
        ("data:nothing", ""),
        ("http://www.a.example/?data:,x", ""),
        ("", ""),
    ],
)
def test_a_text_is_read_as_browsers_do(url, text):
    assert data_text(url) == text


def test_a_longer_address_is_not_read():
    assert data_text("data:," + "x" * MAX_URL) == ""


def test_a_script_in_an_address_is_read_like_one_in_the_page():
    coded = base64.b64encode(b"document.write(1)").decode()
    page = parse_page(
        f'<script src="data:text/javascript;base64,{coded}"></script>'.encode(), url="http://www.a.example/"
    )
    assert [(one.inline, one.target) for one in page.scripts] == [("document.write(1)", "")]
