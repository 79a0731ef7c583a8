"""A fault of the lab, and the common ways to say what it leads to."""

from dataclasses import dataclass

from xuncha.model.outcome import Status

Expectation = tuple[str, Status]

CONTENT = ("freshness.", "content.", "services.", "interaction.", "identity.")
"""Checks of what a citizen sees."""
PAGES = (
    "links.",
    "icp.",
    "headers.",
    "cookies.",
    "darklinks.",
    "integrity.",
    "exposure.",
    *CONTENT,
    "availability.levels-open",
    "availability.response-time",
    "availability.soft-404",
)
"""Checks that need the site's pages."""
EVERYTHING = (
    "availability.",
    "links.",
    "icp.",
    "tls.",
    "headers.",
    "cookies.",
    "darklinks.",
    "integrity.",
    "exposure.",
    *CONTENT,
)
"""All checks: nobody answers."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (or in the inspector's way). ``zh`` and ``en`` name it for people."""

    id: str
    zh: str
    en: str
    expects: tuple[Expectation, ...]
    hides: tuple[str, ...] = ()


def fails(fault_id: str, check: str, zh: str, en: str) -> Fault:
    """A check fails."""
    return leads_to(fault_id, zh, en, (check, Status.FAIL))


def warns(fault_id: str, check: str, zh: str, en: str) -> Fault:
    """A check gives a hint."""
    return leads_to(fault_id, zh, en, (check, Status.WARN))


def asks(fault_id: str, check: str, zh: str, en: str) -> Fault:
    """A check asks a person to verify."""
    return leads_to(fault_id, zh, en, (check, Status.MANUAL))


def leads_to(fault_id: str, zh: str, en: str, *expects: Expectation) -> Fault:
    """Several checks find it."""
    return Fault(fault_id, zh, en, expects)
