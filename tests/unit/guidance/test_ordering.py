from itertools import permutations

from xuncha.guidance.ordering import explained, in_order, value
from xuncha.guidance.task import Effort
from xuncha.model.locator import ElementLocator, LinkLocator
from xuncha.model.outcome import Severity, Status, Weight


def wide(make, pages):
    return make.seen(LinkLocator("http://a.example/", "http://b.example/", any_page=True), sources=pages)


def test_what_closes_more_risk_comes_first(make):
    low = make.task(make.seen(), check="a.low", severity=Severity.LOW, weight=Weight.MINOR)
    high = make.task(make.seen(), check="z.high", severity=Severity.HIGH, weight=Weight.DECISIVE)
    assert [task.check for task in in_order([low, high])] == ["z.high", "a.low"]


def test_of_equal_risk_the_lesser_effort_comes_first(make):
    weeks = make.task(make.seen(), check="a.weeks", effort=Effort.LARGE)
    hours = make.task(make.seen(), check="z.hours", effort=Effort.SMALL)
    assert [task.check for task in in_order([weeks, hours])] == ["z.hours", "a.weeks"]


def test_of_equal_risk_what_is_seen_on_more_pages_comes_first(make):
    one, many = make.task(make.seen(), check="a.one"), make.task(wide(make, 300), check="z.many")
    assert [task.check for task in in_order([one, many])] == ["z.many", "a.one"]


def test_a_failure_comes_before_a_hint(make):
    hint = make.task(make.seen(status=Status.WARN), check="a.hint")
    assert [task.check for task in in_order([hint, make.task(make.seen(), check="z.fail")])] == ["z.fail", "a.hint"]


def test_a_critical_leak_of_weeks_comes_before_many_small_headers(make):
    leak = make.task(make.seen(), severity=Severity.CRITICAL, weight=Weight.DECISIVE, effort=Effort.LARGE)
    header = make.task(wide(make, 100_000), check="headers.x", severity=Severity.LOW, weight=Weight.MINOR)
    assert value([leak]) > value([header])


def test_tasks_of_one_check_and_department_stay_together_the_widest_first(make):
    narrow, broad = (make.seen(ElementLocator("http://a.example/", name), pages=n) for name, n in (("a", 1), ("b", 9)))
    other = make.task(make.seen(), check="links.other")
    ordered = in_order([*make.tasks(narrow, broad), other])
    assert [(task.check, task.pages) for task in ordered] == [
        ("links.broken", 9),
        ("links.broken", 1),
        ("links.other", 1),
    ]


def test_the_order_does_not_depend_on_the_order_of_the_findings(make):
    tasks = [make.task(make.seen(), check=f"links.{name}") for name in "abc"]
    assert len({in_order(some) for some in permutations(tasks)}) == 1


def test_the_place_is_explained_in_a_sentence(make):
    task = make.task(wide(make, 214), severity=Severity.HIGH, weight=Weight.DECISIVE)
    assert explained(task).zh == "风险高，一项属实即判不合格，涉及 214 个页面，几小时可以改好。"
    assert explained(task).en == "High risk, decides the verdict alone, 214 pages, hours of work."


def test_an_unknown_effort_is_not_spoken_of(make):
    task = make.task(make.seen(), effort=None)
    assert explained(task).zh == "风险中等，对判定影响大。"
