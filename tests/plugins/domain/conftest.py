"""Sites, a judge that also holds findings against the texts, and zones that are signed for the occasion."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from string import Formatter

import dns.rrset
import pytest

import xuncha_plugins.domain as plugin
from xuncha.api import Answer, Site, SiteKind
from xuncha.lab import CLEAN
from xuncha.lab.zones import Zones
from xuncha.metadata import load_checks
from xuncha.testing import judge
from xuncha.testing.judging import NOW

HOME = "http://www.shiliqu.gov.cn/"


@pytest.fixture(scope="session")
def texts():
    """The plugin's texts."""
    return load_checks(Path(plugin.__file__).parent / "checks.yaml")


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def site_at():
    """A site at these addresses; a department of the district unless told otherwise."""

    def make(*urls, kind=SiteKind.DEPARTMENT, **fields):
        return Site("a", "示例局", urls or (HOME,), **{"sponsor": "示例区民政局", "kind": kind} | fields)

    return make


@pytest.fixture
def judged(texts, site_at):
    """The outcome of a check; every message it used must be in the texts, with all its values."""

    def run(check, *facts, on=None, **keywords):
        outcome = judge(check, *facts, site=on or site_at(), **keywords)
        messages = texts.checks[check.__xuncha__.id].text.messages
        for found in outcome.findings:
            wanted = {name for _, name, _, _ in Formatter().parse(messages[found.key].zh) if name}
            assert wanted == set(found.params), found.key
        return outcome

    return run


@pytest.fixture
def keys(judged):
    """The messages of what a check found."""
    return lambda *arguments, **keywords: [found.key for found in judged(*arguments, **keywords).findings]


@pytest.fixture
def signed_zone(now):
    """Answers of a signed zone, as ``{kind: Answer}``; ``shift`` moves the clock by which it was signed."""

    def make(domain="shili.gov.example", shift=timedelta(), address="192.0.2.1", faults=()):
        spec = replace(CLEAN, faults=frozenset(faults))
        zones = Zones(lambda: [spec], now + shift)
        return {
            kind: _answer(zones, name, kind, values)
            for name, kind, values in (
                (domain, "DS", zones.lookup(domain, "DS")),
                (domain, "DNSKEY", zones.lookup(domain, "DNSKEY")),
                (domain, "SOA", zones.lookup(domain, "SOA")),
                (f"www.{domain}", "A", (address,)),
            )
        }

    return make


def _answer(zones, name, kind, values):
    signature = zones.sign(dns.rrset.from_text_list(f"{name}.", 60, "IN", kind, values))
    return Answer(name, kind, tuple(values), signatures=tuple(one.to_text() for one in signature), owner=f"{name}.")
