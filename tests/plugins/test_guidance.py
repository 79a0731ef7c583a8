"""Every built-in check says what to do, how much work it is, and how it is seen that it was done."""

import re
from collections import Counter
from pathlib import Path

import pytest

from xuncha.guidance.advice import first_sentence
from xuncha.guidance.explaining import explainers
from xuncha.metadata import Role, load_checks
from xuncha.model.outcome import Severity
from xuncha.registry import discover

METAS = {ref.texts().parent: load_checks(ref.texts()) for ref in discover() if ref.distribution == "xuncha"}
CHECKS = [pytest.param(check, id=check.id) for meta in METAS.values() for check in meta.checks.values()]
BY_ID = {check.id: check for meta in METAS.values() for check in meta.checks.values()}
EXPLAINED = [pytest.param(check, id=check.id) for check in BY_ID.values() if check.explained_by]
ASCII_MARK = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
WORD_ZH = re.compile(r"[^\x00-\x7f]|[\x21-\x7e]+")  # a Latin word counts as one character
LONGEST = 260


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_has_steps_an_effort_and_a_recheck(check):
    assert check.text.remediation
    assert check.effort
    assert check.text.recheck


@pytest.mark.parametrize("check", [one for one in CHECKS if one.values[0].severity is Severity.CRITICAL])
def test_where_the_risk_is_critical_the_leader_has_something_to_do(check):
    assert Role.LEADER in {step.role for step in check.text.remediation}


@pytest.mark.parametrize("check", CHECKS)
def test_a_recheck_is_short_and_in_proper_punctuation(check):
    recheck = check.text.recheck
    assert len(recheck.zh) <= LONGEST / 2
    assert len(recheck.en) <= LONGEST
    assert recheck.zh.endswith("。")
    assert recheck.en.endswith(".")
    assert not ASCII_MARK.search(recheck.zh)


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in METAS])
def test_no_configuration_stands_idle(folder):
    written = {path.stem for path in (Path(folder) / "configurations").glob("*.yaml")}
    assert written == set(METAS[folder].configurations)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_names_its_problem_in_a_few_words(check):
    problem = check.text.problem
    assert problem, "what a bulletin calls the failure"
    assert len(WORD_ZH.findall(problem.zh)) <= 16
    assert len(problem.en.split()) <= 8
    assert not ASCII_MARK.search(problem.zh)
    assert not problem.zh.endswith("。")
    assert not problem.en.endswith(".")


@pytest.mark.parametrize("check", CHECKS)
def test_a_problem_is_not_the_title(check):
    assert check.text.problem.zh != check.text.title.zh
    assert check.text.problem.en != check.text.title.en


def test_no_two_checks_share_a_problem():
    named = Counter(check.values[0].text.problem.zh for check in CHECKS)
    assert named.most_common(1)[0][1] == 1


@pytest.mark.parametrize("check", CHECKS)
def test_the_first_sentence_says_why_and_cites_no_clause(check):
    why = first_sentence(check.text.rationale).zh
    assert len(why) <= 80
    assert not re.match("《|通知(一|要求|“)|检查指标", why)


@pytest.mark.parametrize("check", CHECKS)
def test_no_reservation_about_a_source_stands_in_running_text(check):
    assert "转引" not in check.text.rationale.zh


@pytest.mark.parametrize("check", EXPLAINED)
def test_what_explains_a_check_is_there_to_explain_it(check):
    for one in check.explained_by:
        other = BY_ID[one.check].text.messages
        assert set(one.theirs) <= set(other)
        assert not one.same.startswith("{") or any(one.same in words.zh for words in other.values())


@pytest.mark.parametrize("check", EXPLAINED)
def test_checks_do_not_explain_each_other_in_circles(check):
    given = {one.id: one.explained_by for one in BY_ID.values()}
    assert check.id not in {name for one in check.explained_by for name in explainers(one.check, given)}
