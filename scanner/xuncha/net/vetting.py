"""From a host to the addresses that may be connected: looked up once, every one held against the policy."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from xuncha.model.hosts import is_address
from xuncha.model.netapi import NetError
from xuncha.model.reach import REFERENCE
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.net.addresses import AddressPolicy
from xuncha.net.resolver import Resolver
from xuncha.net.scope import Scope, host_of

_MOST_KEPT = 4_096


class Vetting:
    """For one site: its own policy for its own hosts, public addresses only for everybody else's.

    Args:
        site: whose ``connect_to`` stands in for the lookup of its hosts.
        scope: which hosts are the site's.
        policy: with the site's private ranges, if it has any.
        resolver: shared by the worker.
        hosts: the machine's hosts file, heeded only where the policy opens more than public addresses.
    """

    def __init__(
        self,
        site: Site,
        scope: Scope,
        policy: AddressPolicy,
        resolver: Resolver,
        hosts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._connect_to = host_of(site.connect_to)
        self._scope = scope
        self._policies = {True: policy, False: policy.public_only()}
        self._for_relays = policy.for_operators_own()
        self._resolver = resolver
        self._hosts = {} if policy.is_public else dict(hosts or {})
        self._preferred: dict[str, str] = {}
        self._vetted: dict[tuple[bool, tuple[str, ...]], tuple[str, ...]] = {}
        self._own: set[str] = set()

    async def addresses(self, host: str) -> tuple[str, ...]:
        """What of the host's addresses passes the policy, the one that answered last time first.

        Raises:
            NetError: address-forbidden when none passes, no-such-name, dns-failed; vantage-unfit where the name
                is denied by a resolver that knows no public name at all.
        """
        inside = host in self._scope.hosts
        found = await self._look_up(host, inside=inside)
        allowed = self._allowed(found, inside=inside)
        if not allowed:
            raise NetError(Reason.ADDRESS_FORBIDDEN, f"{host} is {', '.join(found)}")
        if inside:
            self._own.update(allowed)
        preferred = self._preferred.get(host)
        if preferred is None or preferred == allowed[0] or preferred not in allowed:
            return allowed
        return (preferred, *(address for address in allowed if address != preferred))

    async def relay(self, host: str) -> str:
        """The address of a server that the operator configured: it may be in his own networks, as name servers may.

        Raises:
            NetError: as ``addresses`` does.
        """
        found = await self._look_up(host, inside=False)
        for address in found:
            if self._for_relays.vet(address) is None:
                return address
        raise NetError(Reason.ADDRESS_FORBIDDEN, f"{host} is {', '.join(found)}")

    def prefer(self, host: str, address: str) -> None:
        """``address`` answered: go on speaking to it, so that two servers of one name don't mix."""
        if self._preferred.get(host) != address:
            if len(self._preferred) >= _MOST_KEPT:
                self._preferred.clear()
            self._preferred[host] = address

    async def is_own(self, address: str) -> bool:
        """Whether one of the site's hosts is at ``address``.

        Who asks need not have spoken to the site before: in a resumed run another worker may have.
        """
        if address not in self._own and is_address(address):
            for host in sorted(self._scope.hosts):
                with suppress(NetError):
                    await self.addresses(host)
        return address in self._own

    async def _look_up(self, host: str, *, inside: bool) -> tuple[str, ...]:
        if inside and self._connect_to and not is_address(host):
            host = self._connect_to
        if is_address(host):
            return (host,)
        if host in self._hosts:
            return tuple(self._hosts[host])
        try:
            return await self._resolver.addresses(host)
        except NetError as error:
            if error.reason is Reason.NO_SUCH_NAME and self._policies[inside].is_public:
                await self._check_vantage(host)
            raise

    async def _check_vantage(self, host: str) -> None:
        """A closed network denies every public name: that ``host`` is denied there says nothing of it."""
        if not await self._resolver.knows_public_names():
            raise NetError(Reason.VANTAGE_UNFIT, f"{host} is denied, as {REFERENCE} is")

    def _allowed(self, found: tuple[str, ...], *, inside: bool) -> tuple[str, ...]:
        allowed = self._vetted.get((inside, found))
        if allowed is None:
            if len(self._vetted) >= _MOST_KEPT:
                self._vetted.clear()
            policy = self._policies[inside]
            allowed = self._vetted[inside, found] = tuple(each for each in found if policy.vet(each) is None)
        return allowed
