"""Hosts that one check has called harmful are made harmless wherever else a site's findings name them.

A planted link may be dead as well: the check of dead links knows nothing of spam, and would print it as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from xuncha.model.defang import defanged
from xuncha.model.locator import LinkLocator, Locator
from xuncha.model.message import Kind, Param, Params
from xuncha.model.outcome import Finding

MOST_HOSTS = 1_000
_NAME = r"[\w-]+(?:\[\.\][\w-]+)+"
_NAMES = re.compile(rf"{_NAME}(?:、{_NAME})*")
_HOST = re.compile(_NAME)


class Harmful:
    """What to look for in the findings of one site; ``own`` are its own hosts, which stay as they are."""

    def __init__(self, findings: Iterable[Finding], own: Iterable[str]) -> None:
        hosts = sorted({*_hosts(findings)} - {*own}, key=lambda host: (-len(host), host))[:MOST_HOSTS]
        names = "|".join(map(re.escape, hosts))
        self._named = re.compile(rf"(?i)(?:https?:/{{2}})?(?<![\w.-])(?:{names})(?![\w-]|\.\w)") if hosts else None

    def text(self, text: str) -> str:
        """``text`` with these hosts as they may be shown."""
        return self._named.sub(lambda found: defanged(found[0]), text) if self._named else text

    def params(self, params: Params) -> Params:
        """The same of the parameters of a message."""
        return {name: self._param(one) for name, one in params.items()} if self._named else params

    def _param(self, one: Param) -> Param:
        return replace(one, value=self.text(one.value)) if isinstance(one.value, str) else one

    def locator(self, place: Locator) -> Locator:
        """The same of a place."""
        if self._named is None or not isinstance(place, LinkLocator):
            return place
        return replace(place, target=self.text(place.target), text=self.text(place.text))


def _hosts(findings: Iterable[Finding]) -> Iterator[str]:
    """What stands de-fanged in addresses and lists of hosts; page text may name honest ones."""
    for found in findings:
        for one in found.params.values():
            if isinstance(one.value, str) and (one.kind is Kind.URL or _NAMES.fullmatch(one.value)):
                yield from (host.replace("[.]", ".").lower() for host in _HOST.findall(one.value))
