"""What an office may send: only what named people have confirmed; all of it only as a draft, marked on every page."""

from xuncha.model.review import Reviews
from xuncha.model.text import Text
from xuncha.store.bundle import Bundle
from xuncha.store.result import RunResult, build_result

DRAFT = Text("机检初稿，未经人工复核，不得外发", "Draft made by a program, reviewed by nobody, not to be sent out")
NAMED = Text("初稿", "draft")
"""What the name of a draft ends with."""


def confirmed(bundle: Bundle, reviews: Reviews) -> RunResult:
    """The result with findings, tasks and verdicts that are 属实 and nothing else; for notices and bulletins.

    A check whose findings nobody has reviewed is to be verified (待人工核实), an item that they could still change
    pending (待核实). Raises StoreError.
    """
    return build_result(bundle, reviews, official=True)
