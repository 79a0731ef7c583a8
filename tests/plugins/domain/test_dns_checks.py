import pytest

from xuncha.api import Gap, Reason, Status
from xuncha_plugins.domain.dns_checks import dangling, issuers, mail, redundancy, signed
from xuncha_plugins.domain.facts import (
    Alias,
    Aliases,
    CaaRecords,
    Chain,
    Dnssec,
    Fault,
    MailRecords,
    NameServer,
    NameServers,
)

FIRST = NameServer("ns1.a.cn", ("192.0.2.53", "2001:db8:1::53"))
SECOND = NameServer("ns2.b.cn", ("198.51.100.53",))
NEAR = NameServer("ns2.a.cn", ("192.0.2.54",))
GONE = NameServer("ns3.a.cn", denied=True)
UNKNOWN = NameServer("ns4.a.cn", reason=Reason.TIMEOUT)


def served(*servers, shared=False):
    return NameServers("www.a.cn", "a.cn", shared, servers)


@pytest.mark.parametrize(
    ("servers", "status", "found"),
    [
        ((FIRST, SECOND), Status.PASS, []),
        ((FIRST,), Status.FAIL, ["single"]),
        ((NameServer("ns1.a.cn", ("192.0.2.53",)), NEAR), Status.WARN, ["one-network"]),
        ((FIRST, SECOND, GONE), Status.FAIL, ["denied"]),
        ((FIRST, UNKNOWN), Status.INCONCLUSIVE, []),
    ],
)
def test_name_servers(judged, servers, status, found):
    outcome = judged(redundancy, served(*servers))
    assert (outcome.status, [one.key for one in outcome.findings]) == (status, found)


def test_one_living_server_beside_a_dead_one_is_told_once(keys):
    assert keys(redundancy, served(FIRST, GONE)) == ["denied"]


@pytest.mark.parametrize(
    ("check", "fact"),
    [
        (redundancy, served(FIRST, shared=True)),
        (issuers, CaaRecords("slj.a.gov.cn", shared=True)),
        (mail, MailRecords("a.gov.cn", shared=True)),
    ],
)
def test_a_shared_zone_is_not_the_departments_business(judged, check, fact):
    assert judged(check, fact).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("check", "kind"),
    [
        (redundancy, NameServers),
        (dangling, Aliases),
        (signed, Dnssec),
        (issuers, CaaRecords),
        (mail, MailRecords),
    ],
)
def test_without_an_answer_nothing_is_said(judged, check, kind):
    outcome = judged(check, (kind, Gap(Reason.DNS_FAILED)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.DNS_FAILED)


def led(target, *, declared=False, **fields):
    return Aliases(1, (Alias("old.a.gov.cn", (target,), declared, **fields),))


@pytest.mark.parametrize(
    ("fact", "status", "found"),
    [
        (led("a.cdn.com"), Status.PASS, []),
        (led("a.cdn.com", denied=True), Status.FAIL, ["denied"]),
        (led("a.gone.com", denied=True, claimable=True), Status.FAIL, ["claimable"]),
        (led("shili.oss-cn-beijing.aliyuncs.com", denied=True), Status.FAIL, ["released"]),
        (led("shili.oss-cn-beijing.aliyuncs.com"), Status.MANUAL, ["whose"]),
        (led("shili.oss-cn-beijing.aliyuncs.com", declared=True), Status.PASS, []),
        (led("notaliyuncs.com"), Status.PASS, []),
        (led("a.cdn.com", reason=Reason.TIMEOUT), Status.INCONCLUSIVE, []),
        (Aliases(3, (), unknown=1, reason=Reason.DNS_FAILED), Status.INCONCLUSIVE, []),
    ],
)
def test_aliases(judged, fact, status, found):
    outcome = judged(dangling, fact)
    assert (outcome.status, [one.key for one in outcome.findings]) == (status, found)


@pytest.mark.parametrize(
    ("chain", "fault", "status"),
    [
        (Chain.SECURE, None, Status.PASS),
        (Chain.UNSIGNED, None, Status.WARN),
        (Chain.ISLAND, None, Status.WARN),
        *((Chain.BROKEN, fault, Status.FAIL) for fault in Fault),
        (Chain.UNKNOWN, None, Status.INCONCLUSIVE),
    ],
)
def test_signatures(judged, now, chain, fault, status):
    fact = Dnssec("a.cn", False, now, chain, fault, "SOA" if fault else "", now if fault is Fault.EXPIRED else None)
    assert judged(signed, fact).status is status


@pytest.mark.parametrize(("chain", "fault", "status"), [
    (Chain.UNSIGNED, None, Status.NOT_APPLICABLE),
    (Chain.SECURE, None, Status.PASS),
    (Chain.BROKEN, Fault.INVALID, Status.FAIL),
])  # fmt: skip
def test_a_broken_zone_concerns_every_site_in_it(judged, now, chain, fault, status):
    assert judged(signed, Dnssec("a.gov.cn", True, now, chain, fault, "A")).status is status


@pytest.mark.parametrize(
    ("records", "found"),
    [
        (('0 issue "ca.cn"',), []),
        (('0 issuewild ";"', '0 iodef "mailto:a@a.cn"'), []),
        (('0 iodef "mailto:a@a.cn"',), ["no-issuer"]),
        ((), ["missing"]),
    ],
)
def test_caa(judged, records, found):
    outcome = judged(issuers, CaaRecords("www.a.cn", shared=False, at="a.cn" if records else "", records=records))
    assert [one.key for one in outcome.findings] == found


MX = ("10 mx.a.cn.",)
REJECT = ("v=DMARC1; p=reject; sp=none",)


@pytest.mark.parametrize(
    ("receivers", "spf", "dmarc", "found"),
    [
        (MX, ("v=spf1 mx -all",), REJECT, []),
        ((), ("v=spf1 -all",), REJECT, []),
        (MX, ("v=spf1 redirect=_spf.mail.cn",), REJECT, []),
        (MX, (), REJECT, ["no-spf"]),
        ((), (), (), ["no-dmarc", "no-spf-silent"]),
        (MX, ("v=spf1 a -all", "v=spf1 mx -all"), REJECT, ["several-spf"]),
        (MX, ("v=spf1 +all",), REJECT, ["open-spf"]),
        (MX, ("v=spf1 all",), ("v=DMARC1; p=none",), ["open-spf", "watching-dmarc"]),
    ],
)
def test_mail(judged, receivers, spf, dmarc, found):
    outcome = judged(mail, MailRecords("a.cn", False, receivers, spf, dmarc))
    assert sorted(one.key for one in outcome.findings) == found
    assert outcome.status is (Status.WARN if found else Status.PASS)
