"""Groups the findings of a site by their cause: what is mended in one place is one task, however often it is seen."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xuncha.guidance.explaining import roots
from xuncha.guidance.folding import PLACES, Along, folded, worst
from xuncha.guidance.judged import COUNTED_AS, Judged, Seen
from xuncha.guidance.task import Task
from xuncha.model.locator import Locator, stable_url
from xuncha.model.site import Site
from xuncha.model.text import Text

PICTURES = 5
"""How many pictures of a task are named."""

MOST = 50
"""Of one check and department so many causes are tasks of their own, those on most pages; the rest are one more."""

TEMPLATE = 5
"""Tags that stand in the same places, that many or more, stand in one template."""

TELLS_ALL = "missing"
"""A parameter by which a finding says how many of its kind there are, itself included."""

_NUMBERS = re.compile(r"\?.*|\d+")
"""What differs from page to page in the name of one element of a template."""


def tasks_of(site: Site, judged: Iterable[Judged]) -> Iterator[Task]:
    """A task for each cause, in no order. What another check's finding explains goes along with that one's task."""
    columns = {
        stable_url(column.url): column.department
        for column in site.columns
        if column.department not in ("", site.department)
    }
    outcomes = list(judged)
    ends, along = _along(outcomes, site.id, columns)
    for outcome in outcomes:
        own = [one for one in outcome.asking if one.fingerprint not in ends]
        for department, causes in _by_department(own, columns).items():
            for (key, what), seen in _at_most(_by_template(causes)):
                cause = _id(outcome.check, site.id, key, what, department)
                task = _task(cause, outcome, seen, department or site.department)
                yield folded(task, [one for root in seen for one in along.pop(root.fingerprint, ())])


def _along(
    outcomes: Iterable[Judged], site: str, columns: Mapping[str, str]
) -> tuple[Mapping[str, str], dict[str, list[Along]]]:
    """What explains each finding that is explained, and by what explains them those that go along."""
    given = {one.check: one.explained_by for one in outcomes if one.explained_by}
    concerned = {by.check for explanations in given.values() for by in explanations} | set(given)
    asking = {one.check: {seen.fingerprint: seen for seen in one.asking} for one in outcomes if one.check in concerned}
    ends = roots({check: {mark: one.finding for mark, one in seen.items()} for check, seen in asking.items()}, given)
    along: dict[str, list[Along]] = defaultdict(list)
    for outcome in outcomes:
        for mark, one in asking.get(outcome.check, {}).items():
            if mark in ends:
                place = one.finding.locator
                cause = cause_of(outcome.check, site, one.finding.key, place, _department(place, columns))
                along[ends[mark]].append(Along(outcome, one, cause))
    return ends, along


def cause_of(check: str, site: str, key: str, place: Locator, department: str = "") -> str:
    """The id of the task that a finding belongs to; ``department`` where its column has one of its own."""
    return _id(check, site, key, _tells(place), department)


def _id(check: str, site: str, key: str, what: str, department: str) -> str:
    identity = f"{check}\x1f{site}\x1f{key}\x1f{what}\x1f{department}"
    return "c1:" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_Cause = tuple[str, str]
_Causes = dict[_Cause, list[Seen]]
_Template = tuple[str | int, ...]


def _by_department(seen: Iterable[Seen], columns: Mapping[str, str]) -> dict[str, _Causes]:
    found: dict[str, _Causes] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        place = one.finding.locator
        found[_department(place, columns)][one.finding.key, _tells(place)].append(one)
    return found


def _department(place: Locator, columns: Mapping[str, str]) -> str:
    return columns.get(stable_url(place.url), "") if place.type == "column" else ""


def _by_template(causes: _Causes) -> _Causes:
    """The causes, those that stand in one template as one, under the name of the first of them."""
    found: _Causes = {}
    first: dict[_Template, _Cause] = {}
    for cause, seen in sorted(causes.items()):
        template = _template(cause[0], seen)
        found.setdefault(first.setdefault(template, cause) if template else cause, []).extend(seen)
    return found


def _template(key: str, seen: Sequence[Seen]) -> _Template | None:
    """What tags of one template have in common: their places, or their names but for numbers."""
    one, place = seen[0], seen[0].finding.locator
    if place.type == "element":
        alike = _NUMBERS.sub("", place.element)
        return (key, alike) if alike else None
    if place.type != "link" or len(seen) > 1 or one.pages < TEMPLATE:
        return None
    pages = one.finding.params.get("pages")
    return key, stable_url(place.page), one.pages, str(pages.value) if pages else ""


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
    # Papers name the first place, and the first picture beside it: they are of one page where any is.
    seen = sorted(seen, key=lambda one: not one.picture)
    pictures = dict.fromkeys(one.picture for one in seen if one.picture)
    return Task(
        id=cause,
        check=outcome.check,
        status=worst(seen),
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


def _title(seen: Sequence[Seen]) -> Text:
    """What was seen first; then how often it is so, unless that was said."""
    first, count, words = seen[0], len(seen), seen[0].words
    if count in (1, first.count(TELLS_ALL)):
        return words
    words = words.as_sentence()
    if any(first.count(name) for name in COUNTED_AS):  # two counts of different things beside each other confuse
        others = "1 more is" if count == 2 else f"{count - 1} more are"  # noqa: PLR2004 - the first and one more
        return Text(f"{words.zh}另有 {count - 1} 处与此同类。", f"{words.en} {others} of this kind.")
    return Text(f"{words.zh}这类情况共 {count} 处。", f"{words.en} There are {count} places of this kind.")
