import asyncio

import pytest

from xuncha.api import Reason
from xuncha.lab import tlcp as lab
from xuncha.lab.hello import parse_hello
from xuncha.testing import FakeNet
from xuncha_plugins.tls import tlcp
from xuncha_plugins.tls.greet_sm import SmSpeaker, greet_sm
from xuncha_plugins.tls.wire import HANDSHAKE, message, record, vector

HOST = "www.example.gov.cn"
ALERT = bytes.fromhex("15030100020228")


def greeted(answer):
    net = FakeNet(streams={(HOST, 443): answer})
    return asyncio.run(greet_sm(SmSpeaker(net, HOST, 443, 1.0)))


def test_hello_is_understood_by_another_reader():
    hello = parse_hello(tlcp.tlcp_hello(tlcp.TLCP_SUITES, HOST, named=True))
    assert hello.tlcp
    assert hello.name == HOST
    assert set(hello.suites) == set(tlcp.TLCP_SUITES)


def test_bare_hello_has_no_extension_block(hello_of):
    assert hello_of(tlcp.tlcp_hello(tlcp.TLCP_SUITES, HOST, named=False)).extensions is None


def test_key_share_is_a_point_of_the_curve(hello_of):
    p = int("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", 16)
    b = int("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93", 16)
    point = hello_of(tlcp.tls13_hello(tlcp.TLS13_SUITES, HOST)).extensions[51][-64:]
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    assert (y * y - x**3 + 3 * x - b) % p == 0


def tlcp_server(certificates):
    def answer(sent: bytes) -> bytes:
        hello = parse_hello(sent)
        return lab.first_flight(hello, certificates) if hello.tlcp else ALERT

    return answer


def test_suites_and_certificates(issued):
    found = greeted(tlcp_server(issued()))
    assert found.tlcp
    assert found.suites == ("ECC_SM4_GCM_SM3", "ECC_SM4_CBC_SM3")
    assert len(found.certificates) == 2
    assert found.tls13 is False


def test_server_that_refuses_every_extension_is_asked_without(issued):
    speak = tlcp_server(issued())

    def picky(sent: bytes) -> bytes:
        return ALERT if HOST.encode() in sent else speak(sent)

    assert greeted(picky).tlcp


def test_suites_of_tls13(hello_of):
    def answer(sent: bytes) -> bytes:
        suite = next((one for one in hello_of(sent).suites if one in tlcp.TLS13_SUITES), None)
        if suite is None or hello_of(sent).version == tlcp.VERSION:
            return ALERT
        body = (
            b"\x03\x03" + bytes(32) + b"\0" + suite.to_bytes(2, "big") + b"\0" + vector(b"\x00\x2b\x00\x02\x03\x04", 2)
        )
        return record(HANDSHAKE, 0x0303, message(2, body))

    found = greeted(answer)
    assert (found.tlcp, found.tls13_suites) == (False, ("TLS_SM4_GCM_SM3", "TLS_SM4_CCM_SM3"))


@pytest.mark.parametrize("answer", [ALERT, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_server_of_plain_tls_is_no_false_yes(answer):
    found = greeted(answer)
    assert (found.tlcp, found.tls13, found.reason) == (False, False, None)


def test_answer_with_a_suite_that_was_not_offered_is_no_yes():
    body = b"\x01\x01" + bytes(32) + b"\0\xc0\x2f\0"
    assert greeted(record(HANDSHAKE, 0x0101, message(2, body))).tlcp is False


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.REFUSED, Reason.NO_SUCH_NAME])
def test_what_hides_the_server_leaves_it_open(reason):
    found = greeted(reason)
    assert (found.tlcp, found.tls13, found.reason) == (None, None, reason)
