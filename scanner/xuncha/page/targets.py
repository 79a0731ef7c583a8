r"""What an attribute's text points to, and what is wrong with it for certain before anything is fetched.

The URL standard's parser decides what a spelling means, so ``http://0x7f.1/``, ``http://2130706433/`` and
``http://１２７.０.０.１/`` are all the loopback address here; only literal addresses and names are looked at.
"""

import re
from functools import lru_cache, partial
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from xuncha.model.crawl import LinkUse
from xuncha.net.addresses import LINK_LOCAL, LOOPBACK, PRIVATE, meanings, within
from xuncha.net.target import MAX_URL, Joiner
from xuncha.page.values import LinkProblem

_BLANK = "".join(map(chr, range(0x21)))  # what the URL standard strips at both ends
_DRIVE = re.compile(r"[a-zA-Z]:[\\/|]")
_UNC = re.compile(r"\\\\([^\\/]*)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")

# Links to programs on the citizen's device: nothing for us to fetch, and nothing wrong with them.
_APPLICATION_SCHEMES = frozenset((
    "about", "alipay", "alipays", "androidamap", "baidumap", "blob", "callto", "chrome", "data", "dingtalk", "ed2k",
    "facetime", "ftp", "geo", "im", "intent", "irc", "iosamap", "itms", "itms-apps", "itms-services", "magnet",
    "mailto", "market", "mms", "mqq", "mqqapi", "mqqwpa", "news", "nntp", "qqmap", "rtmp", "rtsp", "sftp", "sip",
    "sips", "skype", "sms", "smsto", "tel", "telnet", "tencent", "thunder", "urn", "view-source", "webcal",
    "weixin", "whatsapp", "ws", "wss", "wxwork", "xmpp",
))  # fmt: skip

_LOCAL = tuple(map(ip_network, (*LOOPBACK, "0.0.0.0/8", "::/128")))
_PRIVATE = (*PRIVATE, *LINK_LOCAL, ip_network("fec0::/10"))  # site-local: given up long ago, and never public

_DOCUMENTS = "pdf ofd doc docx wps xls xlsx et csv ppt pptx dps txt rtf odt ods odp ceb cebx caj"
_ARCHIVES = "zip rar 7z gz tgz tar bz2 xz exe msi apk dmg iso"
_RECORDINGS = "mp3 mp4 avi wmv flv mov m4a m4v wav wma mpg mpeg mkv webm ogg rm rmvb swf"
_PICTURES = "jpg jpeg png gif bmp webp svg ico tif tiff avif"
_USES = {
    **dict.fromkeys((_DOCUMENTS + " " + _ARCHIVES + " " + _RECORDINGS).split(), LinkUse.ATTACHMENT),
    **dict.fromkeys(_PICTURES.split(), LinkUse.IMAGE),
}


class Pointed(NamedTuple):
    """``target`` is an http(s) URL without its fragment, or empty; ``use`` is what it is when clicked."""

    target: str
    problem: LinkProblem
    use: LinkUse


_new_pointed = partial(tuple.__new__, Pointed)  # half the cost of calling the class
_EMPTY = Pointed("", "empty", LinkUse.PAGE)
_LOCAL_FILE = Pointed("", "local-file", LinkUse.PAGE)


class Resolver:
    """Resolves the references of one page against its base URL, in its encoding; each different one once."""

    __slots__ = ("_host", "_join", "_known", "_origin")

    def __init__(self, base: str, encoding: str, page: str) -> None:
        # Queries are sent in the page's encoding, or in UTF-8 where that has none of its own (URL standard).
        sent = "UTF-8" if encoding.startswith("UTF-16") or encoding == "replacement" else encoding
        self._join = Joiner(base, sent).join
        self._origin = origin(page) + "/"
        self._host = host(page)
        self._known: dict[str, Pointed] = {}

    def __call__(self, raw: str) -> Pointed:
        """What ``raw`` points to. A link to the page's own host has no problem, wherever that host is."""
        body = raw.partition("#")[0] if "#" in raw else raw
        known = self._known.get(body)
        if known is None:
            known = self._known[body] = self._resolved(body)
        return known if body or raw else _EMPTY

    def _resolved(self, raw: str) -> Pointed:
        if raw and raw[0] <= " " and not raw.strip(_BLANK):
            return _EMPTY
        url = self._join(raw)
        if url is None or not url.startswith(("http://", "https://")):
            return Pointed("", _why_not(raw, url), LinkUse.PAGE)
        if "\\" in raw and _names_a_share(raw):
            return _LOCAL_FILE
        target = url.partition("#")[0] if "#" in url else url  # the base's own, where the reference is empty
        if len(target) > MAX_URL:
            return Pointed("", "malformed", LinkUse.PAGE)
        if target.startswith(self._origin) or (name := host(target)) == self._host:
            return _new_pointed((target, "", use_by_name(target)))
        return _new_pointed((target, host_problem(name), use_by_name(target)))


def _why_not(raw: str, url: str | None) -> LinkProblem:
    text = re.sub(r"[\t\n\r]", "", raw.strip(_BLANK))
    scheme = _SCHEME.match(url or text)
    name = scheme[1].lower() if scheme else ""
    if _DRIVE.match(text) or name == "file":
        return "local-file"
    if name == "javascript":
        return "javascript"
    if name in _APPLICATION_SCHEMES:
        return ""
    return "malformed" if url is None else "scheme"


def _names_a_share(raw: str) -> bool:
    r"""Whether ``raw`` is ``\\machine\folder``. With a full name a browser opens that host, so that is left alone."""
    found = _UNC.match(raw.strip(_BLANK))
    return found is not None and "." not in found[1]


def origin(url: str) -> str:
    """Scheme, host and port of an absolute http(s) URL."""
    return "/".join(url.split("/", 3)[:3])


def host(url: str) -> str:
    """The host of an absolute http(s) URL in the standard's spelling; brackets are kept."""
    authority = origin(url).rpartition("/")[2].rpartition("@")[2]
    return authority.partition("]")[0] + "]" if authority[:1] == "[" else authority.partition(":")[0]


@lru_cache(maxsize=4096)
def host_problem(name: str) -> LinkProblem:
    """``local-host`` or ``private-address`` where ``name`` can't be reached by a citizen, else empty."""
    name = name.rstrip(".")
    if name in ("localhost", "localhost.localdomain") or name.endswith(".localhost"):
        return "local-host"
    if not (name[-1:].isdigit() or name[:1] == "["):
        return ""
    try:
        found = list(meanings(ip_address(name.strip("[]"))))
    except ValueError:
        return ""
    if any(within(address, _LOCAL) for address in found):
        return "local-host"
    return "private-address" if any(within(address, _PRIVATE) for address in found) else ""


def use_by_name(target: str) -> LinkUse:
    """What a clicked link leads to, by the ending of its path or else of its query; a page where that is unknown."""
    path, mark, query = target.partition("?")
    return _use_by_ending(path) or (_use_by_ending(query) if mark else None) or LinkUse.PAGE


def _use_by_ending(name: str) -> LinkUse | None:
    ending = name[-6:].rpartition(".")[2]
    return _USES.get(ending.lower())
