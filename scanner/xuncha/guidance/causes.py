"""Groups the findings of a site by their cause: what is mended in one place is one task, however often it is seen."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xuncha.guidance.task import Due, Effort, Task
from xuncha.model.locator import Locator, stable_url
from xuncha.model.message import Kind
from xuncha.model.outcome import Finding, Review, Severity, Status, Weight
from xuncha.model.site import Site
from xuncha.model.text import Text

PLACES, PICTURES = 20, 5
"""How many findings and pictures of a task are named."""

MOST = 50
"""Of one check and department so many causes are tasks of their own, those on most pages; the rest are one more."""

SETTLED = frozenset({Review.FALSE_POSITIVE, Review.ACCEPTED})
"""What a person has said there is nothing to do about."""

COUNTED_AS = ("pages", "sources")
"""Parameters by which a finding says on how many pages it was seen, where they are counts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it is shown: ``words`` are its message, ``picture`` the id of one of its page."""

    finding: Finding
    fingerprint: str
    words: Text
    review: Review | None = None
    picture: str = ""

    @property
    def asks(self) -> bool:
        """Whether something is to be done: a failure or hint nobody has settled, or a question found to be one."""
        if self.finding.status is Status.MANUAL:
            return self.review is Review.CONFIRMED
        return self.review not in SETTLED

    @property
    def pages(self) -> int:
        """On how many pages it was seen, as far as it says."""
        found = [self.finding.params[name] for name in COUNTED_AS if name in self.finding.params]
        return max((int(one.value) for one in found if one.kind is Kind.COUNT), default=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with what the check and the framework say of it."""

    check: str
    severity: Severity
    weight: Weight
    items: tuple[str, ...]
    seen: Sequence[Seen]
    effort: Effort | None = None
    due: Due | None = None


def tasks_of(site: Site, judged: Iterable[Judged]) -> Iterator[Task]:
    """A task for each cause, in no order."""
    columns = {
        stable_url(column.url): column.department
        for column in site.columns
        if column.department not in ("", site.department)
    }
    for outcome in judged:
        for department, causes in _by_department(outcome.seen, columns).items():
            for (key, what), seen in _at_most(causes):
                cause = _id(outcome.check, site.id, key, what, department)
                yield _task(cause, outcome, seen, department or site.department)


def cause_of(check: str, site: str, key: str, place: Locator, department: str = "") -> str:
    """The id of the task that a finding belongs to; ``department`` where its column has one of its own."""
    return _id(check, site, key, _tells(place), department)


def _id(check: str, site: str, key: str, what: str, department: str) -> str:
    identity = f"{check}\x1f{site}\x1f{key}\x1f{what}\x1f{department}"
    return "c1:" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_Cause = tuple[str, str]
_Causes = dict[_Cause, list[Seen]]


def _by_department(seen: Iterable[Seen], columns: Mapping[str, str]) -> dict[str, _Causes]:
    found: dict[str, _Causes] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        if one.asks:
            place = one.finding.locator
            department = columns.get(stable_url(place.url), "") if place.type == "column" else ""
            found[department][one.finding.key, _tells(place)].append(one)
    return found


def _tells(place: Locator) -> str:
    """What tells one cause from another among findings that say the same."""
    match place.type:
        case "link":
            # Harmful ones are shown with brackets, which must not make another cause of them.
            return f"link {stable_url(place.target).replace('[.]', '.')}"
        case "element":
            return f"element {place.element}"
        case "header":
            return f"header {place.header.lower()}"
        case "rule":
            return f"rule {place.rule}"
        case _:
            return ""


def _at_most(causes: _Causes) -> list[tuple[_Cause, list[Seen]]]:
    if len(causes) <= MOST:
        return list(causes.items())
    widest = sorted(causes.items(), key=lambda cause: (-_pages(cause[1]), cause[0]))
    rest = [one for _, seen in widest[MOST:] for one in seen]
    return [*widest[:MOST], (("", "rest"), rest)]


def _pages(seen: Sequence[Seen]) -> int:
    """At least so many pages: the same one may be counted under several findings, so nothing is added up."""
    urls = {getattr(one.finding.locator, "url", "") or getattr(one.finding.locator, "page", "") for one in seen}
    return max(len(urls), *(one.pages for one in seen))


def _task(cause: str, outcome: Judged, seen: Sequence[Seen], department: str) -> Task:
    pictures = dict.fromkeys(one.picture for one in seen if one.picture)
    return Task(
        id=cause,
        check=outcome.check,
        status=_worst(seen),
        severity=outcome.severity,
        weight=outcome.weight,
        items=outcome.items,
        title=_title(seen),
        findings=len(seen),
        pages=_pages(seen),
        places=tuple(one.fingerprint for one in seen[:PLACES]),
        pictures=tuple(pictures)[:PICTURES],
        department=department,
        effort=outcome.effort,
        due=outcome.due,
    )


def _worst(seen: Sequence[Seen]) -> Status:
    return Status.WARN if all(one.finding.status is Status.WARN for one in seen) else Status.FAIL


def _title(seen: Sequence[Seen]) -> Text:
    """What was seen first; then how often it is so."""
    first, count = seen[0].words, len(seen)
    if count == 1:
        return first
    return Text(f"{first.zh}这类情况共 {count} 处。", f"{first.en} There are {count} places of this kind.")
