"""The index over bundles."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "run",
        sa.Column("id", sa.Text, primary_key=True),
        _text("profile"),
        _text("framework"),
        _text("state"),
        _text("started"),
        sa.Column("finished", sa.Text),
        _text("version"),
        _count("sites"),
        _count("findings"),
        _text("manifest"),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Text, primary_key=True),
        _text("name"),
        _text("url"),
        _text("department"),
        sa.Column("kind", sa.Text),
    )
    _make_visit_and_verdict()
    _make_outcome()
    _make_findings()


def _make_visit_and_verdict() -> None:
    op.create_table(
        "visit",
        _of_run("visit"),
        _of_site("visit"),
        _count("number"),
        _text("verdict"),
        _count("pages"),
        _count("requests"),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("cpu_seconds", sa.Float, nullable=False),
    )
    op.create_table(
        "verdict",
        _of_run("verdict"),
        _of_site("verdict"),
        sa.Column("item", sa.Text, primary_key=True),
        _text("verdict"),
        sa.Column("coverage", sa.Float, nullable=False),
    )


def _make_outcome() -> None:
    op.create_table(
        "outcome",
        _of_run("outcome"),
        _of_site("outcome"),
        sa.Column("check_id", sa.Text, primary_key=True),
        _text("version"),
        _text("status"),
        sa.Column("reason", sa.Text),
        _text("severity"),
        _text("weight"),
        _count("seen"),
        _count("known"),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("unverified", sa.Boolean, nullable=False),
        _count("findings_total"),
    )


def _make_findings() -> None:
    what = ("check_id", "status", "severity", "weight")
    op.create_table(
        "sighting",
        _of_run("sighting"),
        _of_site("sighting"),
        sa.Column("fingerprint", sa.Text, primary_key=True),
        *(_text(name) for name in what),
    )
    op.create_index("ix_sighting_site_id_fingerprint", "sighting", ["site_id", "fingerprint"])
    op.create_table(
        "finding",
        _of_site("finding"),
        sa.Column("fingerprint", sa.Text, primary_key=True),
        *(_text(name) for name in what),
        _text("first_run"),
        _text("last_run"),
        _count("runs"),
    )
    op.create_index("ix_finding_last_run", "finding", ["last_run"])


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _of_run(table: str) -> sa.Column[Any]:
    key = sa.ForeignKey("run.id", ondelete="CASCADE", name=f"fk_{table}_run_id")
    return sa.Column("run_id", sa.Text, key, primary_key=True)


def _of_site(table: str) -> sa.Column[Any]:
    return sa.Column("site_id", sa.Text, sa.ForeignKey("site.id", name=f"fk_{table}_site_id"), primary_key=True)
