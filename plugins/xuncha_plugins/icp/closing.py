"""Whether addresses that were given up still answer: those of a closed website, and those that the inventory lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xuncha.api import (
    Gap,
    Net,
    NetError,
    PageLocator,
    Params,
    Reason,
    Reply,
    Site,
    SiteStatus,
    Url,
    ask,
    check,
    finding,
    host_of,
    knows_public_names,
    not_applicable,
    probe,
    unsure,
)
from xuncha_plugins.icp import places
from xuncha_plugins.icp.collect import Said

MOST = 10
"""Addresses given up that are asked, of one website."""

_GONE = frozenset({Reason.NO_SUCH_NAME, Reason.REFUSED})
_FAREWELL = re.compile(
    r"(?:永久)?(?:下线|关停|关闭|停用|停止(?:运行|使用|服务|更新))|(?:已|整体|内容)(?:迁移|并入|整合|合并)|迁移(?:至|到)|不再(?:使用|更新)"
)
_SHORT = 1_000
"""Characters up to which a page that speaks of closing is a notice, and not the website with such news."""


class FormerParams(Params):
    """``patience``: seconds for one request."""

    patience: float = 15


@dataclass(frozen=True, slots=True)
class Former:
    """What an address given up answered. ``status`` 0: nothing came, for ``problem``.

    ``elsewhere``: it leads to another host, ``final_url``; ``farewell``: it is a notice that the website is closed,
    ``parked`` a page of somebody who trades in domains.
    """

    url: str
    final_url: str = ""
    status: int = 0
    title: str = ""
    elsewhere: bool = False
    farewell: bool = False
    parked: bool = False
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class FormerAddresses:
    """Every address given up that was asked; ``complete`` False where some were left out."""

    answers: tuple[Former, ...] = ()
    complete: bool = True


@probe(provides=FormerAddresses, params=FormerParams, deadline=180, requests=MOST)
async def former_addresses(site: Site, params: FormerParams, net: Net) -> FormerAddresses | Gap:
    """One GET for each."""
    given_up = given_up_by(site)
    answers = [await _answer(url, net, params.patience) for url in given_up[:MOST]]
    if any(one.problem is Reason.NO_SUCH_NAME for one in answers) and not await knows_public_names(net):
        answers = [_doubted(one) for one in answers]
    return FormerAddresses(tuple(answers), complete=len(given_up) <= MOST)


def _doubted(one: Former) -> Former:
    """Where our own network knows no names outside, a denied one is not known to be gone."""
    return replace(one, problem=Reason.VANTAGE_UNFIT) if one.problem is Reason.NO_SUCH_NAME else one


def given_up_by(site: Site) -> tuple[str, ...]:
    """The former addresses, and of a website closed for good its entries too."""
    entries = site.urls if site.status is SiteStatus.CLOSED else ()
    return tuple(dict.fromkeys((*entries, *site.former_urls)))


async def _answer(url: str, net: Net, patience: float) -> Former:
    try:
        reply = await net.fetch(url, deadline=patience, external=True)
    except NetError as error:
        return Former(url, problem=error.reason)
    if reply.challenge:
        return Former(url, reply.final_url, problem=Reason.CHALLENGED)
    return _read(url, reply)


def _read(url: str, reply: Reply) -> Former:
    words = reply.words()
    return Former(
        url,
        reply.final_url,
        reply.status,
        reply.title[:100],
        elsewhere=not places.related(host_of(reply.final_url), host_of(url)),
        parked=any(mark.startswith("parked") for mark in reply.marks),
        farewell=bool(reply.notice) or (len(words) < _SHORT and bool(_FAREWELL.search(f"{reply.title}{words}"))),
    )


@check("identity.old-domains")
def old_domains(former: FormerAddresses, site: Site) -> Iterator[Said]:
    """What was closed for good answers no more, or only says that it is closed or where it went."""
    if not former.answers:
        yield not_applicable(Reason.NOT_OFFERED)
    for one in former.answers:
        yield from _judged(one, site)


def _judged(one: Former, site: Site) -> Iterator[Said]:
    at, url = PageLocator(one.url, 0), Url(one.url)
    if one.problem and one.problem not in _GONE:
        yield unsure(one.problem)
    elif one.parked:
        yield ask(at, "parked", url=url)
    elif not 200 <= one.status < 300 or one.farewell:  # noqa: PLR2004 - HTTP success
        return
    elif not one.elsewhere:
        yield finding(at, "answers", url=url, title=one.title or "—")
    elif not any(places.related(host_of(one.final_url), host_of(home)) for home in site.urls):
        yield ask(at, "leads-elsewhere", url=url, target=Url(one.final_url), title=one.title or "—")
