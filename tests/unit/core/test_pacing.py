"""What probes do over many things: bounded in time, a few at once, and honest about being told to end."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import NetError, Reason, a_few_at_once, in_time


async def endless():
    await asyncio.Event().wait()


async def told_to_end(work):
    """What ``work`` hands over, once it is cancelled from outside while it waits."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    task.cancel()
    return await task


def test_work_that_ends_was_in_time():
    assert asyncio.run(in_time(60, asyncio.sleep(0)))


def test_work_that_does_not_end_was_not():
    assert not asyncio.run(in_time(0, endless()))


def test_at_the_probes_deadline_what_is_there_can_be_handed_over():
    async def probe():
        return "handed over", await in_time(60, endless())

    assert asyncio.run(told_to_end(probe())) == ("handed over", False)


def test_the_work_itself_hears_that_it_has_to_end():
    heard = []

    async def listening():
        try:
            await endless()
        finally:
            heard.append("the end")

    asyncio.run(told_to_end(in_time(60, listening())))
    assert heard == ["the end"]


@pytest.mark.parametrize("further", [endless, lambda: asyncio.ensure_future(endless())])
def test_who_was_told_to_end_begins_nothing_more(further):
    async def probe():
        await in_time(60, endless())
        return await in_time(60, further())

    assert not asyncio.run(told_to_end(probe()))


def test_a_second_call_to_end_is_heard_outside_of_it():
    async def probe():
        await in_time(60, endless())
        await endless()

    async def twice():
        task = asyncio.ensure_future(probe())
        for _ in range(2):
            await asyncio.sleep(0)
            task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(twice())


@pytest.mark.parametrize("error", [NetError(Reason.TIMEOUT), TimeoutError("of the work")])
def test_errors_of_the_work_are_no_lack_of_time(error):
    async def failing():
        raise error

    with pytest.raises(type(error)):
        asyncio.run(in_time(60, failing()))


class Counting:
    """Work that notes its items, and how many were under way at most."""

    def __init__(self):
        self.done = []
        self.under_way = self.most = 0

    async def __call__(self, item):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        self.done.append(item)


@given(st.lists(st.integers(), max_size=30), st.integers(1, 9))
def test_every_item_is_done_once_and_never_more_than_a_few_at_once(items, at_once):
    work = Counting()
    asyncio.run(a_few_at_once(iter(items), work, at_once))
    assert sorted(work.done) == sorted(items)
    assert work.most == min(at_once, len(items))


def test_items_are_taken_only_when_it_is_their_turn():
    taken = []

    async def work(item):
        if item == 2:
            raise NetError(Reason.BUDGET_REACHED)

    with pytest.raises(NetError):
        asyncio.run(a_few_at_once((taken.append(one) or one for one in range(9)), work, 1))
    assert taken == [0, 1, 2]


def test_the_first_error_ends_the_others_and_is_raised_as_it_is():
    ended = []

    async def work(item):
        if item == "bad":
            raise NetError(Reason.BUDGET_REACHED)
        try:
            await endless()
        finally:
            ended.append(item)

    with pytest.raises(NetError):
        asyncio.run(a_few_at_once(["slow", "bad"], work, 2))
    assert ended == ["slow"]


def test_what_was_done_before_time_was_up_counts():
    done = []

    async def work(item):
        await endless() if item == "slow" else done.append(item)

    assert not asyncio.run(in_time(0.01, a_few_at_once(["slow", 1, 2], work, 2)))
    assert done == [1, 2]
