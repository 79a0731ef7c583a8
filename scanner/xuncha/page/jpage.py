"""Lists that 大汉 jcms sends as data: a ``<datastore>`` in a script of the page, which its jpage script unpacks.

So the first page of the list is in the source and needs no browser. The same form comes from the address that
``nextgroup`` names for the further pages.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

MAX_STORES = 20
MAX_RECORDS = 1_000

_CDATA = "<![CDATA["
_PAGES = re.compile(r"<totalpage>\s{0,9}(\d{1,6})\s{0,9}<")
_ANSWER = re.compile(r"\s*(?:<\?xml[^>]{0,200}>)?\s*<datastore")
_TABLE_ROW = re.compile(r"(?i)\s*<tr[\s>]")


class Store(NamedTuple):
    """The records of one list as markup, how many pages it has, and the line of the source it begins in."""

    markup: str
    pages: int | None
    line: int


def stores(source: str) -> Iterator[Store]:
    """The data stores of a page, or of an answer that is one, as far as they hold records."""
    parts = source.split("<datastore", MAX_STORES)
    line = 1
    for before, part in pairwise(parts):
        line += before.count("\n")
        data = part.partition("</datastore")[0]
        if records := list(islice(_records(data), MAX_RECORDS)):
            box = "table" if _TABLE_ROW.match(records[0]) else "ul"
            pages = _PAGES.search(data)
            yield Store(f"<{box}>{''.join(records)}</{box}>", int(pages[1]) if pages else None, line)


def is_store(source: str) -> bool:
    """Whether this is no page but an answer with a data store and nothing else."""
    return _ANSWER.match(source) is not None


def _records(data: str) -> Iterator[str]:
    for piece in data.split("<record>")[1:]:
        record, end, _ = piece.partition("]]>")
        if end and record.lstrip().startswith(_CDATA):
            yield record.lstrip().removeprefix(_CDATA)
