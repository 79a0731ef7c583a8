import asyncio
from pathlib import Path

import shanhai_security_txt
from shanhai_security_txt.checks import generator_shown, security_contact
from shanhai_security_txt.leftovers import agent_logs, leftovers
from shanhai_security_txt.probes import SecurityTxt, parse, security_txt

from xuncha.api import Crawl, Reason, RuleParams, Status
from xuncha.page import parse_page
from xuncha.testing import SITE, FakeNet, judge, lint_rules
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


LOG = page("[2026-03-01 02:00:00] ShanhaiAgent/3.1 started", media="text/plain")


def asked(**pages):
    home = SITE.home
    net = FakeNet({f"{home}{name}.log": reply for name, reply in pages.items()} | {f"{home}*": status(404)})
    crawl = Crawl(home, (), (), 1, complete=True)
    return asyncio.run(leftovers(SITE, crawl, RuleParams(), net))


def test_rules_keep_their_tests_and_accuse_no_innocent():
    rules = Path(shanhai_security_txt.__file__).with_name("rules.yaml")
    assert [problem.of("en") for problem in lint_rules(rules).problems] == []


def test_a_log_that_lies_open_fails():
    outcome = judge(agent_logs, asked(**{"shanhai-agent": LOG}))
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].excerpt.startswith("version: 3.1")


def test_no_log_passes():
    assert judge(agent_logs, asked()).status is Status.PASS
