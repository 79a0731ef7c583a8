import os
import sqlite3
import stat
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from xuncha.model.outcome import Status
from xuncha.store import database, tables
from xuncha.store.database import Counts, forget_runs, index_run, list_runs, rebuild, sqlite_url, upgrade
from xuncha.store.errors import StoreError
from xuncha.store.result import build_result

FIRST, SECOND = "20241122-101112-ab12", "20241201-101112-ab12"


@pytest.fixture
def url(tmp_path):
    made = sqlite_url(tmp_path / "xuncha.db")
    upgrade(made)
    return made


@pytest.fixture
def result(stored, failing):
    stored.write_outcomes(0, "a", [failing])
    return build_result(stored)


def later(result):
    """The same result in a later run."""
    return replace(result, run=replace(result.run, id=SECOND))


def clean(result):
    """The result with no outcome left."""
    sites = tuple(replace(site, outcomes=()) for site in result.sites)
    return replace(result, sites=sites)


def rows(url, table):
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = [row._asdict() for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
    engine.dispose()
    return found


def everything(url):
    return {table.name: rows(url, table) for table in tables.metadata.sorted_tables}


def test_the_migrations_make_the_tables_that_the_code_expects(url):
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(url, result):
    index_run(url, result)
    before = everything(url)
    upgrade(url)
    assert everything(url) == before


def test_a_run_is_listed_with_its_counts(url, result):
    index_run(url, result)
    row = list_runs(url)[0]
    assert (row.id, row.profile, row.state, row.sites, row.findings) == (FIRST, "notice", "running", 1, 1)
    assert row.started == result.run.started


def test_the_latest_run_comes_first(url, result):
    index_run(url, result)
    index_run(url, later(result))
    assert [row.id for row in list_runs(url)] == [SECOND, FIRST]
    assert [row.id for row in list_runs(url, limit=1)] == [SECOND]


def test_entering_a_run_twice_changes_nothing(url, result):
    index_run(url, result)
    before = everything(url)
    index_run(url, result)
    assert everything(url) == before


def test_a_finding_knows_its_first_and_last_run(url, result):
    index_run(url, later(result))
    index_run(url, result)
    found = rows(url, tables.finding)[0]
    assert (found["first_run"], found["last_run"], found["runs"]) == (FIRST, SECOND, 2)


def test_a_finding_that_a_run_no_longer_has_is_taken_back(url, result):
    index_run(url, result)
    index_run(url, later(result))
    index_run(url, clean(later(result)))
    found = rows(url, tables.finding)[0]
    assert (found["last_run"], found["runs"]) == (FIRST, 1)
    index_run(url, clean(result))
    assert rows(url, tables.finding) == []


def test_two_findings_with_one_fingerprint_are_one(url, stored, failing):
    stored.write_outcomes(0, "a", [replace(failing, findings=failing.findings * 2)])
    index_run(url, build_result(stored))
    assert len(rows(url, tables.sighting)) == 1


def test_a_rebuild_makes_what_indexing_made(url, result, stored):
    index_run(url, result)
    before = everything(url)
    assert rebuild(url, stored.folder.parent) == Counts(runs=1, sites=1, findings=1)
    assert everything(url) == before


def test_a_question_to_a_person_is_not_counted_as_a_problem(url, stored, failing):
    asked = tuple(replace(found, status=Status.MANUAL) for found in failing.findings)
    stored.write_outcomes(0, "a", [replace(failing, status=Status.MANUAL, findings=asked)])
    upgrade(url)
    assert rebuild(url, stored.folder.parent).findings == 0


def test_a_rebuild_forgets_runs_that_are_gone(url, result, tmp_path):
    index_run(url, later(result))
    assert rebuild(url, tmp_path / "none") == Counts(0, 0, 0)
    assert list_runs(url) == ()


def test_a_rebuild_names_what_it_cannot_read(url, stored):
    broken = stored.folder.parent / SECOND
    broken.mkdir()
    counts = rebuild(url, stored.folder.parent)
    assert (counts.runs, counts.unreadable[0][0]) == (1, SECOND)
    assert "no run" in counts.unreadable[0][1].en


def test_names_that_no_database_takes_are_cleaned(url, result):
    odd = replace(result.sites[0], name="a\x00b\ud800", department="\x1b[2J")
    index_run(url, replace(result, sites=(odd,)))
    assert rows(url, tables.site)[0]["name"] == "ab"


def test_another_writer_is_named_and_nothing_is_lost(url, result, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0)
    other = sqlite3.connect(tmp_path / "xuncha.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="someone else writes to it"):
        index_run(url, result)
    assert list_runs(url) == ()
    other.execute("ROLLBACK")
    other.close()
    index_run(url, result)


def test_a_failure_half_way_leaves_the_run_as_it_was(url, result):
    index_run(url, result)
    before = everything(url)
    doubled = replace(result, sites=result.sites * 2)
    with pytest.raises(StoreError):
        index_run(url, doubled)
    assert everything(url) == before


def test_a_database_that_was_not_upgraded_says_what_to_do(tmp_path, result):
    url = sqlite_url(tmp_path / "new.db")
    with pytest.raises(StoreError, match="run xuncha db upgrade"):
        index_run(url, result)


def test_what_is_no_database_says_what_to_do(tmp_path):
    path = tmp_path / "xuncha.db"
    path.write_bytes(b"this is a text file, not a database. " * 100)
    with pytest.raises(StoreError, match="run xuncha db rebuild"):
        upgrade(sqlite_url(path))
    assert path.read_bytes().startswith(b"this is a text file")


def test_a_database_of_a_newer_program_is_left_alone(url):
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer xuncha"):
        upgrade(url)


@pytest.mark.parametrize("url", ["", "no url", "oracle+nothing://me:secret@host/x", "mysql://me:secret@host/x"])
def test_an_unusable_url_is_named_without_its_password(url):
    with pytest.raises(StoreError, match="cannot be used") as caught:
        upgrade(url)
    assert "secret" not in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_only_the_owner_may_read_the_database(url, tmp_path):
    assert stat.S_IMODE((tmp_path / "xuncha.db").stat().st_mode) == 0o600


def test_readers_do_not_wait_for_a_writer(url, tmp_path):
    other = sqlite3.connect(tmp_path / "xuncha.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert list_runs(url) == ()
    other.close()


def test_a_forgotten_run_leaves_nothing_that_only_it_saw(url, result):
    index_run(url, result)
    forget_runs(url, [FIRST])
    assert not any(everything(url).values())


def test_forgetting_a_run_settles_its_findings_anew(url, result):
    index_run(url, later(result))
    alone = everything(url)
    index_run(url, result)
    forget_runs(url, [FIRST])
    assert everything(url) == alone
