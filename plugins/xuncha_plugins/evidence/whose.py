"""Whose a paper is: whether it names the website's own unit, or only another one (``units.yaml``).

Names are abbreviated, sponsors and undertakers differ: so another unit's name is only ever asked about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from xuncha.api import DocumentLocator, Passage, Site, Table, host_of, masked_excerpt, read_table, without_www
from xuncha_plugins.evidence.spelling import plain

Pattern = re.Pattern[str]

SHORTEST = 3
"""Characters of a name that says whose a paper is."""

MOST_NAMES = 50
LONGEST = 400
"""Characters of a line that are looked at."""

_SIGNATURE = 30
_OFFICE = re.compile(r"^.{1,4}(?:科|股|室|处|部|组|中心)$|公司$")
_BARE_REGION = re.compile("[省市区县旗镇乡]")
_SITE_WORDS = re.compile(r"(?:政府|门户|官方|政务)*(?:网站|网|门户)$")


class _Units(Table):
    organ: Pattern
    labelled: Pattern
    about: Pattern
    others: Pattern
    before: Pattern
    region: Pattern


UNITS = read_table(_Units, __package__, "units.yaml")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file that names another unit and not the website's own; ``words`` are those in which it does."""

    unit: str
    words: str
    at: DocumentLocator


def foreign(lines: Iterable[Passage], site: Site) -> Foreign | None:
    """The first other unit that a paper is by or about; None where it names its own, or nobody."""
    own, given = own_names(site), list(lines)
    known = any(_parted(name)[0] for name in own)
    mention = _mention(own, known=known)
    if not own or any(mention.search(_bare(line.text)) for line in given):
        return None
    named = [(name, line) for line in given for name in _units(_bare(line.text[:LONGEST]))]
    full = [one for one in own if not (known and _BARE_REGION.match(one))]
    if not named or any(_same(name, one) for name, _ in named[:MOST_NAMES] for one in full):
        return None
    name, line = named[0]
    return Foreign(name, masked_excerpt(line.text), line.locator)


def own_names(site: Site) -> tuple[str, ...]:
    """By what a paper can name the website or its unit: names, without the words for a website, and hosts.

    An office within a unit (办公室, 信息科) or a company is no name of it: others have such too.
    """
    named = (site.name, _SITE_WORDS.sub("", site.name), site.sponsor, site.department, site.undertaker)
    given = (name for name in named if not _OFFICE.search(name))
    hosts = (without_www(host_of(url)) for url in site.urls)
    return tuple(dict.fromkeys(name for one in (*given, *hosts) if len(name := _bare(one)) >= SHORTEST))


def _mention(own: Iterable[str], *, known: bool) -> Pattern:
    """Any of the names; where the region is ``known``, a bare 区民政局 may be that of another region."""
    loose = "(?<![\\u4e00-\\u9fff])" if known else ""
    return re.compile("|".join((loose if _BARE_REGION.match(name) else "") + re.escape(name) for name in own))


def _bare(text: str) -> str:
    return re.sub(r"[^\S\t]+", "", plain(text)).lower()


def _units(text: str) -> Iterator[str]:
    """Units behind a label, before words of a website or a plan, or alone on a line."""
    for label in islice(UNITS.labelled.finditer(text), MOST_NAMES):
        if found := UNITS.organ.match(text, label.end()):
            yield from _clean(found[0])
    for found in islice(UNITS.organ.finditer(text), MOST_NAMES):
        alone = found.span() == (0, len(text)) and len(text) <= _SIGNATURE
        if alone or UNITS.about.match(text, found.end()):
            yield from _clean(found[0])


def _clean(name: str) -> Iterator[str]:
    bare = UNITS.before.sub("", name)
    if len(bare) >= SHORTEST and not UNITS.others.search(bare):
        yield bare


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one unit: the one abbreviates the other, and no two regions stand against that."""
    (here, name), (there, named) = _parted(one), _parted(other)
    if here and there and not (here.endswith(there) or there.endswith(here)):
        return False
    pairs = ((name, named), (one, other))
    return any(_abbreviates(*pair) or _abbreviates(*reversed(pair)) for pair in pairs)


def _parted(name: str) -> tuple[str, str]:
    """The name of the region without 区, 县, 市, and the rest of a unit's name."""
    found = UNITS.region.match(name)
    region = found[1] if found else ""
    rest = name[found.end() :] if found else name
    return re.sub(r"[省市区县旗盟州]", "", region), rest or name


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long``, in their order: 发改委 in 发展和改革委员会."""
    rest = iter(long)
    return bool(short) and all(char in rest for char in short)
