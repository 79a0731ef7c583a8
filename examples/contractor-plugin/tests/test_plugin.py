import asyncio

from shanhai_security_txt.checks import generator_shown, security_contact
from shanhai_security_txt.probes import SecurityTxt, parse, security_txt

from xuncha.api import Reason, Status
from xuncha.page import parse_page
from xuncha.testing import SITE, FakeNet, judge
from xuncha.testing.net import page, status

URL = "http://www.a.gov.example/.well-known/security.txt"
FILE = page("# hello\nContact: mailto:a@b.example\n", media="text/plain")


def gathered(reply):
    return asyncio.run(security_txt(SITE, FakeNet({URL: reply})))


def test_a_contact_passes():
    assert judge(security_contact, gathered(FILE)).status is Status.PASS


def test_no_file_is_a_hint():
    assert judge(security_contact, gathered(status(404))).status is Status.WARN


def test_a_server_error_is_a_gap():
    assert gathered(status(503)).reason is Reason.SERVER_ERROR


def test_lines_that_are_no_fields_are_passed_over():
    assert parse("garbage\n\x00\nContact: x") == (("contact", "x"),)


def test_a_version_in_the_generator_is_a_hint():
    body = b'<meta name="generator" content="CMS 1.2"><p>text'
    parsed = parse_page(body, url="http://a/", requested="http://a/", status=200, headers=(), depth=0)
    assert judge(generator_shown, parsed).status is Status.WARN


def test_no_file_says_where_it_should_be():
    assert judge(security_contact, SecurityTxt(URL, ())).findings[0].params["url"].value == URL
