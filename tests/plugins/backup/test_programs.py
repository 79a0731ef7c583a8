"""7z archives and repositories, by what the programs answer; the programs themselves run in tests/acceptance/backup."""

import json
from datetime import date

import pytest

from xuncha.api import BackupCopy, Finished, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.backup.copy_checks import copies_intact, size_trend
from xuncha_plugins.backup.facts import CopyKind

SEVEN = b"7z\xbc\xaf\x27\x1c" + bytes(60)
LISTED = b"""\
Path = web
Size = 0
Modified = 2026-11-01 03:00:00.5551006
Attributes = D drwxr-xr-x

Path = web/index.html
Size = 300000
Modified = 2026-10-30 03:00:00
Attributes = A -rw-r--r--
"""


def said(code=0, stdout=b"", stderr=b""):
    return Finished(code, stdout, stderr, 0.1)


@pytest.fixture
def seven(tmp_path, read):
    """What is seen of a 7z archive where testing and listing end so; as the outcome too."""
    path = tmp_path / "web.7z"
    path.write_bytes(SEVEN)

    def look(test, listing=None):
        fact, seen = read({"web.7z": path}, programs={"t": test, "l": listing or said(stdout=LISTED)})
        return seen.copies[0], judge(copies_intact, fact, seen)

    return look


def test_a_7z_archive_is_whole_by_the_word_of_7zip(seven):
    copy, outcome = seven(said())
    assert (copy.kind, copy.entries, copy.unpacked, copy.newest) == (CopyKind.SEVEN_ZIP, 1, 300_000, date(2026, 10, 30))
    assert outcome.status is Status.PASS


def test_what_7zip_complains_about_is_told(seven):
    _, outcome = seven(said(2, b"Testing archive: web.7z\n", b"ERROR: CRC Failed : web/index.html\n"))
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "told-by-program")
    assert "CRC Failed : web/index.html" in outcome.findings[0].params["entry"].value


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (said(2, b"", b"ERROR: Data Error in encrypted file. Wrong password? : web/a"), Reason.DOCUMENT_ENCRYPTED),
        (said(8, b"", b"ERROR: Can't allocate required memory!"), Reason.DOCUMENT_TOO_LARGE),
        (said(2, b"", b"ERROR: Unsupported Method : a"), Reason.DOCUMENT_UNSUPPORTED),
        (Reason.PROGRAM_MISSING, Reason.PROGRAM_MISSING),
        (Reason.TIMEOUT, Reason.DOCUMENT_TOO_LARGE),
    ],
)
def test_what_can_not_be_told_is_neither_whole_nor_broken(seven, answer, reason):
    copy, outcome = seven(answer)
    assert (copy.flaw, copy.unread) == (None, reason)
    assert outcome.status in (Status.INCONCLUSIVE, Status.MANUAL)


RESTIC = {f"repo/{name}": "x" for name in ("config", "keys/a", "snapshots/b", "data/00/c", "index/d")}
BORG = {f"repo/{name}": "x" for name in ("config", "README", "hints.5", "index.5", "data/0/1")}


@pytest.fixture
def repository(tmp_path, read):
    """What is seen of a repository whose program answers so, by a word of the command."""

    def look(names, answers, password="secret"):
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("x")
        copy = BackupCopy("repo", "网页", password_file="pw" if password else "")
        files = {"repo": tmp_path / "repo"} | ({"pw": password} if password else {})
        return read(files, copy, programs=answers)

    return look


def restic(size=900_000):
    days = ["2026-10-30T03:00:01.911604410Z", "2026-10-31T20:00:01.5+08:00"]
    listed = [{"time": day, "id": f"id{number}", "paths": ["/srv/web"]} for number, day in enumerate(days)]
    listed.append({"time": "2026-10-01T03:00:00Z", "id": "db", "paths": ["/srv/db"]})
    return {
        "check": said(),
        "snapshots": said(stdout=json.dumps(listed).encode()),
        "id0": said(stdout=b'{"total_size": 900000}'),
        "id1": said(stdout=json.dumps({"total_size": size}).encode()),
    }


def test_a_restic_repository_tells_days_and_sizes_of_the_same_paths(repository):
    (copy,) = repository(RESTIC, restic())[1].copies
    assert (copy.kind, copy.flaw, copy.made) == (CopyKind.RESTIC, None, date(2026, 10, 31))
    assert [(one.taken, one.size) for one in copy.snapshots] == [
        (date(2026, 10, 30), 900_000),
        (date(2026, 10, 31), 900_000),
    ]


def test_a_snapshot_that_shrinks_is_told(repository):
    outcome = judge(size_trend, *repository(RESTIC, restic(size=90_000)))
    assert [found.key for found in outcome.findings] == ["shrunk"]


def test_a_borg_repository_tells_days_and_sizes(repository):
    listed = [
        {"name": f"web-{n}", "start": f"2026-10-3{n}T03:00:00.000000", "stats": {"original_size": 5}} for n in (0, 1)
    ]
    (copy,) = repository(BORG, {"check": said(), "info": said(stdout=json.dumps({"archives": listed}).encode())})[
        1
    ].copies
    assert (copy.kind, copy.made, copy.snapshots[0].size) == (CopyKind.BORG, date(2026, 10, 31), 5)


@pytest.mark.parametrize("names", [RESTIC, BORG], ids=["restic", "borg"])
def test_a_damaged_repository_fails_with_the_words_of_its_program(repository, names):
    fact, seen = repository(names, {"check": said(1, b"", b"Data integrity error: Invalid segment entry size 0")})
    (found,) = judge(copies_intact, fact, seen).findings
    assert (found.status, found.key) == (Status.FAIL, "told-by-program")
    assert "Data integrity error" in found.params["entry"].value


@pytest.mark.parametrize("names", [RESTIC, BORG], ids=["restic", "borg"])
def test_a_wrong_password_and_a_missing_program_are_not_faults(repository, names):
    wrong = said(1, b"", b"Fatal: wrong password or no key found\npassphrase supplied in BORG_PASSPHRASE is incorrect")
    assert repository(names, {"check": wrong})[1].copies[0].unread is Reason.DOCUMENT_ENCRYPTED
    assert repository(names, {})[1].copies[0].unread is Reason.PROGRAM_MISSING


def test_restic_without_a_password_can_not_be_told(repository):
    assert repository(RESTIC, restic(), password="")[1].copies[0].unread is Reason.DOCUMENT_ENCRYPTED


@pytest.mark.parametrize("answer", [b"[]", b"null", b"{", b'[{"x": 1}]', b"[" * 90_000, b'{"archives": 3}'])
def test_an_answer_of_another_form_is_never_a_pass(repository, answer):
    (copy,) = repository(RESTIC, {"check": said(), "snapshots": said(stdout=answer)})[1].copies
    assert copy.unread is Reason.PROGRAM_FAILED or copy.flaw.key == "empty"
