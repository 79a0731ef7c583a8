"""An answer as rules see it: bounded, decoded once."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from functools import cached_property

from xuncha.model.glance import decoded, title_of
from xuncha.model.netapi import Reply
from xuncha.rules.archives import entries, unpacked

WINDOW = 65_536
"""Bytes of a body that rules look at."""

_A_SIZE = re.compile("[0-9]{1,15}")


@dataclass(frozen=True)
class Response:
    """``size`` is that of the whole content, as announced or received; ``body`` is its head, ``whole`` if it is all."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    size: int = 0
    whole: bool = True

    def header(self, name: str) -> str | None:
        """All values of a header, one per line; None where it is absent."""
        values = [value for key, value in self.headers if key == name]
        return "\n".join(values) if values else None

    @cached_property
    def text(self) -> str:
        """The head of the body as text, from its first sign on: UTF-16 that says so, UTF-8, else GB18030.

        A byte order mark or empty lines in front, which editors leave, must not hide what a file is.
        """
        return _text(self.body)

    @cached_property
    def unpacked(self) -> str:
        """The text of what a gzip file holds; of any other file its own."""
        return _text(unpacked(self.body, WINDOW))

    @cached_property
    def entries(self) -> str:
        """The names of the first entries of an archive, one per line."""
        return "\n".join(entries(self.body, WINDOW))[:WINDOW]

    @cached_property
    def title(self) -> str:
        """The words of ``<title>``."""
        return title_of(self.body)

    @cached_property
    def head(self) -> str:
        """The headers, one ``name: value`` per line."""
        return "\n".join(f"{name}: {value}" for name, value in self.headers)


def _text(body: bytes) -> str:
    utf16 = body.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = body.decode("utf-16", "replace") if utf16 else decoded(body)
    return text.lstrip("\ufeff \t\r\n")


def of_reply(reply: Reply) -> Response:
    """What rules see of a reply."""
    return response(reply.status, reply.headers, reply.body, cut=reply.truncated)


def response(status: int, headers: tuple[tuple[str, str], ...], body: bytes, *, cut: bool = False) -> Response:
    """An answer with these headers (names in lower case); ``cut``: there was more of the body."""
    announced = next((value for name, value in headers if name == "content-length"), "")
    size = int(announced) if _A_SIZE.fullmatch(announced) else 0
    size = max(size, len(body)) if cut or not body else len(body)
    return Response(status, headers, body[:WINDOW], size, whole=not cut and len(body) <= WINDOW)
