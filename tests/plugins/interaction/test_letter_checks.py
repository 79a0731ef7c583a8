"""Whether letters are answered, in time and with an answer; young, invalid and unclear ones accuse nobody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xuncha.api import Crawl, PageRecord, Reason
from xuncha.testing import judge
from xuncha_plugins.interaction import letter_checks as checks
from xuncha_plugins.interaction.facts import Hollow, Letter, Letters, Reply, State

TODAY = date(2026, 11, 20)
HOME = "http://www.a.gov.cn/"
BOX = HOME + "hd/jzxx/"
EVERY = (checks.reply_rate, checks.reply_delay, checks.unanswered, checks.reply_quality)


def letter(number=1, state=State.ANSWERED, asked=30, answered=28, **more):
    """A letter by the days that lie between it, its reply and today."""
    days = {"asked": asked, "answered": answered if state is State.ANSWERED else None}
    told = {name: TODAY - timedelta(days=count) for name, count in days.items() if count is not None}
    replied = {"reply": Reply(30, f"digest{number}")} if state is State.ANSWERED else {}
    title = {"title": f"关于第{number}件事"}
    return Letter(
        url=f"{BOX}{number}.html", column="局长信箱", column_url=BOX, state=state, **(title | told | replied | more)
    )


def crawl(*, complete=True, words=900):
    pages = (PageRecord(HOME, HOME, 0, 200, words=words), PageRecord(BOX, BOX, 1, 200, words=words))
    return Crawl(
        HOME, pages, (), 2 if complete else 40, complete=complete, stopped=None if complete else Reason.TIMEOUT
    )


def said(check, *letters, complete=True, **fact):
    outcome = judge(check, Letters(TODAY, letters, **fact), crawl=crawl(complete=complete))
    return outcome.status.value, [found.key for found in outcome.findings]


@pytest.mark.parametrize("check", EVERY)
def test_where_all_are_answered_in_time_nothing_is_said(check):
    assert said(check, letter(1), letter(2, asked=200, answered=199)) == ("pass", [])


@pytest.mark.parametrize("check", EVERY)
def test_a_site_without_letters_is_not_asked(check):
    assert said(check)[0] == "not_applicable"


@pytest.mark.parametrize("check", EVERY)
def test_letters_that_only_a_browser_shows_are_not_judged(check):
    assert said(check, scripted=(BOX,)) == ("inconclusive", [])
    assert said(check, letter(1), scripted=(BOX,)) == ("inconclusive", [])


@pytest.mark.parametrize("check", EVERY)
def test_without_letters_an_unfinished_crawl_tells_nothing(check):
    assert said(check, complete=False) == ("inconclusive", [])


@pytest.mark.parametrize("check", EVERY)
def test_a_notice_in_place_of_the_site_tells_nothing(check):
    bare = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, words=20),), (), 1, complete=True)
    outcome = judge(check, Letters(TODAY), crawl=bare)
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", Reason.TOO_FEW_PAGES)


@pytest.mark.parametrize("check", EVERY)
def test_many_letters_that_nobody_saw_leave_it_open(check):
    assert said(check, letter(1), unlisted=20) == ("inconclusive", [])


def test_the_rate_is_told_with_its_numbers():
    letters = [letter(1), letter(2), letter(3, State.PENDING, asked=60)]
    (found,) = judge(checks.reply_rate, Letters(TODAY, tuple(letters)), crawl=crawl()).findings
    assert (found.params["total"].value, found.params["answered"].value) == (3, 2)
    assert round(found.params["rate"].value, 2) == 0.67


def test_letters_of_which_nothing_can_be_told_are_counted_apart():
    letters = (letter(1), letter(2, State.PENDING, asked=60), letter(3, State.ACCEPTED, asked=60))
    (found,) = judge(checks.reply_rate, Letters(TODAY, letters), crawl=crawl()).findings
    assert (found.params["total"].value, found.params["unclear"].value) == (2, 1)


@pytest.mark.parametrize("asked", [0, 5, 21])
def test_letters_whose_time_is_not_up_do_not_count(asked):
    assert said(checks.reply_rate, letter(1), letter(2, State.PENDING, asked=asked)) == ("pass", [])


@pytest.mark.parametrize("check", EVERY)
def test_letters_that_are_not_valid_do_not_count(check):
    assert said(check, letter(1), letter(2, State.INVALID, asked=200)) == ("pass", [])


@pytest.mark.parametrize("check", EVERY)
def test_letters_of_years_ago_do_not_count(check):
    assert said(check, letter(1), letter(2, State.PENDING, asked=900)) == ("pass", [])
    assert said(check, letter(1), letter(2, asked=900, answered=500)) == ("pass", [])


def test_too_many_letters_of_unknown_state_leave_it_open():
    assert said(checks.reply_rate, letter(1), letter(2, State.UNKNOWN, asked=200)) == ("inconclusive", [])


def test_an_unanswered_letter_fails_even_where_not_all_was_seen():
    assert said(checks.unanswered, letter(1, State.PENDING, asked=100), complete=False) == ("fail", ["waiting"])


@pytest.mark.parametrize(("asked", "status"), [(92, "pass"), (93, "fail"), (366, "fail"), (367, "not_applicable")])
def test_three_months_are_92_days_within_the_last_year(asked, status):
    assert said(checks.unanswered, letter(1, State.PENDING, asked=asked))[0] == status


def test_each_waiting_letter_is_one_finding():
    letters = [letter(number, State.PENDING, asked=100) for number in (1, 2, 3)]
    outcome = judge(checks.unanswered, Letters(TODAY, tuple(letters)), crawl=crawl())
    assert len({found.locator.identity() for found in outcome.findings}) == 3


def test_letters_without_pages_of_their_own_are_told_apart():
    letters = [letter(number, State.PENDING, asked=100) for number in (1, 2)]
    same = tuple(replace(one, url=BOX, shared=True) for one in letters)
    found = judge(checks.unanswered, Letters(TODAY, same), crawl=crawl()).findings
    assert len({one.distinct for one in found}) == 2


def between(asked, answered):
    return Letter(f"{BOX}1.html", "一封信", "局长信箱", BOX, State.ANSWERED, asked, answered, reply=Reply(30, "x"))


@pytest.mark.parametrize(
    ("asked", "answered", "status"),
    [
        (date(2026, 10, 30), date(2026, 11, 20), "pass"),  # Friday to Friday: fifteen
        (date(2026, 10, 29), date(2026, 11, 20), "fail"),  # sixteen
        (date(2026, 9, 30), date(2026, 10, 27), "pass"),  # over the national holiday
        (date(2026, 11, 13), date(2026, 11, 6), "inconclusive"),  # answered before it came: the dates are wrong
    ],
)
def test_the_delay_is_counted_in_working_days(asked, answered, status):
    assert said(checks.reply_delay, between(asked, answered))[0] == status


def test_a_delay_beyond_the_known_calendar_is_a_hint():
    fact = Letters(date(2099, 11, 20), (between(date(2099, 9, 1), date(2099, 10, 20)),))
    outcome = judge(checks.reply_delay, fact, crawl=crawl())
    assert (outcome.status.value, outcome.findings[0].key, outcome.unverified) == ("warn", "late-by-weekdays", True)


def test_the_limit_is_a_parameter():
    late = Letters(TODAY, (between(date(2026, 11, 5), date(2026, 11, 13)),))
    outcome = judge(checks.reply_delay, late, params=checks.DelayParams(soon=3, days=5), crawl=crawl())
    assert outcome.status.value == "fail"


def test_late_letters_of_a_column_are_one_finding_with_the_slowest():
    late = [letter(number, asked=90, answered=90 - 30 - number) for number in range(1, 40)]
    outcome = judge(checks.reply_delay, Letters(TODAY, (letter(50), *late)), crawl=crawl())
    (found,) = outcome.findings
    assert (found.params["total"].value, found.params["late"].value) == (40, 39)
    assert found.params["title"].value == "关于第39件事"


def test_letters_that_only_took_their_time_are_told_without_blame():
    outcome = judge(checks.reply_delay, Letters(TODAY, (letter(1, asked=30, answered=17),)), crawl=crawl())
    assert (outcome.status.value, [one.key for one in outcome.notes]) == ("pass", ["slow"])


def test_of_many_waiting_letters_the_oldest_are_named_and_all_are_counted():
    letters = tuple(letter(number, State.PENDING, asked=100 + number) for number in range(30))
    outcome = judge(checks.unanswered, Letters(TODAY, letters), crawl=crawl())
    assert len(outcome.findings) == checks.SHOWN
    assert [(one.key, one.params["total"].value) for one in outcome.notes] == [("more", 30)]


def test_what_a_list_calls_accepted_tells_nothing_of_the_reply():
    assert said(checks.unanswered, letter(1, State.ACCEPTED, asked=150)) == ("inconclusive", [])
    assert said(checks.reply_rate, letter(1, State.ACCEPTED, asked=150)) == ("inconclusive", [])


def test_what_a_list_calls_in_hand_for_months_is_asked_about_once():
    letters = [letter(number, State.WORKING, asked=150) for number in (1, 2, 3)]
    assert said(checks.unanswered, *letters) == ("manual", ["in-hand"])


def test_a_reply_that_only_a_browser_may_show_leaves_it_open():
    outcome = judge(checks.unanswered, Letters(TODAY, (letter(1, State.HIDDEN, asked=150),)), crawl=crawl())
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", Reason.NEEDS_BROWSER)


@pytest.mark.parametrize("hollow", list(Hollow))
def test_a_hollow_reply_is_asked_about(hollow):
    letters = (letter(1, reply=Reply(9, "x", hollow, "来信收悉")), letter(2))
    assert said(checks.reply_quality, *letters) == ("manual", [hollow.value])


def test_the_same_reply_to_different_letters_is_asked_about_once():
    letters = [letter(number, reply=Reply(40, "same")) for number in (1, 2, 3)]
    assert said(checks.reply_quality, *letters) == ("manual", ["copied"])


def test_the_same_letter_sent_by_many_may_get_one_reply():
    letters = [letter(n, reply=Reply(40, "same"), title="关于停水") for n in (1, 2, 3)]
    assert said(checks.reply_quality, *letters) == ("pass", [])


def test_replies_that_were_not_read_leave_it_open():
    assert said(checks.reply_quality, letter(1, reply=None), letter(2)) == ("inconclusive", [])
