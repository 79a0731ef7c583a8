"""JSON that is safe to look at: characters that hide or reorder what a reader sees are written as escapes."""

import json
import re
from typing import Any

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, bidi, zero width, tags, lone surrogates. JSON escapes the C0 controls itself."""


def encode(data: Any, *, indent: int | None = 1) -> bytes:
    """``data`` as UTF-8 with a newline at its end; the same values come back, whoever reads it."""
    separators = None if indent else (",", ":")
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    return plain(text) + b"\n"


def plain(text: str) -> bytes:
    """JSON in which nothing hides, as UTF-8."""
    return _UNSEEN.sub(_escape, text).encode()


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
