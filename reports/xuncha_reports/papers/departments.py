"""Who gets which notice: sites and tasks by the department that has to mend them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from xuncha.guidance.task import Task
from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import Weight
from xuncha.model.text import Lang, Text
from xuncha.store.format import visible
from xuncha.store.result import RunInfo, RunResult, SiteResult

_TELEPHONE = re.compile(r"(?:^| )[0-9+()（）-]+$")
_NO_NAME = re.compile(r'[\\/:*?"<>|\s.]+')
NOBODY = Text("责任部门未登记", "No department on record")


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its sites; of a site that others keep columns of, only its own tasks."""

    name: str
    sites: tuple[SiteResult, ...]

    @property
    def tasks(self) -> int:
        return sum(len(site.tasks) for site in self.sites)

    @property
    def unreviewed(self) -> int:
        """Findings that nobody has looked at yet."""
        return sum(site.review.findings - site.review.reviewed for site in self.sites)


def departments(result: RunResult, lang: Lang) -> list[Department]:
    """Departments in the order of their names, each with what it has to do; those with nothing to do, too."""
    found: dict[str, list[SiteResult]] = {}
    for site in result.sites:
        keeper = keeper_of(site)
        own = [task for task in site.tasks if task.department in {"", keeper}]
        found.setdefault(keeper, []).append(replace(site, tasks=tuple(own)))
        for other in sorted({task.department for task in site.tasks} - {"", keeper}):
            theirs = tuple(task for task in site.tasks if task.department == other)
            found.setdefault(other, []).append(replace(site, tasks=theirs))
    return [Department(name or NOBODY.of(lang), tuple(sites)) for name, sites in sorted(found.items())]


def cited(site: SiteResult) -> list[Task]:
    """Tasks under an item of the notice; what is only advised comes last."""
    return sorted((task for task in site.tasks if task.items), key=lambda task: task.weight is Weight.ADVISORY)


def keeper_of(site: SiteResult) -> str:
    """The department that answers for the site, else its sponsor; empty where neither is known."""
    return site.department or site.sponsor


def office_of(run: RunInfo) -> str:
    """The office that inspects, which signs the papers; empty where the run does not know it."""
    contact = str(run.vantage.get("contact", ""))
    return str(run.vantage.get("office", _TELEPHONE.sub("", contact)))


def day(moment: datetime, lang: Lang) -> str:
    """A day as papers write it, in Asia/Shanghai."""
    at = moment.astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日" if lang == "zh" else at.date().isoformat()


def folder_name(name: str, taken: set[str]) -> str:
    """A name for a folder or file on any system, that nothing else in ``taken`` has."""
    plain = _NO_NAME.sub("_", visible(name)).strip("_")[:60] or "_"
    found, number = plain, 2
    while found.lower() in taken:
        found, number = f"{plain}_{number}", number + 1
    taken.add(found.lower())
    return found
