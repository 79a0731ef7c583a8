"""A ZIP container that can't unpack to more than we allow, and its XML without declarations that explode."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from xml.parsers import expat

from xuncha.documents.refusal import RefusedError
from xuncha.model.reasons import Reason

MAX_MEMBERS = 10_000
MAX_UNPACKED = 128_000_000
"""Bytes that may be unpacked of one document, all parts together."""

BOMB = 500
"""Times its size to which no honest part unpacks; a thousand is all that the format can."""

MAX_DEPTH = 500
_CHUNK = 1 << 16
_SEPARATOR = "\x1f"
_MAIN = (".main+xml", "sheet.binary.macroEnabled.main")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Archive:
    """The members of a container by name, in their order there. Raises RefusedError on everything that is wrong.

    ``most`` bytes may be unpacked of it; what is read twice counts twice.
    """

    def __init__(self, body: bytes, most: int | None = None) -> None:
        with _refusals():
            self._zip = zipfile.ZipFile(BytesIO(body))
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._left = self._most = MAX_UNPACKED if most is None else most
        if len(self._members) > MAX_MEMBERS:
            raise RefusedError(Reason.DOCUMENT_TOO_LARGE, f"more than {MAX_MEMBERS} members")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member, piece by piece. What is unpacked counts, not what the table of contents says of it."""
        if name not in self._members:
            raise RefusedError(Reason.DOCUMENT_DAMAGED, f"{name} is missing")
        with _refusals(), self._open(name) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    self._refuse_bomb(name)
                    raise RefusedError(Reason.DOCUMENT_TOO_LARGE, f"unpacks to more than {self._most} bytes")
                yield chunk

    def _refuse_bomb(self, name: str) -> None:
        member = self._members[name]
        if member.file_size > BOMB * max(member.compress_size, 1):
            raise RefusedError(Reason.DOCUMENT_UNSAFE, f"{name} unpacks to more than {BOMB} times its size")

    def read(self, name: str, most: int) -> bytes:
        """The first bytes of a member."""
        found = b""
        for chunk in self.chunks(name):
            found += chunk
            if len(found) >= most:
                break
        return found[:most]

    def parse(self, name: str, start: Start, end: End, text: Callable[[str], None] | None = None) -> None:
        """Walk the XML of a member; element and attribute names come without their namespaces."""
        parse_xml(self.chunks(name), start, end, text)

    def vet_xml(self) -> None:
        """Look through all XML before another library parses it."""
        for name in self:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                _feed(_parser(), self.chunks(name))

    def main_parts(self) -> list[tuple[str, str]]:
        """(name, content type) of the parts that make an Office document what it is."""
        found: list[tuple[str, str]] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            kind = attributes.get("ContentType", "")
            if element == "Override" and kind.endswith(_MAIN):
                found.append((attributes.get("PartName", "").lstrip("/"), kind))

        self.parse("[Content_Types].xml", start, _nothing)
        return found

    def _open(self, name: str) -> IO[bytes]:
        member = self._members[name]
        if member.flag_bits & 1:
            raise RefusedError(Reason.DOCUMENT_ENCRYPTED, f"{name} is encrypted")
        return self._zip.open(member)


def parse_xml(chunks: Iterable[bytes], start: Start, end: End, text: Callable[[str], None] | None = None) -> None:
    """Walk XML by events, without document types and entities, and not deeper than ``MAX_DEPTH``."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RefusedError(Reason.DOCUMENT_UNSAFE, f"elements nested deeper than {MAX_DEPTH}")
        start(_local(name), {_local(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(_local(name))

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text:
        parser.CharacterDataHandler = text
    _feed(parser, chunks)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _declared
    return parser


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise RefusedError(Reason.DOCUMENT_DAMAGED, f"XML: {error}") from None


def _declared(*_: object) -> None:
    raise RefusedError(Reason.DOCUMENT_UNSAFE, "a document type declaration")


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]


def _nothing(*_: object) -> None:
    pass


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        raise RefusedError(Reason.DOCUMENT_DAMAGED, f"ZIP: {error}") from None
