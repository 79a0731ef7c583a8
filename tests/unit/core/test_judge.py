from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import (
    Coverage,
    Crawl,
    DocumentLocator,
    Gap,
    PageLocator,
    PageRecord,
    Params,
    Reason,
    Site,
    SiteLocator,
    Status,
    ask,
    check,
    finding,
    not_applicable,
    note,
    unsure,
    warning,
)
from xuncha.declare import understood
from xuncha.judge import MAX_FINDINGS, MAX_NOTES, BoundCheck
from xuncha.judge import judge as judge_bound
from xuncha.testing import SITE, judge

HOME = SiteLocator()


@dataclass(frozen=True, slots=True)
class Visits:
    late: int = 0
    complete: bool = True


class Limits(Params):
    most: int = 1


def yields(*answers: object):
    @check("demo.check")
    def demo(visits: Visits) -> Iterator[object]:
        yield from answers

    return demo


def test_yielding_nothing_is_pass():
    assert judge(yields(), Visits()).status is Status.PASS


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([finding(HOME, "a")], Status.FAIL),
        ([warning(HOME, "a")], Status.WARN),
        ([ask(HOME, "a")], Status.MANUAL),
        ([unsure("timeout")], Status.INCONCLUSIVE),
        ([not_applicable("kind-of-site")], Status.NOT_APPLICABLE),
        ([warning(HOME, "a"), finding(HOME, "b")], Status.FAIL),
        ([ask(HOME, "a"), warning(HOME, "b")], Status.WARN),
        ([unsure("raised")], Status.ERROR),
        ([unsure("timeout"), finding(HOME, "a")], Status.FAIL),
        ([not_applicable("kind-of-site"), unsure("timeout")], Status.INCONCLUSIVE),
        ([Coverage(10, 10, complete=True)], Status.PASS),
        ([Coverage(1, 10, complete=False)], Status.INCONCLUSIVE),
    ],
)
def test_the_worst_answer_decides(answers, status):
    assert judge(yields(*answers), Visits()).status is status


def test_an_uncertainty_beside_findings_marks_the_coverage_incomplete():
    outcome = judge(yields(unsure("timeout"), finding(HOME, "a")), Visits())
    assert not outcome.coverage.complete


@pytest.mark.parametrize(
    ("reason", "status"),
    [(Reason.NO_DOMAIN_NAME, Status.NOT_APPLICABLE), (Reason.NO_BASELINE, Status.NOT_RUN)],
)
def test_a_gap_that_is_no_obstacle_is_told_for_what_it_is(reason, status):
    outcome = judge(yields(finding(HOME, "a")), (Visits, Gap(reason)))
    assert (outcome.status, outcome.reason.code) == (status, reason)


def test_a_gap_answers_inconclusive_with_its_reason_without_calling_the_check():
    outcome = judge(yields(finding(HOME, "a")), (Visits, Gap(Reason.CHALLENGED)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.CHALLENGED)


def test_a_gap_that_our_program_left_is_an_error_not_an_uncertainty():
    outcome = judge(yields(), (Visits, Gap(Reason.RAISED, detail="ValueError: x")))
    assert (outcome.status, outcome.error) == (Status.ERROR, "ValueError: x")


def test_a_check_that_asks_for_gaps_is_called_with_them():
    @check("demo.gap")
    def demo(visits: Visits | Gap) -> Iterator[object]:
        if isinstance(visits, Gap):
            yield finding(HOME, "gone")

    assert judge(demo, (Visits, Gap(Reason.REFUSED))).status is Status.FAIL


def test_a_fact_that_nobody_gathered_is_inconclusive():
    assert judge(yields()).reason.code is Reason.FACT_MISSING


def test_a_fact_cut_short_cannot_pass():
    assert judge(yields(), Visits(complete=False)).status is Status.INCONCLUSIVE


def test_a_check_receives_site_and_params_by_annotation():
    @check("demo.args", params=Limits)
    def demo(site: Site, visits: Visits, params: Limits) -> Iterator[object]:
        if visits.late > params.most and site.name:
            yield finding(HOME, "late", count=visits.late)

    assert judge(demo, Visits(late=2)).status is Status.FAIL
    assert judge(demo, Visits(late=2), params=Limits(most=2)).status is Status.PASS


def test_what_a_check_raises_is_an_error_outcome_that_names_it():
    @check("demo.raises")
    def demo(visits: Visits) -> Iterator[object]:
        raise ValueError("no such column")

    outcome = judge(demo, Visits())
    assert outcome.status is Status.ERROR
    assert "ValueError: no such column (demo:" in outcome.error


@pytest.mark.parametrize(
    "answer", ["text", None, finding("nowhere", "a"), finding(HOME, "a", **{f"p{n}": n for n in range(20)})]
)
def test_an_answer_outside_the_contract_is_an_error(answer):
    outcome = judge(yields(answer), Visits())
    assert outcome.reason.code is Reason.BROKE_CONTRACT


def test_a_message_that_the_texts_lack_breaks_the_contract():
    spec = understood(yields(finding(HOME, "unknown")).__xuncha__)
    bound = BoundCheck(spec, spec.params(), messages=frozenset({"known"}))
    assert judge_bound(bound, SITE, {Visits: Visits()}).reason.code is Reason.BROKE_CONTRACT


def test_endless_findings_are_counted_but_only_the_smallest_kept():
    @check("demo.many")
    def demo(visits: Visits) -> Iterator[object]:
        for number in reversed(range(5000)):
            yield finding(PageLocator(f"http://a.example/{number:05d}", 1), "a")

    outcome = judge(demo, Visits())
    assert (len(outcome.findings), outcome.findings_total) == (MAX_FINDINGS, 5000)
    assert outcome.findings[0].locator.url == "http://a.example/00000"


@given(st.permutations([finding(PageLocator(f"http://a.example/{n}", n % 3), "k", distinct=str(n)) for n in range(12)]))
def test_findings_come_in_one_order_whatever_order_they_were_yielded_in(found):
    outcome = judge(yields(*found), Visits())
    assert [item.sort_key() for item in outcome.findings] == sorted(item.sort_key() for item in found)


def test_an_error_page_is_no_page_that_was_seen():
    @check("demo.crawl")
    def demo(crawl: Crawl) -> Iterator[object]:
        yield from ()

    records = tuple(PageRecord(f"http://a/{code}", f"http://a/{code}", 1, code) for code in (200, 500, 403, 404))
    outcome = judge(demo, Crawl("http://a/", records, (), 4, complete=True))
    assert (outcome.coverage.seen, outcome.coverage.known, outcome.coverage.complete) == (1, 3, False)


def test_an_incomplete_crawl_without_findings_passes_only_from_the_minimum_coverage_on():
    @check("demo.crawl")
    def demo(crawl: Crawl) -> Iterator[object]:
        yield from ()

    pages = tuple(PageRecord(f"http://a.example/{n}", f"http://a.example/{n}", 1, 200) for n in range(8))
    cut = Crawl("http://a.example/", pages, (), known=10, complete=False, stopped=Reason.BUDGET_REACHED)
    assert judge(demo, cut, min_coverage=0.8).status is Status.PASS
    outcome = judge(demo, cut, min_coverage=0.9)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.BUDGET_REACHED)


