import pytest

from xuncha.api import Gap, Reason, Status
from xuncha.lab.faults.exposure import EXPOSURE, FAMILIES
from xuncha.testing import judge
from xuncha_plugins.exposure.probes import Exposures

IDS = [f"exposure.{family}" for family in FAMILIES]
SEEN_AT_HOME = {"exposure.default-pages"}
LEFT_OPEN = [one for one in EXPOSURE if one.id != "answers-everything"]


@pytest.fixture(scope="module")
def clean(asked):
    return asked()


@pytest.fixture(scope="module")
def application(asked):
    return asked("answers-everything")


@pytest.mark.parametrize("check", IDS)
def test_a_site_on_which_nothing_lies_open_passes(families, clean, check):
    assert judge(families[check], clean).status is Status.PASS


@pytest.mark.parametrize("check", sorted({*IDS} - SEEN_AT_HOME))
def test_an_application_that_answers_everything_is_not_judged(families, application, check):
    outcome = judge(families[check], application)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.ANSWERS_EVERYTHING)


@pytest.mark.parametrize("check", IDS)
def test_a_site_that_could_not_be_asked_is_not_judged(families, check):
    assert judge(families[check], (Exposures, Gap(Reason.REFUSED))).reason.code is Reason.REFUSED


@pytest.mark.parametrize("fault", LEFT_OPEN, ids=lambda fault: fault.id)
def test_what_lies_open_is_found_and_nothing_else(families, asked, fault):
    fact = asked(fault.id)
    said = {(check, judge(families[check], fact).status) for check in IDS}
    assert {one for one in said if one[1] is not Status.PASS} == set(fault.expects)


def test_what_lies_open_behind_an_application_is_found(families, asked):
    fact = asked("answers-everything", "repository-open")
    assert judge(families["exposure.version-control"], fact).status is Status.FAIL


def test_nothing_of_a_secret_is_kept(asked):
    kept = repr(asked("key-open", "environment-open", "dump-open"))
    assert "LabExample" not in kept
    assert "not-a-real-password" not in kept


def test_the_budget_is_kept(asked):
    assert asked(requests=50).requests <= 50
