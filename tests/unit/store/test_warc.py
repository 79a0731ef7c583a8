import errno
import gzip
import hashlib
import os
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from xuncha.model.netapi import Reply
from xuncha.store import warc
from xuncha.store.errors import DiskFullError, StoreError
from xuncha.store.warc import Captures, read_capture, site_and_number

MOMENT = datetime(2024, 11, 22, 2, 11, 12, 345000, tzinfo=UTC)
REPLY = Reply(
    "https://a.example/",
    "https://a.example/index.html",
    200,
    (("content-type", "text/html"), ("content-encoding", "gzip"), ("set-cookie", "sid=0123456789; Path=/")),
    "<p>联系人：13812345678</p>".encode(),
    address="192.0.2.1",
    fetched_at=MOMENT,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "captures.warc.gz"


@pytest.fixture
def captures(path):
    with Captures(path, 3) as open_captures:
        yield open_captures


def capture(path, evidence):
    return read_capture(path, evidence)


def test_a_capture_comes_back_masked(captures, path):
    evidence = captures.promote(REPLY)
    found = capture(path, evidence)
    assert found.body.decode() == "<p>联系人：138****5678</p>"
    assert found.notes["masked"] == "yes"
    assert (found.url, found.status, found.fetched_at) == (REPLY.final_url, 200, MOMENT)
    assert found.address == "192.0.2.1"


def test_cookies_are_masked_and_lost_codings_renamed(captures, path):
    found = capture(path, captures.promote(REPLY))
    assert ("set-cookie", "sid=**********; Path=/") in found.headers
    assert ("x-archive-orig-content-encoding", "gzip") in found.headers


def test_the_hash_of_the_page_as_it_came_is_kept(captures, path):
    found = capture(path, captures.promote(replace(REPLY, body=b"plain")))
    assert found.notes["sha256"] == hashlib.sha256(b"plain").hexdigest()
    assert found.notes["masked"] == "no"


def test_what_a_browser_made_of_a_page_is_kept_as_its_conversion(captures, path):
    found = capture(path, captures.promote(replace(REPLY, marks=("rendered:Chrome/1",))))
    assert (found.status, found.body.decode()) == (200, "<p>联系人：138****5678</p>")
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "conversion", "metadata"]


def test_a_conversion_without_its_metadata_is_cut_off(path):
    with Captures(path, 3) as captures:
        captures.promote(replace(REPLY, marks=("rendered:Chrome/1",)))
    with path.open("rb") as file:
        members = [end for end, _ in warc._members(file)]
    with path.open("r+b") as file:
        file.truncate(members[1])
    Captures(path, 3).close()
    assert path.stat().st_size == members[0]


def test_others_can_read_the_file_and_its_digests_hold(captures, path):
    captures.promote(REPLY)
    kinds = []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", "response", "metadata"]


def test_each_record_is_a_gzip_member_of_its_own(captures, path):
    captures.promote(REPLY)
    data, members = path.read_bytes(), 0
    while data:
        expand = zlib.decompressobj(wbits=31)
        expand.decompress(data)
        data, members = expand.unused_data, members + 1
    assert members == 3


@pytest.mark.parametrize("body", ["机密★1年\n关于…", "<html><p>机密&#9733;1年</p>关于", "<td>秘密★</td>"])
def test_of_a_page_with_a_secret_mark_only_url_time_and_hash_are_kept(captures, path, body):
    reply = replace(REPLY, body=body.encode())
    found = capture(path, captures.promote(reply))
    assert found.withheld
    assert (found.url, found.fetched_at, found.body, found.headers) == (REPLY.final_url, MOMENT, b"", ())
    assert "密" not in gzip.decompress(path.read_bytes()).decode()


def test_a_mark_in_the_visible_text_withholds_too(captures, path):
    split = replace(REPLY, body="<b>机</b><b>密</b>★".encode())
    assert capture(path, captures.promote(split, text="机密★")).withheld


def test_of_an_exposed_file_only_a_little_is_kept(captures, path):
    found = capture(path, captures.promote(replace(REPLY, body=b"x" * 9000), most=warc.EXPOSED_FILE))
    assert len(found.body) == 256
    assert found.notes["size"] == "9000"


