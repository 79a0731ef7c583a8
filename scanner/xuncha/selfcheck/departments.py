"""Which form goes to whom, and what its file is called."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xuncha.inventory.values import BadCell, clean
from xuncha.model.clock import system_clock
from xuncha.model.selfcheck import Answer, Answering, Form, Question
from xuncha.model.site import Site
from xuncha.model.text import Lang, Text
from xuncha.selfcheck.answers import is_blank, parse_answer, shown

UNNAMED = Text("未登记责任部门", "no department on record")
EVERYBODY = Text("全部部门", "all departments")
_MOST_NAME = 60
_MOST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Packet:
    """The form of one department, or that of all: ``name`` is for people, ``file`` the stem of its files' names."""

    name: str
    file: str
    sites: tuple[Site, ...]
    all: bool = False


def packets(sites: Sequence[Site], form: Form, lang: Lang) -> list[Packet]:
    """One per department, in the order of the inventory, then the one for all."""
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(harmless(site.department or site.sponsor) or UNNAMED.of(lang), []).append(site)
    names = _distinct(groups)
    title = form.title.of(lang)
    made = [Packet(name, f"{title}-{names[name]}", tuple(group)) for name, group in groups.items()]
    return [*made, Packet(EVERYBODY.of(lang), f"{title}-{EVERYBODY.of(lang)}", tuple(sites), all=True)]


def _distinct(groups: Iterable[str]) -> dict[str, str]:
    """Names of departments as parts of file names; no two are the same, not even where case does not count."""
    found: dict[str, str] = {}
    taken = {EVERYBODY.zh.lower(), EVERYBODY.en.lower()}
    for name in groups:
        plain = _as_file(name)
        number, free = 1, plain
        while free.lower() in taken:
            number += 1
            free = f"{plain}-{number}"
        taken.add(free.lower())
        found[name] = free
    return found


def _as_file(name: str) -> str:
    plain = re.sub(r'[\\/:*?"<>|\s]+', "_", unicodedata.normalize("NFKC", name)).strip("._-")
    return plain[:_MOST_NAME].strip("._-") or "_"


def harmless(text: str) -> str:
    """Text of an inventory as it may stand in a cell: visible, on one line, not begun like a formula."""
    return " ".join(clean(unicodedata.normalize("NFKC", text[:1]) + text[1:]).split())[:_MOST_CELL]


def filled_in(question: Question, site: Site, said: Mapping[str, Answer], lang: Lang) -> str:
    """What stands in a cell beforehand: what was declared before, else what the inventory knows; else nothing."""
    if question.id in said:
        return harmless(shown(question, said[question.id].value).of(lang))
    return harmless(_from_inventory(question, site, lang))


def _from_inventory(question: Question, site: Site, lang: Lang) -> str:
    if not question.prefill:
        return ""
    found = getattr(site, question.prefill, None)
    if question.prefill == "operator" and not found:
        found = site.undertaker
    text = "" if found is None else str(found)
    if is_blank(text) or question.kind is Answering.TEXT:
        return text
    try:
        return shown(question, parse_answer(question, text, system_clock().date())).of(lang)
    except BadCell:
        return ""
