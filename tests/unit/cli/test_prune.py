"""Old runs go by a command that tells, asks, and never takes the last good run of a site."""

import shutil
import sqlite3

import pytest
from click.exceptions import Abort

from xuncha.store.bundle import Bundle


@pytest.fixture
def two(xuncha, scanned):
    """An older copy of the finished run beside it, both in the index."""
    old = scanned.parent / "20200101-000000-abcd"
    shutil.copytree(scanned, old)
    meta = (old / "run.json").read_text().replace(scanned.name, old.name).replace('"started":"20', '"started":"19')
    (old / "run.json").write_text(meta)
    Bundle.open(old).seal()
    assert xuncha("db", "rebuild").code == 0
    return old, scanned


def indexed(workspace):
    with sqlite3.connect(workspace / "xuncha.db") as database:
        found = [row[0] for row in database.execute("select id from run order by id")]
    database.close()
    return found


def test_what_is_to_go_must_be_said(xuncha, scanned):
    ran = xuncha("db", "prune")
    assert ran.code == 2
    assert "--keep" in ran.err


def test_an_old_run_goes_with_its_row_in_the_index(xuncha, two):
    old, kept = two
    ran = xuncha("db", "prune", "--keep", "1", "--yes")
    assert (ran.code, old.exists(), kept.exists()) == (0, False, True)
    assert old.name in ran.out
    assert indexed(kept.parents[1]) == [kept.name]


def test_nothing_goes_where_nobody_can_be_asked(xuncha, two):
    ran = xuncha("db", "prune", "--older-than", "90d")
    assert (ran.code, two[0].exists()) == (2, True)
    assert two[0].name in ran.out


def test_a_no_removes_nothing(xuncha, two, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("xuncha.cli.prune.click.confirm", lambda *_words, **_options: (_ for _ in ()).throw(Abort()))
    assert (xuncha("db", "prune", "--keep", "1").code, two[0].exists()) == (130, True)


def test_the_last_run_of_a_site_stays_and_it_is_said_why(xuncha, scanned):
    ran = xuncha("db", "prune", "--older-than", "0d", "--yes")
    assert (ran.code, scanned.exists()) == (0, True)
    assert scanned.name in ran.err


@pytest.mark.parametrize("age", ["90 years", "-1d", "d", "١d"])
def test_an_age_that_is_none_is_a_usage_error(xuncha, scanned, age):
    assert xuncha("db", "prune", "--older-than", age).code == 2


def test_old_catalogues_go_too(xuncha, two):
    cache = two[1].parents[1] / ".cache"
    cache.mkdir(exist_ok=True)
    for name in ("a", "b"):
        (cache / f"catalogue-{name}.json").write_text("{}")
    xuncha("db", "prune", "--keep", "1", "--yes")
    assert len(list(cache.glob("catalogue-*.json"))) == 1
