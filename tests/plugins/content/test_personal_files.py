"""Attachments: which are looked at, what is kept of them, and what is said of those that could not be read."""

import hashlib
import json

import pytest
from pydantic import TypeAdapter

from xuncha.model.crawl import PageRecord
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where
from xuncha.model.reasons import Reason
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.content.personal_facts import PersonalFiles

HOME = "http://www.a.gov.example/"


@pytest.fixture
def listed(resident):
    """The text of a list of three persons."""
    return "姓名\t身份证号\n" + "\n".join(f"村民{number}\t{resident(sequence=number)}" for number in range(3))


def test_a_list_in_an_attachment_is_counted_and_hashed(attached, searched, listed):
    fact, _ = searched(attached({"a.xls": "附件"}), {HOME + "a.xls": reply(b"body")}, {b"body": listed})
    (look,) = fact.looks
    assert (look.exposed.ids, look.problem, look.sha256) == (3, None, hashlib.sha256(b"body").hexdigest())


def test_no_number_is_kept(attached, searched, listed, resident):
    crawl = attached({"a.xls": f"名单 {resident()}"})
    fact, _ = searched(crawl, {HOME + "a.xls": reply(b"body")}, {b"body": listed})
    assert not any(resident(sequence=number) in repr(fact) for number in range(3))


def test_lists_of_persons_and_workbooks_are_looked_at_first(attached, searched):
    links = {"a.pdf": "通知", "b.docx": "方案", "c.xlsx": "预算", "d.pdf": "低保名单"}
    _, net = searched(attached(links), {f"{HOME}*": reply(b"")}, files=2)
    assert net.urls == [HOME + "d.pdf", HOME + "c.xlsx"]


def test_beyond_the_budget_the_fact_says_that_it_is_not_all(attached, searched):
    fact, _ = searched(attached({"a.pdf": "一", "b.pdf": "二"}), {f"{HOME}*": reply(b"")}, files=1)
    assert (len(fact.looks), fact.known, fact.complete) == (1, 2, False)


def test_archives_and_recordings_are_none_of_its_business(attached, searched):
    fact, net = searched(attached({"a.zip": "名单", "b.mp4": "视频"}), {})
    assert (fact.known, net.urls) == (0, [])


def test_a_document_behind_a_plain_address_is_known_by_its_media_type(attached, searched, listed):
    url = HOME + "download.jsp?id=1"
    record = PageRecord(url, url, 1, 200, "application/vnd.ms-excel", parent=HOME, link_text="名单")
    fact, _ = searched(attached({}, pages=(record,)), {url: reply(b"x")}, {b"x": listed})
    assert fact.looks[0].exposed.ids == 3


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Reason.TIMEOUT, Reason.TIMEOUT),
        (status(500), Reason.SERVER_ERROR),
        (status(404), None),
        (reply(b"123456789"), Reason.DOCUMENT_TOO_LARGE),
    ],
)
def test_what_does_not_come_is_named(attached, searched, answer, problem):
    fact, _ = searched(attached({"a.pdf": "附件"}), {HOME + "a.pdf": answer}, bytes=5)
    assert fact.looks[0].problem is problem


def test_a_file_that_is_gone_is_no_open_question(attached, searched):
    fact, _ = searched(attached({"a.pdf": "附件"}), {HOME + "a.pdf": status(404)})
    assert fact.looks[0].gone


def test_a_document_that_cannot_be_read_keeps_its_reason(attached, searched):
    fact, _ = searched(attached({"a.pdf": "附件"}), {f"{HOME}*": reply(b"x")}, {b"x": Reason.DOCUMENT_SCANNED})
    assert fact.looks[0].problem is Reason.DOCUMENT_SCANNED


@pytest.mark.parametrize(
    ("values", "problem"), [({"unread": 2}, Reason.DOCUMENT_SCANNED), ({"complete": False}, Reason.DOCUMENT_TOO_LARGE)]
)
def test_a_document_read_in_part_keeps_what_it_showed_and_why_it_is_not_all(
    attached, searched, listed, values, problem
):
    text = DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "1", listed),), **values)
    fact, _ = searched(attached({"a.pdf": "附件"}), {f"{HOME}*": reply(b"x")}, {b"x": text})
    assert (fact.looks[0].exposed.ids, fact.looks[0].problem) == (3, problem)


def test_the_fact_can_be_stored(attached, searched, listed):
    fact, _ = searched(attached({"a.xls": "附件"}), {f"{HOME}*": reply(b"x")}, {b"x": listed})
    kind = TypeAdapter(PersonalFiles)
    assert kind.validate_json(json.dumps(kind.dump_python(fact, mode="json"))) == fact
