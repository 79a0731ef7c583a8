"""Which scripts of a page are read closely: to search one costs little, to read it a hundred times as much."""

from typing import NamedTuple

from xuncha.api import Script

MAX_SCRIPTS = 1_000
MAX_READ = 262_144
"""Characters of a page's scripts that are read closely, the shortest script first. Libraries are linked, not pasted."""

_TYPES = frozenset(
    ("", "text/javascript", "application/javascript", "application/x-javascript", "module", "text/ecmascript")
)
_DOES = (
    "write", "HTML", "createElement", "eval", "fromCharCode", "unescape", "atob", "userAgent", "referrer", "location",
    "setTimeout", "setInterval", "Function(", ".title", ".append", ".html(", "srcdoc", ".open", "\\x", "\\u", "'+'",
    '"+"', "' + '", '" + "', "`", ".src",
)  # fmt: skip
"""One of these stands in whatever writes, loads, hides or sends, or disguises that it does."""

_LEADS = (
    "//", "\\", "<a", "<A", "<style", "%", "fromCharCode", "atob", "decode", "reverse", ".join", "eval", ".title",
    "_0x",
)  # fmt: skip
"""And one of these in whatever leads somewhere, or disguises where."""


class Chosen(NamedTuple):
    """The scripts that are worth reading; ``whole``: there are no others that are."""

    scripts: list[Script]
    whole: bool


def chosen(scripts: tuple[Script, ...]) -> Chosen:
    """The scripts of a page that are worth reading, in their order."""
    worth = [script for script in scripts[:MAX_SCRIPTS] if is_worth(script)]
    if sum(map(_length, worth)) <= MAX_READ:
        return Chosen(worth, len(scripts) <= MAX_SCRIPTS)
    kept, room = set(), MAX_READ
    for at, script in sorted(enumerate(worth), key=lambda one: _length(one[1])):
        room -= _length(script)
        if room < 0:
            break
        kept.add(at)
    return Chosen([script for at, script in enumerate(worth) if at in kept], whole=False)


def is_worth(script: Script) -> bool:
    """Whether an inline script has anything that hides, writes or sends."""
    if not script.inline or script.type not in _TYPES:
        return False
    text = text_of(script)
    return any(sign in text for sign in _DOES) and any(sign in text for sign in _LEADS)


def text_of(script: Script) -> str:
    """The whole of an inline script."""
    return script.inline + script.rest if script.rest else script.inline


def _length(script: Script) -> int:
    return len(script.inline) + len(script.rest)
