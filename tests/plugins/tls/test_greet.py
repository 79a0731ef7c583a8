import asyncio

import pytest

from xuncha.api import Reason
from xuncha.testing import FakeNet
from xuncha_plugins.tls.facts import Version
from xuncha_plugins.tls.greet import Speaker, greet

HOST = "www.example.gov.cn"
ALERT = bytes.fromhex("15030300020228")


def greeted(stream):
    net = FakeNet(streams={(HOST, 443): stream})
    found = asyncio.run(greet(Speaker(net, HOST, 443, 1.0)))
    assert all(one.closed for one in net.opened if one.sent)
    return found


def offered(found) -> list[Version]:
    return [one.version for one in found.protocols if one.offered]


def names(found) -> set[str]:
    return {one.name for one in found.suites.accepted}


def test_versions_suites_and_chain(fake_server, issued):
    sent = issued()
    found = greeted(fake_server(chain=sent))
    assert offered(found) == [Version.TLS12, Version.TLS13]
    assert found.chain == sent
    assert found.suites.reason is None


def test_old_versions_are_found(fake_server):
    server = fake_server(versions=(0x0300, 0x0301, 0x0302), suites=(0x002F,))
    assert offered(greeted(server)) == [Version.TLS11, Version.TLS10, Version.SSL3]


def test_every_weak_suite_is_found(fake_server):
    found = greeted(fake_server(suites=(0xC02F, 0x0005, 0x000A, 0x0001)))
    weak = {"TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_NULL_MD5"}
    assert weak <= names(found)
    assert found.suites.reason is None


def test_many_weak_suites_are_not_all_counted(fake_server):
    assert greeted(fake_server(suites=tuple(range(1, 0x100)))).suites.reason is Reason.BUDGET_REACHED


def test_size_of_the_group_is_measured(fake_server):
    found = greeted(fake_server(versions=(0x0303,), suites=(0xC02F, 0x0033), dh_bits=512))
    assert {one.dh_bits for one in found.suites.accepted} == {None, 512}


def test_server_of_tls13_only_shows_no_chain(fake_server, issued):
    found = greeted(fake_server(versions=(0x0304,), chain=issued()))
    assert offered(found) == [Version.TLS13]
    assert found.chain == ()


def test_closed_port_is_not_offered():
    found = greeted(Reason.REFUSED)
    assert (found.offered, found.reason) == (False, Reason.REFUSED)


def test_plain_http_is_not_offered():
    found = greeted(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert (found.offered, found.reason) == (False, Reason.NOT_TLS)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.NO_SUCH_NAME, Reason.UNREACHABLE, Reason.OUT_OF_SCOPE])
def test_what_hides_the_server_leaves_it_open(reason):
    found = greeted(reason)
    assert (found.offered, found.reason) == (None, reason)


def test_reset_after_the_name_was_sent_leaves_it_open():
    found = greeted(b"")
    assert (found.offered, found.reason) == (None, Reason.RESET)


def test_server_that_refuses_every_hello_leaves_it_open():
    found = greeted(bytes.fromhex("15030300020228"))
    assert (found.offered, found.reason) == (None, Reason.TLS_FAILED)


def test_silence_is_asked_twice_only():
    net = FakeNet(streams={(HOST, 443): Reason.TIMEOUT})
    asyncio.run(greet(Speaker(net, HOST, 443, 1.0)))
    assert len(net.asked) == 2


def test_one_who_hangs_up_after_a_while_is_not_called_free_of_old_versions(fake_server):
    server = fake_server()

    def tired(sent: bytes) -> bytes:
        return server(sent) if server.hellos < 2 else b""

    found = greeted(tired)
    unknown = {one.version: one.reason for one in found.protocols if one.offered is None}
    assert unknown[Version.TLS10] is Reason.BLOCKED_DURING_RUN


def test_one_who_hangs_up_on_weak_suites_refuses_them_if_he_still_greets(fake_server):
    server = fake_server()

    def curt(sent: bytes) -> bytes:
        answer = server(sent)
        return b"" if answer == ALERT else answer

    assert greeted(curt).suites.reason is None


def test_one_who_is_gone_when_weak_suites_are_asked_for_has_not_refused_them(fake_server):
    server = fake_server()

    def gone(sent: bytes) -> bytes:
        return server(sent) if server.hellos < 7 else b""

    assert greeted(gone).suites.reason is Reason.BLOCKED_DURING_RUN


def test_huge_chain_is_no_chain_but_still_tls(fake_server):
    found = greeted(fake_server(versions=(0x0303,), chain=(bytes(300_000),)))
    assert found.offered
    assert (found.chain, found.chain_problem) == ((), Reason.TOO_LARGE)
