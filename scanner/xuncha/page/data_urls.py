"""Texts that stand in an address itself: ``data:text/javascript;base64,…``."""

import base64
import binascii
from urllib.parse import unquote_to_bytes

MAX_URL = 262_144
"""Characters of an address that are read; of a longer one nothing is."""

_SCHEME = "data:"


def data_text(url: str) -> str:
    """The text in an address; empty for other addresses and for what can't be read."""
    if url[: len(_SCHEME)].lower() != _SCHEME or len(url) > MAX_URL:
        return ""
    kind, comma, data = url[len(_SCHEME) :].partition(",")
    read = unquote_to_bytes(data) if comma else b""
    if kind.rstrip().lower().endswith(";base64"):
        try:
            read = base64.b64decode(b"".join(read.split()) + b"==")
        except binascii.Error:
            return ""
    return read.decode("utf-8", "replace")
