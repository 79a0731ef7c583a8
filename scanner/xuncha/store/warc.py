"""Captures (取证记录): pages promoted to WARC (ISO 28500), masked, one gzip member per record.

A capture is a ``response`` record, or a ``conversion`` where a browser ran the scripts of the page, and a ``metadata``
record that says how it was taken. Of a page with a state-secret
mark only a ``metadata`` record is kept: URL, time and hash (law 11). Captures of a site are numbered from 0; evidence
ids are ``warc:<site number>:<capture number>``, so that a resumed run names them as an undisturbed one does.
"""

import base64
import gzip
import hashlib
import html
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from xuncha import __version__
from xuncha.model.netapi import Reply
from xuncha.model.rendered import RENDERED
from xuncha.store.disk import FILE_MODE, open_regular
from xuncha.store.errors import StoreError, disk_errors
from xuncha.store.mask import clean_line, has_secret_mark, mask_bytes, mask_text, mask_url

MAX_PER_SITE = 200_000_000
MAX_RECORD = 64_000_000
EXPOSED_FILE = 256
"""Of exposed files no more bytes than this are kept."""
Notes = dict[str, str]
_BODIES = frozenset({"response", "conversion"})
_CHUNK = 1 << 16
_LEVEL = 4  # level 6 takes half as long again for four per cent less
# ★ in UTF-8, in GB18030 and as HTML writes it.
_STARS = (b"\xe2\x98\x85", b"\xa1\xef", b"&#9733", b"&#x2605", b"&star", b"&bigstar")
_EVIDENCE = re.compile(r"warc:([0-9]{1,9}):([0-9]{1,9})")
_RECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_COOKIE_VALUE = re.compile(r"(?<==)[^;]*")
_NO_TOKEN = re.compile(r"[^!#-'*+.0-9A-Z^-z|~-]")


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture as it was stored. ``notes`` are the fields of its metadata record.

    ``body`` is masked where ``notes["masked"]`` says so, empty for a page with a state-secret mark.
    """

    url: str
    fetched_at: datetime | None
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    address: str = ""
    notes: Notes = field(default_factory=dict)

    @property
    def withheld(self) -> bool:
        """Whether the page bore a state-secret mark, so that nothing of it was kept."""
        return self.notes.get("withheld") == "state-secret-mark"


class Captures:
    """Writes the captures of one site; reopening it after a crash goes on after the last whole one."""

    def __init__(self, path: Path, site: int, most_bytes: int = MAX_PER_SITE) -> None:
        """Open or make ``path``; ``most_bytes`` bounds the file, compressed."""
        self._path = path
        self._site = site
        self._most = most_bytes
        self.left_out = 0
        with disk_errors(path, "open"):
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            # Unbuffered: bytes that a full disk refused must not come back with a later write.
            self._file = os.fdopen(os.open(path, flags, FILE_MODE), "r+b", buffering=0)
        self._taken: dict[str, int] = {}
        self._end = self._recover()
        if not self._end:
            self._append([_about()])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Make everything outlive a power cut, and let go of the file."""
        with disk_errors(self._path, "write"), self._file:
            os.fsync(self._file.fileno())

    def promote(self, reply: Reply, *, text: str = "", most: int | None = None) -> str:
        """Keep a reply as evidence.

        Args:
            reply: the body decoded from its transfer and content codings.
            text: the visible text, in which a state-secret mark is looked for; without it, in the body.
            most: keep no more bytes of the body (``EXPOSED_FILE`` for files that should not be public).

        Returns:
            The evidence id, the same one for the same page; empty when the site's share of the disk is used up.

        Raises:
            StoreError: the disk is full, or refuses; what was kept before is whole.
        """
        digest = hashlib.sha256(reply.body).hexdigest()
        key = _key(reply.final_url, digest)
        if key not in self._taken:
            number = len(self._taken)
            notes = {"capture": str(number), "sha256": digest}
            secret = has_secret_mark(text or rough_text(reply.body))
            if not self._append(_withheld(reply, notes) if secret else _records(reply, notes, most)):
                self.left_out += 1
                return ""
            self._taken[key] = number
        return f"warc:{self._site}:{self._taken[key]}"

    def _append(self, records: list[bytes]) -> bool:
        data = b"".join(records)
        if self._end + len(data) > self._most:
            return False
        with disk_errors(self._path, "write"):
            try:
                self._file.seek(self._end)
                rest = memoryview(data)
                while rest:
                    rest = rest[self._file.write(rest) :]
            except OSError:
                self._file.truncate(self._end)
                raise
        self._end += len(data)
        return True

    def _recover(self) -> int:
        """Where the last whole capture ends; what is torn or damaged behind it is cut off."""
        end = 0
        with suppress(StoreError), disk_errors(self._path, "read"):
            for after, member in _members(self._file):
                record = _parsed(member)
                if record.rec_type == "metadata":
                    notes = _fields(record.content_stream().read())
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    self._taken[_key(url, notes.get("sha256", ""))] = len(self._taken)
                end = end if record.rec_type in _BODIES else after
        with disk_errors(self._path, "write"):
            self._file.truncate(end)
        return end


