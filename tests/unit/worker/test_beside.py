"""Which parts are outlined where a page lies beside its approved picture."""

from datetime import UTC, datetime

import pytest

from xuncha.model.looks import Area, LookPrint, Setting
from xuncha.worker import beside

LOOK = LookPrint("http://a/", datetime(2026, 1, 1, tzinfo=UTC), "cells/1", Setting("c", "f", 1366), 900, True, "0", "")
LARGE, INNER, APART = Area(0, 0, 800, 400), Area(100, 100, 60, 90), Area(900, 0, 100, 100)


@pytest.mark.parametrize(
    ("boxes", "drawn"),
    [([LARGE, INNER, APART], [LARGE, APART]), ([INNER], [INNER]), ([], [])],
)
def test_a_box_within_another_is_left_out(monkeypatch, boxes, drawn):
    monkeypatch.setattr(beside, "outlined", lambda _jpeg, found, _width: found)
    assert beside._drawn(b"", boxes, LOOK) == drawn
