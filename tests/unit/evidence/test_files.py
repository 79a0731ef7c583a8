"""What probes may do with the folder: read below it, stream within a limit, unpack into a bounded place."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.files import FolderFiles, TooMuchError, below, scratch_folder
from xuncha.testing import FakeFiles


@pytest.fixture
def files(put, folder):
    put("backup/web.tar", b"0123456789")
    return FolderFiles(folder, refused=lambda path: path == "secret.txt")


def test_a_stream_gives_no_more_than_it_may(files):
    with files.open("backup/web.tar", most=9) as stream, pytest.raises(TooMuchError):
        stream.read()


def test_going_back_in_a_stream_counts_too(files):
    with files.open("backup/web.tar", most=15) as stream:
        assert stream.read() == b"0123456789"
        stream.seek(0)
        with pytest.raises(TooMuchError):
            stream.read()


def test_a_stream_can_be_read_to_its_end_within_the_limit(files):
    with files.open("backup/web.tar", most=10) as stream:
        assert (stream.read(4), stream.read(), stream.read(), files.size("backup/web.tar")) == (
            b"0123",
            b"456789",
            b"",
            10,
        )


def test_a_folder_has_a_path_for_programs(files, folder):
    assert files.local("backup") == str(folder.resolve() / "backup")


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "", "gone.txt", "secret.txt", "a\0b", "./secret.txt"])
def test_what_is_outside_refused_or_missing_is_not_found(files, put, path):
    put("secret.txt")
    for use in (files.read, files.size, files.local, lambda one: files.open(one, 1)):
        with pytest.raises(FileNotFoundError):
            use(path)


def test_a_link_to_a_refused_file_is_refused_too(files, put, folder):
    (folder / "harmless.txt").symlink_to(put("secret.txt"))
    with pytest.raises(FileNotFoundError):
        files.read("harmless.txt")


def test_a_pipe_is_no_file(files, folder):
    os.mkfifo(folder / "pipe")
    with pytest.raises(FileNotFoundError):
        files.open("pipe", 10)


def test_a_scratch_folder_is_gone_in_the_end():
    with scratch_folder(100) as scratch:
        assert Path(scratch.write("site/index.html", [b"<p>", b"</p>"])).read_bytes() == b"<p></p>"
        where = Path(scratch.path)
    assert not where.exists()


def test_a_scratch_folder_holds_no_more_than_it_may():
    with scratch_folder(10) as scratch, pytest.raises(TooMuchError):
        scratch.write("a", iter([b"x" * 6, b"x" * 6]))


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "", "C:/a", "x" * 2000])
def test_a_name_that_leads_out_of_a_scratch_folder_is_refused(name):
    with scratch_folder(10) as scratch, pytest.raises(ValueError, match="no name"):
        scratch.write(name, [b"x"])


@pytest.mark.parametrize("second", ["a", "a/b"])
def test_nothing_is_written_over_in_a_scratch_folder(second):
    with scratch_folder(10) as scratch:
        scratch.write("a", [b"x"])
        with pytest.raises(ValueError, match="there already"):
            scratch.write(second, [b"x"])


@given(st.text(alphabet="./\\ab:\0", max_size=12))
def test_a_path_below_stays_below_however_it_is_written(path):
    plain = below(path)
    assert plain is None or not (Path("/r") / plain).resolve().relative_to("/r").is_absolute()


def test_the_fake_behaves_as_the_folder_does(tmp_path):
    (tmp_path / "x").write_text("abc")
    files = FakeFiles({"a.txt": "内容", "repo": tmp_path})
    assert list(files.list()) == ["a.txt", "repo/x"]
    assert (files.read("repo/x"), files.local("repo")) == (b"abc", str(tmp_path))
    with files.open("repo/x", 2) as stream, pytest.raises(TooMuchError):
        stream.read()
