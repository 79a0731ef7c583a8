"""For whom the suffix of a name is meant, and how people read it. No I/O.

Names are compared as A-labels (``xn--…``) in lower case, as DNS has them.
"""

from xuncha.api import Site, host_of, public_suffix, registrable, without_www

# .example and .test (RFC 2606) stand in for .cn; xn--zfr164b is 政务, xn--55qw42g 公益.
_GOVERNMENT = frozenset(("gov.cn", "gov.example", "gov.test", "xn--zfr164b"))
"""Party and government organs only (《互联网政务应用安全管理规定》, art. 5)."""

_INSTITUTIONS = frozenset(("cn", "example", "test", "xn--55qw42g"))
"""Public institutions may use anything below these."""


def ascii_name(name: str) -> str:
    """The name as DNS has it; what can't be one is returned in lower case as it is."""
    name = name.strip().rstrip(".").lower()
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def readable(name: str) -> str:
    """The name as people read it: ``区政府.政务`` for its ``xn--`` form."""
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name


readable("xn--zfr164b")  # loads the codec with the plugin: checks open no files


def hosts(site: Site) -> tuple[str, ...]:
    """The hosts of the declared entries, each once."""
    return tuple(dict.fromkeys(name for url in site.urls if (name := host_of(url))))


def is_governmental(name: str) -> bool:
    """Whether its suffix is reserved for party and government organs."""
    suffix = public_suffix(name)
    return suffix in _GOVERNMENT and name != suffix


def is_institutional(name: str) -> bool:
    """Whether a public institution may use it."""
    return name.rpartition(".")[2] in _INSTITUTIONS and name != public_suffix(name)


def shares_domain(name: str) -> bool:
    """Whether it lies below a government domain that is registered for another: ``slj.bd.gov.cn``."""
    return is_governmental(name) and registrable(name) not in {name, without_www(name)}
