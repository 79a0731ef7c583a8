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
    """One thing that is wrong (or in the inspector's way). ``zh`` and ``en`` name it for people.

    ``in_browser`` is what it leads to instead where a browser ran the site's scripts; None: to the same. ``pictured``
    is what it leads to as well where a picture of the page was approved before and a browser looks again.
    """

    id: str
    zh: str
    en: str
    expects: tuple[Expectation, ...]
    hides: tuple[str, ...] = ()
    in_browser: tuple[Expectation, ...] | None = None
    pictured: tuple[Expectation, ...] = ()

    def leads_to(self, *, in_browser: bool, pictured: bool = False) -> tuple[Expectation, ...]:
        """What a correct inspector finds, who has a browser and an approved picture, or has not."""
        found = self.in_browser if in_browser and self.in_browser is not None else self.expects
        return (*found, *self.pictured) if pictured else found

    def hidden(self, *, in_browser: bool) -> tuple[str, ...]:
        """How the names of those checks begin that can't be judged for it."""
        return () if in_browser and self.in_browser is not None else self.hides


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


def shown(fault_id: str, zh: str, en: str, *in_browser: Expectation) -> Fault:
    """Scripts of the site's own do it: the answers tell nothing of it, and only a browser shows it."""
    return Fault(fault_id, zh, en, (), in_browser=in_browser)


def unread(
    fault_id: str, zh: str, en: str, *checks: str, hides: tuple[str, ...] = (), found: Status = Status.PASS
) -> Fault:
    """Scripts hide it from who has no browser: the checks can't tell then, and find it in order otherwise."""
    unsure = tuple((check, Status.INCONCLUSIVE) for check in checks)
    return Fault(fault_id, zh, en, unsure, hides, in_browser=tuple((check, found) for check in checks))
