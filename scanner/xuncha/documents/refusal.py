"""Why a document was not read."""

from xuncha.model.reasons import Reason


class RefusedError(Exception):
    """The document has no text for us; ``reason`` is from the closed list, ``detail`` for the expert's eye."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class OutOfTimeError(BaseException):
    """The processor time is used up. No ``Exception``: libraries that swallow those must not swallow this."""
