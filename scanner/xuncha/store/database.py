"""The database: an index over bundles, in SQLite (WAL) by default, in PostgreSQL by URL. Only the parent uses it.

It holds nothing that the bundles don't hold, so it can be thrown away and made again.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, Engine, make_url

from xuncha.model.outcome import Status
from xuncha.model.review import NO_REVIEWS, Reviews
from xuncha.model.text import Text
from xuncha.store import tables
from xuncha.store.bundle import RUN_ID, Bundle
from xuncha.store.disk import FILE_MODE, private_folder
from xuncha.store.errors import StoreError, disk_errors
from xuncha.store.mask import clean_line
from xuncha.store.result import OutcomeView, RunResult, SiteResult, build_result

PATIENCE = 5
"""Seconds to wait for another writer."""
_LOCK = 0x7875_6E63_6861
"""The advisory lock that writers share on PostgreSQL: the letters of the program's name."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as ``xuncha run list`` shows it. ``findings`` counts failures."""

    id: str
    profile: str
    framework: str
    state: str
    started: datetime
    finished: datetime | None
    sites: int
    findings: int


_PROBLEMS = (Status.FAIL, Status.WARN)
"""What a question to a person is not."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a rebuild found. ``unreadable`` names the folders that hold no readable run, and why."""

    runs: int
    sites: int
    findings: int
    unreadable: tuple[tuple[str, Text], ...] = ()


def sqlite_url(path: Path) -> str:
    """The URL of a database file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def upgrade(url: str) -> None:
    """Make the database, or bring it to the present shape.

    Raises:
        StoreError: it cannot be reached, is none, is newer than this program, or someone else writes to it.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _writing(url) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def index_run(url: str, result: RunResult, manifest: str = "") -> None:
    """Enter a run, or enter it anew; doing so twice changes nothing.

    Args:
        url: of an upgraded database.
        result: the run.
        manifest: the SHA-256 of its bundle's manifest, empty while it is not sealed.

    Raises:
        StoreError: it cannot be reached, is none, is not upgraded, or someone else writes to it.
    """
    with _writing(url) as connection:
        touched = _sites_of(connection, result.run.id) | {site.id for site in result.sites}
        connection.execute(sa.delete(tables.run).where(tables.run.c.id == result.run.id))
        _enter(connection, result, manifest)
        for site in sorted(touched):
            _settle_findings(connection, tables.sighting.c.site_id == site, tables.finding.c.site_id == site)


def rebuild(url: str, runs: Path, reviews: Reviews = NO_REVIEWS) -> Counts:
    """Empty the index and fill it from the bundles below ``runs``, in the order of their ids, as reviewed by now.

    What cannot be read is named in the counts and left out. Raises StoreError as ``index_run`` does.
    """
    unreadable = []
    with _writing(url) as connection:
        for table in (tables.finding, tables.run, tables.site):
            connection.execute(sa.delete(table))
        for folder in _run_folders(runs):
            try:
                _enter(connection, *_read(folder, reviews))
            except StoreError as error:
                unreadable.append((folder.name, error.said))
        _settle_findings(connection, sa.true(), sa.true())
        runs_found, sites = (
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in (tables.run, tables.site)
        )
        findings = connection.scalar(sa.select(sa.func.count()).where(tables.finding.c.status.in_(_PROBLEMS))) or 0
    return Counts(runs_found, sites, findings, tuple(unreadable))


def forget_runs(url: str, ids: Sequence[str]) -> None:
    """Take runs out whose bundles are gone, and the sites that no other run has seen.

    Raises StoreError as ``index_run`` does.
    """
    with _writing(url) as connection:
        for run in ids:
            touched = _sites_of(connection, run)
            connection.execute(sa.delete(tables.run).where(tables.run.c.id == run))
            for site in sorted(touched):
                _settle_findings(connection, tables.sighting.c.site_id == site, tables.finding.c.site_id == site)
        seen = sa.select(tables.visit.c.site_id)
        connection.execute(sa.delete(tables.site).where(tables.site.c.id.not_in(seen)))


def list_runs(url: str, limit: int = 100) -> tuple[RunRow, ...]:
    """The latest runs, the last one first. Raises StoreError as ``index_run`` does."""
    query = sa.select(tables.run).order_by(tables.run.c.id.desc()).limit(limit)
    with _reading(url) as connection:
        return tuple(_run_row(row) for row in connection.execute(query))