def test_the_same_page_is_kept_once(captures):
    assert captures.promote(REPLY) == captures.promote(REPLY) == "warc:3:0"
    assert captures.promote(replace(REPLY, body=b"changed")) == "warc:3:1"


def test_beyond_the_sites_share_nothing_is_kept(path):
    with Captures(path, 3, most_bytes=2000) as captures:
        kept = [captures.promote(replace(REPLY, body=os.urandom(400))) for _ in range(9)]
    assert kept[0] == "warc:3:0"
    assert kept[-1] == ""
    assert captures.left_out == kept.count("") > 0
    assert path.stat().st_size <= 2000


def test_a_torn_capture_is_cut_off_and_the_next_takes_its_number(path):
    with Captures(path, 3) as captures:
        captures.promote(REPLY)
        whole = path.stat().st_size
        captures.promote(replace(REPLY, body=b"second"))
    for size in range(whole, path.stat().st_size, 97):
        os.truncate(path, size)
        with Captures(path, 3) as captures:
            assert captures.promote(REPLY) == "warc:3:0"
            assert captures.promote(replace(REPLY, body=b"second")) == "warc:3:1"
        assert capture(path, "warc:3:1").body == b"second"


def test_captures_damaged_by_a_power_cut_go_on_after_the_last_whole_one(path):
    with Captures(path, 3) as captures:
        captures.promote(REPLY)
    path.write_bytes(path.read_bytes() + bytes(4096))
    with Captures(path, 3) as captures:
        assert captures.promote(replace(REPLY, body=b"second")) == "warc:3:1"
    assert capture(path, "warc:3:1").body == b"second"


def test_a_full_disk_keeps_the_captures_before(path, monkeypatch):
    with Captures(path, 3) as captures:
        captures.promote(REPLY)
        size = path.stat().st_size

        class Full:
            def __init__(self, stream):
                self._stream = stream

            def __getattr__(self, name):
                return getattr(self._stream, name)

            def write(self, data):
                if len(data) < 100:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return self._stream.write(data[:50])

        monkeypatch.setattr(captures, "_file", Full(captures._file))
        with pytest.raises(DiskFullError):
            captures.promote(replace(REPLY, body=b"more"))
        monkeypatch.undo()
        assert path.stat().st_size == size
        assert captures.promote(replace(REPLY, body=b"!")) == "warc:3:1"
    assert capture(path, "warc:3:1").body == b"!"


@pytest.mark.parametrize(
    "headers",
    [
        (("a\r\nb: c", "d\r\n\r\nbody"),),
        (("x", "市\ud800"),),
        (("", ""),),
        (("content-type", "text/html; charset=市"),),
    ],
)
def test_hostile_headers_stay_headers(captures, path, headers):
    found = capture(path, captures.promote(replace(REPLY, headers=headers, body=b"body")))
    assert found.body == b"body"
    assert len(found.headers) <= 2


@pytest.mark.parametrize("url", ["https://a.example/\r\nWARC-Type: x", "https://a.example/\ud800", "", "市"])
def test_hostile_addresses_stay_addresses(captures, path, url):
    found = capture(path, captures.promote(replace(REPLY, final_url=url, body=b"body")))
    assert found.body == b"body"


@pytest.mark.parametrize("evidence", ["", "warc:3", "warc:3:-1", "file:1:2", "warc:3:1/../x"])
def test_what_is_no_evidence_id_is_refused(evidence):
    with pytest.raises(StoreError, match="is no capture"):
        site_and_number(evidence)


def test_a_missing_capture_is_named(captures, path):
    with pytest.raises(StoreError, match="holds no capture warc:3:7"):
        capture(path, "warc:3:7")


def test_a_bomb_among_the_captures_is_refused(path, monkeypatch):
    monkeypatch.setattr(warc, "MAX_RECORD", 100_000)
    path.write_bytes(gzip.compress(b"0" * 1_000_000))
    with pytest.raises(StoreError, match="more than 100,000 bytes"):
        capture(path, "warc:3:0")


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"not warc"), gzip.compress(b"WARC/1.1\r\n\r\n")])
def test_damaged_captures_are_named(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError):
        capture(path, "warc:3:0")


def test_only_the_owner_may_read(captures, path):
    assert path.stat().st_mode & 0o777 == 0o600
