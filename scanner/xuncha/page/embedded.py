"""References inside other languages: CSS, ``srcset``, ``<meta>`` refresh, and the few plain shapes of script.

Nothing is executed. Only a string literal that stands alone counts: ``location.href = '/a?id=' + id`` yields
nothing. Every pattern is linear in the length of what it reads.
"""

import re
from collections.abc import Iterator
from itertools import islice

MAX_CANDIDATES = 100
"""Pictures taken from one ``srcset``."""
MAX_FRAGMENTS = 100
"""Fragments taken from one script."""

# Possessive quantifiers: what a hostile page repeats a million times is read once.
_LITERAL = r"""(?:'([^'\n<>{}]{1,2000})'|"([^"\n<>{}]{1,2000})")"""
_ALONE = r"\s*+(?:[;,)}]|$|(?<=\n))"
_NAVIGATION = re.compile(
    r"(?<![\w$])location(?:\s*+\.\s*+href)?\s*+=\s*+" + _LITERAL + _ALONE
    + r"|(?<![\w$])location\s*+\.\s*+(?:assign|replace)\s*+\(\s*+" + _LITERAL + r"\s*+\)"
    + r"|(?<![\w$])(?:window|self|top|parent)\s*+\.\s*+(?:open|navigate)\s*+\(\s*+" + _LITERAL + r"\s*+[,)]"
)  # fmt: skip
_FRAGMENT = re.compile(r"(?:\$|\bjQuery)\s*+(?:\([^()\n]{0,200}\)\s*+)?\.\s*+load\s*+\(\s*+" + _LITERAL + r"\s*+[,)]")
_WRITTEN = re.compile(r"\bdocument\s*+\.\s*+write(?:ln)?\s*+\(\s*+" + _LITERAL + r"\s*+\)")
_REFRESH = re.compile(r"(?is)\s*+[\d.]++\s*+[;,]?\s*+(?<=[;,\s])(?:url\s*+=\s*+)?(?:'([^']*+)|\"([^\"]*+)|(.+))")
_CSS_COMMENT = re.compile(r"(?s)/\*.*?(?:\*/|\Z)")
_CSS_NAMESPACE = re.compile(r"(?i)@namespace[^;]*+")
_CSS_URL = re.compile(
    r"""(?i)(?:@import\s*+(?:url\(\s*+)?(?:"([^"\n]*+)"|'([^'\n]*+)'|([^\s"'();]++))"""
    r"""|url\(\s*+(?:"([^"\n]*+)"|'([^'\n]*+)'|([^\s"'()]++))\s*+\))"""
)
_URL_RUN = re.compile(r"[\s,]*+([^\s]++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]++|\([^)]*+\)?)*+,?")


def navigations(script: str) -> list[str]:
    """Where plain statements of ``script`` lead: assignments to ``location``, and ``window.open``."""
    return [_one(found) for found in _NAVIGATION.findall(script)]


def fragments(script: str) -> Iterator[str]:
    """The pieces of HTML that jQuery's ``load`` puts into the page; a selector after the URL is cut off."""
    for found in islice(_FRAGMENT.finditer(script), MAX_FRAGMENTS):
        before = script[max(found.start() - 200, 0) : found.start()]
        if "//" not in before.rpartition("\n")[2] and (words := _one(found.groups("")).split()):
            yield words[0]


def written(script: str) -> str:
    """The words that a script of one plain ``document.write`` puts where it stands."""
    found = _WRITTEN.search(script)
    return _one(found.groups("")) if found else ""


def refresh(content: str) -> str:
    """The URL of a ``<meta http-equiv=refresh>``; empty where the page only reloads itself."""
    found = _REFRESH.match(content)
    return _one(found.groups("")).strip() if found else ""


def srcset(text: str) -> Iterator[str]:
    """The URLs of an image candidate list (HTML §4.8.4.2.1)."""
    at = 0
    for _ in range(MAX_CANDIDATES):
        found = _URL_RUN.match(text, at)
        if found is None:
            return
        url, at = found[1], found.end()
        if not url.endswith(","):
            descriptors = _DESCRIPTORS.match(text, at)
            at = descriptors.end() if descriptors else len(text)
        if url := url.rstrip(","):
            yield url


def css_urls(css: str) -> Iterator[tuple[str, bool]]:
    """The URLs of a style sheet or a style attribute, each with whether it is an ``@import``."""
    for found in _CSS_URL.findall(_CSS_NAMESPACE.sub("", _CSS_COMMENT.sub("", css))):
        url = _one(found).strip()
        if url and not url.lower().startswith(("#", "data:", "about:", "javascript:")):
            yield url, any(found[:3])


def _one(groups: tuple[str, ...]) -> str:
    return next(filter(None, groups), "")
