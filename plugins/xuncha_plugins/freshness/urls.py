"""When two URLs are one column: paging, index names and session marks are no part of it."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from zlib import crc32

from xuncha.api import site_host

_INDEX = re.compile(r"(?i)/(?:index|default|list|main)(?:[_-]?\d{1,5})?\.(?:s?html?|jspx?|aspx?|php|do)$")
_PAGED = re.compile(
    r"(?i)[_-](?<=[a-z].)(?<!content.)(?<!article.)(?<!info.)(?<!post.)(?<!detail.)(?<!show.)\d{1,2}(\.s?html?)$"
)
_PAGING = re.compile(
    r"(?i)(?:^|&)(?:page|pagenum|pageno|page_no|pageindex|cur_?page|p|pn|uid|start|offset|_t|t|v|rand|jsessionid)"
    r"=[^&]*"
)
_GKMLPT = re.compile(r"/gkmlpt/(?:index)?$")


MAX_URL = 500
"""A longer URL is not remembered: nobody's column has one, and a hostile site has thousands."""


@lru_cache(maxsize=1024)
def column_key(url: str, fragment: str = "") -> str:
    """What pages of one column have in common; the scheme and ``www.`` are no part of it.

    The columns of the open-information platform gkmlpt are told apart by their fragment.
    """
    rest = url.partition("://")[2] or url
    rest, _, inner = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    query = _PAGING.sub("", query).strip("&") if query else ""
    path = _PAGED.sub(r"\1", "/" + path.partition(";")[0])
    path = (path if query else _INDEX.sub("/", path)).rstrip("/") or "/"
    fragment = fragment or inner
    mark = f"#{fragment}" if fragment.isdigit() and _GKMLPT.search(path) else ""
    return f"{host.lower().removeprefix('www.')}{path}{'?' + query if query else ''}{mark}"


def folder(key: str) -> str:
    """The folder of a column's key, where one page of a folder of its own stands for it; else empty."""
    host, _, path = key.partition("/")
    if not path or "?" in path or "#" in path or "." in path.rpartition("/")[2]:
        return ""
    return f"{host}/{path}/"


def lies_below(key: str, others: Collection[str]) -> bool:
    """Whether the column of this key is filed in the folder of another one of ``others``."""
    path = key.partition("?")[0].rpartition("/")[0]
    while "/" in path:
        if path in others and folder(path):
            return True
        path = path.rpartition("/")[0]
    return False


def hosts(urls: Iterable[str]) -> frozenset[str]:
    """The hosts of these URLs; ``www.`` is no part of them."""
    return frozenset(site_host(url) for url in urls if url)


def mark(url: str) -> int:
    """A small number that stands for a URL; scheme and ``www.`` are no part of it."""
    return crc32((url.partition("://")[2] or url).removeprefix("www.").partition("#")[0].encode("utf-8", "replace"))
