"""Opens external link targets that may be harmful, one of each host, and tells what they show.

The words of a link, or the name of a host, only decide who comes first: names that expired in friend links look honest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import Field

from xuncha.api import (
    Crawl,
    LinkTarget,
    LinkUse,
    Net,
    NetError,
    Params,
    Reason,
    Reply,
    a_few_at_once,
    defanged,
    defanged_text,
    host_of,
    in_time,
    masked_excerpt,
    parse_page,
    probe,
)
from xuncha_plugins.content.harmful_facts import HarmfulLook, HarmfulTargets
from xuncha_plugins.content.harmful_words import Shown, is_odd, is_plain_sign, is_sign, is_trusted, masked, shown_by

AT_ONCE = 4
LONGEST = 3_600
MAX_BYTES = 131_072
MAX_TEXT = 40_000
_OPENED = frozenset({LinkUse.PAGE, LinkUse.FRAME})
_MISSING = 400
_GONE = (404, 410)


class HarmfulParams(Params):
    """At most ``targets`` are opened, with ``patience`` seconds for each, all within ``seconds``.

    A page is harmful for certain from ``words`` different words of one family on.
    """

    targets: int = Field(default=60, ge=0, le=500)
    words: int = Field(default=3, ge=2)
    patience: float = Field(default=15, gt=0, le=60)
    seconds: float = Field(default=600, gt=0, le=LONGEST - 60)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target to be opened; ``sign``: the words of a link speak of harmful things, ``odd``: its host's name does."""

    target: LinkTarget
    sign: bool
    odd: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Sorts what is likelier harmful to the front; then what the home page links to."""
        return not self.sign, not self.odd, not self.target.on_home


@probe(
    provides=HarmfulTargets,
    needs=(Crawl,),
    params=HarmfulParams,
    deadline=LONGEST,
    connections=AT_ONCE,
    requests=("targets",),
)
async def harmful_targets(crawl: Crawl, params: HarmfulParams, net: Net) -> HarmfulTargets:
    """What the external links of a site lead to, as far as they may be harmful."""
    known = candidates(crawl)
    search = _Search(net, params)
    await in_time(params.seconds, a_few_at_once(known[: params.targets], search.look_at, AT_ONCE))
    return search.result(known)


def candidates(crawl: Crawl) -> list[Candidate]:
    """The targets outside that are worth opening, the likeliest first: each with a sign, of other hosts one each."""
    found = sorted(_outside(crawl), key=lambda one: one.rank)
    hosts: set[str] = set()
    chosen = []
    for one in found:
        host = host_of(one.target.url)
        if one.sign or host not in hosts:
            chosen.append(one)
        hosts.add(host)
    return chosen


def _outside(crawl: Crawl) -> Iterator[Candidate]:
    for target in crawl.targets:
        host = host_of(target.url)
        if target.internal or target.use not in _OPENED or not host or is_trusted(host):
            continue
        yield Candidate(target, any(is_sign(source.text) for source in target.sources), is_odd(host))


class _Search:
    def __init__(self, net: Net, params: HarmfulParams) -> None:
        self._net = net
        self._params = params
        self._looks: dict[str, HarmfulLook | None] = {}

    async def look_at(self, candidate: Candidate) -> None:
        """Each look is noted as soon as it is done."""
        self._looks[candidate.target.url] = await self._look(candidate)

    def result(self, known: list[Candidate]) -> HarmfulTargets:
        """What was found by now, the likeliest first; it says where that is not all."""
        looks = tuple(look for one in known if (look := self._looks.get(one.target.url, _without_turn(one))))
        complete = all(one.target.url in self._looks for one in known if one.sign)
        return HarmfulTargets(looks, len(self._looks), len(known), complete)

    async def _look(self, candidate: Candidate) -> HarmfulLook | None:
        """What opens, unless it is plainly clean; a link without a sign that doesn't open is for other checks."""
        url = candidate.target.url
        try:
            reply = await self._net.fetch(url, max_bytes=MAX_BYTES, deadline=self._params.patience, external=True)
        except NetError as error:
            return _unseen(candidate, url, error.reason, gone=error.reason is Reason.NO_SUCH_NAME)
        if reply.challenge:
            return _unseen(candidate, reply.final_url, Reason.CHALLENGED)
        if reply.status >= _MISSING:
            return _unseen(candidate, reply.final_url, Reason.SERVER_ERROR, gone=reply.status in _GONE)
        if is_trusted(host_of(reply.final_url)):
            return None
        title, shown = _shown(reply, self._params.words)
        if not (shown.family or candidate.sign):
            return None
        return _look_at(candidate, reply.final_url, shown, title)


def _unseen(candidate: Candidate, final_url: str, why: Reason, *, gone: bool = False) -> HarmfulLook | None:
    """A look at nothing: kept where the link's words are a sign, unless what they may have meant is gone."""
    look = replace(_look_at(candidate, final_url), problem=why, gone=gone)
    return look if candidate.sign and (look.plain or not gone) else None


def _without_turn(candidate: Candidate) -> HarmfulLook | None:
    """What is told of a link that the budget left out: that its words are plain."""
    look = _unseen(candidate, candidate.target.url, Reason.BUDGET_REACHED)
    return look if look and look.plain else None


def _shown(reply: Reply, at_least: int) -> tuple[str, Shown]:
    page = parse_page(reply.body, url=reply.final_url, headers=reply.headers, status=reply.status)
    summary = "\n".join(page.meta(name) or "" for name in ("keywords", "description"))
    return page.title, shown_by(page.title, f"{summary}\n{page.text}"[:MAX_TEXT], at_least)


def _look_at(candidate: Candidate, final_url: str, shown: Shown | None = None, title: str = "") -> HarmfulLook:
    sources = candidate.target.sources
    source = max(sources, key=lambda one: (is_plain_sign(one.text), is_sign(one.text)))
    shown = shown or Shown()
    return HarmfulLook(
        url=defanged(candidate.target.url),
        final_url=defanged(final_url),
        page=source.page,
        depth=source.depth,
        line=source.line,
        text=_harmless(source.text),
        sources=candidate.target.sources_total,
        sign=candidate.sign,
        family=shown.family,
        words=shown.words,
        certain=shown.certain,
        title=_harmless(title),
        plain=is_plain_sign(source.text),
    )


def _harmless(words: str) -> str:
    return defanged_text(masked(masked_excerpt(words, 60)))
