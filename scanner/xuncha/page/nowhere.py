"""Links that lead nowhere (空链接): a citizen clicks and nothing can happen.

A dead ``href`` is often alive through script, so anything that a script may bind to acquits the link: a handler, an
id, ``data-*``, a role, a class that names a control, a handler on the list item around it, a menu that folds out.
So does whatever shows it as switched off: the button of a collection that is over leads nowhere on purpose.
"""

import re

from turbohtml import Element as Node

_DEAD_END = re.compile(
    r"(?i)\s*(?:#+!?|javascript\s*:[\s;]*(?:void\s*\(?\s*(?:0|null)?\s*\)?|undefined|null|false|return\s+false|#)?[\s;]*)?\s*"
)
_LONGEST = 60
_BINDINGS = ("on", "data-", "v-", "ng-", "uk-", "lay-", "@", ":", "(")
_TOGGLES = frozenset((
    "id", "role", "name", "aria-controls", "aria-expanded", "aria-haspopup", "aria-disabled", "disabled",
))  # fmt: skip
_CONTROL = re.compile(
    r"(?i)btn|button|tab|prev|next|left|right|arrow|close|open|toggle|drop|menu|slide|swiper|carousel|page|pagin|search|"
    r"submit|share|bds|weixin|wechat|font|print|collect|favou?r|home|login|modal|pop|top|more|switch|active|cur|lang|disable|gr[ae]y|ended|expired|overdue"
)
_TO_THE_TOP = re.compile(r"(?i)(?:返回|回到?|去|至)?\s*(?:页面)?(?:顶部|页首|顶端|置顶|top|↑)|back\s+to\s+top")
_FOLDED_OUT = frozenset(("ul", "ol", "dl", "div", "nav", "table"))


def goes_nowhere(element: Node, raw: str, text: str) -> bool:
    """Whether an ``a`` or ``area`` with this ``href`` and these visible words certainly leads nowhere."""
    if len(raw) > _LONGEST or not text or _DEAD_END.fullmatch(raw) is None:
        return False
    if "#" in raw and _TO_THE_TOP.fullmatch(text):
        return False
    return not (_bound(element) or _bound_around(element) or _folds_out(element))


def _bound(element: Node) -> bool:
    attributes = element.attrs
    if any(name.startswith(_BINDINGS) or name in _TOGGLES for name in attributes):
        return True
    return _CONTROL.search(element.attr("class") or "") is not None


def _bound_around(element: Node) -> bool:
    """Whether one of the two elements around it has a handler of its own."""
    around = element.parent
    for _ in range(2):
        if not isinstance(around, Node):
            return False
        if any(name.startswith(("on", "@", "v-on")) for name in around.attrs):
            return True
        around = around.parent
    return False


def _folds_out(element: Node) -> bool:
    """Whether a list or box stands beside it, which is how menus are built."""
    beside = element.next_sibling
    while beside is not None and not isinstance(beside, Node):
        beside = beside.next_sibling
    return beside is not None and beside.tag in _FOLDED_OUT
