"""Masks keys, passwords and tokens wherever they are written next to a word that says so, or bear a known shape."""

import re
from collections.abc import Callable, Iterator

_Replace = Callable[[re.Match[str]], str]

_PRIVATE_KEY = re.compile(
    r"(?P<head>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)(?P<body>(?:[A-Za-z0-9+/=,:\s\\]|-(?!-)){0,16384}+)"
)
_JSON_WEB_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<head>eyJ)(?P<body>[A-Za-z0-9_-]{10,}+\.[A-Za-z0-9_-]{10,}+(?:\.[A-Za-z0-9_-]*+)?)"
)
_AUTHORIZATION = re.compile(
    r"(?P<head>(?i:\bbearer|authorization[\"']?\s{0,2}[:=]\s{0,2}[\"']?basic)\s{1,3})(?P<body>[A-Za-z0-9._~+/=-]{12,}+)"
)
# Prefixes that Alibaba Cloud, Tencent Cloud, AWS, Google, GitHub, GitLab and others give to their keys.
_KEY_HEADS = "ltai|akid|akia|asia|aiza|ghp_|gho_|ghu_|ghs_|ghr_|glpat-|sk-"
_KNOWN_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?P<head>LTAI|AKID|AKIA|ASIA|AIza|gh[pousr]_|glpat-|sk-(?=[A-Za-z0-9_-]{20}))"
    r"(?P<body>[A-Za-z0-9_-]{12,128}+)"
)
_ACCESS_PAIR = re.compile(
    r"(?P<head>(?<![A-Za-z])(?:ak|sk|AK|SK)[\"']?\s{0,2}[=:：]\s{0,2}[\"']?)(?P<body>[A-Za-z0-9+/]{16,128}+)"
)
_USER_INFO = re.compile(r"(?P<head>://[^\s/:@\"'<>?#]{1,64}:)(?P<body>[^\s/\"'<>?#]{1,128})(?=@)")
_IN_BOTH = r"(?=[!-~]{0,63}[0-9])(?=[!-~]{0,63}[A-Za-z])"
_SHORT = re.compile(
    rf"(?P<head>(?<![A-Za-z0-9])(?i:pass|pswd?|pw)[\"']?\s{{0,2}}[=:：]\s{{0,2}}[\"']?){_IN_BOTH}"
    r"(?P<body>[A-Za-z0-9!@#$%^*?+~_.-]{6,64}+)(?![(\[A-Za-z0-9])"
)
"""pass=…, pw：…"""

_OPTION = re.compile(
    rf"(?P<head>(?:-u\s?|--user[= ])[A-Za-z0-9_.-]{{1,32}}\s{{1,3}}-p\s?){_IN_BOTH}(?P<body>[!-~]{{6,64}}+)"
)
"""mysql -u… -p…"""

_INITIAL = re.compile(
    r"(?P<head>(?:初始|默认|缺省|临时|原始)(?:值|的)?\s{0,2}(?:[:：=＝]|为|是)\s{0,2}[\"'‘“]?)"
    rf"(?=[A-Za-z0-9]{{0,63}}[!@#$%^*?]){_IN_BOTH}"
    r"(?P<body>[A-Za-z0-9!@#$%^*?+~_-]{6,64}+)(?![.A-Za-z0-9])"
)
"""初始为…, where 密码 stands before it; what it is must look like a password."""

_TELLING_NAMES = (
    "password|passwd|passphrase|pwd|secret|access_key|accesskey|api_key|apikey|private_key|privatekey|"
    "access_token|accesstoken|auth_token|authtoken|refresh_token|refreshtoken|session_token|sessiontoken"
)
_ASSIGNED = re.compile(
    rf"(?P<head>(?i:{_TELLING_NAMES})(?i:_?(?:key|id|secret)){{0,2}}"
    r"[\"'`]?(?P<sign>[ \t]{0,3}(?:=>|[:=：])[ \t]{0,3}))"
    r"(?:(?P<quote>[\"'`])(?P<quoted>[^\"'`\r\n]{3,128})(?P=quote)|(?P<bare>[^\s\"'`<>&;,\x7f-\U0010ffff]{4,128}+))"
)
SAID = re.compile(
    r"(?P<head>(?:密码|口令|密钥|私钥)[\"'’”]?\s{0,2}(?:[:：=＝]|为|是)\s{0,2}[\"'‘“]?)(?P<body>[!-~]{4,64}+)(?![位个字])"
)
"""密码：…, 口令为…"""

