"""Which endpoints belong to a site: one per host and port of its declared entries. No I/O."""

from dataclasses import dataclass

from xuncha.api import Site, endpoint_of, other_scheme


@dataclass(frozen=True, slots=True)
class Entry:
    """A declared host: ``port`` is where its HTTPS is expected, ``https`` whether the inventory itself names that.

    ``plain_url`` and ``secure_url`` are the declared addresses, or the same page under the other scheme's own port.
    """

    host: str
    port: int
    https: bool
    plain_url: str
    secure_url: str


def entries(site: Site) -> tuple[Entry, ...]:
    """One entry per declared host and HTTPS port; what isn't a web address is left out."""
    found: dict[tuple[str, int], Entry] = {}
    for url in site.urls:
        if other := other_scheme(url, site.urls):
            entry = _entry(url, other, site.urls)
            found.setdefault((entry.host, entry.port), entry)
    return tuple(found.values())


def _entry(url: str, other: str, declared: tuple[str, ...]) -> Entry:
    plain, secure = (other, url) if url.lower().startswith("https:") else (url, other)
    host, port = endpoint_of(secure)
    return Entry(host, port, secure in declared, plain, secure)
