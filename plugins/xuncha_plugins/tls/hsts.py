"""Reads Strict-Transport-Security headers as browsers do (RFC 6797). No I/O."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIRECTIVE = re.compile(r'\s*(?:([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*("[^"]*"|[^\s;"]*)\s*)?)?(?:;|\Z)')
_MAX_HEADER = 1_000
_MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Hsts:
    """The policy that a browser would keep: ``max_age`` in seconds, and what it is extended to."""

    max_age: int
    include_subdomains: bool = False
    preload: bool = False


def parse(headers: Sequence[str]) -> Hsts | None:
    """The policy in the first header; None where browsers would ignore it.

    Names of directives are case-insensitive, values may be quoted, unknown directives are skipped; a directive that
    stands twice or a missing or malformed max-age makes the header void.
    """
    directives = _directives(headers[0]) if headers else None
    if directives is None:
        return None
    age = (directives.get("max-age") or "").strip('"')
    if not (age.isascii() and age.isdigit()):
        return None
    return Hsts(int(age[:_MAX_DIGITS]), "includesubdomains" in directives, "preload" in directives)


def _directives(header: str) -> dict[str, str | None] | None:
    found: dict[str, str | None] = {}
    at = 0
    while at < min(len(header), _MAX_HEADER):
        match = _DIRECTIVE.match(header, at)
        if match is None:
            return None
        name = (match[1] or "").lower()
        if name in found:
            return None
        if name:
            found[name] = match[2]
        at = match.end()
    return found
