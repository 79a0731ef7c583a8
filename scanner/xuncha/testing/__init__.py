"""For plugin authors' tests: a ``Net`` without a network, a judge for one check, and a way to gather from pages."""

from xuncha.testing.documents import FakeDocuments
from xuncha.testing.judging import NOW, SITE, earlier, gather, judge
from xuncha.testing.net import FakeNet

__all__ = ["NOW", "SITE", "FakeDocuments", "FakeNet", "earlier", "gather", "judge"]
