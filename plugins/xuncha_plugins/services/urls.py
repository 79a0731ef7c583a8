"""What can be read from a URL alone. Nothing here fails on a malformed one."""

from urllib.parse import unquote

from xuncha.api import site_host, url_parts


def plain(url: str) -> str:
    """A URL as it is compared: without scheme, ``www.``, fragment and the slash at its end."""
    parts = url_parts(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{site_host(url)}{unquote(parts.path).rstrip('/')}{query}"


def without_query(url: str) -> str:
    """What a form with the method GET sends its fields to."""
    return url.partition("#")[0].partition("?")[0]
