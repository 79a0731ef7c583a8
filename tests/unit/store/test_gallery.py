"""Pictures in the bundle and in the read model."""

from datetime import UTC, datetime

import pytest

from xuncha.model.fact import Gap
from xuncha.model.pictures import Photo
from xuncha.model.reasons import Reason
from xuncha.model.text import Text
from xuncha.store.errors import StoreError
from xuncha.store.gallery import Shown, hang, thumbnail
from xuncha.store.pictures import (
    Album,
    Mark,
    Shot,
    Untaken,
    copy_album,
    evidence_id,
    file_of,
    is_picture,
    keep,
    read_album,
    read_thumbnail,
    write_album,
)

HOME = "http://a.example/"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SMALL = b"\xff\xd8\xff small"


def shot(number=0, page=HOME, **how):
    photo = Photo(evidence_id(0, number), page, NOW, "aa", "bb", 1366, 900, 100, whole=True)
    return Shot(photo, page, file_of(number, "png"), file_of(number, "jpg"), **how)


def hung(*shots, untaken=(), **how):
    return hang(Album(shots, untaken, **how), "sites/00000-a", lambda code, _: Text(f"因 {code}", code), str.upper)


def test_an_album_is_read_as_it_was_written(tmp_path):
    album = Album((shot(findings={"v1:1": Mark.UNSEEN}),), (Untaken(HOME, Gap(Reason.TIMEOUT), "字"),), 3, HOME)
    write_album(tmp_path, album)
    assert read_album(tmp_path) == album


def test_without_a_list_there_are_no_pictures(tmp_path):
    assert read_album(tmp_path) == Album()


def test_pictures_that_a_killed_worker_left_unlisted_go(tmp_path):
    for number in (0, 1):
        keep(tmp_path, number, b"png", SMALL)
    write_album(tmp_path, Album((shot(0),)))
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["0.jpg", "0.png"]


def test_a_judged_again_run_takes_the_pictures_over(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    keep(old, 0, b"png", SMALL)
    write_album(old, Album((shot(),)))
    copy_album(old, new)
    assert (read_album(new), (new / "pictures/0.png").read_bytes()) == (read_album(old), b"png")


def test_a_list_that_names_other_files_is_damaged(tmp_path):
    made = Shot(shot().photo, HOME, "pictures/0.png", "../../../etc/passwd")
    with pytest.raises(StoreError, match="damaged"):
        read_thumbnail(tmp_path, made)


@pytest.mark.parametrize(("evidence", "is_one"), [("picture:0:3", True), ("warc:0:3", False), ("picture:0:3x", False)])
def test_evidence_ids_tell_pictures_from_copies(evidence, is_one):
    assert is_picture(evidence) is is_one


def test_a_finding_is_told_its_picture_and_how_it_is_to_be_seen():
    assert hung(shot(findings={"v1:1": Mark.UNSEEN})).findings == {"v1:1": Shown("picture:0:0", Mark.UNSEEN)}


def test_the_view_counts_how_findings_are_shown():
    marks = {"1": Mark.OUTLINED, "2": Mark.OUTLINED, "3": Mark.UNSEEN, "4": Mark.NOT_FOUND, "5": Mark.WHOLE}
    (view,) = hung(shot(findings=marks)).gallery.pictures
    assert (view.outlined, view.unseen, view.lost, view.file) == (2, 1, 1, "sites/00000-a/pictures/0.png")


def test_the_home_page_s_is_the_one_that_the_inspection_took():
    assert hung(shot(0, asked_by_probe=True), shot(1), home=HOME).gallery.home == "picture:0:1"


def test_a_page_without_one_says_why_and_what_it_says_made_harmless():
    (view,) = hung(untaken=(Untaken(HOME, Gap(Reason.TIMEOUT), "bad words", ("v1:1",)),)).gallery.untaken
    assert (view.zh, view.text, view.findings) == ("因 timeout", "BAD WORDS", ("v1:1",))


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b""])
def test_what_is_no_jpeg_is_no_thumbnail(tmp_path, data):
    site = tmp_path / "sites/00000-a"
    site.mkdir(parents=True)
    keep(site, 0, b"png", data)
    assert thumbnail(str(tmp_path), hung(shot()).gallery.pictures[0]) == b""


def test_a_thumbnail_is_read_from_the_run_s_folder(tmp_path):
    site = tmp_path / "sites/00000-a"
    site.mkdir(parents=True)
    keep(site, 0, b"png", SMALL)
    assert thumbnail(str(tmp_path), hung(shot()).gallery.pictures[0]) == SMALL
