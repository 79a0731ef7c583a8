"""Stored runs with findings to be reviewed, in a workspace of the test's own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from xuncha.baseline import acts
from xuncha.baseline.book import Baselines
from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry
from xuncha.framework import Framework, Item, Rule
from xuncha.metadata import CheckMeta, CheckText
from xuncha.model.clock import SHANGHAI
from xuncha.model.locator import LinkLocator, PageLocator
from xuncha.model.message import Url, params
from xuncha.model.outcome import FULL, Finding, Outcome, Severity, Status, Weight
from xuncha.model.review import Reviewed, Reviews
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.profile import Budgets, Profile
from xuncha.registry import PluginRef
from xuncha.review.log import Decision, drafts, read_reviews
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.codec import dump, encode
from xuncha.store.result import Stored, build_result
from xuncha.store.snapshot import snapshot

AT = datetime(2026, 8, 4, 10, 0, tzinfo=SHANGHAI)
RUN = "20260804-090000-ab12"
DEAD, HINT, ASKED = "links.dead", "links.odd", "content.words"
MESSAGES = {"k": Text("{url} 打不开", "{url} does not open")}


def check(name):
    text = CheckText(Text(f"标题 {name}", f"title {name}"), Text("理由", "rationale"), messages=MESSAGES)
    return CheckEntry(name.partition(".")[0], per_page=False, wants=(), meta=CheckMeta(name, "1", Severity.HIGH, text))


def known():
    refs = (PluginRef("links", "m", "xuncha", "1"), PluginRef("content", "m", "xuncha", "1"))
    return Catalogue("0.1.0", tuple(map(PluginEntry, refs)), (), tuple(map(check, (DEAD, HINT, ASKED))))


def framework():
    rules = (Rule(("links.*",), Weight.MAJOR), Rule(("content.*",), Weight.MAJOR))
    return Framework("f", Text("通知", "Notice"), (Item("2.3", "3", Text("断链", "links"), "条款", rules),), "通知")


def profile():
    budgets = Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100)
    return Profile("p", Text("方案", "p"), Text("方案", "p"), "f", (), budgets)


def a_link(number, words="打不开", status=Status.FAIL, target=None):
    page, target = f"http://a.example/{number}", target or f"http://b.example/{number}"
    return Finding(LinkLocator(page, target, words, 3, 1), "k", params(url=Url(target)), status, excerpt=words)


def a_failure(*found, check=DEAD, site="a", status=Status.FAIL, coverage=FULL, more=0):
    failures = sum(one.status is Status.FAIL for one in found)
    return Outcome(site, check, "1", status, None, coverage, found, len(found) + more, failures + more)


def question(number=0):
    url = f"http://a.example/q{number}"
    found = Finding(PageLocator(url, 1), "k", params(url=Url(url)), Status.MANUAL)
    return Outcome("a", ASKED, "1", Status.MANUAL, None, FULL, (found,), 1, 0)


@dataclass
class Office:
    """A workspace with one run, and people who review it."""

    folder: Path
    bundle: Bundle

    def stored(self):
        return Stored(self.bundle, read_reviews(self.folder))

    def result(self, reviews=None):
        return build_result(self.bundle, reviews or read_reviews(self.folder))

    def outcome(self, check=DEAD):
        return next(one for one in self.result().sites[0].outcomes if one.check == check)

    def say(self, verdict, *found, by="王某某", reason="理由", check=DEAD, site="a"):
        prints = [one.fingerprint(check, site) for one in found]
        said = [Decision(one, site, check, verdict, by, reason) for one in prints]
        baselines = Baselines(self.folder)
        return acts.add(baselines, drafts(said, RUN), baselines.look(), AT)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Make a workspace whose run has these outcomes of the site ``a``."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def made(*outcomes, folder=tmp_path / "区", run=RUN):
        folder.mkdir(exist_ok=True)
        bundle = Bundle.create(folder / "runs", RunMeta(run, "finished", "p", "f", AT, versions={"xuncha": "0.1.0"}))
        site = Site("a", "区民政局", ("http://a.example/",), department="办公室")
        checks = [{"check": one.check, "version": "1"} for one in outcomes]
        bundle.write_plan(encode({"sites": [{"number": 0, "site": dump(site), "checks": checks}]}))
        bundle.write_catalogue(snapshot(known(), framework(), profile()))
        bundle.write_outcomes(0, "a", list(outcomes))
        return Office(folder, bundle)

    return made


@pytest.fixture
def said():
    """Reviews of findings without a log."""

    def of(verdict, *found, check=DEAD):
        one = Reviewed(verdict, "王某某", AT, "理由", RUN)
        return Reviews({each.fingerprint(check, "a"): one for each in found})

    return of


@pytest.fixture(scope="session")
def link():
    return a_link


@pytest.fixture(scope="session")
def failed():
    return a_failure


@pytest.fixture
def asked():
    return question()
