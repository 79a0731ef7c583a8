"""Archives and compressed files: read to the last byte, and whatever is cut off or changed is told."""

import gzip
import io
import tarfile
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import EvidenceFile, FileKind, Reason
from xuncha.model.files import FolderFiles
from xuncha_plugins.backup.bounds import Meter
from xuncha_plugins.backup.copies import CopiesParams
from xuncha_plugins.backup.examining import examine
from xuncha_plugins.backup.facts import CopyKind

SITE = {"web/index.html": b"<title>home</title>" * 60, "web/a/1.html": b"<p>1</p>" * 300, "web/logo.png": bytes(700)}


def test_a_tar_archive_is_read_to_its_end(one, tar):
    copy = one(tar(SITE))
    assert (copy.kind, copy.flaw, copy.unread, copy.entries) == (CopyKind.TAR, None, None, 3)
    assert copy.unpacked == sum(map(len, SITE.values()))


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
def test_so_is_a_compressed_one(one, tar, packed, ending):
    copy = one(packed[ending](tar(SITE)), f"web.tar.{ending}")
    assert (copy.kind, copy.flaw, copy.unread, copy.entries) == (CopyKind.TAR, None, None, 3)


def test_so_is_a_zip(one, zipped):
    copy = one(zipped(SITE), "web.zip")
    assert (copy.kind, copy.flaw, copy.unread, copy.entries) == (CopyKind.ZIP, None, None, 3)


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
@given(share=st.floats(0.05, 0.999))
def test_a_compressed_one_that_is_cut_off_says_where(one, tar, packed, ending, share):
    whole = packed[ending](tar(SITE))
    size = max(int(len(whole) * share), 30)
    copy = one(whole[:size], f"web.tar.{ending}")
    assert copy.flaw.key in ("cut-off", "corrupt")
    assert copy.flaw.entry in (*SITE, "")
    assert 0 <= copy.flaw.at <= size + 10_240


@given(share=st.floats(0.01, 1))
def test_a_tar_archive_that_is_cut_off_names_the_entry(one, tar, share):
    whole = tar(SITE).rstrip(b"\0")
    size = max(int(len(whole) * share), 512)
    copy = one(whole[:size])
    assert copy.flaw.key in ("cut-off", "no-end")
    assert copy.flaw.at <= size
    assert copy.flaw.entry in SITE


def test_a_tar_archive_without_its_end_mark_was_never_finished(one, tar):
    body = tar({"index.html": b"x" * 512})[:1024]
    flaw = one(body).flaw
    assert (flaw.key, flaw.at, flaw.entry) == ("no-end", 1024, "index.html")


@given(at=st.integers(0, 2_000), ending=st.sampled_from(["gz", "bz2", "xz", "zst"]))
def test_a_changed_byte_is_told_unless_it_changes_nothing_of_the_content(one, tar, packed, at, ending):
    body = bytearray(packed[ending](tar(SITE)))
    body[at % len(body)] ^= 0x55
    copy = one(bytes(body), f"web.tar.{ending}")
    assert copy.flaw or copy.unread or (copy.entries, copy.unpacked) == (3, sum(map(len, SITE.values())))


@given(
    st.binary(max_size=3_000),
    st.sampled_from([b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PGDMP\x01\x0e"]),
)
def test_garbage_after_a_mark_is_never_whole(one, body, mark):
    copy = one(mark + body, "web.bin")
    assert copy.flaw or copy.unread


@given(data=st.data())
def test_a_changed_zip_never_ends_the_look(one, zipped, data):
    body = bytearray(zipped(SITE))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(4, len(body) - 1))] = data.draw(st.integers(0, 255))
    one(bytes(body), "web.zip")


@given(data=st.data())
def test_a_changed_tar_never_ends_the_look(one, tar, data):
    body = bytearray(tar(SITE))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    one(bytes(body))


def test_a_member_with_a_wrong_checksum_is_named(one, zipped):
    body = bytearray(zipped({"a.html": b"x" * 900, "b.html": b"y" * 900}))
    at = body.index(b"b.html") + 6
    body[at] ^= 0xFF
    flaw = one(bytes(body), "web.zip").flaw
    assert (flaw.key, flaw.entry) == ("corrupt", "b.html")


