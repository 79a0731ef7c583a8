import asyncio

import pytest

from xuncha.api import Answer, Crawl, Gap, LinkTarget, LinkUse, Reason
from xuncha.testing import FakeNet
from xuncha_plugins.domain import probes
from xuncha_plugins.domain.facts import Alias, NameServer

DOMAIN = "shiliqu.gov.cn"
WWW = f"www.{DOMAIN}"
HOME = f"http://{WWW}/"
ZONE = {
    (WWW, "A"): ["192.0.2.1"],
    (DOMAIN, "NS"): [f"NS1.{DOMAIN}.", "ns2.dns.cn."],
    (f"ns1.{DOMAIN}", "A"): ["192.0.2.53"],
    (f"ns1.{DOMAIN}", "AAAA"): [],
    ("ns2.dns.cn", "A"): ["198.51.100.53"],
    ("ns2.dns.cn", "AAAA"): ["2001:db8::53"],
}


def asked(probe, names, site, *facts):
    return asyncio.run(probe(site, *facts, FakeNet(names={"www.gov.cn": ["192.0.2.80"], **names})))


def test_name_servers_and_their_addresses_are_found(site_at):
    found = asked(probes.name_servers, ZONE, site_at(HOME))
    assert (found.zone, found.shared) == (DOMAIN, False)
    assert [one.name for one in found.servers] == [f"ns1.{DOMAIN}", "ns2.dns.cn"]
    assert found.servers[1].addresses == ("198.51.100.53", "2001:db8::53")


def test_an_alias_is_no_zone(site_at):
    names = ZONE | {(WWW, "CNAME"): ["a.cdn.com."], (WWW, "NS"): ["ns.cdn.com."]}
    assert asked(probes.name_servers, names, site_at(HOME)).zone == DOMAIN


def test_a_departments_delegated_zone_is_its_own(site_at):
    names = ZONE | {(f"slj.{DOMAIN}", "NS"): ["ns2.dns.cn."]}
    found = asked(probes.name_servers, names, site_at(f"http://slj.{DOMAIN}/"))
    assert (found.zone, found.shared) == (f"slj.{DOMAIN}", False)


def test_a_department_in_the_governments_zone_shares_it(site_at):
    assert asked(probes.name_servers, ZONE, site_at(f"http://slj.{DOMAIN}/")).shared


def test_a_denied_server_and_one_nobody_could_look_up(site_at):
    names = ZONE | {("ns2.dns.cn", "A"): None, ("ns2.dns.cn", "AAAA"): None, f"ns1.{DOMAIN}": Reason.TIMEOUT}
    names = {key: value for key, value in names.items() if key[0] != f"ns1.{DOMAIN}"}
    found = asked(probes.name_servers, names, site_at(HOME))
    assert found.servers == (
        NameServer(f"ns1.{DOMAIN}", reason=Reason.TIMEOUT),
        NameServer("ns2.dns.cn", denied=True),
    )


def test_where_all_names_are_denied_a_denied_server_proves_nothing(site_at):
    names = ZONE | {("ns2.dns.cn", "A"): None, ("ns2.dns.cn", "AAAA"): None, "www.gov.cn": None}
    found = asked(probes.name_servers, names, site_at(HOME))
    assert found.servers[1] == NameServer("ns2.dns.cn", reason=Reason.VANTAGE_UNFIT)


@pytest.mark.parametrize("probe", [probes.name_servers, probes.caa_records, probes.mail_records])
def test_an_intranet_is_told_to_nobody(site_at, probe):
    found = asked(probe, ZONE, site_at("http://oa.shiliqu.cn/", network=("10.0.0.0/8",)))
    assert found == Gap(Reason.PRIVATE_NETWORK)


def test_the_nearest_caa_records_hold(site_at):
    names = {(DOMAIN, "CAA"): ['0 issue "ca.cn"']}
    found = asked(probes.caa_records, names, site_at(HOME))
    assert (found.at, found.records) == (DOMAIN, ('0 issue "ca.cn"',))


def test_without_caa_records_nothing_holds(site_at):
    assert asked(probes.caa_records, {}, site_at(HOME)).records == ()


