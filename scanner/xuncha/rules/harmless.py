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

_NOUNS = re.compile(r"(?i)one-stop|add-?ons?")
"""What holds a verb and is none: one-stop services, add-ons."""

# Data and documents, which no server runs, whatever their names say.
_STILL = re.compile(
    r"(?i)\.(?:css|map|md|txt|log|lock|sql|gz|tgz|zip|rar|7z|tar|bak|old|orig|swp|ini|conf|ya?ml|properties|png|jpe?g|gif"
    r"|ico|svg|pdf|docx?|xlsx?|csv|dump|rdb|db|sqlite3?|mdb|pem|crt)$"
)
_RUNS = re.compile(r"(?i)\.(?:php\d?|phtml|jspx?|aspx?|ashx|asmx|do|action|cgi|pl|py|rb|sh|bat|cmd)(?![a-z0-9])")
"""Servers run a file that has such a suffix, some also where another one follows."""

_DEEDS = frozenset((
    "shutdown", "restart", "reboot", "delete", "del", "deluser", "adduser", "remove", "drop", "truncate", "destroy",
    "erase", "purge", "kill", "exec", "execute", "eval", "invoke", "passthru", "cmd", "logout", "signout", "upgrade",
    "deploy", "undeploy", "unload", "reset", "heapdump",
))  # fmt: skip
"""Never asked for, wherever they stand; a dump of the heap stops the program while it is written."""

_DEEDS_OF_A_PATH = _DEEDS | {"add", "clear", "disable", "enable", "stop", "submit", "write"}
_DEEDS_AT_THE_END = frozenset((
    "update", "create", "insert", "save", "modify", "flush", "reload", "quit", "abort", "exit", "restore", "rollback",
    "send", "grant", "revoke", "migrate",
))  # fmt: skip
"""What the last name of a path says that it does; folders are called so too."""

_DEEDS_WITH_A_QUERY = frozenset({"start", "run", "import"})
"""Names of pages, unless something is handed to them."""

_DEEDS_BEGIN = ("shutdown", "delete", "truncate", "reboot", "logout", "invokefunction", "removeuser", "dropdatabase")

_KEYS_THAT_ACT = _DEEDS_OF_A_PATH | {
    "command", "shell", "script", "function", "func", "sql", "ping", "run", "update", "insert", "save",
    "xdebug_session_start",
}  # fmt: skip
_KEYS_OF_COMMANDS = frozenset({"cmd", "command"})
_READS = re.compile(r"(?i)(?:get|list|open|info|status|stat|version|config|show)(?![a-z])|get[A-Z]")
_KEYS_THAT_NAME = frozenset((
    "m", "mod", "module", "c", "ctl", "controller", "page", "view", "type", "post_type", "format", "lang", "charset",
    "db", "table", "app", "tab", "panel", "topic", "cat", "category", "sort", "orderby", "service",
))  # fmt: skip
"""Behind these stands which part is shown, not what is done: ``m=system``, ``type=post``."""

_DEEDS_OF_A_VALUE = frozenset((
    "update", "create", "add", "insert", "save", "modify", "reset", "clear", "flush", "write", "put", "post", "set",
    "start", "stop", "enable", "disable", "install", "import", "upload", "run", "reload", "restore", "submit", "send",
    "rollback", "backup", "system", "shell", "sh", "select", "ping", "function", "script", "command",
))  # fmt: skip
_COMMANDS = frozenset((
    "bash", "whoami", "wget", "curl", "union", "sleep", "benchmark", "waitfor", "updatexml", "extractvalue", "outfile",
))  # fmt: skip
"""Words of shells and of SQL, which have no place in any query."""

_FORBIDDEN = re.compile(
    r"call_user_func|invokefunction|think\\app|etc/passwd|etc/shadow|(?<![a-z])win\.ini|proc/self|pprof/(?:profile|trace)"
)
_SHOWS_PHP = frozenset({"a", "act", "action", "do", "op"}) | _KEYS_THAT_NAME
"""Probes of PHP (探针) show its settings by ``act=phpinfo``; elsewhere the word is a function to be called."""

_OF_THE_SERVER = ("web-inf", "/etc")
"""In a value: files outside the web root."""

_CREDENTIALS = ("passw", "pwd", "token")
"""In a key: nobody's password is tried."""

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
    yield from _FORBIDDEN.findall(f"{path}?{query}".lower())
    yield from _of_path(_NOUNS.sub("", path), with_query=bool(query))
    for pair in query.split("&") if query else ():
        key, _, value = pair.partition("=")
        yield from _of_key(key, value)
        yield from _of_value(key.lower(), value)


def _of_path(path: str, *, with_query: bool) -> Iterator[str]:
    folders, _, name = path.rpartition("/")
    if _STILL.search(name) and not _RUNS.search(name):
        name = ""
    at_end = _DEEDS_AT_THE_END | (_DEEDS_WITH_A_QUERY if with_query else frozenset())
    yield from (one for one in _words(f"{folders}/{name}") if one in _DEEDS_OF_A_PATH or one.startswith(_DEEDS_BEGIN))
    yield from (one for one in _words(name) if one in at_end)


def _of_key(key: str, value: str) -> Iterator[str]:
    whole = key.lower()
    if whole in _KEYS_OF_COMMANDS and _READS.match(value):
        return
    if whole in _KEYS_THAT_ACT or any(one in whole for one in _CREDENTIALS):
        yield key
    yield from (one for one in _words(key) if one in _DEEDS or one.startswith(_DEEDS_BEGIN))


def _of_value(key: str, value: str) -> Iterator[str]:
    words = _words(_NOUNS.sub("", value))
    refused = _DEEDS | _COMMANDS | (frozenset() if key in _KEYS_THAT_NAME else _DEEDS_OF_A_VALUE)
    yield from (one for one in words if one in refused or one.startswith(_DEEDS_BEGIN))
    yield from (one for one in _OF_THE_SERVER if one in value.lower())
    yield from (one for one in words if one == "phpinfo" and key not in _SHOWS_PHP)


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
