"""What scripts hide by selector or class, take off the page, or hide by the style rules that they write.

Only plain statements are read. Tabs and menus are moved like that as well: it is held against what sells alone.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from xuncha.api import parse_page
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.decoding import unfolded
from xuncha_plugins.darklinks.facts import Rule, Tag
from xuncha_plugins.darklinks.hiding import trick
from xuncha_plugins.darklinks.matching import Match, matches, parsed
from xuncha_plugins.darklinks.script_hiding import HIDING
from xuncha_plugins.darklinks.scripts import WRITES
from xuncha_plugins.darklinks.styles import read_sheet

MAX_CHOSEN = 200
"""Elements chosen in a script, and rules written by it, that are looked at."""

_REACH = 600
"""Characters after the choice of an element in which it is said what becomes of it."""

_CHOSEN = re.compile(
    r"""(?:getElementById\s{0,9}\(\s{0,9}["'](?P<id>[\w-]{1,60})"""
    r"""|getElementsByClassName\s{0,9}\(\s{0,9}["'](?P<names>[\w -]{1,60})"""
    r"""|(?:querySelector(?:All)?|\$|jQuery)\s{0,9}\(\s{0,9}["'](?P<selector>[^"'\n]{1,200}))["']\s{0,9}\)"""
)
_AT = r"(?:\s{0,9}\[\s{0,9}\w{1,20}\s{0,9}\])?"
_NAMED = re.compile(r"([A-Za-z_$][\w$]{0,40})\s{0,9}=\s{0,9}(?:document\s{0,9}\.\s{0,9})?\Z")
_EACH = re.compile(
    r"\s{0,9}\.\s{0,9}(?:forEach|each)\s{0,9}\(\s{0,9}(?:function\s{0,9})?\(?\s{0,9}([A-Za-z_$][\w$]{0,40})"
)
_HIDES = rf"""{HIDING}|\s{{0,9}}\.\s{{0,9}}(?:
  hide\s*\(|fadeOut\s*\(|remove\s*\(\s*\)|empty\s*\(\s*\)|parentNode\s*\.\s*removeChild
  |(?:inner|outer)HTML\s*=\s*(?:""|'')\s*(?:;|\Z|\n)
  |css\s*\(\s*\{{?\s*["']?display["']?\s*[,:]\s*["']none)"""
_HIDDEN = re.compile(rf"{_AT}(?:{_HIDES})", re.VERBOSE)
_CLASSED = re.compile(
    rf"""{_AT}\s{{0,9}}\.\s{{0,9}}(?:className\s*\+?=\s*|classList\s*\.\s*add\s*\(\s*|addClass\s*\(\s*"""
    r"""|setAttribute\s*\(\s*["']class["']\s*,\s*)["']\s*([\w -]{1,100}?)\s*["']"""
)
_READS_HIDDEN = re.compile(r"(?i)hid(?:e|den)|(?<![a-z])none(?![a-z])|invisible")
"""How classes of linked sheets are called that hide."""

_STYLES = ("<style", "<STYLE", "insertRule", "addRule", "cssText", '"style"', "'style'")
_PARTING = re.compile(r"[{<>;]")
_LONGEST = 300
_LINKS_SHEET = "stylesheet"
_BOX = (Tag("div"),)


def hidden_places(script: str, rules: Iterable[Rule], chains: Collection[tuple[Tag, ...]]) -> frozenset[str]:
    """The selectors of what a script hides, where one of ``chains`` lies in it; ``rules`` are those of the page."""
    hides, classed = _chosen(script)
    hiding = [rule for rule in rules if "." in rule.selector and _hides(rule)] if classed else []
    hides |= {place for place, name in classed if _READS_HIDDEN.search(name) or _hidden_as(name, hiding)}
    hides |= {rule.selector for rule in _written(script) if _hides(rule)}
    return frozenset(place for place in hides if any(_lies_in(tags, place) for tags in chains))


def written_sheets(script: str, url: str) -> Iterator[str]:
    """The style sheets that a script links to the page at ``url``."""
    if _LINKS_SHEET not in script or not WRITES.search(script):
        return
    markup = "".join(piece for piece, _ in unfolded(script).pieces if "<" in piece or ">" in piece)
    page = parse_page(f"<meta charset=utf-8>{markup}".encode("utf-8", "replace"), url=url)
    yield from (link.target for link in page.links if link.kind == "style" and link.target)


def _chosen(script: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The selectors of what is hidden, and of what is given which class."""
    hides: set[str] = set()
    classed: set[tuple[str, str]] = set()
    for found in islice(_CHOSEN.finditer(script), MAX_CHOSEN):
        place = _selector(found)
        for text in _after(script, found):
            if _HIDDEN.match(text):
                hides.add(place)
            elif given := _CLASSED.match(text):
                classed |= {(place, name) for name in given[1].split()}
    return hides, classed


def _selector(found: re.Match[str]) -> str:
    if found["id"]:
        return f"#{found['id']}"
    return "." + ".".join(found["names"].split()) if found["names"] else found["selector"].strip()


def _after(script: str, found: re.Match[str]) -> Iterator[str]:
    """What is said of the elements chosen: at once, of each, or under the name that they are given."""
    rest = script[found.end() : found.end() + _REACH]
    yield rest
    each = _EACH.match(rest)
    named = _NAMED.search(script, max(found.start() - 80, 0), found.start())
    name, where = (each[1], rest[each.end() :]) if each else (named[1], rest) if named else ("", "")
    if name:
        yield from (where[one.end() :] for one in re.finditer(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", where))


def _written(script: str) -> Iterator[Rule]:
    """The rules of the style elements that a script writes."""
    if not any(sign in script for sign in _STYLES):
        return
    pieces = [piece for piece, _ in unfolded(script).pieces]
    for text in ("".join(pieces), "}".join(pieces)):  # a rule may be put together from pieces, or be one
        css = "".join(islice(_rules(text), MAX_CHOSEN))
        yield from read_sheet(css).rules[:MAX_CHOSEN]


def _rules(text: str) -> Iterator[str]:
    """What reads as a style rule in a text, at a cost that depends on its length alone."""
    for part in text.split("}"):
        before, brace, declared = part.rpartition("{")
        selector = _PARTING.split(before[-_LONGEST:])[-1]
        if brace and selector.strip() and len(declared) <= _LONGEST:
            yield f"{selector}{{{declared}}}"


def _hides(rule: Rule) -> bool:
    return bool(trick(_BOX, Cascade((Rule("div", rule.declarations),)).styles(_BOX)))


def _hidden_as(name: str, hiding: Iterable[Rule]) -> bool:
    return any(re.search(rf"\.{re.escape(name)}(?![\w-])", rule.selector) for rule in hiding)


def _lies_in(tags: tuple[Tag, ...], place: str) -> bool:
    selector = parsed(place)
    return selector is not None and any(matches(selector, tags, at) is Match.YES for at in range(len(tags)))