def test_mail_records_are_read(site_at):
    names = {
        (DOMAIN, "MX"): ["10 mx.shiliqu.gov.cn."],
        (DOMAIN, "TXT"): ['"verify=1"', '"v=spf1 ip4:192.0.2.1" " -all"'],
        (f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=none"'],
    }
    found = asked(probes.mail_records, names, site_at(HOME))
    assert found.receivers == ("10 mx.shiliqu.gov.cn.",)
    assert found.spf == ("v=spf1 ip4:192.0.2.1 -all",)
    assert found.dmarc == ("v=DMARC1; p=none",)


def test_a_null_mx_receives_nothing(site_at):
    assert asked(probes.mail_records, {(DOMAIN, "MX"): ["0 ."]}, site_at(HOME)).receivers == ()


def crawled(*urls):
    targets = tuple(LinkTarget(url, LinkUse.PAGE, False, (), 0) for url in urls)
    return Crawl(HOME, (), targets, 1, complete=True)


def looked(names, site, crawl=None, most=40):
    return asked(probes.aliases, names, site, crawl or Gap(Reason.REFUSED), probes.AliasParams(names=most))


def test_a_retired_name_that_leads_nowhere(site_at):
    names = {("old.shiliqu.gov.cn", "CNAME"): ["shili.oss.aliyuncs.com."], ("aliyuncs.com", "NS"): ["ns.aliyun.com."]}
    found = looked(names, site_at(HOME, former_urls=("http://old.shiliqu.gov.cn/",)))
    assert found.aliases == (Alias("old.shiliqu.gov.cn", ("shili.oss.aliyuncs.com",), declared=False, denied=True),)
    assert found.looked_at == 2


def test_a_target_in_a_domain_that_nobody_has(site_at):
    found = looked({(WWW, "CNAME"): ["www.gone-company.com."]}, site_at(HOME))
    assert found.aliases[0].claimable
    assert found.aliases[0].declared


def test_where_all_names_are_denied_an_alias_is_not_known_to_lead_nowhere(site_at):
    found = looked({(WWW, "CNAME"): ["www.gone-company.com."], "www.gov.cn": None}, site_at(HOME)).aliases[0]
    assert (found.denied, found.claimable, found.reason) == (False, False, Reason.VANTAGE_UNFIT)


def test_a_living_alias(site_at):
    names = {(WWW, "CNAME"): ["a.cdn.com."], ("a.cdn.com", "CNAME"): ["b.cdn.com."], ("b.cdn.com", "A"): ["192.0.2.9"]}
    found = looked(names, site_at(HOME)).aliases[0]
    assert (found.chain, found.denied) == (("a.cdn.com", "b.cdn.com"), False)


def test_a_denial_that_only_one_question_gives_is_none(site_at):
    names = {(WWW, "CNAME"): ["a.cdn.com."], ("a.cdn.com", "AAAA"): []}
    assert not looked(names, site_at(HOME)).aliases[0].denied


def test_a_target_nobody_can_tell_of_has_a_reason(site_at):
    names = {(WWW, "CNAME"): ["a.cdn.com."], ("a.cdn.com", "A"): Reason.DNS_FAILED}
    assert looked(names, site_at(HOME)).aliases[0].reason is Reason.DNS_FAILED


def test_a_name_that_gets_no_answer_is_counted(site_at):
    found = looked({(WWW, "CNAME"): Reason.TIMEOUT}, site_at(HOME))
    assert (found.unknown, found.reason, found.aliases) == (1, Reason.TIMEOUT, ())


def test_aliases_without_end_are_followed_for_a_while(site_at):
    names = {(WWW, "CNAME"): ["a.cn."], ("a.cn", "CNAME"): ["b.cn."], ("b.cn", "CNAME"): ["a.cn."]}
    found = looked(names, site_at(HOME)).aliases[0]
    assert (len(found.chain), found.denied) == (8, False)


def test_linked_names_of_the_own_domain_are_looked_at(site_at):
    crawl = crawled("http://zt.shiliqu.gov.cn/a", "http://www.other.gov.cn/", "http://192.0.2.1/")
    assert looked({}, site_at(HOME), crawl).looked_at == 2


def test_a_department_does_not_look_at_its_neighbours(site_at):
    crawl = crawled("http://zt.shiliqu.gov.cn/a")
    assert looked({}, site_at("http://slj.shiliqu.gov.cn/"), crawl).looked_at == 1


def test_names_have_a_cap(site_at):
    found = looked({}, site_at(HOME), crawled(*(f"http://n{i}.shiliqu.gov.cn/" for i in range(9))), most=3)
    assert (found.looked_at, found.complete) == (3, False)


@pytest.mark.parametrize(
    ("above", "chain"),
    [
        ({("gov.cn", "SOA"): Answer("gov.cn", "SOA", ("x",), signatures=("y",))}, "unsigned"),
        ({("gov.cn", "SOA"): ["x"], ("cn", "SOA"): Answer("cn", "SOA", ("x",), signatures=("y",))}, "unsigned"),
        ({("gov.cn", "SOA"): ["x"], ("cn", "SOA"): ["x"]}, "unknown"),
        ({("gov.cn", "SOA"): Reason.TIMEOUT, ("cn", "SOA"): Reason.TIMEOUT}, "unknown"),
    ],
)
def test_only_where_signatures_get_through_a_zone_is_called_unsigned(site_at, now, above, chain):
    net = FakeNet(names=ZONE | above)
    found = asyncio.run(probes.signatures(site_at(HOME), net, lambda: now))
    assert str(found.chain) == chain


def test_signatures_are_asked_for_twice_where_they_seem_broken(site_at, signed_zone, now):
    zone = signed_zone()
    names = {(one.name, kind): one for kind, one in zone.items()} | {("shili.gov.example", "NS"): ["ns1.a.cn."]}
    names["shili.gov.example", "DNSKEY"] = Answer("shili.gov.example", "DNSKEY")
    net = FakeNet(names=names)
    found = asyncio.run(probes.signatures(site_at("http://www.shili.gov.example/"), net, lambda: now))
    assert str(found.fault) == "no-keys"
    assert sum(one.method == "DNSKEY" for one in net.asked) == 2
