import dns.message
import dns.query
import dns.rcode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.lab.dns import respond


def ask(browser, name, kind="A", over=dns.query.udp):
    host, _, port = browser.lab.nameserver.rpartition(":")
    response = over(dns.message.make_query(name, kind), host, port=int(port), timeout=5)
    return response.rcode(), [item.to_text() for rrset in response.answer for item in rrset]


def test_a_site_has_an_address(clean):
    address = clean.lab.connect_map["www.shili.gov.example", 443][0]
    assert ask(clean, "www.shili.gov.example") == (dns.rcode.NOERROR, [address])
    assert ask(clean, "WWW.Shili.GOV.example", "AAAA") == (dns.rcode.NOERROR, ["::1"])


def test_a_name_without_such_a_record_exists(clean):
    assert ask(clean, "www.shili.gov.example", "MX") == (dns.rcode.NOERROR, [])


def test_other_names_are_denied(clean):
    assert ask(clean, "www.gone.example") == (dns.rcode.NXDOMAIN, [])


def test_it_answers_over_tcp_too(clean):
    assert ask(clean, "www.shili.gov.example", over=dns.query.tcp)[0] == dns.rcode.NOERROR


def test_some_names_lead_astray(clean):
    assert ask(clean, "private.example")[1] == ["10.20.30.40"]
    assert ask(clean, "metadata.example")[1] == ["169.254.169.254"]
    assert ask(clean, "mapped.example", "AAAA")[1] == ["::ffff:10.20.30.40"]


def test_one_name_changes_its_answer(clean):
    first, second, third = (ask(clean, "changing.example")[1] for _ in range(3))
    assert first == third != second == ["10.20.30.40"] or second != first == third == ["10.20.30.40"]


@pytest.mark.parametrize(("fault_id", "found"), [("name-denied", dns.rcode.NXDOMAIN), ("ipv6-missing", 0)])
def test_faults_of_names(serve, fault_id, found):
    assert ask(serve(fault_id), "www.shili.gov.example", "AAAA") == (found, [])


@given(st.binary(max_size=80))
def test_no_bytes_break_the_name_server(data):
    respond(data, lambda name, kind: ())
