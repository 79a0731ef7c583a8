import asyncio
import signal
import threading

import pytest

from xuncha.errors import CallTimeoutError
from xuncha.worker.board import IDLE
from xuncha.worker.watch import HAS_TIMER, Watch

pytestmark = [
    pytest.mark.usefixtures("alarm"),
    pytest.mark.skipif(not HAS_TIMER, reason="this system has no timer signals"),
]
NUMBERS = {"demo.one": 0, "demo.two": 1}


@pytest.fixture
def watch(board):
    return Watch(board.pen(0), 7, NUMBERS, deadline=30)


@pytest.fixture
def hasty(board):
    return Watch(board.pen(0), 7, NUMBERS, deadline=0.01)


def spin():
    while True:
        pass


def test_a_call_stands_on_the_board_while_it_lasts(watch, board):
    with watch("demo.two"):
        assert (board.read(0).site, board.read(0).call) == (7, 1)
    assert (board.read(0).site, board.read(0).call) == (IDLE, IDLE)


def test_a_name_that_the_plan_does_not_know_is_called_all_the_same(watch, board):
    with watch("demo.later"):
        assert board.read(0).call == IDLE


def test_a_call_that_does_not_end_is_interrupted(hasty):
    with pytest.raises(CallTimeoutError), hasty("demo.one"):
        spin()


def test_a_call_that_raises_leaves_the_board_clean_and_no_timer(watch, board):
    with pytest.raises(ValueError, match="own"), watch("demo.one"):
        raise ValueError("its own")
    assert board.read(0).call == IDLE
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_the_timer_rings_again_for_plugins_that_swallow_it(watch):
    with watch("demo.one"):
        _left, interval = signal.getitimer(signal.ITIMER_PROF)
    assert interval > 0


def test_outside_the_main_thread_there_is_no_timer_but_the_board(board):
    seen = []

    def work():
        with Watch(board.pen(0), 7, NUMBERS, deadline=0.001)("demo.one"):
            seen.append((board.read(0).call, signal.getitimer(signal.ITIMER_PROF)[0]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(0, 0)]


def test_a_coroutine_is_on_the_board_while_it_computes_and_not_while_it_waits(watch, board):
    seen = []

    async def probe():
        seen.append(board.read(0).call)
        await asyncio.sleep(0)
        seen.append(board.read(0).call)
        return "fact"

    async def run():
        task = asyncio.ensure_future(watch.steps("demo.two", probe()))
        await asyncio.sleep(0)
        seen.append(board.read(0).call)
        return await task

    assert asyncio.run(run()) == "fact"
    assert seen == [1, IDLE, 1]


def test_a_coroutine_that_holds_the_loop_is_interrupted(hasty):
    async def probe():
        await asyncio.sleep(0)
        spin()

    with pytest.raises(CallTimeoutError):
        asyncio.run(hasty.steps("demo.one", probe()))


def test_a_coroutine_that_merely_waits_is_not(hasty):
    async def probe():
        for _ in range(3):
            await asyncio.sleep(0.01)
        return "fact"

    assert asyncio.run(hasty.steps("demo.one", probe())) == "fact"


def test_the_steps_after_a_cancellation_are_watched_too(watch, board):
    seen = []

    async def probe():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append(board.read(0).call)
            return "what there is"

    async def run():
        task = asyncio.ensure_future(watch.steps("demo.two", probe()))
        await asyncio.sleep(0)
        task.cancel()
        return await task

    assert asyncio.run(run()) == "what there is"
    assert seen == [1]


def test_a_coroutine_that_was_never_started_can_be_closed(watch):
    async def probe():
        return "fact"

    watch.steps("demo.one", probe()).close()
