import asyncio
import importlib.util

import pytest

from xuncha.net.loop import run


async def loop_module():
    return type(asyncio.get_running_loop()).__module__


@pytest.mark.skipif(importlib.util.find_spec("uvloop") is None, reason="no uvloop on this system")
def test_uvloop_is_used_where_it_exists():
    assert run(loop_module()).startswith("uvloop")


def test_plain_asyncio_serves_elsewhere(monkeypatch):
    monkeypatch.setattr("xuncha.net.loop.find_spec", lambda _: None)
    assert run(loop_module()).startswith("asyncio")
