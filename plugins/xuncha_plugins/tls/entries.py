"""Which endpoints belong to a site: one per host and port of its declared entries. No I/O."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from xuncha.api import Site

HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Entry:
    """A declared entry: ``port`` is where its HTTPS is expected, ``declared`` the scheme in the inventory."""

    host: str
    port: int
    declared: str
    plain_url: str
    secure_url: str


def entries(site: Site) -> tuple[Entry, ...]:
    """The declared entries with different endpoints; those that aren't web addresses are left out."""
    found: dict[tuple[str, int], Entry] = {}
    for url in site.urls:
        entry = _entry(url)
        if entry is not None and (entry.host, entry.port) not in found:
            found[entry.host, entry.port] = entry
    return tuple(found.values())


def _entry(url: str) -> Entry | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    authority = f"[{host}]" if ":" in host else host
    if parts.scheme == "http":
        return Entry(host, HTTPS_PORT, "http", url, f"https://{authority}{parts.path or '/'}")
    secure_port = HTTPS_PORT if port is None else port
    return Entry(host, secure_port, "https", f"http://{authority}{parts.path or '/'}", url)
