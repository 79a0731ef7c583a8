"""A stored run with one outcome of each status, and page text as hostile as can be."""

from dataclasses import replace
from datetime import datetime

import pytest

from xuncha import plan as plans
from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.metadata import CheckMeta, CheckText, Remedy, Role
from xuncha.model.clock import SHANGHAI
from xuncha.model.locator import LinkLocator
from xuncha.model.message import Url, params
from xuncha.model.outcome import FULL, NOTHING, Because, Finding, Outcome, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site, SiteKind
from xuncha.model.text import Text
from xuncha.registry import PluginRef
from xuncha.store.bundle import Bundle, RunMeta, new_run_id
from xuncha.store.result import build_result
from xuncha.store.snapshot import snapshot

NOW = datetime(2026, 8, 10, 9, 0, tzinfo=SHANGHAI)
HOSTILE = '"><script>alert(1)</script>{{7*7}}\x1b[31m\u202e=cmd()'
REF = PluginRef("availability", "m", "xuncha", "1")
STRANGER = PluginRef("stranger", "s", "vendor", "2")
CHECKS = {
    "availability.home-opens": Status.PASS,
    "availability.levels-open": Status.FAIL,
    "links.broken-internal": Status.WARN,
    "links.empty": Status.MANUAL,
    "icp.filing-shown": Status.NOT_APPLICABLE,
    "tls.certificate-valid": Status.INCONCLUSIVE,
    "tls.hsts": Status.ERROR,
    "stranger.one": Status.FAIL,
    "tls.known-vulnerabilities": Status.NOT_RUN,
}
REASONS = {
    Status.NOT_APPLICABLE: Reason.KIND_OF_SITE,
    Status.INCONCLUSIVE: Reason.CHALLENGED,
    Status.ERROR: Reason.RAISED,
    Status.NOT_RUN: Reason.NOT_AUTHORISED,
}
BECAUSE_OF = {Status.INCONCLUSIVE: params(url=Url("http://www.a.example/undecided"))}


def meta(check):
    words = CheckText(
        Text(f"标题 {check}", f"title {check}"),
        Text("理由", "rationale"),
        (Remedy(Role.OPERATIONS, Text("这样做", "do this")),),
        (),
        {"k": Text("{url} 有问题：{what}", "{url} is wrong: {what}")},
        problem=Text(f"问题 {check}", f"Problem {check}"),
    )
    return CheckMeta(check, "1", Severity.HIGH, words)


def outcome(check, status):
    where = LinkLocator(
        "javascript:alert(1)" if status is Status.WARN else "http://www.a.example/x", "http://b.example/", HOSTILE, 3, 0
    )
    counts = status in {Status.FAIL, Status.WARN, Status.MANUAL}
    found = Finding(
        where, "k", params(url=Url("http://b.example/" + "long/" * 40), what=HOSTILE), status, excerpt=HOSTILE
    )
    because = Because(REASONS[status], BECAUSE_OF.get(status, {})) if status in REASONS else None
    coverage = NOTHING if because else FULL
    error = "ValueError: <b>x</b>" if status is Status.ERROR else ""
    return Outcome(
        "a", check, "1", status, because, coverage, (found,) if counts else (), 70 if counts else 0, error=error
    )


@pytest.fixture(scope="session")
def result(tmp_path_factory):
    profile = load_profile("notice", roots())
    framework = load_framework("notice", roots())
    known = Catalogue(
        plugins=(PluginEntry(REF), PluginEntry(STRANGER)),
        checks=tuple(
            CheckEntry(check.split(".")[0] if "stranger" in check else "availability", False, (), meta(check))
            for check in CHECKS
        ),
    )
    site = Site("a", f"示例局{HOSTILE}", ("http://www.a.example/",), kind=SiteKind.DEPARTMENT, sponsor=HOSTILE)
    run = RunMeta(new_run_id(NOW), "finished", "notice", "notice", NOW, NOW, versions={"xuncha": "0.1.0"})
    bundle = Bundle.create(tmp_path_factory.mktemp("runs"), run)
    bundle.write_catalogue(snapshot(known, framework, profile))
    planned = tuple(plans.PlannedCheck(check, "1") for check in CHECKS)
    bundle.write_plan(
        plans.to_json(plans.Plan("notice", "notice", (REF,), (plans.SitePlan(0, site, planned),), profile.budgets))
    )
    bundle.write_outcomes(0, "a", [outcome(check, status) for check, status in CHECKS.items()])
    return build_result(bundle)


@pytest.fixture
def reviewed(result):
    """The result after somebody said the same of every finding."""

    def of(review):
        sites = (
            replace(site, outcomes=tuple(_reviewed(outcome, review) for outcome in site.outcomes))
            for site in result.sites
        )
        return replace(result, sites=tuple(sites))

    return of


def _reviewed(outcome, review):
    return replace(outcome, findings=tuple(replace(one, review=review) for one in outcome.findings))


@pytest.fixture(scope="session")
def poisoned_by(result):
    """The result in which a site says some text wherever it can."""
    return lambda payload: _poisoned(payload, result)


def _poisoned(payload, result):
    def finding(one):
        where = LinkLocator(f"http://www.a.example/{payload}", f"http://b.example/{payload}", payload, 3, 0)
        return replace(one, locator=where, message=replace(one.message, zh=payload, en=payload), excerpt=payload)

    def outcome(one):
        error = payload if one.status is Status.ERROR else ""
        return replace(one, findings=tuple(map(finding, one.findings)), error=error)

    sites = (
        replace(
            site,
            name=payload,
            sponsor=payload,
            department=payload,
            outcomes=tuple(map(outcome, site.outcomes)),
            tasks=tuple(replace(task, title=Text(payload, payload), department=payload) for task in site.tasks),
        )
        for site in result.sites
    )
    return replace(result, sites=tuple(sites))
