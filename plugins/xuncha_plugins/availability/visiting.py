"""Opens a page as a citizen would, with limited patience, and notes what came."""

from dataclasses import dataclass, replace

from xuncha.api import Clock, Net, NetError, Reason, State, state
from xuncha_plugins.availability.facts import Visit

_BLOCK = "filing-block:"

_ASIDE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who visits: by which way out, with which clock, with how many seconds of patience.

    Not ``placed`` where the site is seen by its visitors: what does not answer there may answer them.
    """

    net: Net
    clock: Clock
    seconds: float
    placed: bool = True

    async def visit(self, url: str) -> Visit:
        """One attempt to open ``url``, through its redirects. Never raises for what the network does."""
        return await self._attempt(url, follow=True)

    async def aside(self, url: str) -> Visit:
        """What answers at ``url`` itself, wherever it would send us."""
        return await self._attempt(url, follow=False)

    async def _attempt(self, url: str, *, follow: bool) -> Visit:
        visit = Visit(url, self.clock())
        most = None if follow else _ASIDE_BYTES
        try:
            reply = await self.net.fetch(url, follow=follow, deadline=self.seconds, max_bytes=most)
        except NetError as error:
            waited = self.seconds if error.reason is Reason.TIMEOUT else 0.0
            failed = replace(visit, seconds=waited, reason=error.reason)
            blind = not self.placed and state(failed) is State.CLOSED
            return replace(failed, reason=Reason.VANTAGE_UNFIT) if blind else failed
        return replace(
            visit,
            seconds=reply.seconds,
            status=reply.status,
            final_url=reply.final_url,
            hops=reply.hops,
            challenge=reply.challenge,
            filing_block=filing_block(reply.marks),
            notice=reply.notice,
        )


def filing_block(marks: tuple[str, ...]) -> str:
    """The id of the filing-block signature among the marks of a reply or a page; empty where there is none."""
    return next((mark.removeprefix(_BLOCK) for mark in marks if mark.startswith(_BLOCK)), "")
