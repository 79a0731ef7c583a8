"""Only public addresses are connected, in whatever form they hide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.reasons import Reason
from xuncha.net.addresses import LOOPBACK, AddressPolicy

PUBLIC = AddressPolicy()
LAB = AddressPolicy(exempt=LOOPBACK)
EXTRANET = AddressPolicy(["10.1.0.0/16", "fd12:3456::/32"])
EVERYTHING_NAMED = AddressPolicy(["0.0.0.0/0", "::/0"])

METADATA = ["169.254.169.254", "100.100.100.200", "fd00:ec2::254", "168.63.129.16", "fd20:ce::254", "100.96.0.96"]
NEVER_PUBLIC = [
    *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.9.10", "169.254.1.1", "172.31.255.255", "192.0.0.8"),
    *("192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
    *("240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1"),
    *(
        "ff02::1",
        "2001:db8::1",
        "3fff::1",
        "2001::1",
        "100::1",
        "5f00::1",
        "2606:4700::1111%eth0",
        "64:ff9b:1::808:808",
    ),
]
CARRIERS_OF_LOOPBACK = [
    *("::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::127.0.0.1", "2002:7f00:1::1", "::ffff:0:127.0.0.1"),
    *("2400:3200::5efe:127.0.0.1", "2400:3200::200:5efe:7f00:1"),
]
PUBLIC_ONES = ["223.5.5.5", "1.1.1.1", "2400:3200::1", "::ffff:223.5.5.5", "64:ff9b::223.5.5.5", "2002:df05:505::1"]


@pytest.mark.parametrize("address", [*NEVER_PUBLIC, *CARRIERS_OF_LOOPBACK, *METADATA])
def test_what_is_not_public_is_forbidden(address):
    assert PUBLIC.vet(address) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", PUBLIC_ONES)
def test_public_addresses_pass_also_when_carried_by_another(address):
    assert PUBLIC.vet(address) is None


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "[::1]", "1.1.1.1:80", "１.１.１.１", "::1%"])
def test_what_is_no_plain_address_is_forbidden(text):
    assert PUBLIC.vet(text) is Reason.ADDRESS_FORBIDDEN
    assert LAB.vet(text) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd12:3456::1", "223.5.5.5"])
def test_a_private_network_opens_its_named_ranges_beside_the_public_ones(address):
    assert EXTRANET.vet(address) is None


@pytest.mark.parametrize("address", ["10.2.0.1", "192.168.1.1", "fd12:3457::1", "127.0.0.1", "169.254.1.1", "fe80::1"])
def test_a_private_network_opens_nothing_else(address):
    assert EXTRANET.vet(address) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.1.1", "fe80::1", "224.0.0.1", "192.0.2.1", *METADATA])
def test_even_a_range_of_everything_opens_only_what_is_private(address):
    assert EVERYTHING_NAMED.vet("192.168.1.1") is None
    assert EVERYTHING_NAMED.vet(address) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", METADATA)
def test_no_exemption_opens_metadata(address):
    assert AddressPolicy(exempt=["0.0.0.0/0", "::/0"]).vet(address) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_the_lab_opens_loopback_by_name(address):
    assert LAB.vet(address) is None


def test_outside_the_site_its_private_ranges_are_shut_again():
    policy = AddressPolicy(["10.0.0.0/8"], exempt=LOOPBACK).public_only()
    assert [policy.vet("10.0.0.1"), policy.vet("127.0.0.1")] == [Reason.ADDRESS_FORBIDDEN, None]


def test_a_range_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"10\.1\.0\.0/33"):
        AddressPolicy(["10.1.0.0/33"])


@given(st.ip_addresses(v=4))
def test_a_carrier_is_judged_as_what_it_carries(address):
    expected = PUBLIC.vet(str(address))
    assert PUBLIC.vet(f"::ffff:{address}") is expected
    assert PUBLIC.vet(f"64:ff9b::{address}") is expected


@given(st.ip_addresses())
def test_nothing_passes_that_the_standard_library_calls_private(address):
    if PUBLIC.vet(str(address)) is None:
        wraps = ("ipv4_mapped", "sixtofour")  # judged by what is inside, as Python 3.13 does not do for 6to4
        inside = any(getattr(address, name, None) for name in wraps) or str(address).startswith("64:ff9b::")
        assert address.is_global or inside


@given(st.text(max_size=20))
def test_any_text_is_vetted_without_a_crash(text):
    PUBLIC.vet(text)
