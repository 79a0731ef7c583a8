"""What a rule may ask: for things that lie there, never for something to be done or let in. Refused when it is read.

An exposure is proven by fetching an address that anybody could click. What a server may run for an address is told by
its form alone, and no list of evil words ends; so the law is one of form:

- data (``.zip``, ``.sql``, names with a leading dot) may have any name;
- an application's own folder (``/nacos/``) may have any name that is no deed;
- whatever else may run has known names (``known.NAMES``) behind its first folder, and at most a known query;
- no name is an address, a number, or a person's; placeholders stand in the names of data only.

What is put together from a site's own names is held to it again before it is asked.
"""

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote_to_bytes

from xuncha.model.netapi import HARMLESS_HEADERS
from xuncha.model.text import Text
from xuncha.rules.known import DEEDS, NAMES, QUERIES

HEADERS = HARMLESS_HEADERS - {"referer", "accept-encoding"}
"""What a rule may add; nothing that stands for a person, an address, another method or another path."""

_PLACEHOLDER = re.compile(r"\{([a-z]*)\}")
_FRONT = re.compile(r"\{(?:path|dir|context)\}")
_FILE = "{path}"
_RANDOM = "{random}"
_PATH = re.compile(r"/[A-Za-z0-9/._~@+,%-]*")
_KEY = re.compile(r"[A-Za-z][\w.-]{0,40}", re.ASCII)
_ONE_RANGE = re.compile(r"bytes=(?:\d{1,12}-\d{0,12}|-\d{1,12})")
_VALUE = re.compile(r"[A-Za-z0-9 ,;=.*/+:_-]{1,200}")
# Blanks and characters other than ASCII: Chinese names of files. Escaped ASCII only hides something.
_ESCAPED = re.compile(r"%(?:20|[89A-Fa-f][0-9A-Fa-f])")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_RUN = re.compile(r"[a-z]+")

# Data and documents, which no server runs, whatever their names say.
_STILL = re.compile(
    r"(?i)\.(?:css|map|md|txt|log|lock|sql|gz|tgz|zip|rar|7z|tar|war|bak|old|orig|swp|ini|conf|cnf|ya?ml|properties|png"
    r"|jpe?g|gif|ico|svg|pdf|docx?|xlsx?|csv|dump|rdb|db|sqlite3?|mdb|dmp|pem|crt|key|pfx|p12|jks|ppk|out)$|~$"
)
_RUNS = re.compile(r"(?i)\.(?:php\d?|phtml|jspx?|aspx?|ashx|asmx|do|action|cgi|pl|py|rb|sh|bat|cmd)(?![a-z0-9])")
"""Servers run a file that has such a suffix, some also where another one follows."""

_SUFFIX = re.compile(r"\.[a-z]{1,8}\d?\Z", re.IGNORECASE)
_SUFFIXES = frozenset((
    "html", "htm", "shtml", "js", "json", "xml", "php", "phtml", "jsp", "jspx", "asp", "aspx", "ashx", "asmx", "axd",
    "do", "action", "cgi", "wsdl", "wadl", "inc",
))  # fmt: skip

_ADDRESS = re.compile(r"(?i)(?:\d{1,10}\.){1,3}\d{1,10}(?::\d+)?|0x[0-9a-f]+(?:\.[0-9a-fx]+)*|\d{3,}|localhost|https?")
"""Of a computer in any form; of a person or a record: a number."""

_A_NUMBER = re.compile(r"\d{3}")
_LONG_NUMBER = re.compile(r"\d(?:[-_.]?\d){6,}[Xx]?")
_A_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}")
"""Backups are named for days and hours; any other long number is somebody's."""

_A_HOST = re.compile(
    r"(?i)(?!asp\.net\Z)(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|top|vip|xyz|io|info|local|localdomain|internal"
    r"|intranet|lan|corp|home|test|svc)"
)
_OF_THE_MACHINE = re.compile(r"pprof/(?:profile|trace)|etc/|proc/")
"""What keeps a program busy while it is written, and files outside the web root."""

_LOGINS = frozenset({"login", "signin", "logon", "sign_in"})
_OF_A_LOGIN = frozenset({"login", "index", "default", "captcha"})

_CREDENTIALS = re.compile(r"(?i)passw(?:or)?d|pwd|token|secret")

