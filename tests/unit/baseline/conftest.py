"""A workspace with approved pages, and this machine's key and memory outside of it."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from xuncha.baseline import acts
from xuncha.baseline.book import Baselines
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.packs import Kept, as_json, digest
from xuncha.model.clock import SHANGHAI
from xuncha.model.prints import Algorithms, PageKind, PagePrint

NOW = datetime(2026, 8, 10, 9, 0, tzinfo=SHANGHAI)
HOME, NEWS = "http://a.gov.example/", "http://a.gov.example/news/"


def kept(url, title="区民政局"):
    print_ = PagePrint(url, title, NOW, 0, PageKind.HOME, "d", "s", "m", 100, 90, 9, 5)
    return Kept(print_, Algorithms("dom/1", "structure/1", "words/1"))


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """The configuration folder of this machine."""
    monkeypatch.delenv("XUNCHA_SEAL_KEY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "machine"))
    return tmp_path / "machine" / "xuncha"


@pytest.fixture
def baselines(tmp_path):
    (tmp_path / "workspace").mkdir()
    return Baselines(tmp_path / "workspace")


@pytest.fixture
def approve():
    def approve(baselines, *urls, site="a", by="张三", title="区民政局"):
        """Approve pages of one site, in one act."""
        prints = [as_json(kept(url, title)) for url in urls]
        drafts = [
            Draft(Act.APPROVE, by, site, url, digest(data), run="r", look="each")
            for url, data in zip(urls, prints, strict=True)
        ]
        return acts.add(baselines, drafts, baselines.look(), NOW, {digest(data): data for data in prints})

    return approve


@pytest.fixture
def approved(baselines, approve):
    """Two pages, approved one after the other: a log of three entries."""
    approve(baselines, HOME)
    approve(baselines, NEWS)
    return baselines


@pytest.fixture
def times():
    return SimpleNamespace(now=NOW, later=NOW + timedelta(days=1))


@pytest.fixture
def urls():
    return SimpleNamespace(home=HOME, news=NEWS)