def _run_row(row: sa.Row[Any]) -> RunRow:
    return RunRow(
        id=row.id,
        profile=row.profile,
        framework=row.framework,
        state=row.state,
        started=datetime.fromisoformat(row.started),
        finished=datetime.fromisoformat(row.finished) if row.finished else None,
        sites=row.sites,
        findings=row.findings,
    )


def _run_folders(runs: Path) -> list[Path]:
    with disk_errors(runs, "list"):
        return sorted(path for path in runs.iterdir() if RUN_ID.fullmatch(path.name)) if runs.is_dir() else []


def _read(folder: Path, reviews: Reviews) -> tuple[RunResult, str]:
    bundle = Bundle.open(folder)
    return build_result(bundle, reviews), bundle.seal_digest


def _enter(connection: Connection, result: RunResult, manifest: str) -> None:
    _insert(connection, tables.run, [_run_values(result, manifest)])
    for site in result.sites:
        values = _site_values(site)
        changed = connection.execute(sa.update(tables.site).where(tables.site.c.id == site.id).values(values))
        if not changed.rowcount:
            _insert(connection, tables.site, [values])
        of_site = {"run_id": result.run.id, "site_id": site.id}
        _insert(connection, tables.visit, [of_site | _visit_values(site)])
        _insert(connection, tables.verdict, [of_site | values for values in _verdict_values(site)])
        _insert(connection, tables.outcome, [of_site | _outcome_values(outcome) for outcome in site.outcomes])
        _insert(connection, tables.sighting, [of_site | values for values in _sighting_values(site)])


def _insert(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _settle_findings(connection: Connection, which: sa.ColumnElement[bool], ours: sa.ColumnElement[bool]) -> None:
    """Make the findings anew from the sightings: first and last run, and what the last run saw."""
    seen, finding = tables.sighting.c, tables.finding
    connection.execute(sa.delete(finding).where(ours))
    span = (
        sa.select(
            seen.site_id,
            seen.fingerprint,
            sa.func.min(seen.run_id).label("first_run"),
            sa.func.max(seen.run_id).label("last_run"),
            sa.func.count().label("runs"),
        )
        .where(which)
        .group_by(seen.site_id, seen.fingerprint)
        .subquery()
    )
    last = sa.and_(
        seen.site_id == span.c.site_id, seen.fingerprint == span.c.fingerprint, seen.run_id == span.c.last_run
    )
    what = (seen.site_id, seen.fingerprint, seen.check_id, seen.status, seen.severity, seen.weight)
    rows = sa.select(*what, span.c.first_run, span.c.last_run, span.c.runs).join_from(tables.sighting, span, last)
    connection.execute(sa.insert(finding).from_select([column.name for column in finding.columns], rows))


def _sites_of(connection: Connection, run: str) -> set[str]:
    visit = tables.visit.c
    return set(connection.scalars(sa.select(visit.site_id).where(visit.run_id == run)))


def _run_values(result: RunResult, manifest: str) -> Row:
    run = result.run
    outcomes = [outcome for site in result.sites for outcome in site.outcomes]
    return {
        "id": run.id,
        "profile": clean_line(run.profile),
        "framework": clean_line(run.framework),
        "state": run.state,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
        "version": clean_line(run.versions.get("xuncha", "")),
        "sites": len(result.sites),
        "findings": sum(outcome.findings_total for outcome in outcomes if outcome.status is Status.FAIL),
        "manifest": manifest,
    }


def _site_values(site: SiteResult) -> Row:
    names = {"name": site.name, "url": site.url, "department": site.department}
    return {"id": site.id, "kind": site.kind, **{key: clean_line(value) for key, value in names.items()}}


def _visit_values(site: SiteResult) -> Row:
    stats = site.stats
    return {
        "number": site.number,
        "verdict": site.verdict,
        "pages": stats.pages,
        "requests": stats.requests,
        "bytes": stats.bytes,
        "seconds": stats.seconds,
        "cpu_seconds": stats.cpu_seconds,
    }


def _verdict_values(site: SiteResult) -> Iterator[Row]:
    for item in site.items:
        yield {"item": item.id, "verdict": item.verdict, "coverage": item.coverage}


def _outcome_values(outcome: OutcomeView) -> Row:
    return {
        "check_id": outcome.check,
        "version": clean_line(outcome.version),
        "status": outcome.status,
        "reason": outcome.reason.code if outcome.reason else None,
        "severity": outcome.severity,
        "weight": outcome.weight,
        "seen": outcome.coverage.seen,
        "known": outcome.coverage.known,
        "complete": outcome.coverage.complete,
        "unverified": outcome.unverified,
        "findings_total": outcome.findings_total,
    }


def _sighting_values(site: SiteResult) -> list[Row]:
    """Two findings with one fingerprint are the same finding."""
    rows = {
        found.fingerprint: {
            "fingerprint": found.fingerprint,
            "check_id": outcome.check,
            "status": found.status,
            "severity": outcome.severity,
            "weight": outcome.weight,
        }
        for outcome in site.outcomes
        for found in reversed(outcome.findings)
    }
    return list(rows.values())


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    with _engine(url, "BEGIN IMMEDIATE") as engine, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    with _engine(url, "BEGIN") as engine, engine.connect() as connection:
        yield connection


@contextmanager
def _engine(url: str, begin: str) -> Iterator[Engine]:
    """An engine for one piece of work, with what can go wrong put into words."""
    shown = url.partition("://")[0]
    try:
        parsed = make_url(url)
        shown = parsed.render_as_string(hide_password=True)
        engine = _sqlite(parsed, begin) if parsed.get_backend_name() == "sqlite" else sa.create_engine(parsed)
    except (exc.ArgumentError, ImportError) as error:
        why = _driver_missing(shown) if isinstance(error, ImportError) else Text(f"写法有误（{error}）", str(error))
        raise StoreError(f"{shown}: cannot be used: {why.en}", f"{shown}：无法使用：{why.zh}") from None
    try:
        yield engine
    except (exc.SQLAlchemyError, CommandError) as error:
        words = _in_words(error)
        raise StoreError(f"{shown}: {words.en}", f"{shown}：{words.zh}") from error
    finally:
        engine.dispose()


def _driver_missing(url: str) -> Text:
    if url.startswith("postgresql"):
        install = 'pip install "xuncha[postgres]"'
        return Text(f"缺少 PostgreSQL 驱动，请运行 {install}", f"the PostgreSQL driver is missing; run {install}")
    return Text("缺少该数据库的驱动，请先安装", "its driver is missing; install it first")


def _sqlite(url: URL, begin: str) -> Engine:
    """SQLite as it is safe for several processes: write-ahead log, foreign keys, transactions begun by us."""
    if url.database and url.database != ":memory:":
        _make_private(Path(url.database))
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE})

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _make_private(path: Path) -> None:
    """The file of a new database, readable by its owner only; SQLite gives its log the same mode."""
    if not path.exists():
        private_folder(path.parent)
        with disk_errors(path, "make the database"):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE))