_CLIMBS = Text("不得含 . 或 .. 目录、空目录或 ;", "must have no . or .. folders, no empty ones and no ;")
_SIGNS = Text(
    "含有不允许的字符：路径只用字母、数字和 / . _ ~ @ + , -，参数只写 名=值（不得有引号、括号、$、; 等）",
    "has characters that no harmless address needs: only letters, digits and / . _ ~ @ + , - in the path,"
    " name=value in the query",
)
_HIDDEN = Text("不得对普通字符作百分号编码", "must not escape plain characters")
_FOR_DATA = Text(
    "除 {random} 外，占位符只用于备份、数据等静态文件的名称（如 {label}.zip、{path}.bak）",
    "placeholders other than {random} stand in the names of data only ({label}.zip, {path}.bak)",
)
_PATH_INFO = Text(
    "脚本文件名后面不得再接路径；请直接写脚本文件本身",
    "must not go on behind the name of a script: ask for the script itself",
)


def against_path(template: str) -> Text | None:
    """Why a path, or its template, must not be asked for; None where it may. See ``xuncha.rules.places``."""
    return next(filter(None, (_form(template), _law(template))), None)


def against_address(path: str) -> Text | None:
    """Why an address that was put together from a site's own names must not be asked for.

    Its template has been judged, so it need not consist of known names; but the site's names may be deeds.
    """
    return next(filter(None, (_form(path), _deed_of(path))), None)


def _form(template: str) -> Text | None:
    """Signs and climbing; with names for the placeholders, and with none, where two slashes may meet."""
    path, mark, query = template.partition("?")
    for filled in ("x", ""):
        bare = _PLACEHOLDER.sub(filled, path)
        if any(one and not one.strip(".") for one in bare.split("/")) or ";" in path or ".." in query:
            return _CLIMBS
    named = _PLACEHOLDER.sub("x", path)
    if "//" in named:
        return _CLIMBS
    if not _PATH.fullmatch(named if named.startswith("/") else f"/{named}") or bool(mark) > bool(query):
        return _SIGNS
    return _HIDDEN if "%" in _ESCAPED.sub("", named) or not _is_utf8(named) else None


def _is_utf8(path: str) -> bool:
    try:
        unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=4_096)
def _law(template: str) -> Text | None:
    path, _, query = template.partition("?")
    front = _FRONT.match(path)
    rest = path[front.end() :] if front else path
    joined = bool(front) and path.startswith(_FILE)
    return next(filter(None, (_of_names(rest, joined=joined), _of_query(query))), None)


def _of_names(path: str, *, joined: bool) -> Text | None:
    """``joined``: the first name hangs on one of the site's, as in ``{path}.bak``."""
    *folders, name = path.split("/")
    folders = [one for one in folders if one]
    still = _is_still(name, joined=joined and not folders)
    for place, one in enumerate((*folders, name)):
        if problem := _of_any(one, last=place == len(folders) and still):
            return problem
    if any(_RUNS.search(one) for one in folders):
        return _PATH_INFO
    return None if still else _of_what_runs(path, folders, name, joined=joined)


def _of_what_runs(path: str, folders: list[str], name: str, *, joined: bool) -> Text | None:
    """Behind an application's own folder all names are known ones."""
    if "{" in path.replace(_RANDOM, "") or (joined and not folders and name):
        return _FOR_DATA
    if found := _OF_THE_MACHINE.search(path.lower()):
        return _doing(found[0])
    if handed := _handed_to_login([*folders, name]):
        return Text(f"{handed}：规则不得尝试账号和口令", f"{handed}: rules try no accounts and no passwords")
    running = [*folders[1:], *[name] * bool(name)]
    return next((_unknown(one) for one in running if not _is_known(one)), None)


def _handed_to_login(names: list[str]) -> str:
    """What stands behind the name of a login and is no page of it."""
    behind = pairwise(names)
    return next(
        (one for login, one in behind if one and login.lower() in _LOGINS and not _words(one) & _OF_A_LOGIN), ""
    )


def _is_still(name: str, *, joined: bool) -> bool:
    """Whether a name is that of data. A leading dot hides it from every router."""
    hidden = name.startswith(".") and not joined
    return bool(name) and (hidden or (_STILL.search(name) is not None and _RUNS.search(name) is None))


