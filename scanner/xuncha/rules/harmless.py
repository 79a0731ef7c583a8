"""What a rule may ask: for things that lie there, never for something to be done or let in. Refused when it is read.

An exposure is proven by fetching an address that anybody could click. Addresses that call functions, carry commands or
statements, climb out of the web root or go round a filter are attacks, whoever sends them and whatever is proven.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from xuncha.model.netapi import HARMLESS_HEADERS
from xuncha.model.text import Text

HEADERS = HARMLESS_HEADERS - {"referer", "accept-encoding"}
"""What a rule may add; nothing that stands for a person, an address, another method or another path."""

_PLACEHOLDER = re.compile(r"\{[a-z]*\}")
_PATH = re.compile(r"/[A-Za-z0-9/._~@+,%-]*")
_QUERY = re.compile(
    r"[A-Za-z][\w.-]{0,40}(?:=[\w/.-]{0,80})?(?:&[A-Za-z][\w.-]{0,40}(?:=[\w/.-]{0,80})?){0,5}", re.ASCII
)
_VALUE = re.compile(r"[A-Za-z0-9 ,;=.*/+:_-]{1,200}")
# Blanks and characters other than ASCII: Chinese names of files. Escaped ASCII only hides something.
_ESCAPED = re.compile(r"%(?:20|[89A-Fa-f][0-9A-Fa-f])")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_RUN = re.compile(r"[a-z]+")

_DEEDS = frozenset((
    "shutdown", "restart", "reboot", "delete", "del", "deluser", "adduser", "remove", "drop", "truncate", "destroy",
    "erase", "purge", "kill", "exec", "execute", "eval", "invoke", "passthru", "cmd", "logout", "signout", "upgrade",
    "add", "clear", "disable", "enable", "deploy", "undeploy", "unload", "reset", "stop", "submit", "write",
))  # fmt: skip
_DEEDS_BEGIN = ("shutdown", "delete", "truncate", "reboot", "logout", "invokefunction", "removeuser", "dropdatabase")
_DEEDS_IN_QUERY = frozenset((
    "update", "create", "add", "insert", "save", "edit", "modify", "reset", "clear", "flush", "write", "put", "post",
    "set", "start", "stop", "enable", "disable", "install", "import", "upload", "run", "system", "command", "shell",
    "bash", "sh", "whoami", "wget", "curl", "ping", "select", "union", "sleep", "benchmark", "waitfor",
    "updatexml", "extractvalue", "outfile", "script", "phpinfo", "function",
))  # fmt: skip
_FORBIDDEN = ("call_user_func", "invokefunction", "think\\app", "etc/passwd", "etc/shadow", "win.ini", "proc/self")

_OF_THE_SERVER = ("web-inf", "/etc", "passw", "pwd=", "token=")
"""In a query: files outside the web root, and names of credentials, which nobody tries."""

_CLIMBS = Text("不得含 . 或 .. 目录、空目录或 ;", "must have no . or .. folders, no empty ones and no ;")
_SIGNS = Text(
    "含有不允许的字符：路径只用字母、数字和 / . _ ~ @ + , -，参数只写 名=值（不得有引号、括号、$、; 等）",
    "has characters that no harmless address needs: only letters, digits and / . _ ~ @ + , - in the path,"
    " name=value in the query",
)
_HIDDEN = Text("不得对普通字符作百分号编码", "must not escape plain characters")


def against_path(template: str) -> Text | None:
    """Why a path, or its template, must not be asked for; None where it may."""
    for filled in ("x", ""):
        problem = _against(_PLACEHOLDER.sub(filled, template), named=bool(filled))
        if problem:
            return problem
    return None


def _against(path: str, *, named: bool) -> Text | None:
    """``named``: placeholders stand for a name; else for nothing, where two slashes may meet."""
    path, mark, query = path.partition("?")
    segments = path.split("/")
    if any(one and not one.strip(".") for one in segments) or ";" in path or ".." in query or (named and "//" in path):
        return _CLIMBS
    if named and not (
        _PATH.fullmatch(path if path.startswith("/") else f"/{path}") and (not mark or _QUERY.fullmatch(query))
    ):
        return _SIGNS
    if "%" in _ESCAPED.sub("", path) or not _is_utf8(path):
        return _HIDDEN
    deed = next(_deeds(path, query), "")
    return Text(f"不得请求执行操作的地址：{deed}", f"must not ask for something to be done: {deed}") if deed else None


def _is_utf8(path: str) -> bool:
    try:
        unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
    return True


def _deeds(path: str, query: str) -> Iterator[str]:
    whole = f"{path}?{query}".lower()
    yield from (one for one in _FORBIDDEN if one in whole)
    yield from (one for one in _OF_THE_SERVER if one in query.lower())
    yield from (one for one in _words(path) if one in _DEEDS or one.startswith(_DEEDS_BEGIN))
    yield from (one for one in _words(query) if one in _DEEDS | _DEEDS_IN_QUERY or one.startswith(_DEEDS_BEGIN))


def _words(text: str) -> set[str]:
    """``deleteUser`` holds delete, user and deleteuser."""
    return {one.lower() for one in _TOKEN.findall(text)} | set(_RUN.findall(text.lower()))


def against_header(name: str, value: str) -> Text | None:
    """Why a rule must not send this header; None where it may."""
    if name not in HEADERS:
        allowed = ", ".join(sorted(HEADERS))
        return Text(f"规则不得发送请求头 {name}；可用：{allowed}", f"rules never send {name}; allowed: {allowed}")
    if not _VALUE.fullmatch(value):
        return Text(f"请求头 {name} 的值含有不允许的字符", f"the value of {name} has characters that it must not have")
    return None
