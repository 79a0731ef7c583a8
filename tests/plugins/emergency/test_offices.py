"""Plans and records as offices write them: what is found of each section, and what the checks come to."""

import pytest

from xuncha.testing import judge
from xuncha_plugins.emergency import checks


def found(document):
    return {section.name: str(section.held) for section in document.sections}


def pytest_generate_tests(metafunc):
    for name in ("plan_case", "record_case"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, NAMES[name])


NAMES = {
    "plan_case": [f"plans/{n:02}" for n in range(1, 15)],
    "record_case": [f"records/{n:02}" for n in range(1, 8)],
}


@pytest.fixture
def of(cases):
    """The case whose file begins like this."""

    def find(start):
        folder, _, number = start.partition("/")
        return next(one for one in cases(folder) if one.path.name.startswith(number))

    return find


def test_a_plan_is_understood_as_a_reader_does(plan_case, of, read_plan, statuses):
    case = of(plan_case)
    given, plan = read_plan(case.text)
    assert (str(plan.subject), found(plan)) == (case.kind, found(plan) | case.sections)
    assert statuses(given, plan) == statuses(given, plan) | case.statuses


def test_a_drill_record_is_understood_as_a_reader_does(record_case, of, read_drill):
    case = of(record_case)
    given, record = read_drill(case.text)
    assert (str(record.subject), found(record)) == (case.kind, found(record) | case.sections)
    assert str(judge(checks.drill, given, record).status) == case.statuses["drill"]