def test_hints_crowd_out_no_failure():
    @check("demo.many")
    def demo(visits: Visits) -> Iterator[object]:
        for number in range(3000):
            yield warning(PageLocator(f"http://a.example/{number:05d}", 0), "a")
        yield finding(PageLocator("http://z.example/", 9), "a")

    outcome = judge(demo, Visits())
    assert (outcome.findings_total, outcome.failures_total) == (3001, 1)
    assert outcome.findings[-1].status is Status.FAIL


def test_a_sound_hint_does_not_make_an_unverified_failure_sound():
    answers = [finding(HOME, "a", unverified=True), warning(HOME, "b")]
    assert judge(yields(*answers), Visits()).unverified


def test_findings_that_rest_on_unverified_values_mark_the_outcome():
    assert judge(yields(finding(HOME, "a", unverified=True)), Visits()).unverified
    assert not judge(yields(finding(HOME, "a"), finding(HOME, "b", unverified=True)), Visits()).unverified


def test_parameters_keep_their_kind():
    found = judge(yields(finding(HOME, "a", on=date(2026, 8, 1), share=0.5)), Visits()).findings[0]
    assert {name: str(param.kind) for name, param in found.params.items()} == {"on": "date", "share": "number"}


def test_what_page_probes_gathered_from_half_a_crawl_is_not_enough_to_pass():
    spec = understood(yields().__xuncha__)
    half = Crawl("http://a/", (PageRecord("http://a/", "http://a/", 0, 200),), (), 10, complete=False)
    bound = BoundCheck(spec, spec.params(), over_pages=True)
    assert judge_bound(bound, SITE, {Visits: Visits(), Crawl: half}).status is Status.INCONCLUSIVE


def test_a_note_is_kept_and_changes_nothing():
    outcome = judge(yields(note("totals", total=3)), Visits())
    assert (outcome.status, outcome.findings_total, [one.key for one in outcome.notes]) == (Status.PASS, 0, ["totals"])


def test_a_note_about_a_document_keeps_where_it_stands_and_the_hash():
    at = DocumentLocator("plan.docx", "emergency.plan", page_number=3, sha256="ab" * 32)
    kept = {name: value.value for name, value in note("holds", at=at, words="总则").params.items()}
    expected = {"path": "plan.docx", "place": "emergency.plan", "where": "p. 3", "sha256": "ab" * 32, "words": "总则"}
    assert kept == expected


@pytest.mark.parametrize("say", [finding, warning, ask])
def test_what_rests_on_words_that_ocr_read_is_never_more_than_a_question(say):
    at = DocumentLocator("plan.pdf", "emergency.plan", page_number=3, ocr=97)
    outcome = judge(yields(say(at, "old", excerpt="2011年")), Visits())
    assert (outcome.status, outcome.failures_total) == (Status.MANUAL, 0)
    assert outcome.findings[0].excerpt == "[OCR] 2011年"


def test_a_question_about_words_that_ocr_read_can_be_answered_like_any_other():
    plain, read = (DocumentLocator("plan.pdf", "emergency.plan", ocr=sure) for sure in (None, 97))
    assert finding(plain, "old").fingerprint("c", "s") == finding(read, "old").fingerprint("c", "s")


def test_a_note_about_words_that_ocr_read_says_so():
    assert note("holds", at=DocumentLocator("a.pdf", page_number=3, ocr=97)).params["where"].value == "p. 3 / OCR 97 %"


def test_only_so_many_notes_are_kept():
    assert len(judge(yields(*[note("totals")] * 100), Visits()).notes) == MAX_NOTES


def test_a_note_without_a_text_breaks_the_contract():
    spec = understood(yields(note("unknown")).__xuncha__)
    bound = BoundCheck(spec, spec.params(), messages=frozenset({"totals"}))
    assert judge_bound(bound, SITE, {Visits: Visits()}).reason.code is Reason.BROKE_CONTRACT