_WORDS = (
    (
        ("connection failed", "could not connect"),
        Text(
            "连接不上数据库，请检查 xuncha.yaml 中 store 的地址、端口和账号",
            "cannot be reached; look at the host, port and account of store in xuncha.yaml",
        ),
    ),
    (
        ("locked", "lock timeout"),
        Text(
            "另一个程序正在写入（可能是另一个巡查进程），请等它结束后再试",
            "someone else writes to it (another xuncha?); wait until it has ended, then try again",
        ),
    ),
    (
        ("no such table", "does not exist", "no such column"),
        Text("索引是旧版结构，请运行 xuncha db upgrade", "has an old shape; run xuncha db upgrade"),
    ),
    (
        ("file is not a database", "malformed"),
        Text(
            "文件已损坏或不是数据库，请把它移走，再运行 xuncha db rebuild",
            "is damaged or no database; move it away, then run xuncha db rebuild",
        ),
    ),
    (
        ("locate revision",),
        Text(
            "由更新版本的巡查建立，请使用新版本，或把它移走后运行 xuncha db rebuild",
            "was made by a newer xuncha; use that one, or move it away and run xuncha db rebuild",
        ),
    ),
    (
        ("full",),
        Text("磁盘空间不足，请清理后运行 xuncha db rebuild", "the disk is full; make room, then run xuncha db rebuild"),
    ),
    (
        ("readonly", "unable to open"),
        Text(
            "无法写入，请检查文件及所在目录的权限", "cannot be written; look at the rights of the file and its folder"
        ),
    ),
)


def _in_words(error: Exception) -> Text:
    detail = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    known = next((words for tells, words in _WORDS if any(tell in detail for tell in tells)), None)
    return Text(f"{known.zh}（{detail}）", f"{known.en} ({detail})") if known else Text(detail, detail)
