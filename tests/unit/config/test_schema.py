import datetime as dt

import pytest
from pydantic import BaseModel, Field

from xuncha.config.schema import fault


class Model(BaseModel):
    count: int = Field(1, ge=1, le=9)
    share: float | None = Field(None, gt=0, lt=1)
    names: tuple[str, ...] = ()
    way: str = Field("a", json_schema_extra={"enum": ["fast", "slow"]})
    wait: dt.timedelta = dt.timedelta(1)
    on: bool = True


SCHEMA = Model.model_json_schema()


def said(name, value):
    found = fault(value, SCHEMA["properties"][name], SCHEMA)
    return f"{found[0].en}: {found[1].en if found[1] else ''}" if found else ""


@pytest.mark.parametrize(
    ("name", "value"),
    [("count", 9), ("count", 3.0), ("share", None), ("share", 0.5), ("names", ["a"]), ("wait", 15), ("on", False)],
)
def test_what_the_schema_allows_passes(name, value):
    assert not said(name, value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("count", 0, "0 is out of range: at least 1"),
        ("count", 2.5, "wrong type: should be a whole number"),
        ("count", True, "wrong type: should be a whole number"),
        ("share", 1, "1 is out of range: less than 1"),
        ("names", "a", "wrong type: should be a list"),
        ("names", [1], "wrong type: should be text"),
        ("way", "fats", "fats is not allowed: did you mean fast?"),
        ("on", 1, "wrong type: should be true or false"),
    ],
)
def test_what_it_does_not_allow_is_said(name, value, words):
    assert said(name, value) == words
