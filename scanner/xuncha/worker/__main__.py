"""``python -m xuncha.worker RUN NUMBER``: inspects the sites whose numbers arrive on standard input.

Each settled site is answered with a line of JSON on standard output. When the input closes, the parent is gone or has
no more work, and the worker ends at once: its journals hold everything that was done.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from xuncha import plan as plans
from xuncha.model.reasons import Reason
from xuncha.net.loop import run
from xuncha.worker.board import Board
from xuncha.worker.inspection import Inspector

BEAT = 0.5
NO_SPACE = 28


def main() -> None:
    run_folder, number = Path(sys.argv[1]), int(sys.argv[2])
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    # A plugin that prints must not speak on the line to the parent.
    os.dup2(2, 1)
    plan = plans.from_json((run_folder / "plan.json").read_bytes())
    _limit_memory(plan.limits.memory)
    run(_serve(run_folder, plan, number, out))


async def _serve(run_folder: Path, plan: plans.Plan, number: int, out: BinaryIO) -> None:
    board = Board(run_folder / "board")
    inspector = Inspector(run_folder, plan, board.pen(number), number)
    tasks = {asyncio.ensure_future(_beat(inspector))}
    async for line in _lines():
        tasks.add(asyncio.ensure_future(_inspect(inspector, plan.sites[int(line)], out)))
    # The parent closed the line: it has no more work, or is gone. What is still under way lies in the journals.
    os._exit(0)


async def _inspect(inspector: Inspector, site: plans.SitePlan, out: BinaryIO) -> None:
    try:
        await inspector.inspect(site)
    except OSError as error:
        if error.errno != NO_SPACE:
            raise
        out.write(json.dumps({"site": site.number, "trouble": Reason.DISK_FULL}).encode() + b"\n")
    except BaseException:
        # Whatever this is, the site is not settled: die, so that the parent knows and tries it alone.
        sys.excepthook(*sys.exc_info())
        os._exit(70)
    else:
        out.write(json.dumps({"site": site.number}).encode() + b"\n")


async def _lines() -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield line


async def _beat(inspector: Inspector) -> None:
    while True:
        inspector.beat()
        await asyncio.sleep(BEAT)


def _limit_memory(most: int) -> None:
    """A border around plugins that eat memory: RLIMIT_DATA counts what is written to, not what is merely mapped."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    limit = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
    resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
