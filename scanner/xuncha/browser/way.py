"""The way out that a page in the browser has: that of its site, and nothing else."""

from collections.abc import Mapping
from typing import Protocol

from xuncha.model.netapi import Method, Reply


class Way(Protocol):
    """For one site; ``xuncha.net.client.SiteNet`` is one."""

    def contains(self, url: str) -> bool:
        """Whether ``url`` belongs to the site."""
        ...

    def agent(self, browser: str) -> str:
        """How a browser that calls itself ``browser`` names itself on this way: as itself, and who sends it."""
        ...

    async def browse(
        self,
        url: str,
        *,
        method: Method,
        headers: Mapping[str, str],
        agent: str,
        cookie: str,
        inside: bool,
        max_bytes: int,
    ) -> Reply:
        """One request of a page, not followed.

        Args:
            url: absolute.
            method: GET or HEAD.
            headers: of the ``HARMLESS_HEADERS``.
            agent: from ``agent``.
            cookie: what the site itself set; left out for any other.
            inside: for documents: only the site's own hosts, else any public address.
            max_bytes: cut the body there.

        Raises:
            NetError: with a reason from the closed list.
        """
        ...
