"""What is said of the numbers of persons: a question, or that it can't be told."""

import pytest

from xuncha.model.fact import Gap
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.content.personal_data import personal_data
from xuncha_plugins.content.personal_facts import Attachment, FileLook, PageExposing, PersonalFiles, PersonalPages
from xuncha_plugins.content.personal_numbers import Exposed

HOME = "http://www.a.gov.example/"
NO_FILES = PersonalFiles()
SHOWN = Exposed(3, 0, 1, "张三 370*************35")


def look(text="附件", exposed=None, **values):
    return FileLook(Attachment(HOME + "a.xls", HOME, text, 7), exposed or Exposed(), **values)


@pytest.fixture
def outcome(attached):
    def conclude(pages=(), files=NO_FILES, **crawl):
        facts = (attached({}, **crawl), PersonalPages(tuple(pages)))
        return judge(personal_data, *facts, (PersonalFiles, files) if isinstance(files, Gap) else files)

    return conclude


def test_a_site_that_shows_nothing_passes(outcome):
    assert outcome(files=PersonalFiles((look(),), 1)).status is Status.PASS


def test_a_page_that_shows_numbers_is_a_question_never_a_failure(outcome):
    result = outcome([PageExposing(HOME, 0, SHOWN)])
    assert (result.status, result.findings[0].key, result.failures_total) == (Status.MANUAL, "page", 0)


def test_an_attachment_that_shows_numbers_is_a_question_about_the_file(outcome):
    result = outcome(files=PersonalFiles((look(exposed=SHOWN, sha256="ab" * 32),), 1))
    assert (result.status, result.findings[0].locator.target) == (Status.MANUAL, HOME + "a.xls")


def test_a_list_that_could_not_be_read_is_a_question(outcome):
    files = PersonalFiles((look("救助名单", problem=Reason.DOCUMENT_SCANNED),), 1)
    assert outcome(files=files).findings[0].key == "list-scanned"


@pytest.mark.parametrize("reason", [Reason.DOCUMENT_ENCRYPTED, Reason.PROGRAM_MISSING, Reason.DOCUMENT_TOO_LARGE])
def test_a_list_that_could_not_be_opened_is_a_question(outcome, reason):
    assert outcome(files=PersonalFiles((look("救助名单", problem=reason),), 1)).findings[0].key == "list-unread"


def test_a_scan_under_another_name_leaves_the_question_open(outcome):
    result = outcome(files=PersonalFiles((look("通知", problem=Reason.DOCUMENT_SCANNED), look()), 2))
    assert (result.status, result.reason.code) == (Status.INCONCLUSIVE, Reason.DOCUMENT_SCANNED)
    assert (result.coverage.seen, result.coverage.known) == (1, 2)


def test_more_attachments_than_were_looked_at_leave_the_question_open(outcome):
    result = outcome(files=PersonalFiles((look(),), 30, complete=False))
    assert (result.status, result.reason.code, result.coverage.known) == (
        Status.INCONCLUSIVE,
        Reason.BUDGET_REACHED,
        30,
    )


def test_a_finding_beside_unread_attachments_says_that_it_is_not_all(outcome):
    result = outcome([PageExposing(HOME, 0, SHOWN)], PersonalFiles((look(),), 30, complete=False))
    assert (result.status, result.coverage.complete) == (Status.MANUAL, False)


def test_a_file_that_is_gone_leaves_nothing_open(outcome):
    assert outcome(files=PersonalFiles((look(gone=True), look()), 2)).status is Status.PASS


def test_without_attachments_gathered_only_pages_are_judged(outcome):
    assert outcome(files=Gap(Reason.BUDGET_REACHED)).status is Status.INCONCLUSIVE


def test_an_incomplete_crawl_does_not_pass(outcome):
    assert outcome(complete=False).status is Status.INCONCLUSIVE


def test_pages_that_script_builds_show_us_nothing(outcome):
    assert outcome(scripted=True).reason.code is Reason.NEEDS_BROWSER
