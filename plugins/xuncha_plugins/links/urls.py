"""What can be read from a URL alone. Nothing here fails on a malformed one: it is then no home page and not deep."""

import re

from xuncha.api import site_host, url_parts

_HOME = re.compile(r"(?i)(?:(?:index|default|home|main|welcome|shouye|sy)(?:\.\w{1,5})?)?")
_LEADS_ON = re.compile(r"(?i)(?:https?(?::|%3a)|(?:url|target|goto|redirect\w*|link)=)")


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    parts = url_parts(url)
    return f"{parts.scheme}://{parts.netloc}"


def same_site(one: str, other: str) -> bool:
    """Whether both URLs have one host, with or without ``www.``."""
    return site_host(one) == site_host(other)


def _levels(url: str) -> list[str]:
    """The segments of the path, without the name of an index page at its end."""
    levels = [segment for segment in url_parts(url).path.split("/") if segment]
    return levels[:-1] if levels and _HOME.fullmatch(levels[-1]) else levels


def is_home(url: str) -> bool:
    """Whether the URL looks like the home page of its host."""
    parts = url_parts(url)
    return bool(parts.netloc) and not parts.query and not _levels(url)


def depth_of(url: str) -> int:
    """How far below the home page a URL points: segments of its path, one more for a query.

    0 for addresses that are made to lead elsewhere (``/jump?url=…``).
    """
    query = url_parts(url).query
    if _LEADS_ON.search(query):
        return 0
    return len(_levels(url)) + bool(query)
