"""Every fault of the lab is found by the check that it names, and by no other; the clean site is clean."""

import asyncio

import pytest

from xuncha.api import Gap, Reason, Status
from xuncha.lab import CLEAN, Lab
from xuncha.lab.faults import expectations
from xuncha.lab.faults.domain import DOMAIN
from xuncha.model.clock import system_clock
from xuncha.net.resolver import Resolver
from xuncha.net.stream import open_stream
from xuncha_plugins.domain import dns_checks, naming_checks, probes, registration_checks
from xuncha_plugins.domain.registration_probe import RegistrationParams, registration

CHECKS = [
    value
    for module in (naming_checks, registration_checks, dns_checks)
    for value in vars(module).values()
    if hasattr(value, "__xuncha__")
]


class LabNet:
    """The lab's name server and registry, as a real resolver and a real stream reach them."""

    def __init__(self, lab):
        self.names = Resolver((lab.nameserver,))

    async def resolve(self, name, kind="A", *, signed=False):
        return await self.names.resolve(name, kind, signed=signed)

    async def connect(self, host, port, *, deadline, max_bytes):
        return await open_stream(host, port, deadline=deadline, max_bytes=max_bytes)


async def gathered(lab, site):
    net, whois = LabNet(lab), "{}:{}".format(*lab.whois)
    return [
        await registration(site, RegistrationParams(whois=whois), net, system_clock),
        await probes.name_servers(site, net),
        await probes.caa_records(site, net),
        await probes.mail_records(site, net),
        await probes.signatures(site, net, system_clock),
        await probes.aliases(site, Gap(Reason.REFUSED), probes.AliasParams(), net),
    ]


@pytest.fixture
def found(judged):
    """The (check, status) pairs that are not pass, of a lab of one site with these faults."""

    def run(*faults):
        with Lab([CLEAN.having(*faults)]) as lab:
            site = lab.sites[0]
            facts = asyncio.run(gathered(lab, site))
        outcomes = {(check.__xuncha__.id, judged(check, *facts, on=site).status) for check in CHECKS}
        return {pair for pair in outcomes if pair[1] is not Status.PASS}

    return run


@pytest.mark.parametrize("fault", [one.id for one in DOMAIN])
def test_a_fault_is_found_and_nothing_else(found, fault):
    assert found(fault) == expectations([fault])


def test_on_a_clean_site_nothing_is_found(found):
    assert found() == set()


def test_a_name_is_chosen_before_the_lab_opens():
    with Lab([CLEAN]) as lab, pytest.raises(ValueError, match="domain-com before"):
        lab.switch("portal", "domain-com")
