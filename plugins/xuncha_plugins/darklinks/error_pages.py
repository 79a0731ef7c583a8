"""Asks for addresses that do not exist and for a search, and looks for spam in what answers. Six plain GETs at most."""

import hashlib
from collections.abc import Iterator
from urllib.parse import urljoin

from pydantic import Field

from xuncha.api import Crawl, Net, NetError, Params, Reason, Reply, Site, parse_page, probe
from xuncha_plugins.darklinks.facts import Echo, Echoes
from xuncha_plugins.darklinks.looking import look_at

_OK = 200
_SERVER_ERROR = 500


class ErrorPageParams(Params):
    """At most ``addresses`` are asked for, with ``patience`` seconds for each."""

    addresses: int = Field(default=5, ge=1, le=6)
    patience: float = Field(default=15, gt=0, le=60)


@probe(
    provides=Echoes,
    needs=(Crawl,),
    params=ErrorPageParams,
    deadline=200,
    connections=1,
    requests=("addresses",),
    mode="probe",
)
async def echoes(site: Site, crawl: Crawl, params: ErrorPageParams, net: Net) -> Echoes:
    """What answers for what does not exist, and for a search by the addresses that spam uses most."""
    home = crawl.pages[0].final_url if crawl.pages and crawl.pages[0].opened else site.home
    title = crawl.pages[0].title if crawl.pages else ""
    wanted = list(addresses(home, site.id))[: params.addresses]
    return Echoes(tuple([await _ask(kind, url, key, title, net, params.patience) for kind, url, key in wanted]))


def addresses(home: str, site: str) -> Iterator[tuple[str, str, str]]:
    """Kind, address and the made-up word in it, which names us in the site's log."""
    key = "xuncha" + hashlib.sha256(site.encode()).hexdigest()[:10]
    for kind, path in (
        ("missing", f"/{key}.html"),
        ("missing", f"/{key}/"),
        ("search", f"/?s={key}"),
        ("search", f"/search?q={key}"),
        ("missing", f"/?{key}.html"),
        ("search", f"/?keyword={key}"),
    ):
        yield kind, urljoin(home, path), key


async def _ask(kind: str, url: str, key: str, home: str, net: Net, patience: float) -> Echo:
    try:
        reply = await net.fetch(url, deadline=patience)
    except NetError as error:
        return Echo(url, kind, problem=error.reason)
    if reply.challenge:
        return Echo(url, kind, reply.status, problem=Reason.CHALLENGED)
    if reply.status >= _SERVER_ERROR:
        return Echo(url, kind, reply.status, problem=Reason.SERVER_ERROR)
    if home and reply.title == home:
        return Echo(url, kind, reply.status)  # the home page answers, and is judged as what it is
    look = look_at(reply)
    words = tuple(sorted({*look.words, *look.linked}))
    return Echo(url, kind, reply.status, look.title, words, look.strange, echoed=_repeats(reply, key))


def _repeats(reply: Reply, key: str) -> bool:
    """Whether the title repeats what was asked for, where search engines may keep it."""
    if reply.status != _OK or key not in reply.title or "noindex" in (reply.header("x-robots-tag") or ""):
        return False
    page = parse_page(reply.body, url=reply.final_url, headers=reply.headers)
    return "noindex" not in (page.meta("robots") or "").lower()
