"""The hash chain: what makes a log that was tampered with look so. Pure: bytes and keys in, entries out.

The MAC of an entry is an HMAC-SHA-256 over its JSON, which holds its number and the MAC of the entry before; the first
one names the log. So no entry can be forged, changed, moved or slipped in, nor brought from another log, without the
key. A cut end shows only against what is known of the log elsewhere (``xuncha.baseline.heads``).

After a change of keys the former one need not be kept: the entry that changes it holds the SHA-256 of everything before
and is itself sealed with the new one.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from xuncha.baseline.entries import Act, Draft, Entry, read_line
from xuncha.baseline.key import Key, Keys
from xuncha.store.errors import StoreError

MOST_ENTRIES = 500_000
_MAC = 64
_CONTEXT = b"xuncha baseline 1\n"


class BrokenError(StoreError):
    """The log is not what was written."""


class ForeignKeyError(StoreError):
    """The log says that it is sealed with a key that is not here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the baselines are sealed with the key {name}, which is not on this machine",
            f"基线由密钥 {name} 封印，本机没有这把密钥",
        )
        self.name = name


@dataclass(frozen=True, slots=True)
class Chain:
    """A log that holds together. ``size`` counts the bytes of whole lines, ``torn`` those of a half one after them."""

    entries: tuple[Entry, ...] = ()
    macs: tuple[str, ...] = ()
    size: int = 0
    torn: int = 0
    key: Key | None = None

    @property
    def length(self) -> int:
        return len(self.entries)

    @property
    def head(self) -> str:
        """The MAC of the last entry, which stands for all of them."""
        return self.macs[-1] if self.macs else ""

    @property
    def workspace(self) -> str:
        """The id of the log."""
        return self.entries[0].what.workspace if self.entries else ""

    def holds(self, length: int, head: str) -> bool:
        """Whether the log once ended so."""
        return 0 < length <= self.length and hmac.compare_digest(self.macs[length - 1], head)


def seal(drafts: Sequence[Draft], after: Chain, key: Key, at: datetime) -> tuple[bytes, Chain]:
    """The lines that add ``drafts`` to a log, and what it then is. Raises StoreError where it would grow too long."""
    if after.length + len(drafts) > MOST_ENTRIES:
        raise StoreError(
            f"the log of baselines can't have more than {MOST_ENTRIES:,} entries; begin a new one with "
            "xuncha baseline reset, and approve what is still in use",
            f"基线记录最多 {MOST_ENTRIES:,} 条。请运行 xuncha baseline reset 另起记录，再核准仍在使用的页面",
        )
    entries, macs, lines = list(after.entries), list(after.macs), bytearray()
    for number, draft in enumerate(drafts, after.length + 1):
        entries.append(Entry(number, at, macs[-1] if macs else "", draft))
        body = entries[-1].line()
        macs.append(_mac(key, body))
        lines += macs[-1].encode() + b" " + body + b"\n"
    return bytes(lines), Chain(tuple(entries), tuple(macs), after.size + len(lines), 0, key)


def glimpse(data: bytes) -> tuple[int, str]:
    """Length and head of a log that can't be verified, as it says itself."""
    lines = data.split(b"\n")[:-1]
    return len(lines), lines[-1][:_MAC].decode("ascii", "replace") if lines else ""


def read_chain(data: bytes, keys: Keys) -> Chain:
    """The log in ``data``.

    Raises:
        BrokenError: a line is not what was written, or not where it was written.
        ForeignKeyError: it is sealed with another key.
    """
    lines = data.split(b"\n")
    torn = len(lines.pop())
    if not lines:
        return Chain(torn=torn)
    if len(lines) > MOST_ENTRIES:
        raise BrokenError("has more lines than a log can have", "行数超过上限")
    macs, bodies = _parted(lines)
    entries = _in_order(bodies, macs)
    begun = max(index for index, entry in enumerate(entries) if entry.what.act in (Act.START, Act.KEY))
    key = keys.named(entries[begun].what.key)
    if key is None:
        raise ForeignKeyError(entries[begun].what.key)
    for index in range(begun, len(entries)):
        if not hmac.compare_digest(macs[index], _mac(key, bodies[index])):
            raise _broken(index, "does not bear the seal", "封印不符")
    if begun:
        ends = list(accumulate(len(line) + 1 for line in lines))
        if hashlib.sha256(data[: ends[begun - 1]]).hexdigest() != entries[begun].what.over:
            raise BrokenError(f"entries before number {begun + 1} were changed", f"第 {begun + 1} 条之前的记录被改动")
    return Chain(tuple(entries), tuple(macs), len(data) - torn, torn, key)


def _parted(lines: Sequence[bytes]) -> tuple[list[str], list[bytes]]:
    macs, bodies = [], []
    for index, line in enumerate(lines):
        mac, blank, body = line.partition(b" ")
        if len(mac) != _MAC or not blank or not mac.isalnum():
            raise _broken(index, "is damaged", "已损坏")
        macs.append(mac.decode("ascii", "replace"))
        bodies.append(body)
    return macs, bodies


def _in_order(bodies: Sequence[bytes], macs: Sequence[str]) -> list[Entry]:
    """The entries, each where its number and its link say. Only the first one opens the log."""
    entries = []
    for index, body in enumerate(bodies):
        try:
            entry = read_line(body)
        except StoreError as error:
            raise _broken(index, f"is damaged ({error})", f"已损坏（{error.said.zh}）") from None
        expected = macs[index - 1] if index else ""
        if entry.number != index + 1 or entry.before != expected or (entry.what.act is Act.START) != (index == 0):
            raise _broken(
                index,
                "does not follow the one before it: something was left out, moved or slipped in",
                "与上一条不衔接：有记录被删除、调换或插入",
            )
        entries.append(entry)
    return entries


def _mac(key: Key, body: bytes) -> str:
    return key.mac(_CONTEXT + body)


def _broken(index: int, en: str, zh: str) -> BrokenError:
    return BrokenError(f"entry {index + 1} {en}", f"第 {index + 1} 条{zh}")
