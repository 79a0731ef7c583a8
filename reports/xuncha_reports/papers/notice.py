"""What stands in a rectification notice (整改通知书): plain text, for a template to lay out.

Number, heading and seal of the office are left blank; nothing of that kind is ever made up.
"""

from collections.abc import Iterator
from typing import Any

from xuncha.guidance.advice import advice
from xuncha.guidance.task import Task
from xuncha.model.outcome import Verdict, Weight
from xuncha.model.site import Authorisation
from xuncha.model.text import Lang
from xuncha.store.labels import label
from xuncha.store.result import FindingView, RunResult, SiteResult
from xuncha.store.times import Times
from xuncha_reports.moments import found_at
from xuncha_reports.papers.departments import Department, cited, day, office_of
from xuncha_reports.papers.remedies import Remedies
from xuncha_reports.papers.unseen import unseen
from xuncha_reports.places import parts, place

OBJECT_WITHIN = 3
"""Working days in which a department may object."""

Context = dict[str, Any]


def notice(result: RunResult, department: Department, lang: Lang, draft: str) -> Context:
    """The context of one department's notice; ``draft`` stands on every page of one that nobody has reviewed."""
    run, texts = result.run, result.texts
    remedies = Remedies(result, department, lang)
    rows = [row for site in department.sites for row in _rows(result, site, remedies, lang)]
    for number, row in enumerate(rows, 1):
        row["no"] = str(number)
    return {
        "draft": draft,
        "written": result.run.finished or result.run.started,
        "to": department.name,
        "basis": texts.framework.title.of(lang),
        "authorisations": [_authorised(one, lang) for one in _authorisations(result, department)],
        "from": day(run.started, lang),
        "until": day(run.finished, lang) if run.finished else "",
        "profile": texts.profile.title.of(lang),
        "version": run.versions.get("xuncha", ""),
        "source": str(run.vantage.get("source", "")),
        "office": office_of(run),
        "contact": str(run.vantage.get("contact", "")),
        "run": run.id,
        "sites": [_site(site, lang) for site in department.sites],
        "rows": rows,
        "problems": sum(not row["hint"] for row in rows),
        "hints": sum(row["hint"] for row in rows),
        "todo": remedies.told(),
        "clauses": remedies.clauses(),
        "configurations": remedies.configurations(),
        "unseen": [row for site in department.sites for row in unseen(result, site, lang)],
        "days": max((row["days"] for row in rows if not row["hint"]), default=0),
        "object_within": OBJECT_WITHIN,
        "uncited": sum(not task.items for site in department.sites for task in site.tasks),
        "unreviewed": 0 if draft else department.unreviewed,
    }


def _authorisations(result: RunResult, department: Department) -> list[Authorisation]:
    named = {site.authorisation for site in department.sites}
    return [one for one in result.run.authorisations if one.id in named]


def _authorised(one: Authorisation, lang: Lang) -> str:
    until = f"{one.valid_from or ''}—{one.valid_until or ''}" if one.valid_from or one.valid_until else ""
    said = (one.document, one.ordered_by, until)
    return ("，" if lang == "zh" else ", ").join(part for part in said if part)


def _site(site: SiteResult, lang: Lang) -> Context:
    judged = (item for item in site.items if item.live and item.verdict is not Verdict.NOT_APPLICABLE)
    return {
        "name": site.name or site.id,
        "url": site.url,
        "code": site.site_code,
        "verdict": label("verdict", site.verdict, lang),
        "items": [
            {"number": item.number, "title": item.title.of(lang), "verdict": label("verdict", item.verdict, lang)}
            for item in judged
        ],
    }


def _rows(result: RunResult, site: SiteResult, remedies: Remedies, lang: Lang) -> Iterator[Context]:
    found = {one.fingerprint: one for outcome in site.outcomes for one in outcome.findings}
    times = Times(result.run, result.folder, site)
    for task in cited(site):
        first = next((found[one] for one in task.places if one in found), None)
        known = {"at": found_at(times, first), "remedy": remedies.number(task.check)}
        yield _row(result, site, task, first, lang) | known


def _row(result: RunResult, site: SiteResult, task: Task, found: FindingView | None, lang: Lang) -> Context:
    """A line of the table of problems."""
    said = advice(task, result.texts)
    at = place(found.locator, lang) if found else None
    return {
        "site": site.name or site.id,
        "item": " ".join(task.items),
        "what": task.title.of(lang),
        "count": 1,  # what was seen is counted in its words; templates of offices may ask all the same
        "url": at.url if at else site.url,
        "place": " ".join(parts(at, lang)) if at else "",
        "picture": ("、" if lang == "zh" else ", ").join(task.pictures),
        "pictures": list(task.pictures) or [""],  # a cell without a paragraph is no valid document
        "basis": "；".join(item.number for item in said.items),
        "problem": said.problem.of(lang),
        "demand": said.title.of(lang),
        "hint": task.weight is Weight.ADVISORY,
        "days": said.due_days or 0,
        "within": _within(task, said.due_days, lang),
    }


def _within(task: Task, days: int | None, lang: Lang) -> str:
    if task.weight is Weight.ADVISORY:
        return "建议" if lang == "zh" else "suggested"
    return (f"{days} 个工作日" if lang == "zh" else f"{days} working days") if days else ""
