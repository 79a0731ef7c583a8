"""Reads one form out of a page's source: old pages put forms between table rows, where a parser finds them empty."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xuncha.api import Form

MAX_FORM = 20_000
"""Characters of a form that are read."""

MAX_TAGS = 50
MAX_TAG = 3_000
MAX_FIELDS = 60
MAX_VALUE = 200

_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_START = re.compile(r"(?i)<form\b")
_FIELD = re.compile(r"""(?i)<(input|select|textarea|button|option)\b((?:"[^"]*"|'[^']*'|[^'"<>]){0,2000})>""")
_CHOSEN = re.compile(r"(?i)\b(?:selected|checked)\b")
_TEXT_TYPES = frozenset(("", "text", "search"))
_SENT = frozenset(("hidden", "text", "search", ""))


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``kind`` is ``select`` or the type of an input, ``shown`` what it shows before anything is typed."""

    name: str
    kind: str
    value: str
    shown: str = ""

    @property
    def takes_words(self) -> bool:
        """Whether a citizen types into it."""
        return self.kind in _TEXT_TYPES


@dataclass(frozen=True, slots=True)
class FormSource:
    """A form as it is written: attributes of its tag, its fields, and its source for patterns to look at."""

    attributes: dict[str, str]
    fields: tuple[Field, ...]
    source: str

    @property
    def scripted(self) -> bool:
        """Whether script has a say when the form is sent."""
        action = self.attributes.get("action", "").strip().lower()
        return "onsubmit" in self.attributes or action in {"", "#"} or action.startswith("javascript:")

    def sent_with(self, field: str) -> tuple[tuple[str, str], ...]:
        """What goes along with ``field``: hidden fields, first choices, what is ticked, and the button."""
        return tuple((one.name, one.value) for one in self.fields if one.name and one.name != field)


def form_source(page: str, form: Form) -> FormSource | None:
    """The source of ``form`` in the source of its page; None where it is not found."""
    start = _line_start(page, form.line or 1)
    action = form.action.strip()
    for found, _ in zip(_START.finditer(page, start), range(MAX_TAGS), strict=False):
        end = page.find(">", found.end(), found.end() + MAX_TAG)
        attributes = _attributes(page[found.end() : end]) if end >= 0 else {}
        if end >= 0 and attributes.get("action", "").strip()[:1000] == action[:1000]:
            source = _until_end(page, end + 1)
            return FormSource(attributes, tuple(_fields(source)), page[found.start() : end + 1] + source)
    return None


def _line_start(page: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = page.find("\n", at) + 1
        if not at:
            break
    return at


def _until_end(page: str, start: int) -> str:
    piece = page[start : start + MAX_FORM]
    ends = [at for tag in ("</form", "<form") if (at := piece.lower().find(tag)) >= 0]
    return piece[: min(ends)] if ends else piece


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag)}


def _fields(source: str) -> Iterator[Field]:
    select, button = "", False
    for number, found in enumerate(_FIELD.finditer(source)):
        if number >= MAX_FIELDS:
            return
        tag, attributes = found[1].lower(), _attributes(found[2])
        name, value = attributes.get("name", ""), attributes.get("value", "")[:MAX_VALUE]
        kind = attributes.get("type", "submit" if tag == "button" else "").lower()
        if tag == "select":
            select = name
        elif tag == "option":
            if select and (_CHOSEN.search(found[2]) or not _has_choice(source[found.start() :])):
                yield Field(select, "select", value)
                select = ""
        elif kind in _SENT or (kind in {"checkbox", "radio"} and _CHOSEN.search(found[2])):
            yield Field(name, kind, value, attributes.get("placeholder", "") or attributes.get("title", ""))
        elif kind == "submit" and name and not button:
            button = True
            yield Field(name, kind, value)


def _has_choice(source: str) -> bool:
    """Whether one of the options up to the end of this select is chosen."""
    end = source.lower().find("</select")
    return any(_CHOSEN.search(found[2]) for found in _FIELD.finditer(source, 0, max(end, 0)))
