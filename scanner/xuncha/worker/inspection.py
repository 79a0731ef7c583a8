"""One site from plan to outcomes: crawl and probes gather, checks judge, the bundle keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from xuncha.declare import CheckSpec, ProbeSpec
from xuncha.gather.probes import BoundProbe, Gathering
from xuncha.judge import BoundCheck, PageJudge, judge, settled
from xuncha.metadata import CheckMeta
from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.outcome import Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.plan import Plan, PlannedCheck, SitePlan
from xuncha.registry import Registry, load
from xuncha.worker import quarantine
from xuncha.worker.board import Pen
from xuncha.worker.journal import Journal
from xuncha.worker.watch import Watch


@dataclass(frozen=True, slots=True)
class Judges:
    """The checks of one site, ready to be called, and those whose outcome is settled already."""

    settled: tuple[Outcome, ...]
    facts: tuple[BoundCheck, ...]
    pages: tuple[PageJudge, ...]


class Inspector:
    """Everything a worker shares between its sites: loaded plugins, the board, the way to the network."""
