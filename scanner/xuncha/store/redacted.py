"""A result that may be handed on: what it says stays, what could be misused or names people goes.

Of items that only the department concerned may read in full (2.5, protection) just check, status and number are left.
Gone everywhere: excerpts, pictures, query strings, names of those who reviewed, contacts, addresses of the scanner and
of papers.
"""

import re
from dataclasses import replace

from xuncha.guidance.task import Task
from xuncha.model.locator import Locator, SiteLocator
from xuncha.model.text import Text
from xuncha.store.gallery import Gallery
from xuncha.store.views import FindingView, MessageView, OutcomeView, ReasonView, RunResult, SiteResult, Texts

PROTECTED = frozenset({"2.5"})
"""Items of the notice of which nobody else may read addresses, paths, versions and excerpts."""

_QUERY = re.compile(r"(?<=[^\s?])\?[^\s，。；、）)”’」]+")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")
_WHO = frozenset({"contact", "office", "source", "address"})
"""Of where a run looked from, what tells who did."""


def redacted(result: RunResult) -> RunResult:
    """The result without what is not for others."""
    run = replace(
        result.run,
        vantage={name: value for name, value in result.run.vantage.items() if name not in _WHO},
        authorisations=tuple(replace(one, addresses=()) for one in result.run.authorisations),
    )
    return replace(result, run=run, sites=tuple(_site(site, result.texts) for site in result.sites))


def _site(site: SiteResult, texts: Texts) -> SiteResult:
    return replace(
        site,
        outcomes=tuple(_outcome(outcome, texts) for outcome in site.outcomes),
        gaps=tuple(replace(gap, reason=_reason(gap.reason, texts), detail="") for gap in site.gaps),
        tasks=tuple(_task(task, texts) for task in site.tasks),
        gallery=Gallery(),
        selfcheck=None,
    )


def _outcome(outcome: OutcomeView, texts: Texts) -> OutcomeView:
    reason = _reason(outcome.reason, texts) if outcome.reason else None
    hidden = not PROTECTED.isdisjoint(outcome.items)
    return replace(
        outcome,
        reason=reason,
        findings=() if hidden else tuple(map(_finding, outcome.findings)),
        notes=() if hidden else tuple(map(_message, outcome.notes)),
        answered=(),
        error="",
    )


def _finding(finding: FindingView) -> FindingView:
    return replace(
        finding,
        locator=_place(finding.locator),
        message=_message(finding.message),
        excerpt="",
        evidence="",
        picture="",
        shown=None,
        reviewed=None,
    )


def _place(place: Locator) -> Locator:
    """The place without query strings; a document's name may name people."""
    match place.type:
        case "link":
            return replace(place, page=_bare(place.page), target=_bare(place.target), text="")
        case "document":
            return SiteLocator()
        case "page" | "element" | "header" | "column" | "rule":
            return replace(place, url=_bare(place.url))
        case _:
            return place


def _message(message: MessageView) -> MessageView:
    return MessageView(message.key, {}, _bare(message.zh), _bare(message.en))


def _reason(reason: ReasonView, texts: Texts) -> ReasonView:
    """A reason in general words: its parameters may be addresses."""
    known = texts.reasons.get(reason.code)
    means = known.means if known else Text(reason.code, reason.code)
    return ReasonView(reason.code, {}, _PLACEHOLDER.sub("…", means.zh), _PLACEHOLDER.sub("…", means.en))


def _task(task: Task, texts: Texts) -> Task:
    if PROTECTED.isdisjoint(task.items):
        return replace(task, title=Text(_bare(task.title.zh), _bare(task.title.en)), pictures=())
    title = texts.checks[task.check].meta.text.wrong if task.check in texts.checks else Text(task.check, task.check)
    settles = tuple(replace(one, places=()) for one in task.settles)
    return replace(task, title=title, places=(), pictures=(), settles=settles)


def _bare(text: str) -> str:
    return _QUERY.sub("?…", text)
