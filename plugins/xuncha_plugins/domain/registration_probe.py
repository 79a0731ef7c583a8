"""Asks the registry about the domain that the site's host lies in."""

from pydantic import Field

from xuncha.api import Clock, Gap, Net, NetError, Params, Reason, Site, probe, registrable
from xuncha_plugins.domain import whois
from xuncha_plugins.domain.facts import Registration
from xuncha_plugins.domain.names import shares_domain
from xuncha_plugins.domain.public import public_host


class RegistrationParams(Params):
    """``seconds``: for one reply. ``whois``: ``host:port``, asked in place of the registries' own servers."""

    seconds: float = Field(default=15.0, gt=0, le=60)
    whois: str = ""


@probe(
    provides=Registration,
    params=RegistrationParams,
    deadline=600,  # many sites may wait for their turn with one registry
    connections=1,
    requests=0,
    conversations=1,
    services=whois.servers(),
)
async def registration(site: Site, params: RegistrationParams, net: Net, clock: Clock) -> Registration | Gap:
    """The registration of the site's own domain; one below another's government domain has none of its own.

    A registry is asked once per site, never twice: it answers few questions a minute.
    """
    host = public_host(site)
    if isinstance(host, Gap):
        return host
    domain = registrable(host)
    if shares_domain(host):
        return Registration(domain, "", clock(), shared=True)
    registry = whois.registry_of(domain) or (whois.usual_registry() if params.whois else None)
    if registry is None:
        return Gap(Reason.NOT_SUPPORTED, detail=f"no WHOIS server is known for {domain}")
    place = whois.Place.of(params.whois or registry.server)
    try:
        text = await whois.ask(net, place, domain, seconds=params.seconds)
    except NetError as error:
        return Gap(error.reason, detail=f"{place.host}: {error.detail}")
    return whois.read(text, domain, registry, clock(), server=place.host)
