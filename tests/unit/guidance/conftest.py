import pytest

from xuncha.guidance.causes import tasks_of
from xuncha.guidance.judged import Judged, Seen
from xuncha.guidance.task import Due, Effort
from xuncha.model.locator import ColumnLocator, PageLocator
from xuncha.model.message import params
from xuncha.model.outcome import Finding, Severity, Status, Weight
from xuncha.model.site import Column, Site
from xuncha.model.text import Text

SITE = Site(
    "a",
    "示例局",
    ("http://a.example/",),
    department="办公室",
    columns=(
        Column("通知公告", "http://a.example/tzgg/", department="综合科"),
        Column("工作动态", "http://a.example/gzdt/"),
        Column("人事信息", "http://a.example/rsxx/", department="办公室"),
    ),
)


class Making:
    """Findings, outcomes and tasks with as little said of each as can be."""

    site = SITE

    def seen(self, place=None, key="gone", status=Status.FAIL, review=None, picture="", **values):
        place = place or PageLocator("http://a.example/")
        found = Finding(place, key, params(**values), status)
        mark = f"v1:{place.identity()} {key}"
        return Seen(found, mark, Text(f"{key}。", f"{key}."), review, picture)

    def column(self, name, **more):
        return self.seen(ColumnLocator(name, f"http://a.example/{name}/"), **more)

    def judged(self, *seen, check="links.broken", severity=Severity.MEDIUM, weight=Weight.MAJOR, **more):
        usual = {"items": ("2.3",), "effort": Effort.SMALL, "due": Due(10, "tool")}
        return Judged(check, severity, weight, seen=seen, **usual | more)

    def tasks(self, *seen, **more):
        return list(tasks_of(SITE, [self.judged(*seen, **more)]))

    def task(self, *seen, **more):
        (one,) = self.tasks(*seen, **more)
        return one


@pytest.fixture(scope="session")
def make():
    return Making()
