"""Visits link targets: each host in turn, a few at once, and no host again and again that does not answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from xuncha.api import LinkTarget, LinkUse, Net, NetError, Reason, a_few_at_once, host_of
from xuncha_plugins.links.facts import Visit

AT_ONCE = 8
"""Requests under way at the same time; the guard paces each host and address besides."""

MAX_BYTES = 65_536
"""Of a target no more is read: enough for the title, the first heading and what marks a page as parked."""

_OPENED = frozenset({LinkUse.PAGE, LinkUse.FRAME})
_OVER = frozenset({Reason.BUDGET_REACHED, Reason.OUTSIDE_HOURS})
_UNANSWERED = frozenset({Reason.TIMEOUT, Reason.RESET, Reason.REFUSED, Reason.UNREACHABLE, Reason.DNS_FAILED})
_HEAD_DISLIKED = frozenset({Reason.TIMEOUT, Reason.RESET, Reason.MALFORMED_REPLY})


class Asker:
    """Asks through ``net``. ``left_out`` is set as soon as a target could not be asked.

    Args:
        net: the way out.
        patience: seconds for one request.
        host_failures: after so many requests in a row without an answer a host is left alone.
    """

    def __init__(self, net: Net, *, patience: float, host_failures: int) -> None:
        self._net = net
        self._patience = patience
        self._host_failures = host_failures
        self._failures: Counter[str] = Counter()
        self._denials: Counter[str] = Counter()
        self._over = False
        self.left_out = False

    async def visit_all(self, targets: Iterable[LinkTarget], visited: dict[str, Visit], *, again: bool = False) -> None:
        """Visit ``targets`` and note each visit in ``visited`` at once, so that nothing is lost when time is up.

        Unless it is to be done ``again``, what another plugin was just told will do.
        """

        async def visit(target: LinkTarget) -> None:
            found = await self._visit(target, again=again)
            if found is None:
                self.left_out = True
            else:
                visited[target.url] = found

        await a_few_at_once(_host_by_host(targets), visit, AT_ONCE)

    async def look_up_all(self, hosts: Iterable[str]) -> None:
        """Look each name up, however often that was done before."""
        await a_few_at_once(hosts, self._look_up, AT_ONCE)

    def denied(self, times: int) -> tuple[str, ...]:
        """The names that so many lookups denied."""
        return tuple(sorted(host for host, count in self._denials.items() if count >= times))

    async def open_page(self, url: str) -> Visit | None:
        """A page of the site itself, in full; None where no answer came."""
        try:
            return Visit.answered(url, await self._net.fetch(url, deadline=self._patience))
        except NetError:
            return None

    async def _look_up(self, host: str) -> None:
        try:
            answer = await self._net.resolve(host)
        except NetError:
            return
        self._denials[host] += not answer.exists

    async def _visit(self, target: LinkTarget, *, again: bool) -> Visit | None:
        """The visit; None where nobody was asked, because the budget is spent or the host does not answer any more."""
        host = host_of(target.url)
        if self._over or self._failures[host] >= self._host_failures:
            return None
        visit = await self._ask(target, again=again)
        if visit.problem in _OVER:
            self._over = True
            return None
        in_vain = visit.problem in _UNANSWERED or (target.internal and visit.challenge)
        self._failures[host] = self._failures[host] + 1 if in_vain else 0
        return visit

    async def _ask(self, target: LinkTarget, *, again: bool) -> Visit:
        """A page is opened. A file is asked about first, and only a plain yes is believed without opening it.

        The site's attachments are opened at once, in the way other plugins open them, so that one visit tells all.
        """
        if target.internal and target.use is LinkUse.ATTACHMENT:
            return await self._get(target, recent=not again, headers=_referrer(target))
        if target.use not in _OPENED:
            asked = await self._head(target)
            plain_yes = asked.succeeded and not asked.is_page and not asked.challenge
            if plain_yes or not (asked.status or asked.problem in _HEAD_DISLIKED):
                return asked
        return await self._get(target)

    async def _head(self, target: LinkTarget) -> Visit:
        try:
            reply = await self._net.fetch(
                target.url, method="HEAD", deadline=self._patience, external=not target.internal
            )
        except NetError as error:
            return Visit.failed(target.url, error)
        return Visit.answered(target.url, reply)

    async def _get(
        self, target: LinkTarget, *, recent: bool = False, headers: Mapping[str, str] | None = None
    ) -> Visit:
        try:
            reply = await self._net.fetch(
                target.url,
                headers=headers,
                max_bytes=MAX_BYTES,
                deadline=self._patience,
                external=not target.internal,
                recent=recent,
            )
        except NetError as error:
            return Visit.failed(target.url, error)
        return Visit.answered(target.url, reply)


def _referrer(target: LinkTarget) -> dict[str, str]:
    """The page that links there: many sites serve files to their own visitors only."""
    return {"Referer": target.sources[0].page} if target.sources else {}


def _host_by_host(targets: Iterable[LinkTarget]) -> Iterator[LinkTarget]:
    """The first target of each host, then the second of each, and so on: a slow host must not hold up the others."""
    hosts: dict[str, list[LinkTarget]] = {}
    for target in targets:
        hosts.setdefault(host_of(target.url), []).append(target)
    return (target for row in zip_longest(*hosts.values()) for target in row if target is not None)
