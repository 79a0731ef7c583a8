"""Reads Set-Cookie headers as browsers do (RFC 6265bis, 5.6). Values are looked at and forgotten."""

import re

from xuncha_plugins.headers.facts import Cookie

MAX_NAME = 100
_MAX_COOKIE = 4_096
_MAX_HEADER = 16_384
_MAX_ATTRIBUTES = 50
_MAX_VALUE = 1_024
_MAX_SHOWN = 40

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SESSION = re.compile(
    r"(?i)sess|token|auth|login|ticket|passport|rememberme|jwt|(?:^|[._-])s?id$|^cf(?:id|token)$|^shiro|^sa-?token"
)
_NOT_SESSION = re.compile(
    r"(?i)csrf|xsrf|verification|^(?:acw_|aliyungf_|hwwaf|__jsl|yunsuo|bigip|serverid|sl-|sl_|safedog|waf|wzws|cf_|__cf"
    r"|tgw_|hm_|_ga|_gid$|_pk_|visitor|uuid|cna$|route|insert|srv)"
)
"""What protection devices, balancers and visitor counts set, and tokens that scripts are meant to read."""
_ENDED = frozenset(("", "deleted", "deleteme"))


def parse(header: str) -> Cookie | None:
    """The cookie that a header sets; None where browsers drop it, or where it takes a cookie away."""
    head, *attributes = header[:_MAX_HEADER].split(";", _MAX_ATTRIBUTES)
    name, equals, value = (part.strip(" \t") for part in head.partition("="))
    if not equals or not name or len(name) + len(value) > _MAX_COOKIE or _CONTROL.search(header[:_MAX_HEADER]):
        return None
    said = dict(_attribute(text) for text in attributes)
    if _taken_away(value, said):
        return None
    return Cookie(
        name=name[:MAX_NAME],
        session=names_session(name[:MAX_NAME]),
        secure="secure" in said,
        http_only="httponly" in said,
        same_site=said["samesite"].lower()[:_MAX_SHOWN] if "samesite" in said else None,
        domain=bool(said.get("domain", "").lstrip(".")),
        path=said.get("path", "")[:MAX_NAME],
    )


def _attribute(text: str) -> tuple[str, str]:
    """Of equal names the last one counts; values that are too long are no values."""
    name, _, value = (part.strip(" \t") for part in text.partition("="))
    return name.lower(), value if len(value) <= _MAX_VALUE else ""


def _taken_away(value: str, said: dict[str, str]) -> bool:
    age = said.get("max-age", "")
    over = bool(re.fullmatch(r"-\d+|0+", age)) or (not age and "1970" in said.get("expires", ""))
    return over or value.strip('"').lower() in _ENDED


def names_session(name: str) -> bool:
    """Whether a login or a session goes by that name."""
    plain = re.sub(r"(?i)^__(?:host|secure)-", "", name)
    return bool(_SESSION.search(plain)) and not _NOT_SESSION.search(plain)


def broken_prefix(cookie: Cookie, *, over_https: bool) -> str:
    """The prefix that makes browsers refuse the cookie, because it lacks what the prefix promises; else empty."""
    name, secure = cookie.name.lower(), cookie.secure and over_https
    if name.startswith("__secure-") and not secure:
        return "__Secure-"
    if name.startswith("__host-") and (not secure or cookie.domain or cookie.path != "/"):
        return "__Host-"
    return ""
