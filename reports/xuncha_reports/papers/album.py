"""The screenshots (截图) that go to a department with its notice, numbered in the order in which it cites them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xuncha.guidance.task import Task
from xuncha.model.text import Lang, Text
from xuncha.store.gallery import PictureView, kept_picture
from xuncha.store.result import SiteResult
from xuncha_reports.papers.departments import Department, cited

MOST = 3
"""Screenshots of one problem."""

_FOLDER, _NAME = Text("截图", "pictures"), Text("图", "picture-")
_LOST = Text("未留存", "not kept")


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures by the names that a department knows them by; ``folder`` is the run's."""

    folder: str
    lang: Lang
    pictures: dict[str, PictureView]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pictures as (path, PNG), exactly as the run keeps them: with what is covered or made unreadable."""
        for name, picture in self.pictures.items():
            yield f"{_FOLDER.of(self.lang)}/{name}.png", kept_picture(self.folder, picture)


def numbered(department: Department, folder: str, lang: Lang) -> tuple[Department, Album]:
    """The department with pictures named 图1, 图2 … in its tasks, in place of the ids by which the run knows them.

    Args:
        department: its tasks are gone through as the notice lists them.
        folder: where the run is stored. Of pictures that are no longer there as they were taken, this is said.
        lang: of the names.
    """
    known = {one.evidence: one for site in department.sites for one in site.gallery.pictures}
    names: dict[str, str] = {}
    album: dict[str, PictureView] = {}
    for evidence in _in_order(department):
        picture = known.get(evidence)
        if picture and kept_picture(folder, picture):
            names[evidence] = f"{_NAME.of(lang)}{len(album) + 1}"
            album[names[evidence]] = picture
        else:
            names[evidence] = _LOST.of(lang)
    sites = tuple(replace(site, tasks=tuple(_named(task, names) for task in site.tasks)) for site in department.sites)
    return replace(department, sites=sites), Album(folder, lang, album)


def _in_order(department: Department) -> list[str]:
    tasks = [task for site in department.sites for task in _listed_first(site)]
    return list(dict.fromkeys(one for task in tasks for one in task.pictures[:MOST]))


def _listed_first(site: SiteResult) -> list[Task]:
    return [*cited(site), *(task for task in site.tasks if not task.items)]


def _named(task: Task, names: dict[str, str]) -> Task:
    shown = dict.fromkeys(names[one] for one in task.pictures[:MOST])
    return replace(task, pictures=tuple(shown))
