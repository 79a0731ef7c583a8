"""What one site may cost, how fast we may be, and how we introduce ourselves."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from xuncha import __version__
from xuncha.net.ledger import Limit
from xuncha.net.robots import PRODUCT

HOST_PACE = Limit(rate=4, concurrent=4, burst=4)
ADDRESS_PACE = Limit(rate=8, concurrent=8, burst=8)
PLATFORM_PACE = Limit(rate=16, concurrent=16, burst=16)
SERVICE_PACE = Limit(rate=0.2, concurrent=1)
"""Registries answer few questions a minute and shut out whoever asks faster."""


_MAX_FIELD = 200
_PLAIN = " !#$&'*+,-./:;=?@[]^_`|~"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking, so that whoever reads the site's log knows whom to call."""

    office: str = ""
    telephone: str = ""
    authorisation: str = ""

    @property
    def user_agent(self) -> str:
        """``Xuncha/0.1.0 (+office; tel …; authorisation …)``; what isn't ASCII is percent-encoded as UTF-8."""
        return _user_agent(self)


@lru_cache
def _user_agent(caller: Caller) -> str:
    tel = f"tel {caller.telephone}" if caller.telephone else ""
    paper = f"authorisation {caller.authorisation}" if caller.authorisation else ""
    about = "; ".join(_safe(field) for field in (caller.office, tel, paper) if field)
    return f"{PRODUCT}/{__version__}" + (f" (+{about})" if about else "")


def _safe(text: str) -> str:
    return quote(_CONTROL.sub(" ", text).strip()[:_MAX_FIELD], safe=_PLAIN)


@dataclass(frozen=True, slots=True)
class Settings:
    """Caps and pace; a profile's budgets fill them in.

    Args:
        caller: named in the User-Agent.
        max_bytes: of one body, decoded.
        deadline: seconds for one request with its redirects; waiting for our own pace doesn't count.
        redirects: most hops.
        requests: most on the site itself, in one run of it.
        external_requests: most beyond the site.
        site_bytes: most on the wire from the site and beyond.
        host: pace of one host.
        address: pace of one connected address, over all sites that share it.
        platform: pace of one platform (集约化平台).
        service: pace of one service beyond the site, over all sites and workers.
        retry_after: the longest Retry-After in seconds that we wait for before we ask once more.
        crawl_delay: the longest Crawl-delay in seconds that we keep.
        patience: seconds that a request waits for its turn.
        relays: hosts that the operator names in place of the services that probes declare, such as WHOIS servers.
    """

    caller: Caller = Caller()
    max_bytes: int = 8_000_000
    deadline: float = 20.0
    redirects: int = 10
    requests: int = 10_000
    external_requests: int = 5_000
    site_bytes: int = 2_000_000_000
    host: Limit = HOST_PACE
    address: Limit = ADDRESS_PACE
    platform: Limit = PLATFORM_PACE
    service: Limit = SERVICE_PACE
    retry_after: float = 30.0
    crawl_delay: float = 10.0
    patience: float = 600.0
    relays: tuple[str, ...] = ()
