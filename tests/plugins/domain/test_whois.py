import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Gap, Reason, SiteKind
from xuncha.lab.whois import Registration as Registered
from xuncha.lab.whois import record
from xuncha.model.clock import SHANGHAI
from xuncha.testing import FakeNet
from xuncha_plugins.domain import whois
from xuncha_plugins.domain.facts import Registration
from xuncha_plugins.domain.registration_probe import RegistrationParams, registration

ASKED = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
DOMAIN = "shiliqu.gov.cn"
RECORD = record(
    Registered(
        DOMAIN,
        "示例区人民政府办公室",
        datetime(2003, 3, 17, 12, 20, 5, tzinfo=SHANGHAI),
        datetime(2027, 3, 17, 0, 48, 36, tzinfo=SHANGHAI),
    )
)
VERISIGN = (
    "   Domain Name: SHILIJU.COM\r\n   Registry Expiry Date: 2027-08-13T04:00:00Z\r\n"
    ">>> Last update of whois database: 2026-11-02T01:00:00Z <<<\r\nNOTICE: The expiration date displayed is"
    " the date the registrar's sponsorship of the domain name registration is currently set to expire."
)
CNNIC = whois.usual_registry()
read = partial(whois.read, domain=DOMAIN, registry=CNNIC, asked=ASKED, server="whois.cnnic.cn")


def asked(site, *chunks, server="whois.cnnic.cn", port=43, **params):
    net = FakeNet(streams={(server, port): list(chunks) if len(chunks) != 1 else chunks[0]})
    found = asyncio.run(registration(site, RegistrationParams(**params), net, lambda: ASKED))
    return found, net


def test_a_record_of_cnnic_is_read(site_at):
    found, net = asked(site_at("http://www.shiliqu.gov.cn/"), RECORD.encode())
    assert found.registrant == "示例区人民政府办公室"
    assert found.raw_expires == "2027-03-17 00:48:36"
    assert (net.opened[0].sent, net.opened[0].closed) == (b"shiliqu.gov.cn\r\n", True)


def test_the_times_of_cnnic_are_beijing_time():
    assert read(RECORD).expires == datetime(2027, 3, 16, 16, 48, 36, tzinfo=UTC)


def test_times_with_a_zone_keep_it(site_at):
    site = site_at("http://www.shiliju.com/")
    found, _ = asked(site, VERISIGN.encode(), server="whois.verisign-grs.com")
    assert found.expires == datetime(2027, 8, 13, 4, 0, tzinfo=UTC)


def test_gbk_is_read():
    assert read(whois.decoded(RECORD.encode("gb18030"))).registrant == "示例区人民政府办公室"


def test_a_reply_may_come_in_pieces(site_at):
    data = RECORD.encode()
    found, _ = asked(site_at("http://www.shiliqu.gov.cn/"), *(data[i : i + 7] for i in range(0, len(data), 7)))
    assert found.expires is not None


def test_an_odd_date_leaves_the_rest():
    found = read(RECORD.replace("2027-03-17", "2027-13-47"))
    assert (found.expires, found.raw_expires) == (None, "2027-13-47 00:48:36")
    assert found.registrant


def test_a_withheld_registrant_is_not_known():
    assert read(RECORD.replace("示例区人民政府办公室", "REDACTED FOR PRIVACY")).registrant == ""


def test_no_such_domain_is_told():
    assert read("No matching record.\r\n") == Registration(DOMAIN, "whois.cnnic.cn", ASKED, known=False)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("Queried interval is too short.", Reason.RATE_LIMITED),
        ("ERROR: quota exceeded, try again later", Reason.RATE_LIMITED),
        ("", Reason.FACT_MISSING),
        ("the Domain Name you apply can not be registered online.", Reason.FACT_MISSING),
        ("Domain Name: other.gov.cn\nExpiration Time: 2020-01-01 00:00:00", Reason.FACT_MISSING),
        ("\x00\x01\x02" * 100, Reason.FACT_MISSING),
    ],
)
def test_replies_without_a_record_are_gaps(reply, reason):
    assert read(whois.decoded(reply.encode())).reason is reason


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.REFUSED, Reason.DNS_FAILED])
def test_a_server_that_does_not_answer_is_a_gap(site_at, reason):
    found, _ = asked(site_at("http://www.shiliqu.gov.cn/"), reason)
    assert found.reason is reason


