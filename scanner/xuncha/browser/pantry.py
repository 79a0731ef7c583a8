"""What was fetched for a site's pages and serves every one of them: scripts, style sheets, pictures."""

from xuncha.browser.policy import Asked
from xuncha.model.netapi import Reply

MOST = 32_000_000
"""Bytes of bodies; beyond them nothing more is kept."""

_OK = 200


class Pantry:
    """For one site. Thirty pages that load the same ten scripts cost it ten requests, not three hundred."""

    def __init__(self, most: int = MOST) -> None:
        self._left = most
        self._kept: dict[str, Reply] = {}

    def take(self, asked: Asked) -> Reply | None:
        """The answer that an earlier page got, where every page gets the same."""
        return self._kept.get(asked.url) if _is_kept(asked) else None

    def put(self, asked: Asked, reply: Reply) -> None:
        """Keep an answer, if it is of that kind."""
        size = len(reply.body)
        sound = reply.status == _OK and not reply.truncated and not reply.challenge
        if _is_kept(asked) and sound and size <= self._left and asked.url not in self._kept:
            self._kept[asked.url] = reply
            self._left -= size


def _is_kept(asked: Asked) -> bool:
    return asked.kind.keeps and asked.method == "GET"
