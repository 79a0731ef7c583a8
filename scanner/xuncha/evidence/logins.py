"""Passwords with which somebody could log in, in what was handed in.

Only what is said of a real account counts: rules on passwords, their examples and forms that are not filled in stay.
"""

import re
from collections.abc import Iterator, Sequence

from xuncha.store.credentials import BESIDE, LOGIN, SAID, holds_private_key, secrets_in

_SENTENCE = re.compile(r"[^。；;\n]+")
_ONLY_SPOKEN_OF = re.compile(
    r"不得|不准|不应|不可|不能|不要|严禁|禁止|避免|杜绝|弱口令|弱密码|例如|比如|示例|样例|复杂度|至少|不少于|长度|位数"
)
_INITIAL = re.compile(r"初始|默认|缺省|出厂")
_IS_SECURE = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?=.*[!@#$%^&*?]).{6,}")
_IS_PASSWORD = re.compile(
    r"(?=.*[0-9!@#$%^&*?])(?!.*(?:https?:|/[a-z]+/))(?!.*(?:GB|GM)/?T)(?!SM[0-9])(?!AES|SHA|RSA).{4,}"
)
_IS_DATE = re.compile(r"(?:19|20)\d\d(?:[-./年]?\d{1,2}){0,2}$|\d{1,2}[-~]\d{1,2}$")
_LEAST_SIGNS = 3
"""Different characters: a row of stars or lines is a blank."""

_ACCOUNT = re.compile(r"(?:登录|管理员?|系统|后台)?(?:账号|帐号|账户|用户名?|登录名)(?:名称)?")
_PASSWORD = re.compile(r"(?:登录|管理员?|系统|后台)?(?:密码|口令)")
_ROWS = 50
_NEAR = 16
_OF_ACCOUNT = re.compile(r"账号|帐号|账户|用户|登录|备份机|服务器|主机|堡垒机|数据库|后台|设备|虚拟机")
_SIGNS = re.compile(r"[!@#$%^*?]")
_FILE = re.compile(r"\.[A-Za-z]{1,5}$")


def holds_login(text: str) -> bool:
    """Whether a password or key stands in ``text`` that somebody could log in with."""
    if holds_private_key(text):
        return True
    sentences = (found[0] for found in _SENTENCE.finditer(text))
    return any(map(_says_one, sentences)) or _lists_some(text.splitlines())


def _says_one(sentence: str) -> bool:
    if _ONLY_SPOKEN_OF.search(sentence):
        return False
    said = [match["body"] for pattern in (SAID, BESIDE) for match in pattern.finditer(sentence)]
    of_account = [match["body"] for match in LOGIN.finditer(sentence) if _is_of_account(match)]
    others = secrets_in(LOGIN.sub("", sentence)) if "护照" not in sentence else ()
    found = [word for word in (*said, *of_account, *others) if _is_password(word)]
    # 123456 and the like, with which a system comes, are only spoken of.
    return any(map(_IS_SECURE.match, found)) if _INITIAL.search(sentence) else bool(found)


def _is_of_account(match: re.Match[str]) -> bool:
    """Whether root/… is no path: it has signs, or is said of an account or a machine."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    path = _FILE.search(match["body"])
    return not path and bool(_SIGNS.search(match["body"]) or _OF_ACCOUNT.search(before))


def _is_password(word: str) -> bool:
    word = word.rstrip(".,;:)]}")
    return bool(_IS_PASSWORD.fullmatch(word)) and not _IS_DATE.match(word) and len(set(word)) >= _LEAST_SIGNS


def _lists_some(lines: Sequence[str]) -> bool:
    """Whether rows below a heading with account and password hold some."""
    for number, line in enumerate(lines):
        column = _password_column(line)
        if column is not None and any(map(_is_password, _below(lines[number + 1 : number + 1 + _ROWS], column))):
            return True
    return False


def _password_column(line: str) -> int | None:
    cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else []
    if not any(map(_ACCOUNT.fullmatch, cells)):
        return None
    return next((number for number, cell in enumerate(cells) if _PASSWORD.fullmatch(cell)), None)


def _below(rows: Sequence[str], column: int) -> Iterator[str]:
    for row in rows:
        cells = row.split("\t")
        if len(cells) > column:
            yield cells[column].strip()
