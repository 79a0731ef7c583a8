import socket
from contextlib import suppress
from datetime import datetime

from xuncha.lab import DISTRICT
from xuncha.lab.whois import registrations
from xuncha.model.clock import SHANGHAI


def ask(browser, question: bytes) -> str:
    with socket.create_connection(browser.lab.whois, timeout=5) as connection:
        connection.sendall(question)
        return b"".join(iter(lambda: connection.recv(4096), b"")).decode()


def test_a_registered_domain_is_described(clean):
    text = ask(clean, b"SHILI.gov.example\r\n")
    assert "Registrant: 示例区人民政府办公室\r\n" in text
    assert "Registration Time: 20" in text


def test_names_below_it_have_no_registration(clean):
    assert ask(clean, b"www.shili.gov.example\r\n") == "No matching record.\r\n"


def test_a_question_without_end_is_not_listened_to(clean):
    with suppress(ConnectionResetError):  # it may hang up while we are still talking
        assert ask(clean, b"x" * 10_000) == ""


def test_one_domain_has_expired():
    now = datetime(2026, 8, 20, tzinfo=SHANGHAI)
    assert [one.domain for one in registrations(DISTRICT, now) if one.expires < now] == ["parked.example"]
