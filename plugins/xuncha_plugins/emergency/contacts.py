"""The contacts of a plan (联系方式): telephone numbers and names, and which of them can't be real."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from xuncha_plugins.emergency.facts import Contact, Contacts, Fault
from xuncha_plugins.emergency.lines import Line
from xuncha_plugins.emergency.sections import quote
from xuncha_plugins.emergency.telephones import TABLE, numbers, starred

MOST = 60
_PERSONS = 3
"""Below so many, one number for all is that of a duty room."""


def contacts(lines: Iterable[Line]) -> Contacts:
    """All telephone numbers and doubtful names; the first ``MOST`` of each."""
    found: list[Contact] = []
    names: list[Contact] = []
    elsewhere = None
    counted: Counter[str] = Counter()
    below_head = False
    for line in lines:
        labelled = TABLE.telephone.search(line.packed) is not None
        below_head = line.is_row and (below_head or labelled)
        own = list(islice(_numbers(line, labelled=labelled or below_head), MOST))
        counted.update(dict.fromkeys(one.shown for one in own).keys())
        found += own
        if own or labelled or below_head or TABLE.persons.search(line.packed):
            names += islice(_names(line), MOST)
        if len(found) >= MOST:
            break
        if elsewhere is None and (other := TABLE.elsewhere.search(line.packed)):
            elsewhere = quote(other[0], line)
    shared = next(iter(counted.most_common(1)), ("", 0))[1]
    same = shared if len(counted) == 1 and shared >= _PERSONS else 0
    return Contacts(tuple(found[:MOST]), tuple(names[:MOST]), elsewhere, same)


def _numbers(line: Line, *, labelled: bool) -> Iterable[Contact]:
    written = list(islice(numbers(line.text, labelled=labelled), MOST))
    blank = TABLE.instead.search(line.text) if labelled else None
    if not written and not blank:
        return
    at = quote(line.text, line)
    yield from (Contact(starred(number), fault, at) for number, fault in written)
    if blank:
        yield Contact(blank[0], Fault.PLACEHOLDER, at)


def _names(line: Line) -> Iterable[Contact]:
    return (Contact(found[0], Fault.PLACEHOLDER, quote(line.text, line)) for found in TABLE.names.finditer(line.text))
