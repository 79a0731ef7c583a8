from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.api import Column, Gap, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.availability.facts import SecondVisits
from xuncha_plugins.availability.level_checks import levels_open


@pytest.fixture
def level(page):
    """Pages of one level: twenty that open and those of the given statuses, named by their number."""

    def make(*statuses: int, depth: int = 1, **what):
        sound = [page(f"ok{depth}-{number}.html", depth) for number in range(20)]
        return [*sound, *(page(str(number), depth, status=status, **what) for number, status in enumerate(statuses))]

    return make


def test_open_pages_pass(crawl, level):
    outcome = judge(levels_open, crawl(*level()), SecondVisits())
    assert (outcome.status, outcome.coverage.seen) == (Status.PASS, 21)


def test_a_failing_server_is_a_hint_page_by_page(crawl, level, again):
    outcome = judge(levels_open, crawl(*level(500, 502)), again(("0", 500), ("1", 502)))
    assert (outcome.status, [one.key for one in outcome.findings]) == (Status.WARN, ["down-twice"] * 2)


def test_the_finding_names_level_status_and_the_page_that_leads_there(crawl, level, again):
    outcome = judge(levels_open, crawl(*level(500, depth=2)), again(("0", 503)))
    values = {name: param.value for name, param in outcome.findings[0].params.items()}
    assert (values["level"], values["status"], values["parent"]) == (3, "503", "http://www.a.gov.example/")


def test_a_failure_that_lasted_hours_is_a_finding(crawl, level, visit):
    visits = tuple(visit(hours, url="http://www.a.gov.example/0", status=500) for hours in (0, 2, 4))
    outcome = judge(levels_open, crawl(*level(500)), SecondVisits(visits))
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "down-lasting")


def test_a_page_that_opened_the_second_time_is_no_matter(crawl, level, again):
    assert judge(levels_open, crawl(*level(500)), again(("0", 200))).status is Status.PASS


def test_without_a_second_visit_it_failed_once(crawl, level):
    outcome = judge(levels_open, crawl(*level(500)), (SecondVisits, Gap(Reason.DEADLINE)))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "down-once")


def test_a_few_missing_pages_are_wrong_links_and_reported_there(crawl, level, again):
    outcome = judge(levels_open, crawl(*level(404, 404)), again(("0", 404), ("1", 404)))
    assert outcome.status is Status.PASS


def test_many_missing_pages_of_one_level_are_findings(crawl, level, again):
    outcome = judge(levels_open, crawl(*level(404, 410, 404)), again(("0", 404), ("1", 410), ("2", 404)))
    assert (outcome.status, outcome.findings_total) == (Status.FAIL, 3)
    assert outcome.findings[0].params["seen"].value == 23


def test_many_missing_pages_seen_once_are_hints(crawl, level):
    assert judge(levels_open, crawl(*level(404, 404, 404)), SecondVisits()).status is Status.WARN


def test_missing_pages_of_different_levels_are_not_added_up(crawl, level, again):
    pages = [*level(404, 404), *level(404, depth=2)]
    visits = again(("0", 404), ("1", 404))
    assert judge(levels_open, crawl(*pages), visits).status is Status.PASS


def test_a_declared_column_that_is_missing_is_a_finding(crawl, level, again, site):
    with_column = replace(site, columns=(Column("财政信息", "http://www.a.gov.example/0"),))
    outcome = judge(levels_open, crawl(*level(404)), again(("0", 404)), site=with_column)
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "declared-missing")


def test_what_only_a_sitemap_lists_does_not_count(crawl, level):
    orphans = level(404, 404, 404, 500, parent="")
    assert judge(levels_open, crawl(*orphans), SecondVisits()).status is Status.PASS


@pytest.mark.parametrize("status", [401, 403, 412, 429, 451, 521])
def test_being_turned_away_is_no_failure(crawl, level, status):
    outcome = judge(levels_open, crawl(*level(*[status] * 5)), SecondVisits())
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.complete) == (Status.PASS, 21, False)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.RESET, Reason.CHALLENGED, Reason.BLOCKED_DURING_RUN])
def test_too_many_pages_that_tell_nothing_leave_it_open(crawl, level, reason):
    lost = [replace(page, status=0, problem=reason) for page in level(*[200] * 30)[20:]]
    outcome = judge(levels_open, crawl(*lost), SecondVisits())
    assert outcome.status is Status.INCONCLUSIVE


def test_a_closed_home_page_hides_the_levels(crawl, page):
    front = page("", 0, status=0, problem=Reason.CHALLENGED)
    assert judge(levels_open, crawl(front=front, complete=False), SecondVisits()).reason.code is Reason.CHALLENGED


def test_a_home_page_built_by_script_needs_a_browser(crawl, page):
    assert (
        judge(levels_open, crawl(front=page("", 0, scripted=True)), SecondVisits()).reason.code is Reason.NEEDS_BROWSER
    )


def test_a_home_page_that_leads_nowhere_shows_no_level(crawl):
    assert judge(levels_open, crawl(), SecondVisits()).reason.code is Reason.TOO_FEW_PAGES


def test_a_small_part_of_a_large_site_is_too_little(crawl, level):
    outcome = judge(
        levels_open, crawl(*level(), known=500, complete=False, stopped=Reason.BUDGET_REACHED), SecondVisits()
    )
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.BUDGET_REACHED)


def test_later_visits_close_together_do_not_prove_that_it_lasted(crawl, level, visit):
    one = visit(url="http://www.a.gov.example/0", status=500)
    visits = tuple(replace(one, moment=one.moment + timedelta(minutes=minutes)) for minutes in (0, 30, 60))
    assert judge(levels_open, crawl(*level(500)), SecondVisits(visits)).status is Status.WARN


def test_under_a_notice_missing_columns_say_nothing_of_the_levels(crawl, page, again):
    notice = page("", 0, words=20, marks=("maintenance:maintenance-zh",))
    column = page("gk/", status=404, parent="", link_text="信息公开")
    outcome = judge(levels_open, crawl(column, front=notice), again(("gk/", 404)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)