_STANDARD = r"(?!(?i:https?:|GB|GM|ISO|SM[1-9]|AES|SHA|RSA|TLS|SSL|IPS|U-?Key))"
BESIDE = re.compile(
    rf"(?P<head>(?:密码|口令)[ \t]{{0,2}}){_STANDARD}"
    r"(?P<body>(?=[!-~]{0,63}[0-9])(?=[!-~]{0,63}[A-Za-z])[A-Za-z0-9!@#$%^*?+~_.-]{6,64}+)(?![位个字])"
)
"""密码Abcd1234, without a sign between; what it is must look like a password."""

_USERS = "root|admin|administrator|sysadmin|sa|oracle|postgres|mysql|ftp|test|guest|user|system|backup"
LOGIN = re.compile(
    rf"(?P<head>(?<![A-Za-z0-9/._@-])(?i:{_USERS})\s?[/／]\s?)"
    r"(?!v?[0-9]+(?:\.[0-9]+)+(?![A-Za-z0-9]))"
    r"(?P<body>(?=[!-~]{0,63}[0-9!@#$%^*?])[A-Za-z0-9!@#$%^*?+~_-][A-Za-z0-9!@#$%^*?+~_.-]{4,63}+)(?![/A-Za-z0-9])"
)
"""root/…: a known name of an account and what may be its password, a part of a path, or a file."""

_PASSPORT = re.compile(
    r"(?P<head>护照(?:号码?|编号)?\s{0,2}[:：为]?\s{0,2})(?P<body>[A-Za-z]{1,2}[0-9]{7,8})(?![0-9A-Za-z])"
)

_WORD = re.compile(
    r"(?i)true|false|null|none|undefined|required|optional|text|string|varchar|passw(?:or)?d|value|input|hidden|off|"
    r"(?:new|current)-password|username|email|error|show|hide|forgot|reset|change"
)
_PROPERTY = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+")


# What every rule needs: most texts of a crawl are names of links and files, and hold none of it. The first two looks,
# each for one set of characters to begin with, cost a third of the third, and mostly suffice.
_SIGN = re.compile("[=:：JI_密口私护初默缺临原/／-]")
_BEARER = re.compile("[Bb][Ee][Aa][Rr]")
_WORTH_A_LOOK = re.compile(
    r"[=:：]|-----|\s-p|(?:初始|默认|缺省|临时|原始)|eyJ|[Bb][Ee][Aa][Rr]|LTAI|AKI|ASIA|AIza|gh[pousr]_|glpat-|sk-|密码|口令|密钥|私钥|护照"
    r"|(?:ot|in|or|sa|le|es|ql|tp|st|er|em|up|OT|IN|OR|SA|LE|ES|QL|TP|ST|ER|EM|UP)\s?[/／]\s?(?=[^\s/]{0,60}[0-9!@#$%^*?])"
)


def mask_secrets(text: str) -> str:
    """``text`` with private keys, tokens, access keys and assigned passwords starred, of the same length."""
    if not (_SIGN.search(text) or _BEARER.search(text)) or not _WORTH_A_LOOK.search(text):
        return text
    lowered = _lowered(text)
    for heads, pattern, replace in _RULES:
        text = _replaced_at(_places(lowered, heads), text, pattern, replace)
    return text


def secrets_in(text: str) -> Iterator[str]:
    """What ``mask_secrets`` stars of ``text``, piece by piece."""
    masked = mask_secrets(text)
    if masked != text:
        yield from (text[at.start() : at.end()] for at in re.finditer(r"\*+", masked) if text[at.start()] != "*")


def holds_private_key(text: str) -> bool:
    """Whether a private key begins anywhere in ``text``."""
    return "PRIVATE KEY-----" in text or "PuTTY-User-Key-File" in text


