"""Which sites the commands about evidence work on."""

from collections.abc import Sequence

from xuncha.cli.language import say
from xuncha.cli.sources import Sources
from xuncha.errors import UsageError
from xuncha.model.site import Site
from xuncha.store.format import visible


def inventory_sites(sources: Sources, names: Sequence[str]) -> tuple[Site, ...]:
    """Sites of the workspace's inventory by id, name or address; all where none is named. Raises UsageError."""
    sites = sources.sites(())
    if not names:
        return sites
    found = [site for name in names for site in sites if name in (site.id, site.name, *site.urls)]
    known = {word for site in sites for word in (site.id, site.name, *site.urls)}
    for name in names:
        if name not in known:
            text = f"网站名录中没有 {visible(name)}；全部网站见 xuncha site list"
            raise UsageError(say(text, f"the inventory has no {visible(name)}; xuncha site list lists all"))
    return tuple(dict.fromkeys(found))
