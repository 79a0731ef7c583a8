"""What goes wrong between us and Chromium."""

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason


class BrowserError(Exception):
    """No page came of it. Whoever asked gets the ``gap``; the Chromium that it happened with is not used again."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.gap = Gap(reason, detail=detail[:500])


class CommandError(Exception):
    """Chromium refused one command, such as for a frame that is gone. The browser is sound."""


class SilentError(CommandError):
    """Chromium did not answer in time: whatever should have is busy."""
