"""The websites of the inventory, by everything that a row may call them."""

from collections.abc import Iterable

from xuncha.config.errors import nearest
from xuncha.inventory.sites import same_site
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.selfcheck.answers import folded_heading

_MOST_URL = 2000


class Known:
    """Which site an id, an address or a name stands for; a name that two sites share stands for none."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.sites = {site.id: site for site in sites}
        self._by: dict[str, dict[str, str]] = {"id": {}, "url": {}, "name": {}}
        for site in self.sites.values():
            self._note("id", site.id, site.id)
            self._note("name", folded_heading(site.name), site.id)
            for url in site.urls:
                self._note("url", _address(url), site.id)

    def _note(self, kind: str, word: str, site: str) -> None:
        names = self._by[kind]
        names[word] = site if names.get(word, site) == site else ""

    def site(self, kind: str, text: str) -> str:
        """The id of the site; empty where none is meant, or more than one could be."""
        plain = text.strip()
        match kind:
            case "url":
                return next(filter(None, (self._by["url"].get(_address(part)) for part in plain.split())), "")
            case "name":
                return self._by["name"].get(folded_heading(plain), "")
            case _:
                return self._by["id"].get(plain, "")

    def nearest(self, text: str) -> Text | None:
        """The site that was perhaps meant."""
        names = [site.name for site in self.sites.values() if site.name]
        return nearest(text, [*names, *self.sites])


def _address(text: str) -> str:
    plain = text[:_MOST_URL]
    return same_site(plain if "://" in plain else f"http://{plain}")
