"""The contacts of a plan (联系方式): telephone numbers and names, and which of them can't be real."""

from collections import Counter
from collections.abc import Iterable

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
        own = list(_numbers(line, labelled=labelled or below_head))
        counted.update(shown for shown in dict.fromkeys(one.shown for one in own))
        found += own
        if own or labelled or below_head or TABLE.persons.search(line.packed):
            names += _names(line)
        if elsewhere is None and (other := TABLE.elsewhere.search(line.packed)):
            elsewhere = quote(other[0], line)
    shared = next(iter(counted.most_common(1)), ("", 0))[1]
    same = shared if len(counted) == 1 and shared >= _PERSONS else 0
    return Contacts(tuple(found[:MOST]), tuple(names[:MOST]), elsewhere, same)


def _numbers(line: Line, *, labelled: bool) -> Iterable[Contact]:
    for written, fault in numbers(line.text, labelled=labelled):
        yield Contact(starred(written), fault, quote(line.text, line))
    if labelled and (blank := TABLE.instead.search(line.text)):
        yield Contact(blank[0], Fault.PLACEHOLDER, quote(line.text, line))


def _names(line: Line) -> Iterable[Contact]:
    for found in TABLE.names.finditer(line.text):
        yield Contact(found[0], Fault.PLACEHOLDER, quote(line.text, line))
