"""Puts one rule to every endpoint or chain of a scan, and says so where there is nothing to judge."""

from collections.abc import Callable, Iterator

from xuncha.api import Ask, Finding, NotApplicable, Reason, Unsure, not_applicable, unsure
from xuncha_plugins.tls.certificates import MAX_NAMES, covers
from xuncha_plugins.tls.facts import Deployment, Endpoint, TlsScan

Said = Finding | Ask | Unsure | NotApplicable


def each_endpoint(scan: TlsScan, rule: Callable[[Endpoint], Iterator[Said]]) -> Iterator[Said]:
    """What ``rule`` says of every endpoint that offers TLS."""
    for endpoint in scan.endpoints:
        if endpoint.offered:
            yield from rule(endpoint)
        else:
            yield no_tls(endpoint.offered, endpoint.reason)


def each_chain(scan: TlsScan, rule: Callable[[Endpoint, Deployment], Iterator[Said]]) -> Iterator[Said]:
    """What ``rule`` says of every chain of certificates; a server may have one per kind of key."""

    def all_chains(endpoint: Endpoint) -> Iterator[Said]:
        if is_foreign(endpoint):
            yield not_applicable(Reason.NO_HTTPS)
            return
        if not endpoint.deployments:
            yield unsure(endpoint.chains_reason or Reason.FACT_MISSING)
        for deployment in endpoint.deployments:
            yield from rule(endpoint, deployment)

    return each_endpoint(scan, all_chains)


def is_foreign(endpoint: Endpoint) -> bool:
    """Whether another site's HTTPS answers there: nobody declared it for this host, and no certificate names it.

    That is how shared servers look to a site for which HTTPS was never set up.
    """
    leaves = [deployment.leaf for deployment in endpoint.deployments]
    known = all(leaf.extensions_readable and leaf.names_total <= MAX_NAMES for leaf in leaves)
    return not endpoint.declared and bool(leaves) and known and not any(covers(leaf, endpoint.host) for leaf in leaves)


def no_tls(offered: bool | None, reason: Reason | None) -> Unsure | NotApplicable:  # noqa: FBT001 - the fact's value
    """A site without HTTPS is not asked further; one that could not be reached stays open."""
    return not_applicable(Reason.NO_HTTPS) if offered is False else unsure(reason or Reason.TLS_FAILED)
