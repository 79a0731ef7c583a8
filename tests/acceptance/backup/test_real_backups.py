"""Copies as tar, zip, 7-Zip, restic, borg, pg_dump and mysqldump make them: whole, cut off, damaged, encrypted."""

import os
import shutil

import pytest

from xuncha.api import Reason, Status
from xuncha.model.clock import day_of, system_clock
from xuncha.testing import judge
from xuncha_plugins.backup.checksums import listed
from xuncha_plugins.backup.copy_checks import copies_intact
from xuncha_plugins.backup.facts import CopyKind

pytestmark = pytest.mark.acceptance
BEGUN = day_of(system_clock())

ARCHIVERS = {
    "a.tar": ["tar", "-cf", "{}", "www"],
    "v7.tar": ["tar", "--format=ustar", "-cf", "{}", "www/tzgg"],
    "pax.tar": ["tar", "--format=pax", "-cf", "{}", "www"],
    "sparse.tar": ["tar", "-S", "-cf", "{}", "www"],
    "a.tar.gz": ["tar", "-czf", "{}", "www"],
    "a.tar.bz2": ["tar", "-cjf", "{}", "www"],
    "a.tar.xz": ["tar", "-cJf", "{}", "www"],
    "threads.tar.xz": ["tar", "-I", "xz -T2 --block-size=65536", "-cf", "{}", "www"],
    "a.tar.zst": ["tar", "--zstd", "-cf", "{}", "www"],
    "threads.tar.zst": ["tar", "-I", "zstd -T2 -19", "-cf", "{}", "www"],
    "a.zip": ["zip", "-qr", "{}", "www"],
    "bzip.zip": ["zip", "-qr", "-Z", "bzip2", "{}", "www"],
    "a.7z": ["7z", "a", "-bd", "{}", "www"],
}


@pytest.fixture(scope="module")
def archive(shell, site, tmp_path_factory):
    """An archive of the site, made once."""
    folder, made = tmp_path_factory.mktemp("archives"), {}

    def make(name):
        if name not in made:
            (site / "sparse.bin").touch()
            os.truncate(site / "sparse.bin", 3_000_000)
            shell(*(word.format(folder / name) for word in ARCHIVERS[name]), cwd=site.parent)
            made[name] = folder / name
        return made[name]

    return make


def today(day):
    """Whether a copy is of the day, in Shanghai, on which these tests ran; they may run over midnight."""
    return BEGUN <= day <= day_of(system_clock())


def changed(path, to, cut=None, at=None):
    """A copy of a file that ends early, or of which some bytes are others."""
    body = bytearray(path.read_bytes())
    if at:
        place = int(len(body) * at)
        body[place : place + 4] = bytes(one ^ 0x5A for one in body[place : place + 4])
    to.write_bytes(body[: int(len(body.rstrip(b"\0")) * cut)] if cut else body)
    return to


@pytest.mark.parametrize("name", ARCHIVERS)
def test_an_archive_is_read_to_its_end(one, archive, name):
    copy = one(archive(name))
    assert (copy.flaw, copy.unread, today(copy.newest)) == (None, None, True)
    assert copy.entries >= 40


@pytest.mark.parametrize("name", ARCHIVERS)
@pytest.mark.parametrize("share", [0.3, 0.98])
def test_one_that_is_cut_off_fails(look, archive, tmp_path, name, share):
    fact, seen = look(changed(archive(name), tmp_path / name, cut=share))
    outcome = judge(copies_intact, fact, seen)
    assert (outcome.status, len(outcome.findings)) == (Status.FAIL, 1)


@pytest.mark.parametrize("name", [name for name in ARCHIVERS if not name.endswith(".tar")])
def test_one_with_other_bytes_fails(look, archive, tmp_path, name):
    fact, seen = look(changed(archive(name), tmp_path / name, at=0.6))
    assert judge(copies_intact, fact, seen).status is Status.FAIL


@pytest.mark.parametrize(
    "words",
    [
        ["zip", "-qr", "-P", "secret", "{}.zip", "www"],
        ["7z", "a", "-bd", "-psecret", "{}.7z", "www"],
        ["7z", "a", "-bd", "-psecret", "-mhe=on", "{}.7z", "www"],
    ],
    ids=["zip", "7z", "7z-names-too"],
)
def test_an_encrypted_one_can_not_be_told(one, shell, site, tmp_path, words):
    shell(*(word.format(tmp_path / "locked") for word in words), cwd=site.parent)
    copy = one(next(tmp_path.glob("locked.*")))
    assert (copy.flaw, copy.unread) == (None, Reason.DOCUMENT_ENCRYPTED)


def test_lists_of_checksums_by_their_own_programs_agree(shell, archive, tmp_path):
    shutil.copy(archive("a.zip"), tmp_path)
    for name, words in {"md5": ["md5sum"], "sha256": ["sha256sum", "--tag"], "sha512": ["sha512sum", "-b"]}.items():
        said = shell(*words, "a.zip", cwd=tmp_path).decode()
        ((kind, _),) = listed(said, "SUMS", "a.zip")
        assert kind == name


