"""Our own delays are not charged to a site."""

import pytest

from xuncha.net.stopwatch import TOLERATED, Stopwatch


class Hand:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def beating(hand):
    """A stopwatch that beat once, and moves the clock to each later beat."""
    watch = Stopwatch(hand)
    watch.beat(1.0)

    def beats(*moments):
        for moment in moments:
            hand.now = 100.0 + moment
            watch.beat(1.0)
        return watch

    return beats


def test_without_beats_it_is_a_clock(hand):
    assert Stopwatch(hand)() == 100.0


def test_beats_in_time_take_nothing_away(beating):
    assert beating(1.0, 2.02, 3.0)() == 103.0


def test_a_late_beat_is_time_in_which_we_stood_still(beating):
    assert beating(1.0, 5.0)() == pytest.approx(102 + TOLERATED)


def test_while_a_beat_is_overdue_the_watch_stands(beating, hand):
    watch = beating(1.0)
    hand.now = 107.0
    assert watch() == beating(9.0)() == pytest.approx(102 + TOLERATED)


def test_an_early_beat_gives_nothing_back(beating):
    assert beating(0.5, 1.2)() == pytest.approx(101.2)


def test_it_never_runs_backwards(beating):
    readings = [beating(moment)() for moment in (1.0, 4.0, 9.0, 9.5)]
    assert readings == sorted(readings)
