"""Replies that are not the site's own words are recognised before anything judges them, whatever their status."""

from dataclasses import replace

from xuncha.crawl.signatures import Kind, Signatures
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason


class Recogniser:
    """Marks replies. The worker puts it behind every fetch, so that probes and the crawl see marked replies only."""

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures

    def recognise(self, reply: Reply) -> Reply:
        """``reply`` with its ``marks``, and with ``challenge`` where it is a challenge; unchanged where it is neither.

        Recognising twice changes nothing.
        """
        found = self._signatures.of(reply)
        if not found:
            return reply
        challenge = next((one.id for one in found if one.kind is Kind.CHALLENGE), reply.challenge)
        marks = dict.fromkeys((*reply.marks, *(one.mark for one in found)))
        return replace(reply, challenge=challenge, marks=tuple(marks))


def has(reply: Reply, kind: Kind) -> bool:
    """Whether a signature of this kind matched."""
    return any(mark.startswith(f"{kind}:") for mark in reply.marks)


def filing_block(marks: tuple[str, ...]) -> str:
    """The id of the filing-block signature among the marks of a reply or a page; empty where there is none."""
    kind = f"{Kind.FILING_BLOCK}:"
    return next((mark.removeprefix(kind) for mark in marks if mark.startswith(kind)), "")


def hindrance(reply: Reply) -> Reason | None:
    """Why the reply says nothing about the site itself: a filing block or a challenge."""
    if has(reply, Kind.FILING_BLOCK):
        return Reason.FILING_BLOCK
    if reply.challenge or has(reply, Kind.CHALLENGE):
        return Reason.CHALLENGED
    return None
