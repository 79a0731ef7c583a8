"""How the checks over answers go about it: each looks at the ordinary pages of the sample, and says each thing once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    HeaderLocator,
    NotApplicable,
    Reason,
    Unsure,
    finding,
    unsure,
    warning,
)
from xuncha_plugins.headers.facts import Answer, Answers

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage
MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with one answer. ``about`` tells it from others of the same ``key``: the name of a cookie.

    ``failing`` where it is certain harm and not a lack of caution.
    """

    at: Answer
    header: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    failing: bool = False


Rule: TypeAlias = Callable[[Sequence[Answer]], Iterator[Flaw | Unsure | NotApplicable]]


def judged(seen: Answers, crawl: Crawl, rule: Rule) -> Iterator[Said]:
    """What ``rule`` finds on the sampled pages, each flaw once: at the first page, with the number of pages."""
    answers = ordinary(seen, crawl)
    if answers:
        home = any(answer.depth == 0 for answer in answers)
        yield Coverage(len(answers), len(answers) + (not home), complete=home)
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif not answers:
        yield Coverage(0, 1, complete=False)
    else:
        yield from _each_once(rule(answers), len(answers))


def ordinary(seen: Answers, crawl: Crawl) -> list[Answer]:
    """The sampled pages that citizens open: no parts of others, no notices in place of a page."""
    own = own_pages(crawl)
    return [answer for answer in seen.sample if answer.url in own]


def own_pages(crawl: Crawl) -> frozenset[str]:
    """Where the site's pages are that are whole, and no notices."""
    return frozenset(page.final_url for page in crawl.pages if page.opened and not page.part_of and not page.notice)


def _each_once(found: Iterator[Flaw | Unsure | NotApplicable], seen: int) -> Iterator[Said]:
    flaws: dict[tuple[str, str], list[Flaw]] = {}
    for one in found:
        if isinstance(one, Flaw):
            flaws.setdefault((one.key, one.about), []).append(one)
        else:
            yield one
    for (key, about), same in flaws.items():
        first = same[0]
        say = finding if first.failing else warning
        pages = len({flaw.at.url for flaw in same})
        at = HeaderLocator(first.at.url, first.header)
        yield say(at, key, distinct=f"{key} {about}".strip(), pages=pages, seen=seen, **first.values)


def whole(answers: Sequence[Answer], *headers: str) -> Iterator[Answer | Unsure]:
    """The answers whose ``headers`` could be kept whole; for others that they were too long to judge."""
    for answer in answers:
        yield unsure(Reason.TOO_LARGE) if any(name in answer.cut for name in headers) else answer


def shown(value: str) -> str:
    """A value as it may be shown: cut, with a dot for what can't be printed."""
    return "".join(sign if sign.isprintable() else "·" for sign in value[:MAX_SHOWN])
