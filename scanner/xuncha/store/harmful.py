"""Hosts and words that one check has called harmful are made harmless wherever else a site's findings name them.

A planted link may be dead as well: the check of dead links knows nothing of spam, and would print it as it stands.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from xuncha.model.defang import defanged
from xuncha.model.locator import LinkLocator, Locator
from xuncha.model.message import Kind, Param, Params

MOST_HOSTS = 1_000
MOST_WORDS = 200
_NAME = r"[\w-]+(?:\[\.\][\w-]+)+"
_NAMES = re.compile(rf"{_NAME}(?:、{_NAME})*")
_HOST = re.compile(_NAME)
_STARRED = r"[^\W_]\*{1,40}[^\W_]?"
_WORDS = re.compile(rf"{_STARRED}(?:、{_STARRED})*")
_TELLING = re.compile(r"(?!\d\*+\d).\*+[^*]")
"""What stars hide between two digits is a number; what hides behind a single character is any word that begins so."""


class Harmful:
    """What to look for in the findings of one site, by what their messages say of it (``told``).

    ``own`` are its own hosts, which stay as they are. Hosts stand there de-fanged, words with stars in their midst: so
    each that fits the stars is shown like them, which now and then takes an honest word along.
    """

    def __init__(self, told: Iterable[Params], own: Iterable[str]) -> None:
        told = list(told)
        hosts = sorted({*_hosts(told)} - {*own}, key=lambda host: (-len(host), host))[:MOST_HOSTS]
        words = sorted({*_words(told)}, key=lambda word: (-len(word), word))[:MOST_WORDS]
        names = "|".join(map(re.escape, hosts))
        named = rf"(?i:(?:https?:/{{2}})?(?<![\w.-])(?:{names})(?![\w-]|\.\w))"
        self._shown: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = []
        if hosts:
            self._shown.append((re.compile(named), lambda found: defanged(found[0])))
        if words:
            fitting = "|".join(word.replace("*", r"[^\W*]") for word in words)
            self._shown.append((re.compile(fitting), lambda found: starred(found[0])))

    def text(self, text: str) -> str:
        """``text`` with these hosts and words as they may be shown."""
        for pattern, shown in self._shown:
            text = pattern.sub(shown, text)
        return text

    def params(self, params: Params) -> Params:
        """The same of the parameters of a message."""
        return {name: self._param(one) for name, one in params.items()} if self._shown else params

    def _param(self, one: Param) -> Param:
        return replace(one, value=self.text(one.value)) if isinstance(one.value, str) else one

    def locator(self, place: Locator) -> Locator:
        """The same of a place."""
        if not self._shown or not isinstance(place, LinkLocator):
            return place
        return replace(place, target=self.text(place.target), text=self.text(place.text))


def starred(word: str) -> str:
    """A word that may be shown without advertising anything."""
    return word[0] + "*" * (len(word) - 2) + word[-1]


def _hosts(told: Iterable[Params]) -> Iterator[str]:
    """What stands de-fanged in addresses and lists of hosts; page text may name honest ones."""
    for params in told:
        for one in params.values():
            if not isinstance(one.value, str) or "[.]" not in one.value:
                continue
            if one.kind is Kind.URL or _NAMES.fullmatch(one.value):
                yield from (host.replace("[.]", ".").lower() for host in _HOST.findall(one.value))


def _words(told: Iterable[Params]) -> Iterator[str]:
    """Lists of words with stars; what stars hide within other text may be somebody's name or number."""
    for params in told:
        for one in params.values():
            if isinstance(one.value, str) and "*" in one.value and _WORDS.fullmatch(one.value):
                yield from filter(_TELLING.fullmatch, one.value.split("、"))
