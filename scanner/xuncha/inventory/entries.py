"""Which site of an inventory an address is."""

from collections.abc import Iterable

from xuncha.inventory.sites import same_site
from xuncha.model.site import Site
from xuncha.net.scope import host_of


def entry_at(url: str, sites: Iterable[Site]) -> Site | None:
    """The site that has ``url`` for an entry, however the two are written."""
    wanted = same_site(url)
    return next((site for site in sites if any(same_site(entry) == wanted for entry in site.urls)), None)


def site_on_host(url: str, sites: Iterable[Site]) -> Site | None:
    """The site that has an entry on the host of ``url``."""
    wanted = host_of(url)
    return next((site for site in sites if any(host_of(entry) == wanted for entry in site.urls)), None)
