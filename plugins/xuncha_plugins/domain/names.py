"""What a host name tells by itself: who could register it, and for whom its suffix is meant. No I/O.

Names are compared as A-labels (``xn--…``) in lower case, as DNS has them.
"""

import ipaddress
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from xuncha.api import Site

_CN = "cn"
_COUNTRY_CODE = 2


class _Suffixes(BaseModel):
    """The table as it stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    categories: tuple[str, ...]
    provinces: tuple[str, ...]
    abroad: tuple[str, ...]
    stand_ins: tuple[str, ...]
    government: tuple[str, ...]
    institutions: tuple[str, ...]


def ascii_name(name: str) -> str:
    """The name as DNS has it; what can't be one is returned in lower case as it is."""
    name = name.strip().rstrip(".").lower()
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def _load() -> _Suffixes:
    text = files(__package__).joinpath("suffixes.yaml").read_text("utf-8")
    raw = _Suffixes.model_validate(YAML(typ="safe").load(text))
    return _Suffixes(**{name: tuple(map(ascii_name, values)) for name, values in raw.model_dump().items()})


_TABLE = _load()
"""Read while the plugin is loaded, and the codec with it: checks open no files."""


def readable(name: str) -> str:
    """The name as people read it: ``区政府.政务`` for its ``xn--`` form."""
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name


def host(url: str) -> str:
    """The host of a URL; empty where there is none."""
    try:
        return ascii_name(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def hosts(site: Site) -> tuple[str, ...]:
    """The hosts of the declared entries, each once."""
    return tuple(dict.fromkeys(name for url in site.urls if (name := host(url))))


def is_address(name: str) -> bool:
    """Whether it is an IP address and no name."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def bare(name: str) -> str:
    """The name without its ``www.``."""
    return name.removeprefix("www.")


def public_suffix(name: str) -> str:
    """The part below which anybody of its kind can register: ``gov.cn``, ``sh.cn``, ``cn``, ``com``."""
    *_, second, top = ("", "", *name.split("."))
    table = _TABLE
    if _stands_for(top) == _CN:
        return f"{second}.{top}" if second in {*table.categories, *table.provinces} else top
    return f"{second}.{top}" if len(top) == _COUNTRY_CODE and second in table.abroad else top


def registrable(name: str) -> str:
    """The part that somebody registered: ``bd.gov.cn`` of ``slj.bd.gov.cn``; the name itself where it is a suffix."""
    suffix = public_suffix(name)
    above = name.removesuffix(suffix).rstrip(".")
    return f"{above.rpartition('.')[2]}.{suffix}" if above else name


def is_governmental(name: str) -> bool:
    """Whether its suffix is reserved for party and government organs."""
    return _below(name, _TABLE.government)


def is_institutional(name: str) -> bool:
    """Whether a public institution may use it."""
    return _below(name, _TABLE.institutions)


def shares_domain(name: str) -> bool:
    """Whether it lies below a government domain that is registered for another: ``slj.bd.gov.cn``."""
    return is_governmental(name) and registrable(name) not in {name, bare(name)}


def upwards(name: str) -> Iterator[str]:
    """The name and those above it, down to what was registered."""
    last = registrable(name)
    while name != last and "." in name:
        yield name
        name = name.partition(".")[2]
    yield last


def _below(name: str, suffixes: tuple[str, ...]) -> bool:
    rest, _, top = name.rpartition(".")
    name = f"{rest}.{_stands_for(top)}"
    return any(name.endswith(f".{suffix}") and name != suffix for suffix in suffixes)


def _stands_for(top: str) -> str:
    return _CN if top in _TABLE.stand_ins else top
