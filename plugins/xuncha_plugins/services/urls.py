"""What can be read from a URL alone. Nothing here fails on a malformed one."""

from urllib.parse import SplitResult, unquote, urlsplit

from xuncha.api import site_host

_NOTHING = SplitResult("", "", "", "", "")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def ending_of(url: str) -> str:
    """What the last segment of the path ends in, in lower case; empty where there is no dot in it."""
    name = unquote(_split(url).path).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def plain(url: str) -> str:
    """A URL as it is compared: without scheme, ``www.``, fragment and the slash at its end."""
    parts = _split(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{site_host(url)}{unquote(parts.path).rstrip('/')}{query}"


def without_query(url: str) -> str:
    """What a form with the method GET sends its fields to."""
    return url.partition("#")[0].partition("?")[0]
