"""Lists of checksums, as ``sha256sum`` and its kin write them, or with ``--tag`` (BSD)."""

import hashlib
import posixpath
import re
from collections.abc import Iterator

_GNU = re.compile(r"^\\?([0-9A-Fa-f]{32,128})[ \t]+[*]?(.+)$")
_BSD = re.compile(r"^(MD5|SHA1|SHA-?256|SHA-?384|SHA-?512|SM3) ?\((.+)\) ?= ?([0-9A-Fa-f]{32,128})$", re.IGNORECASE)
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}

Wanted = tuple[str, str]
"""Name of an algorithm, and the checksum in lower case."""


def listed(text: str, at: str, path: str) -> tuple[Wanted, ...]:
    """The checksums that a list has for a file.

    Args:
        text: the list.
        at: its path.
        path: that of the file. Names in the list start from its folder; a bare name will do too.
    """
    folder = posixpath.dirname(at)
    names = {path, posixpath.basename(path), posixpath.relpath(path, folder or ".")}
    return tuple(wanted for name, wanted in _lines(text) if posixpath.normpath(name.replace("\\", "/")) in names)


def _lines(text: str) -> Iterator[tuple[str, Wanted]]:
    for line in text.lstrip("\ufeff").splitlines():
        if tagged := _BSD.match(line.strip()):
            yield tagged[2], (tagged[1].lower().replace("-", ""), tagged[3].lower())
        elif plain := _GNU.match(line.strip()):
            kind = _BY_LENGTH.get(len(plain[1]))
            if kind:
                yield plain[2], (kind, plain[1].lower())


def hasher(kind: str) -> "hashlib._Hash | None":
    """What computes such a checksum; None where this machine can't (SM3 with an older OpenSSL)."""
    try:
        return hashlib.new(kind, usedforsecurity=False)
    except ValueError:
        return None


def is_whole_folder(text: str) -> bool:
    """Whether a list has any checksum at all."""
    return next(_lines(text), None) is not None
