"""For plugin authors' tests: a ``Net`` without a network, and a judge for one check."""

from xuncha.testing.judging import SITE, judge
from xuncha.testing.net import FakeNet

__all__ = ["SITE", "FakeNet", "judge"]
