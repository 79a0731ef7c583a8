"""Files that only grow: what was written is read back, and what was changed shows."""

from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.monitor import journal
from xuncha.store.errors import StoreError

ENTRIES = [{"slot": number, "status": 200} for number in range(5)]


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "a.log"
    journal.append(found, ENTRIES, "", 0)
    return found


def test_what_was_written_is_read_back(path):
    assert journal.read(path)[0] == ENTRIES


def test_only_its_owner_may_read_it(path):
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_line_is_named(path):
    path.write_bytes(path.read_bytes().replace(b'"slot":3,"status":200', b'"slot":3,"status":503'))
    with pytest.raises(StoreError, match="line 4"):
        journal.read(path)


def test_a_line_left_out_shows(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    with pytest.raises(StoreError, match="line 3"):
        journal.read(path)


def test_what_a_killed_process_left_torn_gives_way(path):
    path.write_bytes(path.read_bytes() + b'0123456789abcdef {"slot"')
    entries, link, size = journal.read(path)
    journal.append(path, [{"slot": 9}], link, size)
    assert journal.read(path)[0] == [*ENTRIES, {"slot": 9}]
    assert entries == ENTRIES


def test_secrets_are_masked_when_they_are_written(tmp_path):
    journal.append(tmp_path / "b.log", [{"final_url": "http://a.example/?password=geheim12"}], "", 0)
    assert b"geheim12" not in (tmp_path / "b.log").read_bytes()


@given(some.integers(0, 400))
def test_wherever_it_is_cut_whole_lines_are_read(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("cut") / "a.log"
    journal.append(path, ENTRIES, "", 0)
    path.write_bytes(path.read_bytes()[:cut])
    entries = journal.read(path)[0]
    assert entries == ENTRIES[: len(entries)]


@given(some.binary(max_size=300))
def test_what_is_no_journal_is_refused_or_empty(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "a.log"
    path.write_bytes(data)
    refused = nullcontext() if b"\n" not in data else pytest.raises(StoreError, match="line 1")
    with refused:
        assert journal.read(path)[0] == []
