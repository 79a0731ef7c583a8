"""A host whose paths misbehave in every way that a client must survive. Not in the inventory; for tests of clients.

Each path is a way of answering; ``PATHS`` lists them with what happens there.
"""

import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

import brotli  # type: ignore[import-untyped]
import zstandard

from xuncha.lab.messages import Answer, Raw, Reply, Request, chunked, start

HOST = "hostile.example"
_HTML = ("Content-Type", "text/html; charset=utf-8")
_PAGE = "<!DOCTYPE html><html><head><title>页面</title></head><body>正文</body></html>".encode()
_MIB = 1 << 20
_BOMB = 1024
_Pack = Callable[[bytes], bytes]
_Finish = Callable[[], bytes]
_CHUNKED = (_HTML, ("Transfer-Encoding", "chunked"))


def _whole(*fields: tuple[str, str], body: bytes = _PAGE) -> Raw:
    return Raw((start(200, fields) + body,))


def _drip() -> Raw:
    head = start(200, (_HTML, ("Content-Length", str(len(_PAGE)))))
    return Raw((bytes([byte]) for byte in head + _PAGE), pause=1.0)


def _endless() -> Raw:
    pieces = itertools.repeat(b"<p>endless</p>\n" * 512)
    return Raw(itertools.chain((start(200, _CHUNKED),), chunked(pieces)))


def _long_line() -> Raw:
    pieces = itertools.repeat(b"x" * 65_536, 800)
    return Raw(itertools.chain((start(200, (_HTML, ("Connection", "close"))),), pieces))


def _bomb(*codings: str) -> Raw:
    """A GiB of zeros, packed as it is asked for, by one coding after the other."""
    pieces: Iterable[bytes] = itertools.repeat(bytes(_MIB), _BOMB)
    for coding in codings:
        pieces = _packed(*_PACKERS[coding](), pieces)
    fields = (_HTML, ("Content-Encoding", ", ".join(codings)), ("Connection", "close"))
    return Raw(itertools.chain((start(200, fields),), pieces))


def _packed(pack: _Pack, finish: _Finish, pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield from map(pack, pieces)  # empty ones, too: between two pieces others get their turn
    yield finish()


def _zlib(wbits: int) -> tuple[_Pack, _Finish]:
    packer = zlib.compressobj(9, wbits=wbits)
    return packer.compress, packer.flush


def _brotli() -> tuple[_Pack, _Finish]:
    packer = brotli.Compressor(quality=1)
    return packer.process, packer.finish


def _zstd() -> tuple[_Pack, _Finish]:
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return packer.compress, packer.flush


_PACKERS: Mapping[str, Callable[[], tuple[_Pack, _Finish]]] = {
    "gzip": lambda: _zlib(31),
    "deflate": lambda: _zlib(15),
    "br": _brotli,
    "zstd": _zstd,
}


def _nested() -> Reply:
    return Reply(body=b"<div>" * 100_000)


def _attributes() -> Reply:
    return Reply(body=b"<p " + b" ".join(b"%x" % number for number in range(1_000_000)) + b">")


_LENGTH = ("Content-Length", str(len(_PAGE)))
PATHS: Mapping[str, tuple[str, Callable[[], Answer]]] = {
    "/": ("an ordinary page that links to all the others", lambda: Reply(body=_home())),
    "/silent": ("accepts and never answers", lambda: Raw(ending="hold")),
    "/reset": ("resets at once", lambda: Raw(ending="reset")),
    "/half": ("resets in the middle of the body", lambda: Raw((start(200, (_LENGTH,)) + _PAGE[:20],), ending="reset")),
    "/short": ("closes before the announced length", lambda: _whole(_HTML, ("Content-Length", "100000"))),
    "/drip": ("one byte a second", _drip),
    "/endless": ("chunks without end", _endless),
    "/long-line": ("50 MB in one line", _long_line),
    "/bomb-gzip": ("1 GiB of zeros in gzip", lambda: _bomb("gzip")),
    "/bomb-deflate": ("the same in deflate", lambda: _bomb("deflate")),
    "/bomb-br": ("the same in brotli", lambda: _bomb("br")),
    "/bomb-zstd": ("the same in zstd", lambda: _bomb("zstd")),
    "/bomb-stacked": ("the same, packed twice", lambda: _bomb("gzip", "gzip")),
    "/nested": ("100,000 nested tags", _nested),
    "/attributes": ("a million attributes", _attributes),
    "/invalid-utf8": ("bytes that are no UTF-8", lambda: Reply(body=b"<p>\xff\xfe\xc0\xaf</p>" * 50)),
    "/two-lengths": ("Content-Length twice", lambda: _whole(_HTML, _LENGTH, _LENGTH)),
    "/space-in-name": ("a space in a header name", lambda: _whole(_HTML, _LENGTH, ("X Powered By", "lab"))),
    "/long-header": ("a header line of 20 kB", lambda: _whole(_HTML, _LENGTH, ("X-Long", "x" * 20_000))),
    "/bare": ("no headers at all", lambda: Raw((_PAGE,))),
    "/redirect-loop": ("redirects to itself", lambda: _moved("/redirect-loop")),
    "/to-private": ("redirects to a private address", lambda: _moved("http://10.0.0.1/")),
    "/to-metadata": ("redirects to the clouds' metadata", lambda: _moved("http://169.254.169.254/latest/")),
    "/to-file": ("redirects to a file", lambda: _moved("file:///etc/passwd")),
    "/busy": ("429 with Retry-After", lambda: Reply(429, (("Retry-After", "2"),))),
    "/redirects/10000": ("ten thousand redirects, each to the next", lambda: _moved("/redirects/9999")),
}


def _home() -> bytes:
    links = "".join(f'<li><a href="{path}">{what}</a></li>' for path, (what, _) in PATHS.items())
    return _PAGE.replace("正文".encode(), f"正文<ul>{links}</ul>".encode())


def _moved(location: str) -> Reply:
    return Reply(302, (("Location", location),))


def answer(request: Request) -> Answer:
    """What a path of the hostile host does; ``/redirects/N`` goes on to N-1."""
    path = request.path.partition("?")[0]
    if path.startswith("/redirects/") and path[11:].isdecimal():
        left = int(path[11:])
        return _moved(f"/redirects/{left - 1}") if left else Reply(body=_PAGE)
    _, make = PATHS.get(path, ("", lambda: Reply(404, body=b"not found")))
    return make()
