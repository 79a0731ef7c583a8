"""Database dumps: finished by their own word, or broken off."""

from datetime import date

import pytest

from xuncha.api import Status
from xuncha.testing import judge
from xuncha_plugins.backup.copy_checks import copies_intact
from xuncha_plugins.backup.dumps import Dump, DumpWatch
from xuncha_plugins.backup.facts import CopyKind


def dumped(*pieces):
    watch = DumpWatch("db.sql")
    for piece in pieces:
        watch.see(piece)
    return watch.dumped()


def test_a_mysqldump_says_when_it_was_finished(mysql):
    found = dumped(mysql.encode())
    assert (found.by, found.complete, found.day) == (Dump.MYSQLDUMP, True, date(2026, 10, 31))


def test_one_without_dates_is_finished_all_the_same(mysql):
    assert dumped(mysql.replace(" on 2026-10-31  3:00:12", "").encode()).complete


def test_a_mariadb_dump_with_its_first_line_of_today_is_known(mysql):
    head = "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n"
    assert dumped((head + mysql.partition("\n")[2]).encode()).complete


def test_a_pg_dump_is_known_by_its_last_line(pg):
    assert (dumped(pg.encode()).by, dumped(pg.encode()).complete) == (Dump.PG_DUMP, True)


def test_newer_versions_end_with_the_key_that_they_began_with(pg):
    locked = pg.replace("--\nCOPY", "--\n\n\\restrict a1\n\nCOPY")
    assert dumped(f"{locked}\n\\unrestrict a1\n\n".encode()).complete
    assert dumped(f"{locked}\n\\unrestrict a".encode()).complete is False


def test_verbose_ones_tell_their_day(pg):
    line = "-- Completed on 2026-10-30 03:00:05 CST\n\n--\n-- PostgreSQL database dump complete"
    assert dumped(pg.replace("--\n-- PostgreSQL database dump complete", line).encode()).day == date(2026, 10, 30)


def test_a_dump_of_all_databases_is_not_finished_with_the_last_of_them(pg):
    body = f"--\n-- PostgreSQL database cluster dump\n--\n{pg}"
    assert dumped(body.encode()).complete is False
    assert dumped(f"{body}--\n-- PostgreSQL database cluster dump complete\n--\n".encode()).complete


def test_one_that_powershell_wrote_is_read(mysql):
    assert dumped(b"\xff\xfe" + mysql.encode("utf-16-le")).complete


@pytest.mark.parametrize("pieces", [1, 7, 4096])
def test_it_does_not_matter_how_the_bytes_come(mysql, pieces):
    body = (mysql.replace("VALUES", "VALUES (0,'x')," * 2_000)).encode()
    assert dumped(*(body[at : at + pieces] for at in range(0, len(body), pieces))).complete


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_dump_without_its_last_lines_broke_off(read, mysql, lines):
    body = "\n".join(mysql.splitlines()[:-lines])
    fact, seen = read({"db.sql": body})
    (found,) = judge(copies_intact, fact, seen).findings
    assert (found.status, found.key, found.params["at"].value) == (Status.FAIL, "dump-cut-off", len(body.encode()))


@pytest.mark.parametrize("ending", ["gz", "xz", "zst"])
def test_so_did_a_compressed_one(one, packed, pg, ending):
    assert one(packed[ending](pg[:-40].encode()), f"db.sql.{ending}").flaw.key == "dump-cut-off"


def test_a_whole_one_gives_its_day_and_kind(one, mysql, packed):
    copy = one(packed["gz"](mysql.encode()), "db.sql.gz")
    assert (copy.kind, copy.made, copy.flaw, copy.dumps) == (CopyKind.SQL_DUMP, date(2026, 10, 31), None, 1)


@pytest.mark.parametrize("name", ["db.sql", "db.sql.gz"])
def test_a_dump_within_an_archive_is_looked_at_too(read, tar, mysql, packed, name):
    body = packed["gz"](mysql[:-60].encode()) if name.endswith("gz") else mysql[:-60].encode()
    (found,) = judge(copies_intact, *read({"all.tar": tar({name: body})})).findings
    assert (found.status, found.key) == (Status.FAIL, "dump-cut-off")


def test_among_pages_it_is_a_hint(read, tar, mysql):
    (found,) = judge(
        copies_intact, *read({"all.tar": tar({"index.html": b"x", "db.sql": mysql[:-60].encode()})})
    ).findings
    assert (found.status, found.key) == (Status.WARN, "dump-cut-off-among-others")


def test_style_sheets_and_scripts_of_a_website_are_no_dumps(read, tar):
    body = tar(
        {"a.css": b"/* reset */ p{}", "a.js": b"// x", "install.sql": b"CREATE TABLE a (id int);", "b.html": b"x"}
    )
    fact, seen = read({"web.tar": body})
    assert (seen.copies[0].dumps, judge(copies_intact, fact, seen).status) == (1, Status.PASS)


def test_sql_without_a_last_line_is_a_question(read):
    outcome = judge(copies_intact, *read({"db.sql": "SET NAMES utf8;\nINSERT INTO a VALUES (1);\n"}))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "no-last-line")


@pytest.mark.parametrize("rest", ["1\n", "1\n" * 300])
def test_a_second_dump_that_was_hung_on_and_broke_off_is_not_whole(pg, mysql, rest):
    assert (
        dumped(f"{pg}\n--\n-- PostgreSQL database dump\n--\n\nCOPY b (i) FROM stdin;\n{rest}".encode()).complete
        is False
    )


def test_the_last_line_as_a_row_of_data_is_no_end():
    body = (
        "--\n-- PostgreSQL database dump\n--\n\nCOPY a (t) FROM stdin;\n-- PostgreSQL database dump complete\nhalf a li"
    )
    assert dumped(body.encode()).complete is False


def test_what_a_tool_says_behind_the_last_line_does_no_harm(pg):
    assert dumped(f"{pg}\n关闭连接，共耗时 3 秒\n".encode()).complete
    assert dumped(pg.replace("\n", "\r\n").encode()).complete
