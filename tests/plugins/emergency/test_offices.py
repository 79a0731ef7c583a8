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


ODD = ("blind", "blind2", "blind3", "blind4")


def test_plans_in_other_voices_are_not_accused_of_lacking_what_they_hold(cases, read_plan):
    for case in (one for folder in ODD for one in cases(folder)):
        given, plan = read_plan(case.text)
        failed = {
            one.distinct for one in judge(checks.plan_complete, given, plan).findings if str(one.status) == "fail"
        }
        there = {name for name, held in case.sections.items() if held in ("held", "thin")}
        assert not failed & there, case.path.name


def test_nine_of_ten_sections_of_plans_in_other_voices_are_read_as_a_reader_does(cases, read_plan):
    all_of = [
        (name, held, found(read_plan(one.text)[1]))
        for folder in ODD
        for one in cases(folder)
        for name, held in one.sections.items()
    ]
    assert sum(read[name] == held for name, held, read in all_of) >= 0.9 * len(all_of)


@pytest.mark.parametrize("folder", ODD)
def test_the_checks_of_plans_in_other_voices_come_to_what_a_reader_says(folder, cases, read_plan, statuses):
    for case in cases(folder):
        got = statuses(*read_plan(case.text))
        assert (case.path.name, got) == (case.path.name, got | case.statuses)


@pytest.mark.parametrize("folder", ["blind_records", "blind_records2"])
def test_drill_records_in_other_voices_come_to_what_a_reader_says(folder, cases, read_drill):
    for case in cases(folder):
        given, record = read_drill(case.text)
        got = str(judge(checks.drill, given, record).status)
        assert (case.path.name, got, found(record)) == (case.path.name, case.statuses["drill"], case.sections)
