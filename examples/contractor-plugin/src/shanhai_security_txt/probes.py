"""Gathers /.well-known/security.txt (RFC 9116). Probes do I/O and nothing else."""

from dataclasses import dataclass

from xuncha.api import Gap, Net, Reason, Site, probe

PLACE = "/.well-known/security.txt"


@dataclass(frozen=True, slots=True)
class SecurityTxt:
    """The file's fields in their order; empty where the site has no such file."""

    url: str
    fields: tuple[tuple[str, str], ...]


@probe(provides=SecurityTxt, deadline=20, requests=1)
async def security_txt(site: Site, net: Net) -> SecurityTxt | Gap:
    url = site.home.rstrip("/") + PLACE
    reply = await net.fetch(url, max_bytes=32_000)
    if reply.status >= 500:
        return Gap(Reason.SERVER_ERROR)
    if reply.status != 200 or not (reply.header("content-type") or "").startswith("text/plain"):
        return SecurityTxt(url, ())
    return SecurityTxt(url, parse(reply.body.decode("utf-8", "replace")))


def parse(text: str) -> tuple[tuple[str, str], ...]:
    """``Name: value`` lines; comments and anything else are passed over."""
    lines = (line.partition(":") for line in text.splitlines()[:200] if not line.startswith("#"))
    return tuple((name.strip().lower(), value.strip()[:500]) for name, colon, value in lines if colon)
