"""Text folded to the width of a terminal.

Chinese has no spaces; rich breaks at those alone and leaves half-empty lines. Here a line ends after any Chinese
character, but neither before a mark that closes nor after one that opens.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

_OPENS, _CLOSES = "（《〈「『“‘【〔", "，。；：、！？）》〉」』”’】〕…"
_UNIT = re.compile(rf"[{_OPENS}]*(?:[!-\u2000]+|\S)?[{_CLOSES}]*|\s+")


def folded(text: str, width: int) -> Iterator[str]:
    """The lines of ``text``, each at most ``width`` cells wide."""
    line = ""
    for unit in filter(None, _UNIT.findall(text)):
        if cell_len(line + unit.rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
        *whole, line = chop_cells(unit.lstrip(), width) or [""]
        yield from whole
    if line.strip():
        yield line.rstrip()
