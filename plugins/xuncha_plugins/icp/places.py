"""Where identity elements ought to link to: the national systems, their former addresses, everywhere else. No I/O."""

import re
from enum import Enum

from xuncha.api import host_of, without_www


class Place(Enum):
    """What stands at a link's target."""

    RIGHT = "right"
    OLDER = "older"
    OTHER = "other"


_FORMER_REPORT = frozenset(("121.43.68.40", "121.40.115.217", "zfwzzc.www.gov.cn", "pucha.kaipuyun.cn"))
_POLICE_NUMBER = re.compile(r"(?i)(?:recordcode|[?&]code)=\s*(\d{11}-\d{5}(?!\d)|\d{1,30})")
_GATEWAY = re.compile(r"(.+?)x[0-9a-f]{6,32}(?:xx)?\.ipv6best\.cn")
_SITE_CODE = re.compile(r"(?i)site_?code['\"]?\s*[=:]\s*['\"]?([0-9A-Za-z]{1,40})")
_MARK_ID = re.compile(r"(?i)[?&]id=([0-9a-f]{32})(?![0-9a-f])")


def host(url: str) -> str:
    """The host of a URL in lower case, without ``www.``; empty where there is none.

    Where a gateway for IPv6 has rewritten the link it is the host that the link was written with.
    """
    name = host_of(url)
    rewritten = _GATEWAY.fullmatch(name)
    return without_www(_written(rewritten[1]) if rewritten else name)


def _written(rewritten: str) -> str:
    """Of secure links the gateway replaces the dots too."""
    return rewritten if "." in rewritten else rewritten.replace("-", ".")


def filing_system(url: str) -> Place:
    """The ministry's filing system; former addresses are those of the ministry and its provincial offices."""
    name, ministry = host(url), ("miit.gov.cn", "miibeian.gov.cn", "miitbeian.gov.cn")
    if name == "beian.miit.gov.cn" and not host_of(url).startswith("www."):
        return Place.RIGHT
    older = name in ministry or name.endswith(tuple(f".{one}" for one in ministry))
    return Place.OLDER if older else Place.OTHER


def police_system(url: str) -> Place:
    """The police filing system; both of its addresses are in use."""
    return Place.RIGHT if host(url) in ("beian.gov.cn", "beian.mps.gov.cn") else Place.OTHER


def report_system(url: str) -> Place:
    """The national report-an-error platform."""
    name = host(url)
    if name == "zfwzgl.www.gov.cn":
        return Place.RIGHT
    general = name == "gov.cn" and "/c125533/" in url
    return Place.OLDER if general or name in _FORMER_REPORT else Place.OTHER


def mark_system(url: str) -> Place:
    """The CONAC page that proves a website's identity."""
    return Place.RIGHT if host(url) == "bszs.conac.cn" else Place.OTHER


def police_number(raw: str) -> str:
    """The number that a link to the police system carries, also behind ``#``."""
    found = _POLICE_NUMBER.search(raw)
    return found[1].replace("-", "") if found else ""


def site_code(raw: str) -> str:
    """The identity code that a report-an-error entry carries."""
    found = _SITE_CODE.search(raw)
    return found[1] if found else ""


def mark_id(raw: str) -> str:
    """The 32 hexadecimal digits by which CONAC knows a website."""
    found = _MARK_ID.search(raw)
    return found[1] if found else ""


def related(one: str, other: str) -> bool:
    """Whether one host is the other or lies below it; ``www.`` makes no difference."""
    one, other = without_www(one), without_www(other)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
