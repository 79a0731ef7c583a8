"""Whole, recent, of a likely size: the checks of the copies."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from xuncha.api import Backup, BackupCopy, BackupPolicy, Declaration, DocumentLocator, Evidence, Gap, Reason, Status
from xuncha.testing import evidence, judge
from xuncha_plugins.backup.copies import CopiesParams
from xuncha_plugins.backup.copy_checks import copies_intact, copies_recent, size_trend
from xuncha_plugins.backup.facts import CopiesSeen, CopyKind, CopySeen, Listed, Named, PolicyRead, Snapshot

PAGES = {"index.html": b"<title>home</title>" * 20_000, "1.html": b"<p>1</p>"}
POLICY = PolicyRead()
ALL = (copies_intact, copies_recent, size_trend)


@pytest.mark.parametrize("check", ALL)
def test_before_the_deadline_nothing_is_said_and_after_it_a_failure(check):
    early, late = evidence(due=date(2026, 11, 2)), evidence(due=date(2026, 11, 1))
    assert judge(check, early, CopiesSeen(), POLICY).status is Status.NOT_RUN
    assert [found.key for found in judge(check, late, CopiesSeen(), POLICY).findings] == ["not-handed-in"]


@pytest.mark.parametrize("check", ALL)
def test_a_list_with_mistakes_can_not_be_told(check):
    outcome = judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE)), CopiesSeen(), POLICY)
    assert outcome.status is Status.INCONCLUSIVE


# Whole


def test_a_whole_copy_passes_and_the_note_says_how_far_it_was_read(read, tar):
    outcome = judge(copies_intact, *read({"web.tar": tar(PAGES)}))
    assert outcome.status is Status.PASS
    assert outcome.notes[0].params["files"].value == 2


@pytest.mark.parametrize("more", [b"\x01" * 700, gzip.compress(b"y" * 512)])
def test_what_follows_the_end_of_an_archive_is_asked_about(read, tar, more):
    outcome = judge(copies_intact, *read({"web.tar.gz": gzip.compress(tar(PAGES)) + more}))
    assert [(found.key, found.status) for found in outcome.findings] == [("trailing", Status.MANUAL)]


def test_zeros_behind_an_archive_are_padding(read, tar):
    packed = gzip.compress(tar(PAGES) + bytes(10_240)) + bytes(700)
    assert judge(copies_intact, *read({"web.tar.gz": packed})).status is Status.PASS


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sha512"])
def test_checksums_are_computed_again(read, tar, kind):
    body = tar(PAGES)
    digest = hashlib.new(kind, body).hexdigest()
    files = {"b/web.tar": body, "b/SUMS": f"{digest}  ./web.tar\n"}
    copy = BackupCopy("b/web.tar", checksums="b/SUMS")
    assert read(files, copy)[1].copies[0].listed is Listed.AGREES
    outcome = judge(copies_intact, *read(files | {"b/web.tar": tar({"x": b"y"})}, copy))
    assert [found.key for found in outcome.findings] == ["checksum-differs"]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("SHA256 (web.tar) = {0}\n", Listed.AGREES),
        ("{0} *web.tar\n", Listed.AGREES),
        ("\ufeff{0}  b\\web.tar\r\n", Listed.AGREES),
        ("{0}  other.tar\n", Listed.NOT_THERE),
        ("校验值见附件", Listed.UNREADABLE),
        ("", Listed.UNREADABLE),
    ],
)
def test_lists_of_checksums_come_in_several_forms(read, tar, text, listed):
    body = tar(PAGES)
    files = {"b/web.tar": body, "b/SUMS": text.format(hashlib.sha256(body).hexdigest())}
    assert read(files, BackupCopy("b/web.tar", checksums="b/SUMS"))[1].copies[0].listed is listed


def test_a_copy_that_the_list_does_not_have_is_a_hint(read, tar):
    files = {"web.tar": tar(PAGES), "SUMS": "0" * 64 + "  other.tar"}
    outcome = judge(copies_intact, *read(files, BackupCopy("web.tar", checksums="SUMS")))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "checksum-not-there")


@pytest.mark.parametrize(
    ("name", "body"),
    [("shot.png", b"\x89PNG\r\n"), ("list.docx", b"PK\x03\x04"), ("log.txt", "昨夜备份成功"), ("b.pdf", b"%PDF-1.4")],
)
def test_a_picture_of_a_backup_is_no_backup(read, name, body):
    outcome = judge(copies_intact, *read({name: body}))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "not-a-copy")


def test_what_nobody_here_can_read_is_a_question(read):
    outcome = judge(copies_intact, *read({"db.dmp": b"\x03\x01\x00\x00EXPORT"}))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "not-readable")


def test_an_encrypted_copy_is_not_accused(read):
    outcome = judge(copies_intact, *read({"web.tar.gpg": b"\x85\x01"}))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.DOCUMENT_ENCRYPTED)


def test_a_declared_copy_that_is_missing_keeps_it_from_passing(read, tar):
    copies = BackupCopy("web.tar"), BackupCopy("db.sql.gz")
    assert judge(copies_intact, *read({"web.tar": tar(PAGES)}, *copies)).status is Status.INCONCLUSIVE


def test_so_do_more_copies_than_are_read(read, tar):
    files = {f"{number}.tar": tar(PAGES) for number in range(3)}
    fact, seen = read(files, params=CopiesParams(copies=2))
    assert (len(seen.copies), judge(copies_intact, fact, seen).status) == (2, Status.INCONCLUSIVE)


def test_all_files_of_a_folder_are_copies_of_their_own(read, tar, mysql):
    _, seen = read({"b/web.tar": tar(PAGES), "b/db.sql": mysql}, BackupCopy("b"))
    assert [copy.kind for copy in seen.copies] == [CopyKind.SQL_DUMP, CopyKind.TAR]


# Recent


def evidence_of(files, cycle=None, filled=None):
    copies = tuple(BackupCopy(path) for path in files)
    said = Declaration(filled=filled, backup=Backup(BackupPolicy(cycle_days=cycle), copies))
    return evidence(said, files)


def recent(*copies, policy=POLICY, **more):
    """The outcome for copies dated so."""
    files = {copy.path: "x" for copy in copies}
    said = evidence_of(files, **more)
    return judge(copies_recent, said, CopiesSeen(copies), policy)


def dump(day, **more):
    return CopySeen("db.sql", CopyKind.SQL_DUMP, made=day, **more)


def files_of(newest=None, **more):
    return CopySeen("web.tar", CopyKind.TAR, newest=newest, **more)


def keys(outcome):
    return [found.key for found in outcome.findings]


def test_within_two_cycles_and_the_days_of_grace_it_is_recent():
    assert recent(dump(date(2026, 10, 28)), cycle=1).status is Status.PASS


def test_beyond_that_it_is_old():
    outcome = recent(dump(date(2026, 10, 27)), cycle=1)
    assert (outcome.status, keys(outcome)) == (Status.FAIL, ["old"])
    assert [outcome.findings[0].params[name].value for name in ("days", "limit")] == [6, 5]


def test_the_cycle_may_come_from_the_policy_or_from_the_rule():
    read = PolicyRead((Named("cycle", "每月备份一次", DocumentLocator("p")),), True, 100, (1, 31))
    assert recent(dump(date(2026, 9, 5)), policy=read).status is Status.PASS
    assert recent(dump(date(2026, 9, 5))).status is Status.FAIL


def test_a_policy_that_was_not_read_leaves_the_rule():
    assert (
        judge(
            copies_recent,
            evidence_of({"db.sql": "x"}),
            CopiesSeen((dump(date(2026, 11, 1)),)),
            (PolicyRead, Gap(Reason.RAISED)),
        ).status
        is Status.PASS
    )


def test_a_unit_is_not_blamed_for_a_late_look():
    assert recent(dump(date(2026, 9, 1)), cycle=1, filled=date(2026, 9, 3)).status is Status.PASS


def test_but_evidence_of_long_ago_is_to_be_handed_in_again():
    assert keys(recent(dump(date(2026, 4, 1)), cycle=1, filled=date(2026, 4, 3))) == ["filled-in-long-ago"]


def test_what_lies_in_an_archive_dates_it():
    outcome = recent(files_of(date(2026, 10, 31), declared=date(2026, 10, 30)), cycle=1)
    assert (outcome.status, outcome.notes[0].key) == (Status.PASS, "dated")


def test_old_content_and_a_new_date_that_is_only_declared_is_a_question():
    outcome = recent(files_of(date(2026, 3, 1), declared=date(2026, 11, 1)), cycle=1)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["unproven"])


def test_so_it_is_where_only_the_file_is_new():
    outcome = recent(files_of(date(2026, 3, 1), modified=date(2026, 11, 1)), cycle=1)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["unproven"])


@pytest.mark.parametrize(
    ("copy", "key"),
    [
        (files_of(declared=date(2026, 11, 1)), "dated-as-declared"),
        (files_of(modified=date(2026, 11, 1)), "dated-by-file-time"),
    ],
)
def test_on_whose_word_a_day_rests_is_said(copy, key):
    outcome = recent(copy, cycle=1)
    assert (outcome.status, outcome.notes[0].key) == (Status.PASS, key)


@pytest.mark.parametrize(
    ("copy", "key"),
    [
        (files_of(declared=date(2026, 9, 1)), "old-as-declared"),
        (files_of(modified=date(2026, 9, 1)), "old-by-file-time"),
        (files_of(), "undated"),
    ],
)
def test_so_it_is_of_old_ones(copy, key):
    assert keys(recent(copy, cycle=1)) == [key]


def test_a_date_that_the_dump_belies_is_told():
    outcome = recent(dump(date(2026, 10, 25), declared=date(2026, 11, 1)), cycle=7)
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["declared-later"])


def test_only_the_newest_of_its_kind_has_to_be_recent():
    old = CopySeen("db-1.sql", CopyKind.SQL_DUMP, made=date(2026, 1, 1))
    assert recent(dump(date(2026, 11, 1)), old, cycle=1).status is Status.PASS
    pages = files_of(date(2026, 1, 1), declared=date(2026, 1, 1))
    assert keys(recent(dump(date(2026, 11, 1)), pages, cycle=1)) == ["old"]


def test_gzip_notes_when_a_dump_was_last_changed(one):
    stamp = int(datetime(2026, 10, 31, 3, tzinfo=UTC).timestamp())
    assert one(gzip.compress(b"-- PostgreSQL database dump\n", mtime=stamp), "db.sql.gz").newest == date(2026, 10, 31)


def test_the_day_of_a_copy_made_before_dawn_is_that_of_shanghai(one):
    stamp = int(datetime(2026, 10, 30, 19, 30, tzinfo=UTC).timestamp())
    assert one(gzip.compress(b"-- PostgreSQL database dump\n", mtime=stamp), "db.sql.gz").newest == date(2026, 10, 31)


def test_a_day_to_come_says_nothing(one, tar):
    assert one(tar(PAGES, day=date(2027, 5, 1))).newest is None


# Of a likely size


def trend(*copies, before=()):
    files = {copy.path: "x" for copy in copies}
    return judge(size_trend, evidence_of(files), CopiesSeen(copies, before))


def sized(day, size, **more):
    return CopySeen(f"web-{day}.tar", CopyKind.TAR, unpacked=size, declared=date(2026, 10, day), **more)


@pytest.mark.parametrize(
    ("size", "found"), [(490_000, ["shrunk"]), (510_000, []), (5_100_000, ["grown"]), (4_900_000, [])]
)
def test_sudden_changes_of_size_are_told(size, found):
    assert keys(trend(sized(1, 1_000_000), sized(8, size))) == found


def test_a_single_copy_can_not_be_compared():
    outcome = trend(sized(8, 1_000_000))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NOTHING_TO_COMPARE)


def test_the_last_round_is_remembered(read, tar):
    big, small = {"web-1.tar": tar(PAGES, day=date(2026, 10, 1))}, {"web-2.tar": tar({"1.html": b"<p>1</p>"})}
    _, first = read(big)
    fact, second = read(small, past=[(datetime(2026, 10, 2, tzinfo=UTC), first)])
    assert second.before == (("tar web-#.tar", Snapshot(date(2026, 10, 1), 380_008)),)
    assert keys(judge(size_trend, fact, second)) == ["shrunk"]


def test_what_holds_only_changes_is_not_compared():
    assert trend(sized(1, 1_000_000), sized(8, 4_000, partial=True)).status is Status.INCONCLUSIVE


def test_small_copies_may_change_as_they_like():
    assert trend(sized(1, 9_000), sized(8, 1_000)).status is Status.PASS


def test_entries_that_lead_out_of_the_folder_are_told(read, tar):
    (found,) = judge(
        copies_intact, *read({"web.tar": tar({**PAGES, "../../etc/x": b"x", "a/../b.html": b"x"})})
    ).findings
    assert (found.status, found.key, found.params["count"].value) == (Status.WARN, "leads-out", 1)


@pytest.mark.parametrize("name", ["/var/www/html/a.html", "./a/../b.html", "..a/x.html"])
def test_a_root_and_a_way_round_within_lead_nowhere(read, tar, name):
    assert judge(copies_intact, *read({"web.tar": tar({name: b"x"})})).status is Status.PASS


def test_copies_beyond_the_limit_are_named(read, tar):
    fact, seen = read({"a.tar": tar(PAGES)})
    outcome = judge(copies_intact, fact, replace(seen, complete=False, left_out=("z.sql",)))
    assert [one.params["paths"].value for one in outcome.notes if one.key == "left-out"] == ["z.sql"]


def test_the_file_time_of_a_copy_that_was_not_read_proves_nothing():
    outcome = recent(
        CopySeen("web.zip", CopyKind.ZIP, modified=date(2026, 11, 1), unread=Reason.DOCUMENT_ENCRYPTED),
    )
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "unread")


def test_where_no_cycle_is_promised_the_one_that_was_assumed_is_told():
    outcome = recent(CopySeen("web.zip", CopyKind.ZIP, newest=date(2026, 11, 1)))
    assert (outcome.status, outcome.notes[0].key) == (Status.PASS, "no-cycle")
