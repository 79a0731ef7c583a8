"""Masks keys, passwords and tokens wherever they are written next to a word that says so, or bear a known shape."""

import re
from collections.abc import Callable

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
_KNOWN_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?P<head>LTAI|AKID|AKIA|ASIA|AIza|gh[pousr]_|glpat-|sk-(?=[A-Za-z0-9_-]{20}))"
    r"(?P<body>[A-Za-z0-9_-]{12,128}+)"
)
_ACCESS_PAIR = re.compile(
    r"(?P<head>(?<![A-Za-z])(?:ak|sk|AK|SK)[\"']?\s{0,2}[=:：]\s{0,2}[\"']?)(?P<body>[A-Za-z0-9+/]{16,128}+)"
)
_USER_INFO = re.compile(r"(?P<head>://[^\s/:@\"'<>?#]{1,64}:)(?P<body>[^\s/@\"'<>?#]{1,128})(?=@)")
_ASSIGNED = re.compile(
    r"(?P<head>(?i:passw(?:or)?d|passphrase|pwd|passwd|secret(?:_?key)?|access_?key(?:_?(?:id|secret))?|api_?key|"
    r"private_?key|(?:access|auth|refresh|session)_?token)[\"'`]?(?P<sign>\s{0,3}(?:=>|[:=：])\s{0,3}))"
    r"(?:(?P<quote>[\"'`])(?P<quoted>[^\"'`\r\n]{3,128})(?P=quote)|(?P<bare>[^\s\"'`<>&;,，。；、]{4,128}+))"
)
_SAID = re.compile(
    r"(?P<head>(?:密码|口令|密钥|私钥)[\"'’”]?\s{0,2}(?:[:：=＝]|为|是)\s{0,2}[\"'‘“]?)(?P<body>[!-~]{4,64}+)(?![位个字])"
)

_STEMS = ("passw", "passphrase", "pwd", "secret", "access", "apikey", "api_key", "private", "token")
_WORD = re.compile(
    r"(?i)true|false|null|none|undefined|required|optional|text|string|varchar|passw(?:or)?d|value|input|hidden|off|"
    r"(?:new|current)-password|username|email|error|show|hide|forgot|reset|change"
)
_PROPERTY = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+")


def mask_secrets(text: str) -> str:
    """``text`` with private keys, tokens, access keys and assigned passwords starred, of the same length."""
    lowered = text.lower()
    for tell, pattern, replace in _RULES:
        if any(word in lowered for word in tell):
            text = pattern.sub(replace, text)
    return text


def _stars(match: re.Match[str]) -> str:
    return match["head"] + "*" * len(match["body"])


def _starred_letters(match: re.Match[str]) -> str:
    return match["head"] + re.sub(r"[A-Za-z0-9+/=_-]", "*", match["body"])


def _stars_if_random(match: re.Match[str]) -> str:
    return _stars(match) if re.search("[0-9]|[a-z][A-Z]", match["body"]) else match[0]


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
    if not value.isascii() or re.search(r"[(){}\[\]]", value) or _PROPERTY.fullmatch(value) or _is_reference(value):
        return True
    # A bare word after a colon is a sentence or a variable; in ``password=word`` it is a setting.
    return value.isalpha() and sign != "="


def _is_reference(value: str) -> bool:
    return _WORD.fullmatch(value) is not None or value.startswith(("/", "#", "{", "$", "%", "<", "http"))


_Rule = tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]]
_RULES: tuple[_Rule, ...] = (
    (("private key-----",), _PRIVATE_KEY, _starred_letters),
    (("eyj",), _JSON_WEB_TOKEN, _starred_letters),
    (("bearer", "authorization"), _AUTHORIZATION, _stars_if_random),
    (
        ("ltai", "akid", "akia", "asia", "aiza", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "sk-"),
        _KNOWN_KEY,
        _stars_if_random,
    ),
    (("ak", "sk"), _ACCESS_PAIR, _stars_if_random),
    (("://",), _USER_INFO, _stars),
    (_STEMS, _ASSIGNED, _starred_value),
    (("密码", "口令", "密钥", "私钥"), _SAID, _stars),
)