def test_a_zip_without_its_table_of_contents_is_cut_off(one, zipped):
    assert one(zipped(SITE)[:-60], "web.zip").flaw.key == "cut-off"


def test_an_encrypted_zip_can_not_be_told(one, zipped):
    body = bytearray(zipped(SITE))
    directory = body.index(b"PK\x01\x02")
    body[6] |= 1
    body[directory + 8] |= 1
    copy = one(bytes(body), "web.zip")
    assert (copy.flaw, copy.unread) == (None, Reason.DOCUMENT_ENCRYPTED)


@pytest.mark.parametrize(
    ("name", "body"), [("web.tar.gz.gpg", b"\x85\x02\x0c\x03"), ("web.bin", b"Salted__" + bytes(90))]
)
def test_so_can_what_was_encrypted_as_a_whole(one, name, body):
    assert one(body, name).unread is Reason.DOCUMENT_ENCRYPTED


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
def test_a_bomb_ends_at_the_limit(one, packed, ending):
    copy = one(packed[ending](bytes(20_000_000)), f"web.{ending}", params=CopiesParams(gigabytes=0.01))
    assert (copy.flaw, copy.unread) == (None, Reason.DOCUMENT_TOO_LARGE)


def test_too_many_entries_end_at_the_limit(one, tar):
    copy = one(tar({f"{number}.html": b"" for number in range(40)}), params=CopiesParams(entries=30))
    assert copy.unread is Reason.DOCUMENT_TOO_LARGE


def test_no_time_left_is_not_a_fault(one, tar, packed):
    copy = one(packed["gz"](tar(SITE)), "web.tar.gz", params=CopiesParams(seconds=0))
    assert (copy.flaw, copy.unread) == (None, Reason.DOCUMENT_TOO_LARGE)


@pytest.mark.parametrize("body", [b"", bytes(10_240), gzip.compress(b""), gzip.compress(bytes(10_240))])
def test_a_copy_without_any_file_in_it_is_empty(one, body):
    assert one(body).flaw.key == "empty"


def test_members_one_after_the_other_are_all_read(one, packed, tar):
    whole = tar(SITE)
    copy = one(packed["gz"](whole[:3_000]) + packed["gz"](whole[3_000:]) + bytes(512), "web.tar.gz")
    assert (copy.flaw, copy.entries) == (None, 3)


@pytest.mark.parametrize("name", ["web.tar.gz.aa", "web.tar.gz.part01", "web.sql.002", "web.z01"])
def test_a_piece_of_a_split_archive_is_not_called_broken(one, tar, packed, name):
    copy = one(packed["gz"](tar(SITE))[:200], name)
    assert (copy.flaw, copy.unread) == (None, Reason.DOCUMENT_UNSUPPORTED)


def test_an_archive_is_never_in_memory(tar, packed, tmp_path):
    path = tmp_path / "web.tar.gz"
    path.write_bytes(packed["gz"](tar({f"{number}.jpg": bytes(4_000_000) for number in range(5)} | SITE)))
    file = EvidenceFile(path.name, path.stat().st_size, FileKind.GZIP)
    tracemalloc.start()
    look = examine(file, FolderFiles(tmp_path), Meter(10**9, 1_000, 600), date(2026, 11, 2))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (look.flaw, look.unpacked > 20_000_000, most < 5_000_000) == (None, True, True)


def test_names_beyond_a_hundred_characters_are_read(one):
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        name, made = "目录/" * 60 + "页面.html", io.BytesIO()
        with tarfile.open(fileobj=made, mode="w", format=form) as archive:
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
        assert (one(made.getvalue()).flaw, one(made.getvalue()).unpacked) == (None, 3)


def test_a_header_of_a_size_that_no_archive_has_is_unsafe(one, tar):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 5_000_000
    assert one(info.tobuf(tarfile.GNU_FORMAT) + bytes(4096)).unread is Reason.DOCUMENT_UNSAFE


def test_a_broken_download_among_the_pages_says_nothing_against_the_backup(one, tar):
    assert one(tar({"web/file/tool.tar.gz": b"\x1f\x8bbroken", "web/index.html": b"x"})).flaw is None