def _lowered(text: str) -> str:
    """``text`` in lower case, character for character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(char.lower()[:1] for char in text)


def _places(lowered: str, heads: tuple[str, ...]) -> list[int]:
    """Where one of ``heads`` begins: finding plain words first is much faster than trying patterns everywhere."""
    places = set()
    for head in heads:
        at = lowered.find(head)
        while at >= 0:
            places.add(at)
            at = lowered.find(head, at + 1)
    return sorted(places)


def _replaced_at(places: list[int], text: str, pattern: re.Pattern[str], replace: _Replace) -> str:
    pieces, done = [], 0
    for at in places:
        match = pattern.match(text, at) if at >= done else None
        if match:
            pieces += [text[done:at], replace(match)]
            done = match.end()
    return "".join([*pieces, text[done:]]) if pieces else text


def _stars(match: re.Match[str]) -> str:
    return match["head"] + "*" * len(match["body"])


def _starred_tail(match: re.Match[str]) -> str:
    """The letter that says what it is stays."""
    return match["head"] + match["body"][0] + "*" * (len(match["body"]) - 1)


def _starred_letters(match: re.Match[str]) -> str:
    return match["head"] + re.sub(r"[A-Za-z0-9+/=_-]", "*", match["body"])


def _stars_if_random(match: re.Match[str]) -> str:
    return _stars(match) if re.search("[0-9]|[a-z][A-Z]", match["body"]) else match[0]


def _stars_if_mixed(match: re.Match[str]) -> str:
    """Signs, or letters of both cases with digits: no path is written so."""
    return (
        _stars(match) if re.search(r"[!@#$%^*?]|^(?=.*[0-9])(?=.*[a-z])[^.]*[A-Z][^.]*$", match["body"]) else match[0]
    )


def _starred_value(match: re.Match[str]) -> str:
    """Pages hold forms and scripts that only speak of passwords; words, paths and code are left alone."""
    quoted = match["quoted"] is not None
    if _is_wording(match["quoted"]) if quoted else _is_code(match["bare"], match["sign"]):
        return match[0]
    start, end = (place - match.start() for place in match.span("quoted" if quoted else "bare"))
    return match[0][:start] + "*" * (end - start) + match[0][end:]


def _is_wording(value: str) -> bool:
    return not value.isascii() or any(char.isspace() for char in value) or _is_reference(value)


def _is_code(value: str, sign: str) -> bool:
    value = value if re.search(r"[(\[{]", value) else value.rstrip(")]}")
    if not value.isascii() or re.search(r"[(){}\[\]]", value) or _PROPERTY.fullmatch(value) or _is_reference(value):
        return True
    # A bare word after a colon is a sentence or a variable; in ``password=word`` it is a setting.
    return sign != "=" and re.fullmatch("[A-Za-z_$-]+", value) is not None


def _is_reference(value: str) -> bool:
    return _WORD.fullmatch(value) is not None or value.startswith(("/", "#", "{", "$", "%", "<", "http"))


_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], _Replace], ...] = (
    (("-----begin",), _PRIVATE_KEY, _starred_letters),
    (("eyj",), _JSON_WEB_TOKEN, _starred_letters),
    (("bearer", "authorization"), _AUTHORIZATION, _stars_if_random),
    (tuple(_KEY_HEADS.split("|")), _KNOWN_KEY, _stars_if_random),
    (("ak", "sk"), _ACCESS_PAIR, _stars_if_random),
    (("://",), _USER_INFO, _stars),
    (tuple(_TELLING_NAMES.split("|")), _ASSIGNED, _starred_value),
    (("密码", "口令", "密钥", "私钥"), SAID, _stars),
    (("密码", "口令"), BESIDE, _stars),
    (tuple(_USERS.split("|")), LOGIN, _stars_if_mixed),
    (("pass", "pw", "psw"), _SHORT, _stars),
    (("-u", "--user"), _OPTION, _stars),
    (("初始", "默认", "缺省", "临时", "原始"), _INITIAL, _stars),
    (("护照",), _PASSPORT, _starred_tail),
)
"""How each rule's matches begin, in lower case; the rule; what it puts in their place."""
