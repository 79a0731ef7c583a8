"""For plugin authors: a ``Net`` without a network, a browser without Chromium, a judge for checks, lint of rules."""

from xuncha.rules.lint import lint as lint_rules
from xuncha.testing.documents import FakeDocuments
from xuncha.testing.files import FakeFiles, evidence
from xuncha.testing.judging import NOW, SITE, earlier, gather, judge
from xuncha.testing.net import FakeNet
from xuncha.testing.rendering import FakeRenderer, rendering

__all__ = [
    "NOW",
    "SITE",
    "FakeDocuments",
    "FakeFiles",
    "FakeNet",
    "FakeRenderer",
    "earlier",
    "evidence",
    "gather",
    "judge",
    "lint_rules",
    "rendering",
]
