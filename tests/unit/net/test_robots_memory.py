"""Rules that are remembered for who comes back within a day."""

import pytest

from xuncha.model.crawl import Robots
from xuncha.net.robots import RobotsMemory, RobotsTxt

ORIGIN, HOUR = "http://a.gov.example", 3600.0
SHUT = RobotsTxt.parse(b"User-agent: *\nDisallow: /")


@pytest.fixture
def memory():
    """What is recalled so many hours after it was kept."""

    def recall(robots, hours):
        now = [0.0]
        kept = RobotsMemory(lambda: now[0])
        kept.keep(ORIGIN, robots)
        now[0] = hours * HOUR
        return kept.recall(ORIGIN)

    return recall


def test_rules_hold_for_a_day(memory):
    assert (memory(SHUT, 23), memory(SHUT, 25)) == (SHUT, None)


def test_what_could_not_be_read_is_asked_again_sooner(memory):
    assert memory(RobotsTxt(Robots.UNKNOWN), 7) is None


def test_an_endless_list_of_rules_is_not_kept(memory):
    many = RobotsTxt.parse(b"User-agent: *\n" + b"".join(b"Disallow: /%d\n" % number for number in range(500)))
    assert memory(many, 1) is None


def test_an_origin_that_was_never_seen_is_not_known():
    assert RobotsMemory(lambda: 0.0).recall(ORIGIN) is None
