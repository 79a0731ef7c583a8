"""One way to start an event loop: uvloop where it exists, plain asyncio elsewhere."""

import asyncio
from collections.abc import Coroutine
from importlib.util import find_spec
from typing import Any, TypeVar

_T = TypeVar("_T")


def run(main: Coroutine[Any, Any, _T]) -> _T:
    """Run ``main`` in a new event loop, to its end."""
    if find_spec("uvloop") is None:  # Windows, and interpreters it has no wheel for
        return asyncio.run(main)
    import uvloop  # noqa: PLC0415 - optional

    return uvloop.run(main)
