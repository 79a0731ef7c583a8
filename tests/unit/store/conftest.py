from datetime import UTC, datetime

import pytest

from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry
from xuncha.config.errors import Place
from xuncha.framework import Framework, Item, Rule
from xuncha.metadata import CheckMeta, CheckText
from xuncha.model.basis import Basis, BasisKind
from xuncha.model.locator import LinkLocator
from xuncha.model.message import Url, params
from xuncha.model.outcome import Coverage, Finding, Outcome, Severity, Status, Weight
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.profile import Budgets, Profile, Setting
from xuncha.registry import PluginRef
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.codec import dump, encode
from xuncha.store.snapshot import snapshot

STARTED = datetime(2024, 11, 22, 2, 11, 12, tzinfo=UTC)


@pytest.fixture
def meta():
    return RunMeta("20241122-101112-ab12", "running", "notice", "notice", STARTED, versions={"xuncha": "0.1.0"}, seed=7)


@pytest.fixture
def bundle(tmp_path, meta):
    return Bundle.create(tmp_path / "runs", meta)


@pytest.fixture
def failing():
    found = Finding(
        LinkLocator("https://a.example/", "https://b.example/x", "通知公告", 12, 0),
        "gone",
        params(url=Url("https://b.example/x"), status=404),
        excerpt="链接已失效",
    )
    return Outcome("a", "links.internal", "1", Status.FAIL, None, Coverage(9, 10, complete=False), (found,), 1)


def _check(name, messages):
    text = CheckText(Text("标题", "Title"), Text("理由", "Rationale"), messages=messages)
    return CheckMeta(name, "1", Severity.HIGH, text)


@pytest.fixture
def framework():
    rules = (Rule(("links.*",), Weight.MAJOR), Rule(("tls.*",), Weight.MINOR))
    dead = Item("2.3", "一（二）3", Text("错链断链", "Dead links"), "是否存在错链、断链", rules)
    later = Item("1.1", "一（一）1", Text("信息公开", "Open information"), "是否按照目录公开", live=False)
    return Framework("notice", Text("通知", "Notice"), (later, dead), "通知")


@pytest.fixture
def catalogue():
    gone = {"gone": Text("{url} 返回 {status}", "{url} answered {status}")}
    entries = [("links", "links.internal", gone), ("tls", "tls.valid", {}), ("other", "other.links", {})]
    checks = tuple(
        CheckEntry(plugin, per_page=False, wants=(), meta=_check(name, messages)) for plugin, name, messages in entries
    )
    refs = [("links", "xuncha"), ("tls", "xuncha"), ("other", "contractor")]
    return Catalogue("0.1.0", tuple(PluginEntry(PluginRef(name, name, dist, "1")) for name, dist in refs), (), checks)


@pytest.fixture
def profile():
    basis = Basis("tool", BasisKind.TOOL_DEFAULT)
    budgets = Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100)
    settings = {"links.internal": {"tries": Setting(2, basis, Place("/home/me/notice.yaml", 3))}}
    return Profile("quick", Text("快速", "Quick"), Text("快", "Q"), "notice", (), budgets, params=settings)


@pytest.fixture
def site():
    return Site("a", "市北区政府", ("https://a.example/",), department="办公室", contacts=("张三 13812345678",))


@pytest.fixture
def stored(bundle, catalogue, framework, profile, site):
    """A bundle with plan and catalogue of one site with two checks, and nothing gathered yet."""
    checks = [{"check": "links.internal", "version": "1", "later": 1}, {"check": "tls.valid", "version": "1"}]
    bundle.write_plan(encode({"sites": [{"number": 0, "site": dump(site), "checks": checks}], "later": []}))
    bundle.write_catalogue(snapshot(catalogue, framework, profile))
    return bundle
