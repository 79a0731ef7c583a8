import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.guidance.causes import tasks_of
from xuncha.guidance.explaining import Explanation
from xuncha.guidance.folding import PLACES
from xuncha.guidance.task import Due, Effort
from xuncha.model.locator import ColumnLocator, LinkLocator, PageLocator
from xuncha.model.outcome import Review, Severity, Status, Weight
from xuncha.model.text import Text

PAGES, LINKS = "pages.open", "links.broken"
BY_PAGES = (Explanation(PAGES, "address"),)


def url(number):
    return f"http://a.example/{number}.html"


@pytest.fixture
def folded(make):
    """The tasks of some links and pages, the links explained by the pages."""

    def tasks(links, pages, **more):
        broken = make.judged(*links, check=LINKS, problem=Text("断链", "Broken links"), explained_by=BY_PAGES)
        about = {"check": PAGES, "severity": Severity.LOW, "weight": Weight.MINOR, "items": ("2.1",), "due": None}
        return list(tasks_of(make.site, [broken, make.judged(*pages, **about | more)]))

    return tasks


def link(make, number, **more):
    return make.seen(LinkLocator("http://a.example/", url(number), any_page=True), **more)


def page(make, number, **more):
    return make.seen(PageLocator(url(number)), **more)


def test_nine_pages_that_fail_and_the_links_to_them_are_one_task(make, folded):
    (task,) = folded([link(make, n) for n in range(9)], [page(make, n) for n in range(9)])
    assert (task.check, task.findings) == (PAGES, 9)
    (along,) = task.settles
    assert (along.check, along.findings, len(along.tasks)) == (LINKS, 9, 9)


def test_the_title_says_what_goes_along(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1)])
    assert task.title.zh == "gone。另有“断链”1 处，原因相同，随本项一并解决。"
    assert task.title.en == "gone. Of the same cause, and settled with it: “Broken links” (1)."


def test_what_nothing_explains_stays_a_task(make, folded):
    tasks = folded([link(make, 1), link(make, 2)], [page(make, 1)])
    assert {(task.check, task.findings, len(task.settles)) for task in tasks} == {(PAGES, 1, 1), (LINKS, 1, 0)}


def test_a_task_is_as_urgent_as_the_gravest_that_goes_along(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1, status=Status.WARN)])
    assert (task.severity, task.weight, task.status) == (Severity.MEDIUM, Weight.MAJOR, Status.FAIL)
    assert task.due == Due(10, "tool")


def test_the_gravest_is_never_what_is_only_advised(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1)], severity=Severity.CRITICAL, weight=Weight.ADVISORY)
    assert task.weight is Weight.MAJOR


def test_what_is_only_advised_hurries_nothing_that_counts(make, folded):
    advised = {"severity": Severity.CRITICAL, "weight": Weight.ADVISORY, "due": Due(1, "tool")}
    (task,) = folded([link(make, 1)], [page(make, 1)], **advised)
    assert (task.severity, task.due) == (Severity.MEDIUM, Due(10, "tool"))


def test_a_failure_stays_one_where_only_hints_go_along(make, folded):
    (task,) = folded([link(make, 1, status=Status.WARN)], [page(make, 1)], weight=Weight.ADVISORY)
    assert task.status is Status.FAIL


def test_the_steps_and_the_effort_stay_those_of_what_explains(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1)], effort=Effort.LARGE)
    assert (task.check, task.effort) == (PAGES, Effort.LARGE)


def test_a_task_stands_under_the_items_of_all_its_own_first(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1)])
    assert task.items == ("2.1", "2.3")


def test_a_false_alarm_does_not_go_along(make, folded):
    (task,) = folded([link(make, 1, review=Review.FALSE_POSITIVE)], [page(make, 1)])
    assert task.settles == ()


def test_a_false_alarm_explains_nothing(make, folded):
    (task,) = folded([link(make, 1)], [page(make, 1, review=Review.FALSE_POSITIVE)])
    assert (task.check, task.findings) == (LINKS, 1)


def test_a_question_explains_only_once_it_is_confirmed(make, folded):
    assert [task.check for task in folded([link(make, 1)], [page(make, 1, status=Status.MANUAL)])] == [LINKS]
    confirmed = page(make, 1, status=Status.MANUAL, review=Review.CONFIRMED)
    assert [task.check for task in folded([link(make, 1)], [confirmed])] == [PAGES]


def test_the_ids_are_those_of_tasks_that_nothing_explains(make, folded):
    apart = {task.check: task.id for task in folded([link(make, 1)], [page(make, 2)])}
    (task,) = folded([link(make, 1)], [page(make, 1)])
    assert task.id == apart[PAGES]
    assert folded([link(make, 2)], [page(make, 2)])[0].id == task.id, "the pages of a level are one cause"
    assert task.settles[0].tasks == (apart[LINKS],)


def test_who_mends_the_cause_mends_what_follows_of_it(make):
    column = make.column("tzgg")
    built = make.judged(
        make.seen(PageLocator("http://a.example/tzgg/")),
        check="content.empty",
        explained_by=(Explanation("c.x", "page"),),
    )
    (task,) = tasks_of(make.site, [built, make.judged(column, check="c.x")])
    assert (task.department, len(task.settles)) == ("综合科", 1)


def test_the_id_of_what_goes_along_knows_its_department(make):
    alone = make.task(make.seen(ColumnLocator("通知公告", "http://a.example/tzgg/"), key="stale"))
    explained = make.judged(make.column("tzgg", key="stale"), explained_by=(Explanation("c.x", "address"),))
    (task,) = tasks_of(
        make.site, [explained, make.judged(make.seen(PageLocator("http://a.example/tzgg/")), check="c.x")]
    )
    assert task.settles[0].tasks == (alone.id,)


def test_of_very_many_only_the_first_places_are_named(make, folded):
    count = PLACES + 3
    (task,) = folded([link(make, n) for n in range(count)], [page(make, n) for n in range(count)])
    assert (task.settles[0].findings, len(task.settles[0].places)) == (count, PLACES)


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_each_finding_is_in_just_one_task_or_goes_along_with_one(make, links, pages):
    broken = make.judged(*(link(make, n) for n in links), check=LINKS, explained_by=BY_PAGES)
    closed = make.judged(*(page(make, n) for n in pages), check=PAGES)
    tasks = list(tasks_of(make.site, [broken, closed]))
    told = sum(task.findings + sum(one.findings for one in task.settles) for task in tasks)
    assert told == len(links) + len(pages)
