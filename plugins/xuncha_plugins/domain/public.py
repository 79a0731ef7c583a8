"""Which of a site's hosts the public name servers and registries may be asked about."""

from xuncha.api import Gap, Reason, Site, is_address
from xuncha_plugins.domain.names import hosts


def public_host(site: Site) -> str | Gap:
    """The first declared host with a name. Names of an intranet are told to nobody outside."""
    declared = hosts(site)
    named = [name for name in declared if not is_address(name) and "." in name]
    if not declared:
        return Gap(Reason.NO_ENTRY_URL)
    if not named:
        return Gap(Reason.NO_DOMAIN_NAME, detail=f"{declared[0]} is no domain name")
    if site.network:
        return Gap(Reason.PRIVATE_NETWORK)
    return named[0]
