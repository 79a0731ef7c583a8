"""The journal of one site: every exchange, fact and event in the order in which they came.

A worker that is killed at any moment loses at most the record it was writing. A resumed worker replays the journal
in place of the network, so an interrupted run ends with the same result as an undisturbed one.

A record is ``length, CRC-32, payload``; the payload is a JSON line, a newline and a body, packed with zstd unless it
is short. A torn record at the end is cut off when the journal is opened.
"""

import errno
import json
import os
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard
from pydantic import TypeAdapter

from xuncha.model.crawl import Hop
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.store.errors import disk_error

_FRAME = struct.Struct("<II")
MAX_RECORD = 64_000_000
_LEVEL = 1
_SHORT = 512
"""Bytes up to which packing saves hardly anything, and takes 5 µs for each of the two notes on a page's cost."""
_PACKED = zstandard.FRAME_HEADER
_encoded = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Record:
    """One entry: ``kind`` is ``reply``, ``failure``, ``fact``, ``step`` or ``event``; ``head`` is JSON."""

    kind: str
    key: str
    head: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""


_EXCHANGES = frozenset({"reply", "failure"})

VOID = Record("void", "")
"""What an expunged record is read as."""

_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_HOPS: TypeAdapter[tuple[Hop, ...]] = TypeAdapter(tuple[Hop, ...])


class Journal:
    """Appends records and hands recorded exchanges back, each once, in the order of their key's visits.

    ``unread`` counts the exchanges that were recorded before and not handed back yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self._expand = zstandard.ZstdDecompressor().decompress
        self._recorded: dict[str, deque[int]] = {}
        self._latest: dict[int, int] = {}
        self.end = 0
        self.unread = 0
        for offset, record in self._scan():
            self._recorded.setdefault(_lookup(record.kind, record.key), deque()).append(offset)
            self.unread += record.kind in _EXCHANGES
        os.ftruncate(self._file, self.end)

    def close(self) -> None:
        os.close(self._file)

    def append(self, record: Record) -> None:
        """Write one record. It survives the death of this process from the moment this returns."""
        line = _encoded([record.kind, record.key, record.head]).encode("utf-8", "surrogatepass")
        payload = line + b"\n" + record.body
        if len(payload) > _SHORT:
            payload = self._compress(payload)
        frame = _FRAME.pack(len(payload), zlib.crc32(payload)) + payload
        self._put(frame, self.end)
        self._latest[hash(_lookup(record.kind, record.key))] = self.end
        self.end += len(frame)

    def expunge(self, kind: str, key: str) -> None:
        """Overwrite the latest record of this kind and key, so that nothing of its body stays on the disk."""
        offset = self._latest.get(hash(_lookup(kind, key)))
        if offset is None:
            return
        length, _ = _FRAME.unpack(self._at(offset, _FRAME.size))
        void = bytes(length)
        self._put(_FRAME.pack(length, zlib.crc32(void)) + void, offset)

    def take(self, kind: str, key: str) -> Record | None:
        """The next unread record of this kind and key, if the journal holds one."""
        offsets = self._recorded.get(_lookup(kind, key))
        if not offsets:
            return None
        offset = offsets.popleft()
        self._latest[hash(_lookup(kind, key))] = offset
        self.unread -= kind in _EXCHANGES
        return self._read(offset)

    def last(self, kind: str, key: str) -> Record | None:
        """The last record of this kind and key; those before it are passed over."""
        while self.take(kind, key):
            pass
        return self.latest(kind, key)

    def latest(self, kind: str, key: str) -> Record | None:
        """The last record of this kind and key that was written or taken."""
        offset = self._latest.get(hash(_lookup(kind, key)))
        return None if offset is None else self._read(offset)

    def records(self) -> Iterator[Record]:
        """Every record from the first to the last."""
        offset = 0
        while offset < self.end:
            length, _ = _FRAME.unpack(self._at(offset, _FRAME.size))
            yield self._parse(self._at(offset + _FRAME.size, length))
            offset += _FRAME.size + length

    def _scan(self) -> Iterator[tuple[int, Record]]:
        """Whole records only; ``end`` is left where the first torn one begins."""
        size = os.fstat(self._file).st_size
        while self.end + _FRAME.size <= size:
            length, checksum = _FRAME.unpack(self._at(self.end, _FRAME.size))
            after = self.end + _FRAME.size + length
            if length > MAX_RECORD or after > size:
                return
            payload = self._at(self.end + _FRAME.size, length)
            if zlib.crc32(payload) != checksum:
                return
            yield self.end, self._parse(payload)
            self.end = after

    def _read(self, offset: int) -> Record:
        length, _ = _FRAME.unpack(self._at(offset, _FRAME.size))
        return self._parse(self._at(offset + _FRAME.size, length))

    def _parse(self, payload: bytes) -> Record:
        if not payload.strip(b"\0"):
            return VOID
        if payload.startswith(_PACKED):
            payload = self._expand(payload, max_output_size=MAX_RECORD)
        line, _, body = payload.partition(b"\n")
        kind, key, head = json.loads(line.decode("utf-8", "surrogatepass"))
        return Record(kind, key, head, body)

    def _at(self, offset: int, length: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file, length, offset)
        os.lseek(self._file, offset, os.SEEK_SET)
        return os.read(self._file, length)

    def _put(self, frame: bytes, offset: int) -> None:
        try:
            written = self._write(frame, offset)
        except OSError as error:
            raise disk_error(error, self._path, "write") from error
        if written < len(frame):
            raise disk_error(OSError(errno.ENOSPC, "no space left"), self._path, "write")

    def _write(self, frame: bytes, offset: int) -> int:
        if hasattr(os, "pwrite"):
            return os.pwrite(self._file, frame, offset)
        os.lseek(self._file, offset, os.SEEK_SET)
        return os.write(self._file, frame)


def _lookup(kind: str, key: str) -> str:
    """Replies and failures answer the same question, so they share one queue."""
    return f"{'exchange' if kind in _EXCHANGES else kind} {key}"


def reply_record(url: str, reply: Reply) -> Record:
    """A reply as a record; its body is kept apart from the JSON."""
    head = _REPLY.dump_python(reply, mode="json", exclude={"body"})
    return Record("reply", url, head, reply.body)


def failure_record(url: str, error: NetError) -> Record:
    head: dict[str, object] = {"reason": str(error.reason), "detail": error.detail[:500]}
    if error.hops:
        head["hops"] = _HOPS.dump_python(error.hops, mode="json")
    return Record("failure", url, head)


def replayed(record: Record) -> Reply:
    """The recorded reply; raises the recorded NetError."""
    if record.kind == "failure":
        error = NetError(Reason(record.head["reason"]), record.head["detail"])
        error.hops = _HOPS.validate_python(record.head.get("hops", []), strict=False)
        raise error
    return _REPLY.validate_python({**record.head, "body": record.body}, strict=False)
