"""What stands in the bulletin (通报): how it is overall, the main problems with examples, a ranking, demands.

Only site, sponsor, class and number are said. Addresses, paths, versions and excerpts are for the department concerned:
of protection (2.5) nobody else may read them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from xuncha.guidance.task import Settled, Task
from xuncha.model.outcome import Verdict, Weight
from xuncha.model.text import Lang
from xuncha.store.format import share
from xuncha.store.labels import label
from xuncha.store.result import ItemResult, RunResult, SiteResult
from xuncha_reports.papers.departments import day, keeper_of, office_of

EXAMPLES, PROBLEMS = 3, 6
_PASSED = (Verdict.QUALIFIED, Verdict.BASICALLY_QUALIFIED)
_JUDGED = (*_PASSED, Verdict.UNQUALIFIED)
_COUNTING = frozenset({Weight.DECISIVE, Weight.MAJOR, Weight.MINOR})
Context = dict[str, Any]
Told = Task | Settled
"""What one check tells: a task, or what goes along with one; of each the bulletin speaks under its own item."""


def bulletin(result: RunResult, lang: Lang, draft: str) -> Context:
    """The context of the bulletin; ``draft`` stands on every page of one that nobody has reviewed.

    There is no ``rate`` while no site has passed: until reviews and evidence are in, a site can only fail.
    """
    sites = result.sites
    judged = [site for site in sites if site.verdict in _JUDGED]
    passed = [site for site in judged if site.verdict in _PASSED]
    items = [item for item in result.texts.framework.items if item.live]
    return {
        "draft": draft,
        "written": result.run.finished or result.run.started,
        "basis": result.texts.framework.title.of(lang),
        "from": day(result.run.started, lang),
        "until": day(result.run.finished, lang) if result.run.finished else "",
        "run": result.run.id,
        "office": office_of(result.run),
        "contact": str(result.run.vantage.get("contact", "")),
        "sites": len(sites),
        "judged": len(judged),
        "pending": sum(site.verdict is Verdict.PENDING for site in sites),
        "exempt": sum(site.verdict not in (*_JUDGED, Verdict.PENDING) for site in sites),
        "passed": len(passed),
        "rate": share(len(passed) / len(judged)) if passed else "",
        "failed": len(judged) - len(passed),
        "tasks": sum(len(_counting(site)) for site in sites),
        "items": [{"id": item.id, "title": item.title.of(lang)} for item in items],
        "problems": [found for item in items if (found := _problem(result, item.id, lang))["kinds"]],
        "ranking": _ranking(result, judged, lang),
        "unranked": _unranked(result, (site for site in sites if site.verdict not in _JUDGED), lang),
        "unreviewed": result.review.findings - result.review.reviewed,
        "outstanding": [_outstanding(result, site, lang) for site in sites if site.verdict is Verdict.UNQUALIFIED],
    }


def _problem(result: RunResult, item: str, lang: Lang) -> Context:
    """The problems of an item: which checks, on how many sites, with examples."""
    by_check: dict[str, list[tuple[SiteResult, Told]]] = defaultdict(list)
    for site in result.sites:
        for one in _told(site):
            if one.items and one.items[0] == item and one.weight in _COUNTING:
                by_check[one.check].append((site, one))
    ordered = sorted(by_check.items(), key=lambda pair: (_gravity(pair[1]), pair[0]))
    there = result.texts.framework.item(item)
    return {
        "number": there.number if there else item,
        "title": there.title.of(lang) if there else item,
        "verdicts": _verdicts(result, item, lang),
        "kinds": [_kind(result, check, found, lang) for check, found in ordered[:PROBLEMS]],
        "more": max(len(ordered) - PROBLEMS, 0),
    }


def _told(site: SiteResult) -> Iterator[Told]:
    for task in site.tasks:
        yield task
        yield from task.settles


def _gravity(found: list[tuple[SiteResult, Told]]) -> tuple[int, int, int]:
    """What sorts a class of problems: the gravest first, then what weighs most, then what most sites have."""
    weights = [*Weight]
    severest = max(task.severity.rank for _, task in found)
    weightiest = min(weights.index(task.weight) for _, task in found)
    return -severest, weightiest, -len({site.id for site, _ in found})


def _verdicts(result: RunResult, item: str, lang: Lang) -> str:
    counts = Counter(one.verdict for site in result.sites for one in site.items if one.id == item)
    parts = (f"{label('verdict', verdict, lang)} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    return ("、" if lang == "zh" else ", ").join(parts)


def _kind(result: RunResult, check: str, found: list[tuple[SiteResult, Told]], lang: Lang) -> Context:
    """A class of problems with the sites that have most of it; what was found where stands in their notices."""
    places: Counter[str] = Counter()
    for site, task in found:
        places[site.name or site.id] += task.findings
    opening, closing = ("（", " 处）") if lang == "zh" else (" (", ")")
    return {
        "title": result.texts.checks[check].meta.text.wrong.of(lang),
        "sites": len({site.id for site, _ in found}),
        "count": places.total(),
        "examples": [f"{name}{opening}{count}{closing}" for name, count in places.most_common(EXAMPLES)],
    }


def _ranking(result: RunResult, sites: Iterable[SiteResult], lang: Lang) -> list[Context]:
    """Sites that were judged, from the best to the worst."""
    ordered = sorted(sites, key=lambda site: (_JUDGED.index(site.verdict), len(_counting(site)), site.name, site.id))
    return [_standing(result, site, number, lang) for number, site in enumerate(ordered, 1)]


def _unranked(result: RunResult, sites: Iterable[SiteResult], lang: Lang) -> list[Context]:
    """Sites without a verdict, by their names: who was seen least stands neither first nor last."""
    ordered = sorted(sites, key=lambda site: (site.verdict is not Verdict.PENDING, site.name, site.id))
    return [_standing(result, site, number, lang) for number, site in enumerate(ordered, 1)]


def _standing(result: RunResult, site: SiteResult, number: int, lang: Lang) -> Context:
    items = [item.id for item in result.texts.framework.items if item.live]
    return {
        "no": str(number),
        "name": site.name or site.id,
        "sponsor": keeper_of(site),
        "verdict": label("verdict", site.verdict, lang),
        "tasks": len(_counting(site)),
        "unreviewed": site.review.findings - site.review.reviewed,
        "items": [_of_item(site, item, lang) for item in items],
    }


def _counting(site: SiteResult) -> list[Task]:
    """What has to be rectified: under an item of the notice, and more than advice."""
    return [task for task in site.tasks if task.items and task.weight in _COUNTING]


def _of_item(site: SiteResult, item: str, lang: Lang) -> str:
    verdict = next((one.verdict for one in site.items if one.id == item), None)
    return label("verdict", verdict, lang) if verdict else "—"


def _outstanding(result: RunResult, site: SiteResult, lang: Lang) -> Context:
    """A line of the list of sites with outstanding problems: 网站名称 | 主办单位 | 被通报问题."""
    failed = [item for item in site.items if item.verdict is Verdict.UNQUALIFIED]
    return {
        "name": site.name or site.id,
        "sponsor": keeper_of(site),
        "problems": ("；" if lang == "zh" else "; ").join(_failed(result, item, lang) for item in failed),
    }


def _failed(result: RunResult, item: ItemResult, lang: Lang) -> str:
    checks = [check for ground in item.grounds for check in ground.checks]
    titles = [result.texts.checks[check].meta.text.wrong.of(lang) for check in checks if check in result.texts.checks]
    opening, closing = ("（", "）") if lang == "zh" else (" (", ")")
    listed = ("，" if lang == "zh" else ", ").join(titles)
    return item.title.of(lang) + (f"{opening}{listed}{closing}" if listed else "")