def read_capture(path: Path, evidence: str) -> Capture:
    """The capture that an evidence id names, from the captures file of its site.

    Raises:
        StoreError: no such capture, or the file is damaged.
    """
    number = site_and_number(evidence)[1]
    response: Any = None
    with open_regular(path) as stream, disk_errors(path, "read"):
        for _, member in _members(stream):
            record = _parsed(member)
            if record.rec_type in _BODIES:
                response = (record, record.content_stream().read())
            elif record.rec_type == "metadata":
                notes = _fields(record.content_stream().read())
                if notes.get("capture") == str(number):
                    return _capture(record, response, notes)
                response = None
    raise StoreError(f"{path}: holds no capture {evidence}", f"{path}：没有取证记录 {evidence}")


def site_and_number(evidence: str) -> tuple[int, int]:
    """The site's number and the capture's in an evidence id. Raises StoreError for anything else."""
    match = _EVIDENCE.fullmatch(evidence)
    if match is None:
        shown = repr(evidence[:80])
        raise StoreError(
            f"{shown} is no capture (warc:<site>:<number>)", f"{shown} 不是取证记录编号（应为 warc:网站序号:记录序号）"
        )
    return int(match[1]), int(match[2])


def _records(reply: Reply, taken: Notes, most: int | None) -> list[bytes]:
    """``taken`` holds the capture's number and the hash of the body as it came, before masking."""
    clean = mask_bytes(reply.body)
    body = clean if most is None else clean[:most]
    cut = reply.truncated or len(body) < len(clean)
    browser = next((mark.partition(":")[2] for mark in reply.marks if mark.startswith(f"{RENDERED}:")), "")
    kind = "conversion" if browser else "response"
    head = _record_head(reply, kind, taken["sha256"]) | {
        "WARC-Payload-Digest": f"sha256:{base64.b32encode(hashlib.sha256(body).digest()).decode()}"
    }
    head |= {"WARC-IP-Address": reply.address} if reply.address else {}
    head |= {"WARC-Truncated": "length"} if cut else {}
    status = StatusAndHeaders(_status_line(reply.status), _headers(reply, len(body)), protocol="HTTP/1.1")
    notes = taken | {
        "masked": "yes" if clean != reply.body else "no",
        "size": str(len(reply.body)),
        "reader": reply.reader,
        "rendered": browser,
        "status": str(reply.status) if browser else "",
        "seconds": f"{reply.seconds:.3f}",
        "tls": f"{reply.tls.version} {reply.tls.cipher} {reply.tls.context}" if reply.tls else "",
    }
    return [
        _written(kind, _target(reply.final_url), head, body, None if browser else status),
        _metadata(reply, notes, head["WARC-Record-ID"]),
    ]


def _withheld(reply: Reply, notes: Notes) -> list[bytes]:
    return [_metadata(reply, notes | {"withheld": "state-secret-mark"}, "")]


def _metadata(reply: Reply, notes: Notes, about: str) -> bytes:
    lines = "".join(f"{name}: {clean_line(value)}\r\n" for name, value in notes.items() if value)
    head = _record_head(reply, "metadata", notes["sha256"]) | ({"WARC-Concurrent-To": about} if about else {})
    return _written("metadata", _target(reply.final_url), head, lines.encode())


def _record_head(reply: Reply, kind: str, digest: str) -> dict[str, str]:
    moment = (reply.fetched_at or datetime.fromtimestamp(0, UTC)).astimezone(UTC)
    date = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    name = uuid5(NAMESPACE_URL, f"{kind} {date} {digest} {clean_line(reply.final_url)}")
    return {"WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": date}


