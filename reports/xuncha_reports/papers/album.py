"""The screenshots (截图) that go to a department with its notice, by the numbers that all reports know them by."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xuncha.guidance.task import Task
from xuncha.model.text import Lang, Text
from xuncha.store.format import picture_name
from xuncha.store.gallery import PictureView, kept_picture
from xuncha_reports.papers.departments import Department

MOST = 3
"""Screenshots of one problem."""

_FOLDER = Text("截图", "pictures")
_LOST = Text("未留存", "not kept")


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures by their names; ``folder`` is the run's."""

    folder: str
    lang: Lang
    pictures: dict[str, PictureView]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pictures as (path, PNG), exactly as the run keeps them: with what is covered or made unreadable."""
        for name, picture in self.pictures.items():
            yield f"{_FOLDER.of(self.lang)}/{name}.png", kept_picture(self.folder, picture)


def named(department: Department, folder: str, lang: Lang) -> tuple[Department, Album]:
    """The department with pictures named 图3-7 … in its tasks, in place of the ids by which the run knows them.

    Args:
        department: whose tasks these are.
        folder: where the run is stored. Of pictures that are no longer there as they were taken, this is said.
        lang: of the names.
    """
    known = {one.evidence: one for site in department.sites for one in site.gallery.pictures}
    names: dict[str, str] = {}
    album: dict[str, PictureView] = {}
    for evidence in _cited(department):
        picture = known.get(evidence)
        if picture and kept_picture(folder, picture):
            names[evidence] = picture_name(evidence, lang)
            album[names[evidence]] = picture
        else:
            names[evidence] = _LOST.of(lang)
    sites = tuple(replace(site, tasks=tuple(_named(task, names) for task in site.tasks)) for site in department.sites)
    return replace(department, sites=sites), Album(folder, lang, album)


def _cited(department: Department) -> dict[str, None]:
    tasks = (task for site in department.sites for task in site.tasks)
    return dict.fromkeys(one for task in tasks for one in task.pictures[:MOST])


def _named(task: Task, names: dict[str, str]) -> Task:
    shown = dict.fromkeys(names[one] for one in task.pictures[:MOST])
    return replace(task, pictures=tuple(shown))
