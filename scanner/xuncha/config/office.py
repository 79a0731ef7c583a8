"""``xuncha.yaml``: who inspects from a workspace, and how."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from xuncha.browser.program import BrowserSettings
from xuncha.config.errors import nearest
from xuncha.config.models import Lenient
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import Source, load_yaml
from xuncha.model.evidence import Piece
from xuncha.model.hosts import is_address

Vantage = Literal["inside", "outside", "intranet"]
"""From where an office looks, as it says itself: the Internet within the country, beyond it, a network of its own."""

_PORTS = 65_536
_OFF = frozenset({"none", "off", "no"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``xuncha.yaml`` says.

    ``office`` and ``telephone`` go into the User-Agent, so that a site's operator can ask who is looking;
    ``announced_as``, an ASCII name or address, stands there in place of an office's Chinese name, which headers can
    only hold percent-encoded. ``address`` is the outgoing address that units may put on their white lists.
    ``registers`` maps kinds (``icp``) to files, ``nameservers`` and ``ca_file`` replace the system's; paths count from
    the workspace. ``whois`` (``host:port``) is asked in place of the registries, and ``store`` is the URL of a database
    in place of the workspace's SQLite file. ``browser`` says which Chromium renders pages, and how; ``none``
    there switches it off.
    ``evidence_due`` says until when evidence is to be handed in: by piece (``backup.policy``), ``*`` for all others.
    """

    office: str = ""
    telephone: str = ""
    authorisation: str = ""
    address: str = ""
    profile: str = "notice"
    nameservers: tuple[str, ...] = ()
    ca_file: str = ""
    registers: dict[str, str] = field(default_factory=dict)
    announced_as: str = ""
    vantage: Vantage | None = None
    store: str = ""
    whois: str = ""
    browser: BrowserSettings = field(default_factory=BrowserSettings)
    evidence_due: dict[str, date] = field(default_factory=dict)


def fits_header(text: str) -> bool:
    """Whether a header carries ``text`` as it is."""
    return text.isascii() and (text.isprintable() or not text)


def _plain(text: str) -> str:
    if not fits_header(text):
        raise refuse("只能用英文字母、数字和符号", "must be plain ASCII")
    return text


def _nameserver(text: str) -> str:
    address, _, port = text.rpartition(":")
    if is_address(text) or (is_address(address.removeprefix("[").removesuffix("]")) and port.isdecimal()):
        return text
    raise refuse(
        "应为 IP 地址，例如 223.5.5.5、127.0.0.1:5300", "should be an address like 223.5.5.5 or 127.0.0.1:5300"
    )


def _server(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and port.isdecimal() and 0 < int(port[:6]) < _PORTS):
        raise refuse("应为 主机:端口，例如 whois.example.cn:43", "should be host:port, like whois.example.cn:43")
    return text


def _for_all(given: object) -> object:
    """One date for every piece may stand by itself."""
    return {"*": given} if isinstance(given, str) else given


def _piece(name: str) -> str:
    """A piece of evidence, or ``*`` for all others; names of checks are written with hyphens."""
    plain = name.strip().replace("-", "_")
    known = (*map(str, Piece), "*")
    if plain in known:
        return plain
    hint = nearest(plain, known)
    raise refuse(f"没有这项材料{'，' + hint.zh if hint else ''}", f"no such piece{'; ' + hint.en if hint else ''}")


_PieceName = Annotated[str, AfterValidator(_piece)]


def _switched(given: object) -> object:
    """One word in place of the settings switches the browser off."""
    if given is False or (isinstance(given, str) and given.lower() in _OFF):
        return {"off": True}
    if isinstance(given, str | bool):
        raise refuse(
            "应为 none（不使用浏览器），或 {program: 路径, at_once: 个数}",
            "should be none (no browser is used), or {program: path, at_once: number}",
        )
    return given


class _Browser(Lenient):
    program: str = ""
    at_once: Annotated[int, Field(ge=1, le=16)] | None = None
    unsandboxed: bool = False
    off: bool = False


class _File(Lenient):
    office: str = ""
    telephone: str = ""
    authorisation: str = ""
    address: str = ""
    profile: str = "notice"
    nameservers: tuple[Annotated[str, AfterValidator(_nameserver)], ...] = ()
    ca_file: str = ""
    registers: dict[str, str] = Field(default_factory=dict)
    announced_as: Annotated[str, Field(max_length=200), AfterValidator(_plain)] = ""
    vantage: Vantage | None = None
    store: str = ""
    whois: Annotated[str, AfterValidator(_server)] = ""
    browser: Annotated[_Browser, BeforeValidator(_switched)] = Field(default_factory=_Browser)
    evidence_due: Annotated[dict[_PieceName, date], BeforeValidator(_for_all)] = Field(default_factory=dict)


def read_settings(source: Source) -> Settings:
    """The settings in a ``xuncha.yaml``; an empty one holds none. Raises ConfigError with every fault's place."""
    located = load_yaml(source)
    if located.value is None:
        return Settings()
    said = validate(_File, located).model_dump()
    return Settings(**{**said, "browser": BrowserSettings(**said["browser"])})
