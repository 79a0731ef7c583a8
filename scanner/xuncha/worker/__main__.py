"""``python -m xuncha.worker RUN NUMBER``: inspects the sites whose numbers arrive on standard input.

Each settled site is answered with a line of JSON on standard output. When the input closes, the parent is gone or has
no more work, and the worker ends at once: its journals hold everything that was done. On Linux the kernel ends it with
its parent also while a plugin holds it.
"""

import asyncio
import faulthandler
import gc
import json
import logging
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from xuncha import plan as plans
from xuncha.judge import describe
from xuncha.model.reasons import Reason
from xuncha.net.loop import run
from xuncha.net.tether import CAN_TETHER, die_with
from xuncha.store.errors import DiskFullError
from xuncha.worker.board import BOARD, Board
from xuncha.worker.inspection import Inspector

BEAT = 0.5


def main() -> None:
    if CAN_TETHER:
        die_with(os.getppid())
    run_folder, number = Path(sys.argv[1]), int(sys.argv[2])
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    # A plugin that prints must not speak on the line to the parent.
    os.dup2(2, 1)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    faulthandler.enable()
    gc.disable()  # until everything is loaded: nothing of it is garbage, and looking takes 0.05 s
    plan = plans.from_json((run_folder / "plan.json").read_bytes())
    _limit_memory(plan.borders.memory)
    run(_serve(run_folder, plan, number, out))


async def _serve(run_folder: Path, plan: plans.Plan, number: int, out: BinaryIO) -> None:
    board = Board(run_folder / BOARD)
    inspector = Inspector(run_folder, plan, board.pen(number), number)
    collect_rarely()
    tasks = {asyncio.ensure_future(_beat(inspector))}
    async for line in _lines():
        tasks.add(asyncio.ensure_future(_inspect(inspector, plan.sites[int(line)], out)))
    # The parent closed the line: it has no more work, or is gone. What is still under way lies in the journals.
    os._exit(0)


async def _inspect(inspector: Inspector, site: plans.SitePlan, out: BinaryIO) -> None:
    """Settle a site and say so. What goes wrong with one site is said too, and leaves the others alone."""
    said: dict[str, object] = {"site": site.number}
    try:
        said["pages"] = await inspector.inspect(site)
    except DiskFullError:
        said["trouble"] = Reason.DISK_FULL
    except Exception as error:
        logging.getLogger("xuncha").exception("site %s", site.site.id)
        said["failed"] = describe(error)
    out.write(json.dumps(said).encode() + b"\n")


async def _lines() -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield line


async def _beat(inspector: Inspector) -> None:
    while True:
        inspector.beat(BEAT)
        await asyncio.sleep(BEAT)


def collect_rarely() -> None:
    """What is loaded by now stays; and a crawl makes many values that live long, but hardly any cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def _limit_memory(most: int) -> None:
    """A border around plugins that eat memory: RLIMIT_DATA counts what is written to, not what is merely mapped."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    limit = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
    _, given = resource.getrlimit(limit)  # kept, because the browser needs more, and has bounds of its own
    resource.setrlimit(limit, (most if given == resource.RLIM_INFINITY else min(most, given), given))


if __name__ == "__main__":
    main()
