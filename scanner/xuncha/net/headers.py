"""What we send in the head of a request, and what a probe may add to it."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from xuncha.model.netapi import HARMLESS_HEADERS, NetError
from xuncha.model.reasons import Reason

_OURS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}
# What makes a harmless header an attack on whoever logs or evaluates it.
_EVALUATED = ("${", "#{", "() {", "<%")

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


def request_headers(user_agent: str, added: Mapping[str, str] | None, *, disguise: bool = False) -> dict[str, str]:
    """Ours, with those of a probe ``added``. ``disguise`` lets it replace the User-Agent.

    Raises:
        NetError: not-authorised for a User-Agent without leave, method-forbidden for what is never sent.
    """
    headers = {"User-Agent": user_agent, **_OURS}
    spellings = {name.lower(): name for name in headers}
    for name, value in (added or {}).items():
        _check(name, value, disguise=disguise)
        headers[spellings.get(name.lower(), name)] = value
    return headers


def _check(name: str, value: str, *, disguise: bool) -> None:
    lower = name.lower()
    if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)) or any(sign in value for sign in _EVALUATED):
        raise NetError(Reason.METHOD_FORBIDDEN, f"not a header: {name!r}: {value!r}")
    if lower == "user-agent":
        if not disguise:
            raise NetError(Reason.NOT_AUTHORISED, "another User-Agent needs the authorised mode disguise")
    elif lower not in HARMLESS_HEADERS:
        raise NetError(Reason.METHOD_FORBIDDEN, f"the header {name} is never sent")


def retry_after(headers: tuple[tuple[str, str], ...], now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), in either of its forms; None without a good one."""
    value = next((value.strip() for name, value in headers if name == "retry-after"), "")
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        return max((parsedate_to_datetime(value) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):  # no date, or one without a zone
        return None