# Repositories


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_restic_repository_is_checked_and_left_as_it_is(one, restic):
    before = contents(restic)
    copy = one(restic, password="secret")
    assert (copy.kind, copy.flaw, copy.unread, today(copy.made)) == (CopyKind.RESTIC, None, None, True)
    assert copy.snapshots[-1].size > 300_000
    assert contents(restic) == before


@pytest.mark.parametrize("encryption", ["none", "repokey"])
def test_a_borg_repository_is_checked_and_left_as_it_is(one, borg, encryption):
    before = contents(borg(encryption))
    copy = one(borg(encryption), password="" if encryption == "none" else "secret")
    assert (copy.kind, copy.flaw, copy.unread, today(copy.made)) == (CopyKind.BORG, None, None, True)
    assert copy.snapshots[-1].size > 300_000
    assert contents(borg(encryption)) == before


def damaged(folder, to):
    """A copy of a repository with other bytes in its largest file."""
    shutil.copytree(folder, to)
    largest = max((path for path in to.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    largest.chmod(0o600)
    changed(largest, largest, at=0.5)
    return to


def test_a_damaged_repository_fails_in_the_words_of_its_program(look, restic, borg, tmp_path):
    for folder, password in ((restic, "secret"), (borg("none"), "")):
        fact, seen = look(damaged(folder, tmp_path / folder.name), password=password)
        (found,) = judge(copies_intact, fact, seen).findings
        assert (found.status, found.key) == (Status.FAIL, "told-by-program")
        assert found.params["entry"].value.startswith(("restic: ", "borg: "))


@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_right_password_nothing_can_be_told(one, restic, borg, password):
    for folder in (restic, borg("repokey")):
        assert one(folder, password=password).unread is Reason.DOCUMENT_ENCRYPTED


# Dumps


@pytest.fixture(scope="module")
def dumped(postgres, mariadb, tmp_path_factory):
    """A dump by the words of its command, made once."""
    folder, made = tmp_path_factory.mktemp("dumps"), {}

    def dump(name, *words):
        if (name, words) not in made:
            server = mariadb if name == "mysqldump" else postgres
            path = folder / f"{len(made)}.sql"
            path.write_bytes(server(name, *words))
            made[name, words] = path
        return made[name, words]

    return dump


PLAIN = [
    ("pg_dump", "-d", "portal"),
    ("pg_dump", "-d", "portal", "--inserts", "-v"),
    ("pg_dumpall", "-v"),
    ("mysqldump", "portal"),
    ("mysqldump", "--all-databases", "--hex-blob", "--skip-dump-date"),
]
CUSTOM = [
    ("pg_dump", "-d", "portal", "-Fc"),
    ("pg_dump", "-d", "portal", "-Fc", "-Z0"),
    ("pg_dump", "-d", "portal", "-Fc", "-Z9"),
]


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_a_dump_that_was_finished_is_whole(look, dumped, words):
    fact, seen = look(dumped(*words))
    assert seen.copies[0].kind is CopyKind.SQL_DUMP
    assert judge(copies_intact, fact, seen).status is Status.PASS


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
@pytest.mark.parametrize("lost", [40, 3_000])
def test_one_that_broke_off_fails(look, dumped, tmp_path, words, lost):
    (tmp_path / "a.sql").write_bytes(dumped(*words).read_bytes()[:-lost])
    (found,) = judge(copies_intact, *look(tmp_path / "a.sql")).findings
    assert (found.status, found.key) == (Status.FAIL, "dump-cut-off")


@pytest.mark.parametrize("words", CUSTOM, ids=" ".join)
def test_a_custom_dump_is_read_through_its_last_table(one, dumped, words):
    copy = one(dumped(*words))
    assert (copy.kind, copy.flaw, copy.unread, today(copy.made)) == (CopyKind.PG_CUSTOM, None, None, True)
    assert copy.unpacked > 40 * 3_000 + 9_000


@pytest.mark.parametrize("words", CUSTOM, ids=" ".join)
def test_one_that_lost_its_end_fails_where_its_own_program_sees_nothing(one, dumped, postgres, tmp_path, words):
    path = changed(dumped(*words), tmp_path / "a.dump", cut=0.9)
    tmp_path.chmod(0o755)
    assert b"TABLE DATA" in postgres("pg_restore", "--list", input=path.read_bytes())
    assert one(path).flaw.key in ("cut-off", "corrupt", "data-missing")


def test_a_custom_dump_written_to_a_file_is_read_too(one, postgres, tmp_path):
    path = tmp_path / "a.dump"
    folder = postgres("psql", "-At", "-d", "portal", "-c", "SHOW data_directory").decode().strip()
    postgres("pg_dump", "-d", "portal", "-Fc", "-f", f"{folder}/a.dump")
    shutil.copy(f"{folder}/a.dump", path)
    assert (one(path).flaw, one(path).unread) == (None, None)


def test_mysqldump_tells_its_day(one, dumped):
    assert today(one(dumped("mysqldump", "portal")).made)