def test_an_endless_reply_is_cut_off(site_at):
    found, net = asked(site_at("http://www.shiliqu.gov.cn/"), lambda _: b"Registrant: x\r\n" * 1000)
    assert found.reason is Reason.TOO_LARGE
    assert net.opened[0].closed


def test_a_department_below_the_governments_domain_asks_nobody(site_at):
    found, net = asked(site_at("http://slj.shiliqu.gov.cn/"), RECORD.encode())
    assert (found.shared, found.domain, net.asked) == (True, DOMAIN, [])


@pytest.mark.parametrize(
    ("url", "fields", "reason"),
    [
        ("http://192.0.2.1/", {}, Reason.NO_DOMAIN_NAME),
        ("http://[fd00::2]:8080/", {}, Reason.NO_DOMAIN_NAME),
        ("http://intranet/", {}, Reason.NO_DOMAIN_NAME),
        ("http://oa.shiliqu.cn/", {"network": ("10.0.0.0/8",)}, Reason.PRIVATE_NETWORK),
        ("http://www.shili.museum/", {}, Reason.NOT_SUPPORTED),
    ],
)
def test_what_is_not_asked_about(site_at, url, fields, reason):
    found, net = asked(site_at(url, kind=SiteKind.DEPARTMENT, **fields), RECORD.encode())
    assert (found.reason, net.asked) == (reason, [])


def test_another_server_may_be_asked(site_at):
    found, _ = asked(site_at("http://www.shiliqu.gov.cn/"), RECORD.encode(), server="127.0.0.1", port=4343,
                     whois="127.0.0.1:4343")  # fmt: skip
    assert found.known


def test_who_answered_is_named_and_not_whose_answer_it_is(site_at):
    found, _ = asked(site_at("http://www.shiliqu.gov.cn/"), b"No matching record.\r\n", server="10.20.0.53",
                     whois="10.20.0.53:43")  # fmt: skip
    assert (found.known, found.server) == (False, "10.20.0.53")


def test_chinese_domains_have_their_registries():
    assert whois.registry_of("xn--55qx5d.xn--zfr164b").server == "whois.conac.cn"
    assert "whois.conac.cn" in whois.servers()


@given(st.binary(max_size=2_000))
def test_no_bytes_break_the_reader(data):
    assert isinstance(read(whois.decoded(data)), Registration | Gap)


@given(st.text(max_size=60))
def test_a_moment_always_knows_its_zone(raw):
    found = whois.moment(raw, "Asia/Shanghai")
    assert found is None or found.utcoffset() is not None


@given(st.integers(700_000_000, 4_000_000_000))
def test_moments_survive(seconds):
    moment = datetime.fromtimestamp(seconds, SHANGHAI)
    assert whois.moment(f"{moment:%Y-%m-%d %H:%M:%S}", "Asia/Shanghai") == moment


@given(st.lists(st.text(max_size=40), max_size=40))
def test_fields_are_short_and_named(lines):
    said = whois.fields("\n".join(lines))
    assert all(value and len(value) <= 300 for value in said.values())


def test_long_replies_cost_little():
    assert len(whois.fields("\n".join(f"k{i}: {'v' * 900}" for i in range(5_000)))) == 1_000


def test_registered_for_a_while(site_at):
    found, _ = asked(site_at("http://www.shiliqu.gov.cn/"), RECORD.encode())
    assert found.expires - found.registered > timedelta(days=365)
