"""Names are looked up at a name server on loopback that answers from a table."""

import asyncio
from contextlib import asynccontextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net import resolver
from xuncha.net.resolver import Resolver, read_hosts

SILENCE = object()


class NameServer(asyncio.DatagramProtocol):
    """``zone``: (name, kind) to values, a response code, or ``SILENCE``. A name in it exists; others are denied."""

    def __init__(self, zone):
        self.zone, self.asked = zone, []

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, peer):
        query = dns.message.from_wire(data)
        question = query.question[0]
        key = (question.name.to_text().rstrip("."), question.rdtype.name)
        self.asked.append(key)
        answer = self.answer(query, question, key)
        if answer is not SILENCE:
            self.transport.sendto(answer.to_wire(), peer)

    def answer(self, query, question, key):
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        values = self.zone.get(key)
        if values is SILENCE:
            return SILENCE
        if isinstance(values, dns.rcode.Rcode):
            reply.set_rcode(values)
        elif values:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", key[1], *values))
        elif key[0] not in {name for name, _ in self.zone}:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply


@asynccontextmanager
async def serving(zone, **options):
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(lambda: NameServer(zone), local_addr=("127.0.0.1", 0))
    try:
        yield Resolver([f"127.0.0.1:{transport.get_extra_info('sockname')[1]}"], **options), server
    finally:
        transport.close()


def test_signatures_come_where_they_are_asked_for():
    rrsig = "A 13 3 60 20261201000000 20261101000000 4711 example. AAAA"

    class Signing(NameServer):
        def answer(self, query, question, key):
            reply = super().answer(query, question, key)
            if query.ednsflags & dns.flags.DO and query.flags & dns.flags.CD:
                reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "RRSIG", rrsig))
            return reply

    async def run():
        loop = asyncio.get_running_loop()
        zone = {("www.a.example", "A"): ["192.0.2.1"]}
        transport, _ = await loop.create_datagram_endpoint(lambda: Signing(zone), local_addr=("127.0.0.1", 0))
        names = Resolver([f"127.0.0.1:{transport.get_extra_info('sockname')[1]}"])
        try:
            return await names.resolve("www.a.example", "A"), await names.resolve("www.a.example", "A", signed=True)
        finally:
            transport.close()

    plain, signed = asyncio.run(run())
    assert (plain.values, plain.signatures) == (("192.0.2.1",), ())
    assert (signed.values, signed.signatures, signed.owner) == (("192.0.2.1",), (rrsig,), "www.a.example.")


def ask(zone, *calls, **options):
    """What each of ``calls`` (a function of the resolver) gave: its value, or the reason of its NetError."""

    async def run():
        async with serving(zone, **options) as (names, _):
            return [await outcome(call(names)) for call in calls]

    return asyncio.run(run())


async def outcome(call):
    try:
        return await call
    except NetError as error:
        return error.reason


def addresses(host):
    return lambda names: names.addresses(host)


def test_both_families_are_found_ipv4_first_in_a_stable_order():
    zone = {("a.example", "A"): ["192.0.2.9", "192.0.2.10"], ("a.example", "AAAA"): ["2001:db8::1"]}
    assert ask(zone, addresses("A.example")) == [("192.0.2.9", "192.0.2.10", "2001:db8::1")]


def test_a_denied_name_is_not_a_failed_lookup():
    zone = {("dead.example", "A"): dns.rcode.SERVFAIL, ("dead.example", "AAAA"): dns.rcode.SERVFAIL}
    found = ask(zone, addresses("gone.example"), addresses("dead.example"), deadline=0.3)
    assert found == [Reason.NO_SUCH_NAME, Reason.DNS_FAILED]


def test_a_silent_name_server_is_a_failed_lookup():
    zone = {("a.example", "A"): SILENCE, ("a.example", "AAAA"): SILENCE}
    assert ask(zone, addresses("a.example"), deadline=0.1) == [Reason.DNS_FAILED]


def test_one_family_is_enough_when_the_other_fails():
    zone = {("a.example", "A"): ["192.0.2.9"], ("a.example", "AAAA"): SILENCE}
    assert ask(zone, addresses("a.example"), deadline=0.1) == [("192.0.2.9",)]