def _headers(reply: Reply, length: int) -> list[tuple[str, str]]:
    """The headers as they came, masked; those of a coding that the body no longer has get another name."""
    kept = []
    for name, value in reply.headers:
        token = _NO_TOKEN.sub("_", name)
        renamed = f"x-archive-orig-{token}" if token.lower() in _RECODED else token
        kept.append((renamed, _header_value(token.lower(), clean_line(value))))
    return [*kept, ("content-length", str(length))]


def _header_value(name: str, value: str) -> str:
    if name != "set-cookie":
        return mask_text(value)
    pair, semicolon, attributes = value.partition(";")
    return _COOKIE_VALUE.sub(lambda match: "*" * len(match[0]), pair, count=1) + semicolon + attributes


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} -"


def _about() -> bytes:
    info = f"software: xuncha/{__version__}\r\nformat: WARC File Format 1.1\r\nmasking: v1\r\n"
    return _written("warcinfo", "", {}, info.encode())


def _written(
    kind: str, url: str, head: dict[str, str], payload: bytes, status: StatusAndHeaders | None = None
) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        kind,
        BytesIO(payload),
        len(payload),
        warc_headers_dict=head,
        warc_content_type="text/html; charset=utf-8" if kind == "conversion" else "",
        http_headers=status,
    )
    writer.write_record(record)
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)


def _members(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each whole gzip member with the offset after it, expanded up to ``MAX_RECORD`` bytes; a torn last one is left."""
    stream.seek(0)
    end, rest = 0, b""
    while True:
        expand, content, used = zlib.decompressobj(wbits=31), bytearray(), 0
        while not expand.eof:
            chunk = rest or stream.read(_CHUNK)
            if not chunk:
                return
            try:
                content += expand.decompress(chunk, MAX_RECORD + 1 - len(content))
            except zlib.error as error:
                raise StoreError(
                    f"captures are damaged after byte {end}: {error}", f"取证记录在第 {end} 字节之后已损坏（{error}）"
                ) from None
            if len(content) > MAX_RECORD:
                raise StoreError(
                    f"captures hold a record of more than {MAX_RECORD:,} bytes",
                    f"有一条取证记录超过 {MAX_RECORD:,} 字节，不予读取",
                )
            rest = expand.unconsumed_tail or expand.unused_data
            used += len(chunk) - len(rest)
        end += used
        yield end, bytes(content)


def _parsed(member: bytes) -> Any:
    try:
        return next(WARCIterator(BytesIO(member)))
    except (ArchiveLoadFailed, StopIteration, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"captures hold a damaged record: {error}", f"有一条取证记录已损坏（{error}）") from None


def _capture(metadata: Any, response: Any, notes: Notes) -> Capture:
    url = metadata.rec_headers.get_header("WARC-Target-URI") or ""
    moment = _moment(metadata.rec_headers.get_header("WARC-Date") or "")
    if response is None:
        return Capture(url, moment, notes=notes)
    record, body = response
    status = (record.http_headers.get_statuscode() or "0") if record.http_headers else notes.get("status", "0")
    headers = tuple(record.http_headers.headers) if record.http_headers else ()
    address = record.rec_headers.get_header("WARC-IP-Address") or ""
    return Capture(url, moment, int(status) if status.isdecimal() else 0, headers, body, address, notes)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _fields(block: bytes) -> Notes:
    """``application/warc-fields``: a name, a colon, a value per line."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}


def _key(url: str, digest: str) -> str:
    return f"{digest} {_target(url)}"


def _target(url: str) -> str:
    """The URL as it is stored; readers of WARC take a response for HTTP by its scheme."""
    clean = mask_url(clean_line(url))
    return clean if clean.startswith(("http://", "https://")) else f"http://{clean}"


def rough_text(body: bytes) -> str:
    """The words of a body without parsing it: good enough to see a mark that stands alone on its line."""
    head = body[:200_000]
    if not any(star in head for star in _STARS):
        return ""
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("gb18030", "replace")
    lines = (line.strip() for line in html.unescape(re.sub(r"<[^<>]{0,500}>", "\n", text)).splitlines())
    return "\n".join(line for line in lines if line)
