"""Lists that 大汉 jcms sends along as data: ``<script type="text/xml"><datastore>``, which its jpage script unpacks.

The first page of the list is in the source, so it needs no browser; further pages come from the address in
``nextgroup``.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from xuncha.page.values import Script

MAX_STORES = 20
MAX_RECORDS = 1_000

_OPENING = "<![CDATA["
_PAGES = re.compile(r"(?i)<totalpage>\s*(\d{1,6})\s*<")
_TABLE_ROW = re.compile(r"(?i)\s*<tr[\s>]")


class Store(NamedTuple):
    """The records of one list as markup, and how many pages it has."""

    markup: str
    pages: int | None
    line: int | None


def stores(scripts: Iterable[Script]) -> Iterator[Store]:
    """The data stores of a page that hold records."""
    holding = (script for script in scripts if "<datastore" in script.inline[:200])
    for script in islice(holding, MAX_STORES):
        if records := list(islice(_records(script.inline), MAX_RECORDS)):
            box = "table" if _TABLE_ROW.match(records[0]) else "ul"
            pages = _PAGES.search(script.inline)
            yield Store(f"<{box}>{''.join(records)}</{box}>", int(pages[1]) if pages else None, script.line)


def _records(inline: str) -> Iterator[str]:
    for piece in inline.split("<record>")[1:]:
        record, end, _ = piece.partition("]]>")
        if end and record.lstrip().startswith(_OPENING):
            yield record.lstrip().removeprefix(_OPENING)
