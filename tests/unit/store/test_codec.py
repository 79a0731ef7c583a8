from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.locator import Locator, PageLocator
from xuncha.model.message import Kind, Param, Url, params
from xuncha.model.outcome import Because, Finding, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.store.codec import decode, dump, dump_outcome, encode, load, load_outcome, masked
from xuncha.store.errors import StoreError

WORDS = st.text(alphabet="abc./:市北 ", max_size=12)


def through_json(value):
    return load(type(value), decode(encode(dump(value))))


@pytest.mark.parametrize("kind", get_args(Locator))
@given(data=st.data())
def test_every_kind_of_place_comes_back_as_itself(kind, data):
    place = data.draw(st.builds(kind, type=st.just(kind.__dataclass_fields__["type"].default)))
    finding = Finding(place, "key")
    assert through_json(finding) == finding


@given(st.builds(PageRecord, url=WORDS, final_url=WORDS, problem=st.none() | st.sampled_from(Reason)))
def test_a_page_record_comes_back_equal(page):
    assert through_json(page) == page


def test_moments_keep_their_offset():
    page = PageRecord("u", "u", 0, 200, fetched_at=datetime(2024, 11, 22, 10, 11, 12, tzinfo=SHANGHAI))
    assert through_json(page).fetched_at.isoformat() == "2024-11-22T10:11:12+08:00"


def test_parameters_keep_their_kinds():
    because = Because(Reason.TIMEOUT, params(url=Url("https://a"), seconds=2.5, tries=3, name="甲"))
    assert through_json(because) == because


def test_a_stored_outcome_is_masked_everywhere(failing):
    found = replace(failing.findings[0], excerpt="电话13812345678", params=params(text="password=abc123"))
    stored = encode(dump_outcome(replace(failing, findings=(found,), error="13912345678"))).decode()
    assert not any(secret in stored for secret in ("13812345678", "abc123", "13912345678"))


def test_a_stored_outcome_shows_no_control_characters(failing):
    stored = dump_outcome(replace(failing, error="a\x1b[2J\u202eb\nc"))
    assert stored["error"] == "a[2Jb c"


def test_storing_twice_changes_nothing_more(failing):
    once = load_outcome(dump_outcome(failing))
    assert dump_outcome(once) == dump_outcome(failing)


@pytest.mark.parametrize("place", [PageLocator(object()), PageLocator("u", depth="deep"), "nowhere"])
def test_an_outcome_that_cannot_be_stored_becomes_an_error(failing, place):
    stored = load_outcome(dump_outcome(replace(failing, findings=(Finding(place, "key"),))))
    assert (stored.check, stored.status) == ("links.internal", Status.ERROR)
    assert stored.reason == Because(Reason.BROKE_CONTRACT)


def test_lone_surrogates_do_not_stop_the_writing(failing):
    assert encode(dump(replace(failing, error="\ud800"))).count(b"?") == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_has_no_word_for_come_back_readable(failing, number):
    found = replace(failing.findings[0], params={"n": Param(Kind.NUMBER, number)})
    back = load_outcome(decode(encode(dump_outcome(replace(failing, findings=(found,))))))
    assert back.findings[0].params["n"].value == str(number)


def test_facts_are_masked_and_addresses_stay_reachable():
    page = PageRecord("https://a.example/?id=13812345678", "", 0, 200, title="联系人13812345678")
    stored = masked(dump(Crawl("https://a.example/", (page,), (), 1, complete=True)))
    assert stored["pages"][0]["title"] == "联系人138****5678"
    assert stored["pages"][0]["url"] == "https://a.example/?id=13812345678"


def test_members_of_a_later_version_are_left_out(failing):
    assert load_outcome(dump(failing) | {"later": 1}) == failing


@pytest.mark.parametrize("data", [None, [], {"site": 1}, {"site": "a", "check": "b", "version": "1", "status": "good"}])
def test_something_else_is_refused_by_name(data):
    with pytest.raises(StoreError, match="not a stored Outcome"):
        load_outcome(data)


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b"9" * 10_000])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(StoreError, match="not JSON"):
        decode(data)


def test_what_is_no_plain_value_is_refused():
    @dataclass(frozen=True)
    class Odd:
        count: int

    with pytest.raises(StoreError, match="Odd cannot be stored"):
        dump(Odd(object()))


def test_statuses_are_stored_by_their_words():
    assert dump(Outcome("a", "b", "1", Status.NOT_RUN))["status"] == "not_run"


def test_a_list_in_place_of_a_tuple_is_stored_all_the_same():
    crawl = Crawl("https://a.example/", [PageRecord("u", "u", 0, 200)], [], 1, complete=True)
    assert through_json(crawl).pages == (PageRecord("u", "u", 0, 200),)
