from datetime import UTC, datetime

import pytest

from xuncha.model.locator import LinkLocator
from xuncha.model.message import Url, params
from xuncha.model.outcome import Coverage, Finding, Outcome, Status
from xuncha.store.bundle import Bundle, RunMeta

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
