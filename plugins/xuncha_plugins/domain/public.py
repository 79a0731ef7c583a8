"""Which of a site's hosts the public name servers and registries may be asked about."""

from xuncha.api import Gap, Reason, Site, is_address
from xuncha_plugins.domain.names import hosts


def public_host(site: Site) -> str | Gap:
    """The first declared host with a name. Names of an intranet are told to nobody outside."""
    named = [name for name in hosts(site) if not is_address(name) and "." in name]
    if not named:
        return Gap(Reason.NO_ENTRY_URL, detail="no entry with a domain name")
    if site.network:
        return Gap(Reason.VANTAGE_UNFIT, detail="the site lives in a private network")
    return named[0]
