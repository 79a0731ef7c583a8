"""A name that is denied here may exist everywhere else: a closed network knows no public name."""

import asyncio

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reach import REFERENCE
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.net.addresses import AddressPolicy
from xuncha.net.resolver import Resolver
from xuncha.net.scope import Scope
from xuncha.net.vetting import Vetting

HOST = "www.example.gov.cn"


class Denying(Resolver):
    """Knows ``REFERENCE`` or nothing."""

    def __init__(self, *, public):
        super().__init__(["127.0.0.1:9"])
        self.public = public

    async def addresses(self, host):
        if host == REFERENCE and self.public:
            return ("223.5.5.5",)
        raise NetError(Reason.NO_SUCH_NAME, host)


@pytest.fixture
def why():
    def vet(*, public, network=(), host=HOST):
        site = Site("a", "示例", (f"http://{HOST}/",), network=network)
        vetting = Vetting(site, Scope.of(site), AddressPolicy(network), Denying(public=public))
        with pytest.raises(NetError) as caught:
            asyncio.run(vetting.addresses(host))
        return caught.value.reason

    return vet


@pytest.mark.parametrize(("public", "reason"), [(True, Reason.NO_SUCH_NAME), (False, Reason.VANTAGE_UNFIT)])
def test_a_denied_name_is_the_sites_affair_only_where_public_names_are_known(why, public, reason):
    assert why(public=public) is reason


def test_an_intranet_denies_its_own_names_itself(why):
    assert why(public=False, network=("10.0.0.0/8",)) is Reason.NO_SUCH_NAME


def test_an_intranet_says_nothing_of_public_names(why):
    assert why(public=False, network=("10.0.0.0/8",), host="www.elsewhere.example") is Reason.VANTAGE_UNFIT