def _of_any(name: str, *, last: bool) -> Text | None:
    """What no name may be; data (``last``) may be called by a deed or a host: ``delete.sql``, ``shili.gov.cn.zip``."""
    bare = name.replace(_RANDOM, "random")
    if _ADDRESS.fullmatch(bare) or _names_a_record(bare) or "@" in bare[1:] or (not last and _A_HOST.fullmatch(bare)):
        return Text(
            f"{name} 像是地址、主机名、电话或编号：规则不得经由网站访问别处，也不得指定某人某条记录",
            f"{name} looks like an address, a host, a telephone or a record: rules never go through a site,"
            " and name no person and no record",
        )
    if last:
        return None
    if _CREDENTIALS.fullmatch(bare):
        return Text(f"{name}：规则不得尝试口令", f"{name}: rules try no passwords")
    deed = next((one for one in sorted(_words(bare)) if one in DEEDS), "%" * ("%" in bare))
    return _doing(deed) if deed and not _is_known(name) else None


def _names_a_record(name: str) -> bool:
    numbers = (re.sub(r"[-_.]", "", found) for found in _LONG_NUMBER.findall(name))
    return any(not _A_DATE.fullmatch(one) for one in numbers)


def _doing(deed: str) -> Text:
    return Text(
        f"不得请求执行操作的地址：{deed}；请改为请求能证明其存在的静态文件或登录页",
        f"must not ask for something to be done: {deed}; ask for a file or the login page that proves it is there",
    )


def _unknown(name: str) -> Text:
    return Text(
        f"可能被服务器执行的名称 {name} 不在已知名称之列：请改为应用目录（/名称/）、已知页面（index、login、status 等）"
        "或带后缀的静态文件；确有需要的，请向本项目提出，增补 xuncha/rules/known.py",
        f"a server may run {name}, which is no known name: ask for the application's folder (/name/), a known page"
        " (index, login, status …) or a file of data; propose further names for xuncha/rules/known.py",
    )


def _is_known(name: str) -> bool:
    """Whether each word of a name that may run is known; scripts and pages by their suffix, numbers of versions too."""
    bare = name.replace(_RANDOM, "random")
    if bare.lower() in NAMES:
        return True
    if "%" in bare or _A_NUMBER.search(bare):
        return False
    suffix = _SUFFIX.search(bare)
    if suffix and suffix[0][1:].lower() in _SUFFIXES:
        bare = bare[: suffix.start()]
    words = _TOKEN.findall(bare)
    return bool(words) and all(one.lower() in NAMES for one in words)


def _of_query(query: str) -> Text | None:
    for pair in query.split("&") if query else ():
        key, _, value = pair.partition("=")
        values = QUERIES.get(key.lower())
        if not _KEY.fullmatch(key) or values is None or not values.fullmatch(value):
            return Text(
                f"参数 {pair[:80]} 不在已知参数之列：规则只能选择页面的视图，不得向网站传递账号、地址、文件名或编号；"
                "请去掉参数，或向本项目提出，增补 xuncha/rules/known.py",
                f"the query {pair[:80]} is not a known one: rules choose a view of a page, and hand over no account,"
                " address, file or number; leave it out, or propose it for xuncha/rules/known.py",
            )
    return None


def _deed_of(path: str) -> Text | None:
    """A deed among the names of a filled address; data may be called so."""
    folders, _, name = path.partition("?")[0].rpartition("/")
    still = _is_still(name, joined=False)
    words = (one for part in (folders, *([] if still else [name])) for one in sorted(_words(part)))
    deed = next((one for one in words if one in _NEVER), "")
    return _doing(deed) if deed else None


_NEVER = frozenset((
    "add", "adduser", "clear", "cmd", "del", "delete", "deluser", "deploy", "destroy", "disable", "drop", "enable",
    "erase", "eval", "exec", "execute", "heapdump", "invoke", "kill", "logout", "passthru", "purge", "reboot",
    "remove", "reset", "restart", "shutdown", "signout", "stop", "submit", "truncate", "undeploy", "unload",
    "upgrade", "write",
))  # fmt: skip
"""Of the deeds those that no folder of a public site is named for: beside such a page nothing is asked."""


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
    if name == "range" and not _ONE_RANGE.fullmatch(value):
        return Text("请求头 range 只能要一段：bytes=起-止", "range asks for one range only: bytes=first-last")
    return None
