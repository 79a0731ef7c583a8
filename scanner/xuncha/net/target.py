r"""Text becomes a ``Target`` once, by the one WHATWG parser; guard, scope, robots and engine take only Targets.

So nothing between the check of a URL and its use can read it differently: ``http://127.0.0.1\@a.example/`` is
127.0.0.1 here, in the address policy and on the wire, as it is in a browser.
"""

import re
from dataclasses import dataclass
from typing import Self

from ada_url import join_url, normalize_url

MAX_URL = 16_384
"""Characters. Longer ones are refused: browsers and servers read them differently, and they fill logs."""

_PORTS = {"http": 80, "https": 443}
_HREF = re.compile(r"(https?)://(?:[^/]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?([^#]*)")
_TRAIL = range(0x40, 0x7F)  # second bytes of GBK and Big5 that are printable ASCII and stay as they are
_IPV4 = re.compile(r"\d+\.\d+\.\d+\.\d+")


class BadUrl(ValueError):  # noqa: N818 - the word of the URL standard's users
    """Not a URL that can be asked for: malformed, longer than ``MAX_URL``, or neither http nor https."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes. Userinfo and fragment are dropped: neither is ever sent.

    ``host`` is lower case, in Punycode, without brackets and without a closing dot; an IP address in whatever
    spelling (octal, hex, decimal, full-width) is in its usual one. ``path`` begins with ``/``, includes the query and
    is percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, text: str, base: str | None = None) -> Self:
        """``text`` as a browser reads it, relative to ``base``. Raises BadUrl."""
        if len(text) > MAX_URL:
            raise BadUrl(f"longer than {MAX_URL} characters: {text[:80]!r}…")
        try:
            href = normalize_url(text) if base is None else join_url(base, text)
        except ValueError as problem:  # surrogates that can't be encoded are one, too
            raise BadUrl(f"not a URL: {text[:200]!r}") from problem
        match = _HREF.match(href)
        if match is None:
            raise BadUrl(f"neither http nor https: {text[:200]!r}")
        scheme, host, port, path = match.groups()
        return cls(scheme, host.strip("[]").removesuffix("."), int(port or _PORTS[scheme]), path)

    @property
    def authority(self) -> str:
        """Host and port as in the Host header: IPv6 in brackets, the scheme's own port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS.get(self.scheme) else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: ``https://www.example.gov.cn``."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The URL in its one spelling."""
        return self.origin + self.path

    @property
    def is_ip(self) -> bool:
        """Whether the host is an address. By the standard a name can't end in a number."""
        return ":" in self.host or _IPV4.fullmatch(self.host) is not None


# Links that need nothing but gluing: no dot segments behind the start, no escapes of dots, no backslashes, no white
# space, nothing that would be escaped, no host that needs IDNA or could be a number.
_PATH = r"[\w!$&()*+,;=@~%./-]*"
_TAIL = r"(?:\?[\w!$&()*+,;=@~%./:?-]*)?(?:#[\w!$&()*+,;=@~%./:?-]*)?"
_HOST = r"https?://(?!(?:[^/]*\.)?xn--)(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*"
_COMMON = re.compile(
    rf"(?:(?P<whole>{_HOST})?(?=/)(?!//)|(?P<up>\./|(?:\.\./)+)?(?=[\w!$&()*+,;=@~%-]))(?P<rest>{_PATH}){_TAIL}",
    re.ASCII,
)


class Joiner:
    """Joins the links of one page to its base, exactly as ``ada_url.join_url`` does, but cheaper for common links.

    ``encoding`` is the page's: by the URL standard a link's query is sent in it, so that a search link on a GBK page
    means the same to the server as when a citizen clicks on it.
    """

    __slots__ = ("_directories", "_encoding", "_origin", "base")

    def __init__(self, base: str, encoding: str = "utf-8") -> None:
        self.base = base
        self._encoding = "" if encoding.lower() in ("", "utf-8", "utf8", "ascii", "us-ascii") else encoding
        match = re.match(r"(https?://[^/]*)(/[^?#]*)", base)
        self._origin = match[1] if match and _href(base) == base else ""
        self._directories = _directories(match[1], match[2]) if match else []

    def join(self, raw: str) -> str | None:
        """The absolute URL, fragment included; None where there is none."""
        match = _COMMON.fullmatch(raw)
        if match is None or not self._origin or "/." in match["rest"] or "%2" in raw:
            return self._join_by_standard(raw)
        whole, up, rest = match.groups()
        if whole:
            return raw
        if rest[0] == "/":
            return self._origin + raw
        if up is None:
            return self._directories[0] + raw
        levels = len(up) // 3  # "./" is none, each "../" one
        return self._directories[min(levels, len(self._directories) - 1)] + raw[len(up) :]

    def _join_by_standard(self, raw: str) -> str | None:
        if self._encoding and not raw.isascii() and "?" in raw:
            raw = _encode_query(raw, self._encoding)
        try:
            return join_url(self.base, raw)
        except ValueError:
            return None


def _href(text: str) -> str | None:
    try:
        return normalize_url(text)
    except ValueError:
        return None


def _directories(origin: str, path: str) -> list[str]:
    """The directory of ``path``, then the one above it, up to the root."""
    depth = path.count("/")
    return [origin + path.rsplit("/", up)[0] + "/" for up in range(1, depth + 1)]


def _encode_query(raw: str, encoding: str) -> str:
    """``raw`` with the non-ASCII characters of its query percent-encoded as the URL standard says for ``encoding``."""
    head, mark, tail = raw.partition("?")
    query, sharp, fragment = tail.partition("#")
    return head + mark + "".join(_encode_character(char, encoding) for char in query) + sharp + fragment


def _encode_character(char: str, encoding: str) -> str:
    if char.isascii():
        return char
    try:
        encoded = char.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return f"%26%23{ord(char)}%3B"
    return "".join(chr(byte) if byte in _TRAIL else f"%{byte:02X}" for byte in encoded)
