"""Where a page stands in its site: its breadcrumb (当前位置) and the main navigation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from turbohtml import Document

from xuncha.page.outline import Outline
from xuncha.page.targets import host
from xuncha.page.values import Link

_LABEL = re.compile(  # begins with a set of characters, which is looked for fast
    r"[前在的处位当您你](?:(?<=[前在的处])\s{0,4}位\s{0,4}置(?:是|为)?(?:\s{0,4}[：:>»›→])?|(?<=位)\s{0,4}置\s{0,4}[：:>»›→]|"
    r"(?<=当)前(?:栏目|页面)\s{0,4}[：:>]|(?<=[您你])(?:现在|当前)?在(?:这里)?\s{0,4}[：:])"
)
_TRAIL_NAME = re.compile(r"(?i)crumb|breadcrumb|cur_?pos|dqwz|curmb|\bposition\b|\blocation\b|weizhi|\bpath\b|sitepath")
_TRAIL_WORDS = ("crumb", "curmb", "pos", "dqwz", "location", "weizhi", "path")
_TRAIL_SELECTOR = ", ".join(f'[{name}*="{word}" i]' for word in _TRAIL_WORDS for name in ("class", "id"))
_MARKS = re.compile(r"\s*(?:[>＞»›→/|\\]|&gt;|-{1,3}|::|·)+\s*")
_LONGEST = 300
_LONGEST_LINE = 120
_LEVELS = 5
_MOST_CRUMBS = 12
_HOME = re.compile(r"(?i)(?:网站|本站|返回)?\s?(?:首\s?页|主\s?页)|home(?:\s?page)?")
_FEWEST_ENTRIES = 4
_MOST_ENTRIES = 200
_LONGEST_ENTRY = 12
_MOST_LABELS = 5
_MENU_NAME = re.compile(r"(?i)nav|menu|daohang|\bdh\b")
_DEEPEST_ENTRY = 30
_ENTRIES = frozenset(("li", "div", "td", "p"))


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; ``target`` is "" for the last one, which is often no link."""

    text: str
    target: str


class Menu(NamedTuple):
    """The links of the main navigation with the level of each: 2 where it lies inside another entry, else 1."""

    links: tuple[Link, ...]
    levels: tuple[int, ...]


NO_MENU = Menu((), ())


def may_have_trail(document: Document, text: str) -> bool:
    """A cheap look at a page and its visible text, before it is laid out."""
    return _LABEL.search(text) is not None or document.select_one(_TRAIL_SELECTOR) is not None


def trail(outline: Outline) -> tuple[Crumb, ...]:
    """The breadcrumb; empty where there is none."""
    for found in islice(_LABEL.finditer(outline.text), _MOST_LABELS):
        if crumbs := _crumbs_around(outline, outline.element_at(found.start()), found.end()) or _written(
            outline, found
        ):
            return crumbs
    for number in _named(outline, _TRAIL_NAME, _MOST_CRUMBS):
        if crumbs := _crumbs(outline, number, outline.starts[number]):
            return crumbs
    return ()


def navigation(outline: Outline, own_host: str) -> Menu:
    """The links of the main navigation: the first row of short entries that begins with the home page."""
    homes = (
        at for at, link in enumerate(outline.links) if _HOME.fullmatch(link.text) and host(link.target) == own_host
    )
    for at in islice(homes, _MOST_LABELS):
        if menu := _menu_around(outline, outline.anchors[at]):
            return menu
    for number in _named(outline, _MENU_NAME, _MOST_ENTRIES):
        if menu := _menu(outline, number):
            return menu
    return NO_MENU


def in_menu(outline: Outline, position: int, before: int) -> bool:
    """Whether a position lies in a link of a row of short entries that ends before another position."""
    element = outline.element_at(position)
    if not outline.links_in(element):
        return False
    for _ in range(_LEVELS):
        if element <= 0 or outline.ends[element] > before:
            return False
        if _menu(outline, element):
            return True
        element = outline.parents[element]
    return False


