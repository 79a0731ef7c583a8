"""For plugin authors: a ``Net`` without a network, a judge for a check, pages to gather from, lint of rules."""

from xuncha.rules.lint import lint as lint_rules
from xuncha.testing.documents import FakeDocuments
from xuncha.testing.judging import NOW, SITE, earlier, gather, judge
from xuncha.testing.net import FakeNet

__all__ = ["NOW", "SITE", "FakeDocuments", "FakeNet", "earlier", "gather", "judge", "lint_rules"]
