"""Makes harmful addresses harmless before they are stored, so that no report can turn them into links again.

``hxxp://www[.]bad[.]example/x`` is what security people write: it can be read, and neither clicked nor pasted.
"""

import re

from xuncha.model.message import Url

_SCHEME = re.compile(r"(?i)\bh(?:tt|xx)p(s?):(?=//)")
_HOST_AFTER_SLASHES = re.compile(r"(?<=//)[^/?#\s]+")
_NAME = re.compile(r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])", re.ASCII)
_DOT = re.compile(r"(?<!\[)[.](?!\])")


def defanged(url: str) -> Url:
    """An address, or the name of a host, that can be read and not be opened; what is harmless already stays so."""
    text = _SCHEME.sub(_harmless, url)
    whole = "//" not in text
    return Url(_dots(text) if whole else _HOST_AFTER_SLASHES.sub(lambda found: _dots(found[0]), text, count=1))


def defanged_text(text: str) -> str:
    """Words of a page with the addresses in them made harmless."""
    text = _SCHEME.sub(_harmless, text)
    return _NAME.sub(lambda found: _dots(found[0]), _HOST_AFTER_SLASHES.sub(lambda found: _dots(found[0]), text))


def _harmless(scheme: re.Match[str]) -> str:
    return f"hxxp{scheme[1].lower()}:"


def _dots(name: str) -> str:
    return _DOT.sub("[.]", name)
