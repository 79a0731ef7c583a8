"""Tables of the index over bundles. Everything in them can be made again from the bundles (``xuncha db rebuild``).

Ids of runs sort by time, so the first and the last run of a finding are the smallest and the largest id.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _of_run() -> Column[str]:
    return Column("run_id", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)


def _of_site() -> Column[str]:
    return Column("site_id", Text, ForeignKey("site.id"), primary_key=True)


run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    Column("profile", Text, nullable=False),
    Column("framework", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("version", Text, nullable=False),
    Column("sites", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("manifest", Text, nullable=False),
)

site = Table(
    "site",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("kind", Text),
)

# One row per site and run: its verdict and what looking at it took, instead of a row per page.
visit = Table(
    "visit",
    metadata,
    _of_run(),
    _of_site(),
    Column("number", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("cpu_seconds", Float, nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    _of_run(),
    _of_site(),
    Column("item", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("coverage", Float, nullable=False),
)

outcome = Table(
    "outcome",
    metadata,
    _of_run(),
    _of_site(),
    Column("check_id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("severity", Text, nullable=False),
    Column("weight", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("unverified", Boolean, nullable=False),
    Column("findings_total", Integer, nullable=False),
)

# A finding as one run saw it.
sighting = Table(
    "sighting",
    metadata,
    _of_run(),
    _of_site(),
    Column("fingerprint", Text, primary_key=True),
    Column("check_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("weight", Text, nullable=False),
    Index(None, "site_id", "fingerprint"),
)

# A finding over all runs, as the last one saw it.
finding = Table(
    "finding",
    metadata,
    _of_site(),
    Column("fingerprint", Text, primary_key=True),
    Column("check_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("weight", Text, nullable=False),
    Column("first_run", Text, nullable=False),
    Column("last_run", Text, nullable=False),
    Column("runs", Integer, nullable=False),
    Index(None, "last_run"),
)

OF_RUN = (visit, verdict, outcome, sighting)
"""Tables whose rows belong to one run."""
