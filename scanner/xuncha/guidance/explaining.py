"""Which findings explain which others: what two checks tell of one fault is mended once.

Only the check whose findings are explained may say so, in its metadata; nobody can explain away what is another's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from xuncha.model.hosts import host_of, registrable
from xuncha.model.locator import stable_url
from xuncha.model.message import Kind
from xuncha.model.outcome import Finding


class Same(StrEnum):
    """What two findings have to have in common, so that one explains the other.

    The ``address`` of a finding is its parameter ``url``, else what its link leads to, else its page or endpoint; the
    ``page`` is where it stands. The ``host`` is its parameter ``host``, else its endpoint's or its address's, and each
    of those in ``names``; the ``domain`` is the parameter ``domain``, else what somebody registered of its host. The
    ``piece`` is that of the evidence. ``site``: whatever is found on one site.
    """

    ADDRESS = "address"
    PAGE = "page"
    HOST = "host"
    DOMAIN = "domain"
    PIECE = "piece"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Findings of ``check`` explain one's own that have the ``same`` thing in common.

    ``same`` is one of ``Same``, or a parameter that both have, in braces. ``messages`` are one's own that can be
    explained, ``theirs`` the other check's that explain; none: all.
    """

    check: str
    same: str
    messages: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


class Names(Protocol):
    """Whatever names a check."""

    @property
    def check(self) -> str: ...


def explainers(name: str, given: Mapping[str, Sequence[Names]]) -> set[str]:
    """A check, those that explain it by what is ``given`` for each, and so on."""
    found, left = set[str](), [name]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += [by.check for by in given.get(one, ())]
    return found


def roots(found: Mapping[str, Mapping[str, Finding]], given: Mapping[str, Sequence[Explanation]]) -> dict[str, str]:
    """What explains each finding that is explained in the end: one that nothing explains.

    Args:
        found: the findings of each check, by their fingerprints.
        given: the explanations of each check; of several that hold the first decides.
    """
    steps: dict[str, str] = {}
    for check, explanations in given.items():
        for one in explanations:
            for explained, root in _explained(found.get(check, {}), found.get(one.check, {}), one):
                steps.setdefault(explained, root)
    return {explained: root for explained in steps if (root := _end(explained, steps))}


def _explained(own: Mapping[str, Finding], others: Mapping[str, Finding], by: Explanation) -> Iterator[tuple[str, str]]:
    explaining: dict[str, str] = {}
    for fingerprint, finding in others.items():
        if not by.theirs or finding.key in by.theirs:
            for name in things(finding, by.same):
                explaining.setdefault(name, fingerprint)
    for fingerprint, finding in own.items() if explaining else ():
        if not by.messages or finding.key in by.messages:
            yield from ((fingerprint, explaining[name]) for name in things(finding, by.same) if name in explaining)


def _end(explained: str, steps: Mapping[str, str]) -> str:
    """Empty where it goes round in circles: then nothing explains anything, and all stay tasks."""
    passed = {explained}
    while (explained := steps.get(at := explained, "")) not in passed:
        if not explained:
            return at
        passed.add(explained)
    return ""


def things(finding: Finding, same: str) -> Sequence[str]:
    """What a finding is about, to be compared with what others are about; nothing where it doesn't say."""
    named = _THINGS.get(same)
    return [name for name in (named(finding) if named else [_text(finding, same.strip("{}"))]) if name]


def _plain(url: str) -> str:
    """Harmful addresses are stored with brackets, which must not make others of them."""
    return stable_url(url).replace("[.]", ".") if url else ""


def _page(finding: Finding) -> str:
    return _plain(getattr(finding.locator, "url", "") or getattr(finding.locator, "page", ""))


def _address(finding: Finding) -> str:
    named, place = finding.params.get("url"), finding.locator
    if named and named.kind is Kind.URL:
        return _plain(str(named.value))
    if place.type == "endpoint":
        return f"{place.host.lower()}:{place.port}"
    return _plain(getattr(place, "target", "")) or _page(finding)


def _hosts(finding: Finding) -> list[str]:
    named = _text(finding, "host") or getattr(finding.locator, "host", "")
    first = named.lower() or host_of(f"//{_address(finding)}")
    return [first, *(_plain(name).strip("/") for name in _text(finding, "names").split("、"))]


def _domains(finding: Finding) -> list[str]:
    named = _text(finding, "domain")
    return [named] if named else [registrable(host) for host in _hosts(finding) if host]


def _text(finding: Finding, name: str) -> str:
    found = finding.params.get(name)
    return str(found.value) if found else ""


_THINGS: dict[str, Callable[[Finding], list[str]]] = {
    Same.ADDRESS: lambda finding: [_address(finding)],
    Same.PAGE: lambda finding: [_page(finding)],
    Same.HOST: _hosts,
    Same.DOMAIN: _domains,
    Same.PIECE: lambda finding: [getattr(finding.locator, "place", "")],
    Same.SITE: lambda _: ["site"],
}
