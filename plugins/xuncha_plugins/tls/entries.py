"""Which endpoints belong to a site: one per host and port of its declared entries. No I/O."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from xuncha.api import Site

HTTPS_PORT = 443


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
    declared = [parts for url in site.urls if (parts := _parts(url))]
    found: dict[tuple[str, int], Entry] = {}
    for parts in declared:
        same_host = [other for other in declared if other.hostname == parts.hostname]
        entry = _entry(parts, next((other for other in same_host if other.scheme != parts.scheme), None))
        found.setdefault((entry.host, entry.port), entry)
    return tuple(found.values())


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _entry(declared: SplitResult, other: SplitResult | None) -> Entry:
    """The entry of a declared address; ``other`` is the same host's under the other scheme, if that is declared."""
    pair = {declared.scheme: declared, **({other.scheme: other} if other else {})}
    secure, plain = pair.get("https"), pair.get("http")
    host = declared.hostname or ""
    port = secure.port or HTTPS_PORT if secure else HTTPS_PORT
    return Entry(
        host,
        port,
        secure is not None,
        plain.geturl() if plain else _moved(declared, "http"),
        secure.geturl() if secure else _moved(declared, "https"),
    )


def _moved(declared: SplitResult, scheme: str) -> str:
    host = declared.hostname or ""
    return declared._replace(scheme=scheme, netloc=f"[{host}]" if ":" in host else host).geturl()
