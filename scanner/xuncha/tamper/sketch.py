"""Similarity hashes: sketches of sets, small enough to store for every page, that tell how much two sets share.

A sketch keeps the smallest hashes of a set ("k minimum values", Bar-Yossef and others, 2002; bottom-k of Broder's
min-wise sampling). It is the set itself where that is small, and a fair sample of it where it is large. Other than
locality-sensitive digests such as TLSH it needs no minimum of text, no compiler, and says of each sampled line whether
another visit had it, which is what lets the changing lines of a page be learned.

Written as hexadecimal digits in letters (``a`` to ``p``), so that no rule for masking numbers ever touches one.
"""

from collections.abc import Collection, Iterable
from heapq import nsmallest
from struct import pack
from zlib import crc32

WIDTH = 8
"""Characters of one hash: 32 bits, with which two different lines of a page meet once in millions."""

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def sketched(features: Iterable[str], size: int) -> str:
    """The sketch of a set of texts: at most ``size`` hashes, in rising order."""
    return sketched_bytes((one.encode("utf-8", "replace") for one in features), size)


def sketched_bytes(features: Iterable[bytes], size: int) -> str:
    """The same of texts in UTF-8."""
    hashes = set(map(crc32, features))
    return written(nsmallest(size, hashes) if len(hashes) > size else hashes)


def written(hashes: Collection[int]) -> str:
    """Hashes as a sketch."""
    return pack(f">{len(hashes)}I", *sorted(hashes)).hex().translate(_LETTERS)


def parts(sketch: str) -> tuple[str, ...]:
    """The hashes in a sketch; they are ordered like the numbers that they stand for."""
    return tuple(sketch[at : at + WIDTH] for at in range(0, len(sketch), WIDTH))


def kept(before: str, now: str, size: int) -> float | None:
    """The share of the set behind ``before`` that is also in the set behind ``now``; None where ``before`` is empty.

    Hashes beyond those that ``now`` had room for tell nothing and are left out.
    """
    asked = decidable(before, now, size)
    return len(asked.intersection(parts(now))) / len(asked) if asked else None


def decidable(before: str, now: str, size: int) -> frozenset[str]:
    """The hashes of ``before`` of which ``now``, a sketch of at most ``size``, tells whether they are in its set."""
    present = parts(now)
    bound = present[-1] if len(present) >= size else ""
    return frozenset(one for one in parts(before) if not bound or one <= bound)


def common(before: str, now: str, size: int) -> str:
    """Of ``before`` what is in ``now`` too, or may be."""
    present, asked = frozenset(parts(now)), decidable(before, now, size)
    return "".join(one for one in parts(before) if one in present or one not in asked)
