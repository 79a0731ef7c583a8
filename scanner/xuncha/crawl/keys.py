"""When two URLs are the same page: one key for each page, and eight bytes for each key.

The key drops what changes with every visit: the fragment, session ids in path and query, cache busters, counters of
campaigns. Parameters stand in the order of their names, equal names in the order written. Nothing else is assumed:
``/`` and ``/index.html`` may differ.
"""

import re
from hashlib import blake2b

# ;jsessionid=… of Java, /(S(…))/ of ASP.NET without cookies
_PATH_SESSION = re.compile(r"(?i);(?:jsessionid|phpsessid|sessionid|sid)=[^/?;]*|/\((?:[AFSX]\([^()/]{8,}\))+\)(?=/)")
_ALWAYS = re.compile(
    r"(?i)(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|cfid|cftoken|zenid|oscsid|utm_\w+|spm|fbclid|gclid)"
)
_WHEN_RANDOM = re.compile(
    r"(?i)(?:_|_t|t|ts|time|timestamp|tt|r|rand|random|rnd|sid|s|session|token|v|ver|nocache|_dc)"
)
_RANDOM = re.compile(r"0\.\d{5,}|\d{10,}|(?=[^&]*\d)[0-9A-Za-z_-]{20,}|[0-9A-Fa-f]{16,}")
_SIBLING = re.compile(r"https?://(?:www\.)?")


def page_key(url: str) -> str:
    """What two spellings of one page share. ``url`` is absolute and in the URL standard's spelling."""
    url = url.partition("#")[0]
    if "(" in url or ";" in url:
        url = _PATH_SESSION.sub("", url)
    path, mark, query = url.partition("?")
    if not mark:
        return url
    kept = [pair for pair in query.split("&") if pair and not _of_one_visit(pair)]
    if len(kept) > 1:
        kept.sort(key=_name)
    return f"{path}?{'&'.join(kept)}" if kept else path


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _of_one_visit(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _ALWAYS.fullmatch(name):
        return True
    return _WHEN_RANDOM.fullmatch(name) is not None and _RANDOM.fullmatch(value) is not None


def digest(key: str) -> int:
    """Eight bytes that stand for ``key``, the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def twin(key: str, content: str) -> int:
    """Eight bytes for a page at ``key`` with this content, whether it came by http or https, with or without www."""
    return digest(f"{_SIBLING.sub('', key, count=1)} {content}")


def host_of(url: str) -> str:
    """Host and port of an absolute URL."""
    return url.split("/", 3)[2]


def origin_of(url: str) -> str:
    """Scheme, host and port of an absolute URL."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"


def sibling(url: str, origin: str) -> str:
    """``url`` at ``origin``, where the two differ in nothing but http or https and ``www.``; else empty."""
    own = origin_of(url)
    alike = own != origin and _SIBLING.sub("", own) == _SIBLING.sub("", origin)
    return origin + url[len(own) :] if alike else ""