def _crumbs_around(outline: Outline, element: int, after: int) -> tuple[Crumb, ...]:
    for _ in range(_LEVELS):
        if element <= 0 or outline.ends[element] - outline.starts[element] > _LONGEST:
            return ()
        if crumbs := _crumbs(outline, element, after):
            return crumbs
        element = outline.parents[element]
    return ()


def _crumbs(outline: Outline, element: int, after: int) -> tuple[Crumb, ...]:
    """The links of an element behind a position, and the words behind the last of them."""
    if outline.ends[element] - outline.starts[element] > _LONGEST:
        return ()
    numbers = [at for at in outline.links_in(element) if outline.starts[outline.anchors[at]] >= after]
    if not 0 < len(numbers) <= _MOST_CRUMBS:
        return ()
    steps = [(_MARKS.split(outline.links[at].text), outline.links[at].target) for at in numbers]
    crumbs = [Crumb(words, target) for parts, target in steps for words in parts if words]
    rest = outline.between(outline.ends[outline.anchors[numbers[-1]]], outline.ends[element])
    crumbs += [Crumb(words, "") for words in _MARKS.split(rest) if words]
    return tuple(crumbs)


def _written(outline: Outline, label: re.Match[str]) -> tuple[Crumb, ...]:
    """A breadcrumb without links."""
    line = outline.text[label.end() : label.end() + _LONGEST_LINE].partition("\n")[0]
    steps = [" ".join(words.split()) for words in _MARKS.split(line)]
    return tuple(Crumb(words, "") for words in steps if words) if len(steps) > 1 else ()


def _named(outline: Outline, name: re.Pattern[str], most: int) -> Iterator[int]:
    """The elements with some links whose class or id is such a name."""
    for number, node in enumerate(outline.nodes):
        if 0 < len(outline.links_in(number)) <= most:
            names = f"{outline.tags[number]} {node.attr('class') or ''} {node.attr('id') or ''}"
            if name.search(names[:200]):
                yield number


def _menu_around(outline: Outline, element: int) -> Menu | None:
    for _ in range(_LEVELS):
        element = outline.parents[element]
        if element <= 0:
            return None
        if menu := _menu(outline, element):
            return menu
    return None


def _menu(outline: Outline, element: int) -> Menu | None:
    """The links of an element, where they are enough and short enough for a menu."""
    numbers = outline.links_in(element)
    if not _FEWEST_ENTRIES <= len(numbers) <= _MOST_ENTRIES:
        return None
    named = [at for at in numbers if outline.links[at].text]
    links = tuple(outline.links[at] for at in named)
    short = sum(len(link.text) <= _LONGEST_ENTRY for link in links)
    if not links or 10 * short < 9 * len(links):
        return None
    return Menu(links, _levels([_folds_out(outline, element, at) for at in named]))


def _levels(folded: list[bool]) -> tuple[int, ...]:
    """Where all entries but the first seem to lie inside others, that is the layout and no level."""
    return (1,) * len(folded) if all(folded[1:]) else tuple(1 + inside for inside in folded)


def _folds_out(outline: Outline, menu: int, at: int) -> bool:
    """Whether link number ``at`` of a menu lies inside another entry: its list item, its box, its definition."""
    inner, items = outline.anchors[at], 0
    for _ in range(_DEEPEST_ENTRY):
        element = outline.parents[inner]
        if element <= menu:
            break
        items += outline.tags[element] == "li"
        if items > 1 or _is_head(outline, element, inner, at):
            return True
        inner = element
    return False


def _is_head(outline: Outline, element: int, inner: int, at: int) -> bool:
    """Whether an element begins with an entry's own link, and holds those of its ``inner`` element below that."""
    first = outline.firsts[element]
    if first >= outline.firsts[inner] or outline.links[first].target == outline.links[at].target:
        return False
    tag = outline.tags[element]
    if tag == "dl":
        return outline.tags[inner] == "dd" and outline.tags[element + 1] == "dt"
    several = len(outline.links_in(inner)) > 1
    return tag in _ENTRIES and (tag == "li" or (several and not _HOME.fullmatch(outline.links[first].text)))
