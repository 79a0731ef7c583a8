import dns.flags
import dns.message
import dns.query
import dns.rdatatype
import pytest

from xuncha.lab import CLEAN


def ask(browser, name, kind, **options):
    host, _, port = browser.lab.nameserver.rpartition(":")
    response = dns.query.udp(dns.message.make_query(name, kind, **options), host, port=int(port), timeout=5)
    return {rrset.rdtype.name: [item.to_text() for item in rrset] for rrset in response.answer}


def test_a_domain_has_two_name_servers_in_different_networks(clean):
    assert sorted(ask(clean, "shili.gov.example", "NS")["NS"]) == ["ns1.shili.gov.example.", "ns2.shili.gov.example."]
    assert ask(clean, "ns1.shili.gov.example", "A")["A"] == ["192.0.2.53"]
    assert ask(clean, "ns2.shili.gov.example", "A")["A"] == ["198.51.100.53"]


@pytest.mark.parametrize("kind", ["SOA", "DNSKEY", "DS", "A"])
def test_answers_are_signed_for_those_who_ask(clean, kind):
    name = "www.shili.gov.example" if kind == "A" else "shili.gov.example"
    assert set(ask(clean, name, kind, want_dnssec=True)) == {kind, "RRSIG"}
    assert set(ask(clean, name, kind)) == {kind}


def test_the_parent_signs_for_the_childs_key(clean):
    signature = ask(clean, "shili.gov.example", "DS", want_dnssec=True)["RRSIG"][0]
    assert " gov.example. " in signature


def test_a_forgotten_alias_leads_to_a_denied_name(serve):
    browser = serve("dns-dangling")
    assert ask(browser, "old.www.shili.gov.example", "CNAME")["CNAME"] == ["shili-old.cloud.example."]
    assert ask(browser, "shili-old.cloud.example", "A") == {}


def test_a_site_knows_what_was_registered_of_its_host():
    assert CLEAN.domain == "shili.gov.example"
    assert CLEAN.having("domain-com").domain == "shili.com.example"
    assert CLEAN.having("domain-com").host == "www.shili.com.example"
