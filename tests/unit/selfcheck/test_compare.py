from dataclasses import dataclass
from datetime import date, datetime

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import FULL, Coverage, Status
from xuncha.model.selfcheck import Answer, Declaration, Declared, Relation
from xuncha.model.text import Text
from xuncha.selfcheck.compare import compare

AT = datetime(2026, 8, 4, tzinfo=SHANGHAI)
SEEN = "xuncha_plugins.icp.collect.Seen"
LINKS = "links.broken-internal"


@dataclass(frozen=True)
class Found:
    status: Status
    dismissed: bool = False


@dataclass(frozen=True)
class View:
    """As much of an outcome's view as is asked for."""

    check: str
    status: Status
    findings_total: int = 0
    findings: tuple = ()
    coverage: Coverage = FULL
    reason: Text | None = None
    admitted: bool = True
    unverified: bool = False


def view(check, status, findings=0, **more):
    return View(check, Status(status), findings, (Found(Status(status)),) * findings, **more)


@pytest.fixture
def row(form):
    """The comparison of one question: its answer, outcomes, facts."""

    def of(question, value, *views, facts=None):
        answers = {question: Answer(value)} if value else {}
        declared = Declared(form, {"a": Declaration("a", answers, "张某", date(2026, 8, 3), AT, "0" * 64)})
        titles = {one.check: Text(f"标题 {one.check}", one.check) for one in views}
        rows = compare(declared, "a", views, titles, facts or {}).rows
        return next(one for one in rows if one.question == question)

    return of


@pytest.mark.parametrize(
    ("declared", "status", "relation"),
    [
        ("yes", "pass", "agree"),
        ("no", "fail", "agree"),
        ("yes", "fail", "disagree"),
        ("no", "pass", "disagree"),
        ("yes", "inconclusive", "unclear"),
        ("yes", "error", "unclear"),
        ("yes", "manual", "unclear"),
        ("yes", "warn", "unclear"),
        ("yes", "not_run", "declared-only"),
        ("yes", "not_applicable", "declared-only"),
        ("", "pass", "observed-only"),
        ("", "inconclusive", "neither"),
    ],
)
def test_a_choice_against_an_outcome(row, declared, status, relation):
    assert row("levels-open", declared, view("availability.levels-open", status)).relation == relation


def test_a_question_that_no_check_of_the_run_answers_is_only_declared(row):
    assert row("levels-open", "yes").relation is Relation.DECLARED_ONLY


def test_one_failure_decides_and_is_named(row):
    found = row("published", "yes", view("availability.home-opens", "pass"), view("availability.filing-block", "fail"))
    assert found.relation is Relation.DISAGREE
    assert found.why.zh == "标题 availability.filing-block：不符合"


def test_one_check_that_could_not_tell_keeps_the_rest_from_agreeing(row):
    views = (view("availability.home-opens", "pass"), view("availability.filing-block", "inconclusive"))
    assert row("published", "yes", *views).relation is Relation.UNCLEAR


def test_a_failure_on_an_unverified_value_contradicts_nobody(row):
    assert row("levels-open", "yes", view("availability.levels-open", "fail", unverified=True)).relation != "disagree"


def test_what_people_have_dismissed_is_not_counted(row):
    found = (Found(Status.FAIL), Found(Status.FAIL, dismissed=True))
    seen = View(LINKS, Status.FAIL, 2, found)
    assert row("broken-links", "1", seen).observed.zh == "1"


def test_a_plugin_that_is_not_admitted_contradicts_nobody(row):
    assert row("levels-open", "yes", view("availability.levels-open", "fail", admitted=False)).relation != "disagree"


def test_evidence_that_was_not_handed_in_does_not_say_that_there_is_none(row):
    assert row("backup", "yes", view("backup.copies-intact", "fail")).relation is Relation.UNCLEAR


def test_an_answer_that_checks_know_nothing_of_is_unclear(row):
    assert row("services-work", "none", view("services.search", "pass")).relation is Relation.UNCLEAR


@pytest.mark.parametrize(
    ("declared", "found", "relation"),
    [("0", 0, "agree"), ("2", 2, "agree"), ("0", 3, "disagree"), ("5", 3, "unclear"), ("", 3, "observed-only")],
)
def test_counts_against_findings(row, declared, found, relation):
    status = "fail" if found else "pass"
    assert row("broken-links", declared, view(LINKS, status, found)).relation == relation


def test_none_found_where_not_all_was_seen_confirms_nothing(row):
    partly = Coverage(5, 10, complete=False)
    assert row("broken-links", "0", view(LINKS, "pass", coverage=partly)).relation is Relation.UNCLEAR


def test_a_count_that_is_not_complete_says_at_least(row):
    found = row("broken-links", "0", view(LINKS, "fail", 3), view("links.broken-asset", "inconclusive"))
    assert (found.relation, found.observed.zh) == (Relation.DISAGREE, "至少 3")


def numbers(*shown):
    return {SEEN: {"home": [{"filings": [{"number": {"written": one}} for one in shown]}]}}


@pytest.mark.parametrize(
    ("declared", "shown", "relation"),
    [
        ("鲁ICP备12345678号", ["鲁ICP备12345678号-1"], "agree"),
        ("鲁ICP备12345678号", ["京ICP备11111111号", "鲁 ICP 备 12345678 号"], "agree"),
        ("鲁ICP备12345678号", ["鲁ICP备87654321号"], "disagree"),
        ("无", ["鲁ICP备87654321号"], "disagree"),
        ("", ["鲁ICP备87654321号"], "observed-only"),
        ("鲁ICP备12345678号", [], "unclear"),
    ],
)
def test_numbers_against_what_the_pages_show(row, declared, shown, relation):
    status = "pass" if shown else "fail"
    assert row("icp", declared, view("icp.filing-shown", status), facts=numbers(*shown)).relation == relation


def test_a_fact_of_another_shape_tells_nothing(row):
    facts = {SEEN: {"home": "elsewhere"}}
    assert row("icp", "鲁ICP备1234567号", view("icp.filing-shown", "pass"), facts=facts).relation == "unclear"


def test_a_site_of_which_nothing_was_declared_has_no_rows(form):
    assert not compare(Declared(form), "a", (), {}, {}).rows


@pytest.mark.parametrize(
    ("question", "value"), [("broken-links", "若干"), ("plan", "perhaps"), ("plan-date", "2026-99-99")]
)
def test_an_answer_to_a_question_that_was_changed_since_is_unclear(row, question, value):
    found = row(question, value, view(LINKS, "pass"))
    assert (found.relation, found.declared.zh) == (Relation.UNCLEAR, value)


COLUMNS = ("freshness.news-columns", "freshness.notice-columns", "freshness.overdue-columns")


@pytest.mark.parametrize("status", ["pass", "fail"])
def test_the_home_page_alone_says_nothing_of_all_columns(row, status):
    found = row("updated", "no", view("freshness.home-updated", status))
    assert (found.relation, "这次没有检查" in found.why.zh) == (Relation.UNCLEAR, True)


def test_what_is_needed_and_does_not_suit_the_site_leaves_nothing_open(row):
    views = [view("freshness.home-updated", "pass"), *(view(check, "pass") for check in COLUMNS[:2])]
    assert row("updated", "yes", *views, view(COLUMNS[2], "not_applicable")).relation is Relation.AGREE
