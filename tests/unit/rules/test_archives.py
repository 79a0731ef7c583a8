"""What the head of an archive tells."""

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.rules.archives import MAX_ENTRIES, entries, unpacked

WINDOW = 65_536
NAMES = ("wwwroot/", "wwwroot/index.php", "wwwroot/数据.sql")


def zipped(*names, content=b"x"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*names, form=tarfile.GNU_FORMAT, content=b"x" * 700):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def test_a_zip_file_names_its_entries():
    assert entries(zipped(*NAMES), WINDOW) == NAMES


def test_names_in_gb18030_are_read():
    data = zipped("a.txt").replace(b"a.txt", "据.t".encode("gb18030")[:5].ljust(5, b"t"))
    assert entries(data, WINDOW) == ("据.tt",)


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_a_tar_file_names_its_entries(form):
    names = ("wwwroot/index.php", f"{'a' * 60}/{'b' * 60}/web.config")
    assert entries(tarred(*names, form=form), WINDOW) == names


def test_a_packed_tar_file_names_its_entries():
    assert entries(gzip.compress(tarred("a.php", "b.sql")), WINDOW) == ("a.php", "b.sql")


def test_the_head_of_an_archive_names_what_it_holds_of_it():
    names = [f"{number}.php" for number in range(50)]
    assert entries(tarred(*names)[:3_000], WINDOW) == ("0.php", "1.php")
    assert entries(zipped(*names, content=b"x" * 900)[:1_000], WINDOW) == ("0.php", "1.php")


def test_an_archive_within_an_archive_is_content():
    assert entries(zipped("inner.zip", content=zipped("index.php")), WINDOW) == ("inner.zip",)


def test_a_gzip_file_is_read_no_further_than_the_window():
    assert len(unpacked(gzip.compress(b"-" * 10_000_000), WINDOW)) == WINDOW
    assert unpacked(gzip.compress(b"CREATE TABLE a")[:-8], WINDOW) == b"CREATE TABLE a"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"\x1f\x8b\x08 broken", b"<html>", b"Rar!\x1a\x07\x00"])
def test_what_is_no_archive_names_nothing(data):
    assert entries(data, WINDOW) == ()


def test_names_are_bounded_and_hold_no_signs_that_act():
    assert len(entries(zipped(*(f"{number}" for number in range(3_000))), 1 << 20)) == MAX_ENTRIES
    assert entries(zipped("a\nb\x1b[31m.php"), WINDOW) == ("ab[31m.php",)


@given(st.binary(max_size=2_000), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\0" * 257 + b"ustar\0"]))
def test_no_file_breaks_it(data, head):
    assert all(isinstance(name, str) for name in entries(head + data, WINDOW))
    assert len(unpacked(head + data, WINDOW)) <= max(WINDOW, len(head + data))