def test_a_name_without_an_address_cannot_be_opened():
    assert ask({("a.example", "MX"): ["10 b.example."]}, addresses("a.example")) == [Reason.NO_SUCH_NAME]


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "a..example", ".".join(["a" * 60] * 5)])
def test_a_name_that_cannot_exist_is_denied(name):
    assert ask({}, addresses(name)) == [Reason.NO_SUCH_NAME]


def test_an_answer_is_kept_and_then_asked_for_again():
    now = [0.0]
    zone = {("a.example", "A"): ["192.0.2.9"]}

    async def run():
        async with serving(zone, clock=lambda: now[0]) as (names, server):
            seen = [await names.addresses("a.example")]
            zone["a.example", "A"] = ["127.0.0.1"]
            seen.append(await names.addresses("a.example"))
            now[0] = resolver.KEPT
            seen.append(await names.addresses("a.example"))
            return seen, len(server.asked)

    assert asyncio.run(run()) == ([("192.0.2.9",), ("192.0.2.9",), ("127.0.0.1",)], 4)


def test_failures_are_kept_for_a_shorter_while():
    async def run():
        now = [0.0]
        async with serving({}, clock=lambda: now[0]) as (names, server):
            for moment in (0.0, 1.0, resolver.FAILURE_KEPT):
                now[0] = moment
                await outcome(names.addresses("gone.example"))
            return len(server.asked)

    assert asyncio.run(run()) == 4


def test_lookups_at_the_same_time_share_one():
    async def run():
        async with serving({("a.example", "A"): ["192.0.2.9"]}) as (names, server):
            await asyncio.gather(*(names.addresses("a.example") for _ in range(9)))
            return server.asked

    assert sorted(asyncio.run(run())) == [("a.example", "A"), ("a.example", "AAAA")]


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(resolver, "MOST_KEPT", 2)

    async def run():
        async with serving({}) as (names, _):
            for name in "abcd":
                await outcome(names.addresses(name))
            return list(names._kept)

    assert asyncio.run(run()) == ["c", "d"]


def test_names_given_beforehand_are_never_asked_for():
    async def run():
        async with serving({}, hosts={"WWW.example.gov.cn": ["192.0.2.1"]}) as (names, server):
            found = [await names.addresses(name) for name in ("www.example.gov.cn", "localhost", "a.localhost")]
            return found, (await names.resolve("www.example.gov.cn")).values, server.asked

    loopback = ("127.0.0.1", "::1")
    assert asyncio.run(run()) == ([("192.0.2.1",), loopback, loopback], ("192.0.2.1",), [])


def test_other_records_come_in_presentation_form():
    zone = {("a.example", "TXT"): ['"v=spf1 -all"'], ("a.example", "MX"): ["10 mail.example."]}
    kinds = ask(zone, *(lambda names, kind=kind: names.resolve("a.example", kind) for kind in ("TXT", "MX", "CAA")))
    assert [answer.values for answer in kinds] == [('"v=spf1 -all"',), ("10 mail.example.",), ()]
    assert all(answer.exists for answer in kinds)


def test_a_chinese_name_is_asked_for_in_punycode():
    zone = {("xn--zfr164b.cn", "A"): ["192.0.2.3"]}
    assert ask(zone, lambda names: names.resolve("政务.cn"))[0].values == ("192.0.2.3",)


@pytest.mark.parametrize("kind", ["AXFR", "ANY", "NONSENSE", ""])
def test_a_kind_that_is_no_question_about_one_name_is_not_supported(kind):
    assert ask({}, lambda names: names.resolve("a.example", kind)) == [Reason.NOT_SUPPORTED]


@pytest.mark.parametrize("text", ["dns.example", "1.2.3.4:x", "1.2.3.4:", ""])
def test_a_name_server_that_is_none_is_named(text):
    with pytest.raises(ValueError, match="name server"):
        Resolver([text])


def test_a_hosts_file_is_read_leniently():
    text = "# x\n127.0.0.1 localhost\n10.1.1.1\tA.gov.cn a # office\n\nnonsense line\n::1 a\n10.1.1.2"
    assert read_hosts(text) == {"localhost": ("127.0.0.1",), "a.gov.cn": ("10.1.1.1",), "a": ("10.1.1.1", "::1")}
