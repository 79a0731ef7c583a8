"""Every built-in check has references and cases: it was seen to find, to find nothing, and to be unable to tell."""

from pathlib import Path

import pytest

from xuncha.metadata import load_checks
from xuncha.model.outcome import Status
from xuncha.registry import discover
from xuncha.testing.judging import JUDGED

METAS = {
    check.id: check
    for ref in discover()
    if ref.distribution == "xuncha" and ref.texts()
    for check in load_checks(ref.texts()).checks.values()
}
FOUND = {Status.FAIL, Status.WARN, Status.MANUAL}
CASES = {"a positive case": FOUND, "a negative case": {Status.PASS}, "a case that can't be told": {Status.INCONCLUSIVE}}
FOLDERS = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir() and any(path.glob("test_*.py"))}


@pytest.mark.parametrize("check", METAS.values(), ids=METAS)
def test_a_check_tells_on_what_rule_it_rests_and_who_mends_what(check):
    assert check.text.references
    assert check.text.remediation
    assert check.text.messages


@pytest.fixture(scope="module")
def ran(request):
    """The folders of all tests of this session."""
    return {path.parent.name for path in {item.path for item in request.session.items}}


@pytest.mark.last
@pytest.mark.parametrize("check", METAS)
def test_a_check_has_every_case(check, ran):
    assert ran >= FOLDERS, "this looks back at all plugins' tests: run tests/plugins as a whole"
    lacking = [name for name, statuses in CASES.items() if not statuses & {s for id_, s in JUDGED if id_ == check}]
    assert not lacking, f"{check} has no test with {' or '.join(lacking)}"
