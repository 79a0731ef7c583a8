"""Zones that Knot signs and serves, seen through the plugin's probes."""

from datetime import timedelta

import pytest

from xuncha.api import Gap, Reason
from xuncha.model.clock import system_clock
from xuncha_plugins.domain import dns_checks, probes
from xuncha_plugins.domain.facts import Chain, Fault

pytestmark = pytest.mark.acceptance


@pytest.mark.parametrize("zone", ["ecdsa", "rsa", "ed"])
def test_a_zone_that_knot_signs_is_secure(gathered, zone):
    assert gathered(probes.signatures, zone).chain is Chain.SECURE


def test_a_name_from_a_wildcard_is_secure(gathered):
    assert gathered(probes.signatures, "ecdsa", host="any.wild").chain is Chain.SECURE


def test_keys_that_the_parent_does_not_know_break_it(gathered):
    found = gathered(probes.signatures, "mixed-up")
    assert (found.chain, found.fault) == (Chain.BROKEN, Fault.NO_MATCH)


def test_signatures_run_out(gathered):
    found = gathered(probes.signatures, "rsa", clock=lambda: system_clock() + timedelta(days=90))
    assert (found.chain, found.fault, found.record) == (Chain.BROKEN, Fault.EXPIRED, "DNSKEY")


def test_a_zone_without_signatures_is_unsigned(gathered):
    assert gathered(probes.signatures, "unsigned").chain is Chain.UNSIGNED


def test_servers_mail_and_issuers_are_read(gathered):
    servers = gathered(probes.name_servers, "ecdsa")
    assert [one.addresses for one in servers.servers] == [("192.0.2.53",), ("198.51.100.53",)]
    assert gathered(probes.mail_records, "ecdsa").spf == ("v=spf1 -all",)
    assert gathered(probes.caa_records, "ecdsa").records == ('0 issue "ca.example"',)


def test_an_alias_to_a_denied_name_is_told_from_a_living_one(gathered):
    crawl, params = Gap(Reason.REFUSED), probes.AliasParams()
    dead = gathered(probes.aliases, "ecdsa", crawl, params).aliases
    alive = gathered(probes.aliases, "ecdsa", crawl, params, host="alive").aliases
    assert [(one.name.partition(".")[0], one.denied) for one in dead] == [("old", True)]
    assert [(one.name.partition(".")[0], one.denied) for one in alive] == [("alive", False), ("old", True)]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("unsigned", []), ("unreported", ["no-dmarc"]), ("watching", ["watching-dmarc"]), ("mistyped", ["no-dmarc"])],
)
def test_whether_a_domain_says_what_becomes_of_forged_mail(keys, zone, expected):
    assert keys(dns_checks.mail, probes.mail_records, zone) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("unsigned", []),
        ("unreported", ["one-network"]),
        ("watching", []),
        ("mistyped", ["denied"]),
        ("single", ["single"]),
    ],
)
def test_whether_name_servers_can_stand_in_for_each_other(keys, zone, expected):
    assert keys(dns_checks.redundancy, probes.name_servers, zone) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("www", []), ("lapsed", ["claimable"]), ("released", ["released"]), ("lent", [])],
)
def test_aliases_that_others_could_take_over_are_told(keys, host, expected):
    crawl, params = Gap(Reason.REFUSED), probes.AliasParams()
    assert keys(dns_checks.dangling, probes.aliases, "unsigned", crawl, params, host=host) == expected
