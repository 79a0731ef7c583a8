import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.crawl import Hop
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.worker.journal import Journal, Record, failure_record, replayed, reply_record

REPLY = Reply(
    "http://a/", "http://a/b", 200, (("content-type", "text/html"),), b"\xff\x00body", (Hop("http://a/", 302, "/b"),)
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


def filled(path, count=3):
    journal = Journal(path)
    for number in range(count):
        journal.append(Record("event", f"k{number}", {"n": number}, b"x" * number))
    journal.close()


def test_a_reply_comes_back_as_it_was(path):
    journal = Journal(path)
    journal.append(reply_record("http://a/", REPLY))
    journal.close()
    assert replayed(Journal(path).take("reply", "http://a/")) == REPLY


def test_a_failure_is_raised_again(path):
    record = failure_record("http://a/", NetError(Reason.REFUSED, "no"))
    with pytest.raises(NetError) as raised:
        replayed(record)
    assert raised.value.reason is Reason.REFUSED


def test_a_failure_keeps_the_redirects_before_it():
    error = NetError(Reason.NO_SUCH_NAME, "gone")
    error.hops = (Hop("http://a/", 302, "http://gone99.top/"),)
    with pytest.raises(NetError) as raised:
        replayed(failure_record("http://a/", error))
    assert raised.value.hops == error.hops


def test_visits_of_one_url_are_replayed_in_their_order_and_each_once(path):
    journal = Journal(path)
    journal.append(failure_record("u", NetError(Reason.TIMEOUT)))
    journal.append(reply_record("u", REPLY))
    journal.close()
    again = Journal(path)
    assert [again.take("reply", "u").kind, again.take("reply", "u").kind, again.take("reply", "u")] == [
        "failure",
        "reply",
        None,
    ]


def test_what_was_written_in_this_process_is_not_replayed_to_it(path):
    journal = Journal(path)
    journal.append(reply_record("u", REPLY))
    assert journal.take("reply", "u") is None


@given(st.integers(min_value=0, max_value=400))
def test_a_journal_cut_anywhere_keeps_its_whole_records(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("cut") / "journal"
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: min(cut, len(whole))])
    journal = Journal(path)
    kept = [record.head["n"] for record in journal.records()]
    assert kept == list(range(len(kept)))
    journal.append(Record("event", "after"))
    assert [record.key for record in journal.records()][-1] == "after"
    journal.close()


def test_a_damaged_record_ends_what_is_read(path):
    filled(path)
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)
    assert len(list(Journal(path).records())) == 2
