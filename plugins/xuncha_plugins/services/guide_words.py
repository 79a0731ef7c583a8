"""What service guides name their elements: data (``guide_words.yaml``), validated when first used."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from xuncha.api import Table, read_table
from xuncha_plugins.services.words import heading

MAX_LABEL = 24
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．:章条)]|\(\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*\)|\d{1,2}(?:\.\d{1,2})?\s*[、.．)]?|[①-⑳]|"
    r"[\[【「〖『<《◆●■▪★※*·•▶►\-—>]+)\s*"
)
_BRACKETS = re.compile(r"\([^()]{0,40}\)|[\]】」〗』>》]")
_BLANKS = re.compile(r"\s+")
_JOINTS = re.compile(r"[、,，和及与/;&]")


class _Element(Table):
    id: str
    name: str
    told: re.Pattern[str]
    not_in: frozenset[str] = frozenset()
    core: bool = False
    labels: tuple[str, ...]
    bare: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


class _Recognition(Table):
    title: re.Pattern[str]
    trail: re.Pattern[str]
    steps: re.Pattern[str]
    reports: re.Pattern[str]
    news: re.Pattern[str]
    longest_column: int
    source: re.Pattern[str]
    excluded: re.Pattern[str] = Field(alias="not")
    least: int
    least_core: int
    least_unnamed: int
    least_core_unnamed: int

    def names_guide(self, title: str) -> bool:
        """Whether a title, without the site's name, is that of a guide and not of news about one."""
        if self.title.search(title):
            return True
        return bool(self.steps.search(heading(title))) and not self.reports.search(title)

    def is_news(self, columns: Iterable[str]) -> bool | None:
        """Whether a trail leads to news or notices; False where it leads to guides, None where it tells nothing.

        The innermost column that tells decides. A long step is the title of an article and no column.
        """
        told: bool | None = None
        for name in columns:
            if len(name) <= self.longest_column and (self.news.search(name) or self.trail.search(name)):
                told = not self.trail.search(name)
        return told


class CatchAll(Table):
    """Phrases that demand whatever else; ``goes_on`` follows and ``denied`` precedes those that do not."""

    phrases: tuple[re.Pattern[str], ...]
    goes_on: re.Pattern[str]
    denied: re.Pattern[str]


class Elsewhere(Table):
    """What says that a guide goes on elsewhere: its words, links and pictures, files that are no ``forms``.

    ``form_links`` lead to forms.
    ``templates`` are what script fills; ``around`` are regions around the content.
    """

    text: re.Pattern[str]
    links: re.Pattern[str]
    forms: re.Pattern[str]
    form_links: re.Pattern[str]
    pictures: re.Pattern[str]
    adorns: re.Pattern[str]
    shown: re.Pattern[str]
    templates: re.Pattern[str]
    around: re.Pattern[str]


class Online(Table):
    """What promises online handling, what takes that back, and which links are an entry."""

    claims: re.Pattern[str]
    denied: re.Pattern[str]
    answered_no: re.Pattern[str]
    entries: re.Pattern[str]
    general: re.Pattern[str]


class _Table(Table):
    elements: tuple[_Element, ...]
    beside: tuple[str, ...]
    may_be_none: frozenset[str]
    none: re.Pattern[str]
    guides: _Recognition
    catch_all: CatchAll
    elsewhere: Elsewhere
    online: Online


@dataclass(frozen=True, slots=True)
class GuideWords:
    """The table in the forms in which it is asked.

    ``names`` keeps the order of the notice; ``told`` are patterns of what says it without naming it, with the elements
    whose values don't count for that.
    """

    names: dict[str, str]
    told: dict[str, tuple[re.Pattern[str], frozenset[str]]]
    core: frozenset[str]
    may_be_none: frozenset[str]
    none: re.Pattern[str]
    recognised: _Recognition
    catch_all: CatchAll
    elsewhere: Elsewhere
    online: Online
    inline: re.Pattern[str]
    _labels: dict[str, tuple[str, ...]]
    _short: dict[str, tuple[str, ...]]
    _with_colon: dict[str, tuple[str, ...]]

    def of_line(self, line: str) -> tuple[str, ...]:
        """The elements that a line names which holds nothing else; empty where it is no such line."""
        name = self._plain(line)
        if not 1 < len(name) <= MAX_LABEL:
            return ()
        if name in self._labels:
            return self._labels[name]
        colon = line.rstrip().endswith(("：", ":", "∶", "﹕"))
        if colon and name in self._with_colon:
            return self._with_colon[name]
        return self._of_parts(name)

    def of_label(self, label: str) -> tuple[str, ...]:
        """The elements behind a label that stands before a colon; none behind one of something else."""
        return self._labels.get(label) or self._with_colon.get(label, ())

    def _of_parts(self, name: str) -> tuple[str, ...]:
        """The elements of a joined name such as 办理时间、地点: every part must be one, the first a full one."""
        parts = [part for part in _JOINTS.split(name) if part]
        if len(parts) < 2 or parts[0] not in self._labels:  # noqa: PLR2004 - one part is no joined name
            return ()
        found = [self._labels.get(part) or self._short.get(part) for part in parts]
        return tuple(dict.fromkeys(one for each in found if each for one in each)) if all(found) else ()

    @staticmethod
    def _plain(line: str) -> str:
        if len(line) > 3 * MAX_LABEL:
            return ""
        name = unicodedata.normalize("NFKC", line).strip()
        name = _ORDINAL.sub("", _ORDINAL.sub("", name))
        return _BLANKS.sub("", _BRACKETS.sub("", name)).rstrip(":：∶.。")


@cache
def guide_words() -> GuideWords:
    """The table of ``guide_words.yaml``."""
    table = read_table(_Table, __package__, "guide_words.yaml")
    labels = _by_name([(one.id, one.labels) for one in table.elements])
    with_colon = _by_name([(one.id, one.bare) for one in table.elements])
    every = sorted({*labels, *with_colon, *table.beside}, key=lambda label: (-len(label), label))
    spaced = "|".join(r"[^\S\n]{0,4}".join(map(re.escape, label)) for label in every)
    return GuideWords(
        names={one.id: one.name for one in table.elements},
        told={one.id: (one.told, one.not_in) for one in table.elements},
        core=frozenset(one.id for one in table.elements if one.core),
        may_be_none=table.may_be_none,
        none=table.none,
        recognised=table.guides,
        catch_all=table.catch_all,
        elsewhere=table.elsewhere,
        online=table.online,
        inline=re.compile(rf"【\s?({spaced})\s?】\s?[：:]?|({spaced})(?:[（(][^（()）\n]{{0,20}}[）)])?\s?[：:∶﹕]"),
        _labels=labels,
        _short=_by_name([(one.id, one.short) for one in table.elements]),
        _with_colon=with_colon,
    )


def _by_name(pairs: list[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element, labels in pairs:
        for label in labels:
            found[label] = (*found.get(label, ()), element)
    return found
