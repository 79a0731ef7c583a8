"""The names and queries that rules may ask a server to run. Data; it grows by review, never by a rule.

A list of what must not be asked would never end. So whatever a server may run is asked for by known names only: those
of pages that show something, and of queries that choose a view of one.
"""

import re
from collections.abc import Mapping
from importlib.resources import files


def _words_in(name: str) -> frozenset[str]:
    text = (files("xuncha.rules") / name).read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


NAMES = _words_in("names.txt")
"""Words of names: each word of a name that may run is one of these."""

DEEDS = _words_in("deeds.txt")
"""Verbs: no folder of a rule's path is called so, whatever lies in it."""

_ANY_NUMBER = re.compile(r"[0-9]{1,3}")
_NOTHING = re.compile("")
_NAMELESS = re.compile(r"/?\{random\}(?:/\{random\}){0,3}")


def _one_of(*values: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, values)), re.IGNORECASE)


QUERIES: Mapping[str, re.Pattern[str]] = {
    "a": _one_of("login", "index"),
    "act": _one_of("phpinfo", "login"),
    "action": _one_of("config", "login", "status", "lostpassword"),
    "c": _one_of("index", "login", "public"),
    "cmd": _one_of("open"),
    "command": _one_of("GetFoldersAndFiles", "GetFolders"),
    "currentfolder": _one_of("/"),
    "f": _one_of("json", "pjson", "html"),
    "format": _one_of("json", "xml", "html", "text", "yaml", "prometheus"),
    "init": _one_of("1"),
    "lang": _one_of("zh", "en", "zh-cn", "zh_CN", "en_US"),
    "limit": _ANY_NUMBER,
    "logintype": _one_of("1"),
    "m": _one_of("admin", "index"),
    "op": _one_of("fs"),
    "post_type": _one_of("page", "post"),
    "pretty": _one_of("", "true"),
    "request": _one_of("GetCapabilities"),
    "s": _NAMELESS,
    "service": _one_of("WMS", "WFS", "WMTS", "WCS", "CSW"),
    "start": _ANY_NUMBER,
    "stats": _NOTHING,
    "type": _one_of("File", "Image"),
    "v": _ANY_NUMBER,
    "wsdl": _NOTHING,
    "wt": _one_of("json", "xml"),
}
"""Keys that choose a view of a page, in lower case, with the values that they may have. Nothing is handed over by them:
no number of a record, no name of a file, a host, an account or a command."""
