"""What may be kept of content that should not lie open: a masked scrap of what proved it (law 11). Pure."""

import hashlib
import re
from collections.abc import Iterator

from xuncha.rules.facts import Proven
from xuncha.rules.matching import Held, Proof, part_of
from xuncha.rules.model import Rule
from xuncha.rules.response import Response
from xuncha.store.mask import excerpt

MAX_SAMPLE = 256
"""Bytes in UTF-8."""

MAX_EXTRACTED = 80
MAX_HELD = 20
_KEPT_HEADERS = ("content-type", "content-length", "content-encoding", "last-modified", "server", "x-powered-by")
_MAX_HEADER = 120
# Letters mixed with digits, so long that nobody made them up as a word: keys, hashes and tokens of any kind.
_LONG_TOKEN = re.compile(r"(?=[A-Za-z0-9+/_=-]{0,60}[0-9])(?=[A-Za-z0-9+/_=-]{0,60}[A-Za-z])[A-Za-z0-9+/_=-]{20,}")
_HEAD = 4
_LOOK = 240
_PRIVATE_KEY = re.compile(r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----).{1,65536}", re.DOTALL)
# The value of a setting, whatever its name says: a password can stand under any name.
_ASSIGNED = re.compile(r"(?<==)[^\s=&;,\"'<>]{1,200}")
# What stands in quotes, closed or cut. An apostrophe within a word opens nothing.
_QUOTED = re.compile(r"""(?<!\w)(["'])((?:(?!\1)[^\\]|\\.)*+)(\1|\\?\Z)""", re.DOTALL)
_UNQUOTED = re.compile(r"""("[^"]{1,60}"\s{0,9}:\s{0,9})([\w.+-]{1,200})""")
_NAME = re.compile(r"[A-Za-z_$@][\w.$@/{}+-]{0,59}", re.ASCII)
_MADE_UP = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])")
"""Names have no mixture of digits, small letters and capitals; passwords have."""

_NAMES = re.compile(r"\s{0,9}(?::|=>)")
_TELLS = re.compile(r"(?i)pass|pwd|secret|token|key|credential|auth|cookie|session|salt|pin\b|口令|密码|密钥")
_INDEX = re.compile(r"[\w$]\[\Z|define\(\s{0,9}\Z")
_MARKUP = re.compile(
    r"<\??[A-Za-z][^<>]{0,200}\s(?:class|id|rel|type|lang|charset|align|colspan|border|href|src|action|method|name|http-equiv|version|encoding|xmlns)"
    r"\s{0,9}=\s{0,9}\Z",
    re.IGNORECASE,
)
_LINK = re.compile(r'"(?:href|url)"\s{0,9}:\s{0,9}\Z')
_PLAIN = re.compile(
    r"(?:https?://[\w.-]{1,80}(?::\d{1,5})?)?(?:[\w.;=?/#% -]{0,20}/){0,9}[\w.;:=?#% -]{0,20}", re.ASCII
)
_SHORT = re.compile(r"-?\d{1,3}|true|false|null")
# What stands behind its name without a sign, as in .netrc, or behind a colon, as in YAML.
_TOLD = re.compile(
    r"(?i)(\b(?:password|passwd|pwd|secret)[ \t:]{1,9}|\bauthorization[ \t]{0,9}:[ \t]{0,9}(?:[a-z]{1,20} )?"
    r"|(?<![\"'\w.-])[\w.-]{0,40}(?:pass|pwd|secret|token|key|credential|口令|密码|密钥)[\w.-]{0,20}"
    r"[ \t]{0,9}[:：][ \t]{0,9})(\S{1,200})"
)
# A password in an address, also where it was cut before the sign that tells it from a port.
_USER_INFO = re.compile(
    r"(://(?![\w-]{1,80}(?:\.[\w-]{1,80})+:\d{1,5}\Z)[^\s/:@\"']{1,200}:)([^\s/\"']{1,200}(?=@)|[^\s/@\"']{1,200}\Z)"
)
# The text of an element or a cell of a table: what its name, or the cell beside it, says is secret.
_ELEMENT = re.compile(r"(?i)(<[^<>]{0,60}(?:pass|pwd|secret|token|key|class=\"v\")[^<>]{0,60}>)([^<]{1,4096})")


def proven(rule: Rule, url: str, seen: Response, proof: Proof) -> Proven:
    """The proof of a rule as it may be kept."""
    return Proven(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        url=url,
        status=seen.status,
        headers=tuple(_headers(seen)),
        size=seen.size,
        sha256=hashlib.sha256(seen.body).hexdigest(),
        whole=seen.whole,
        sample=sample(proof),
        held=tuple(dict.fromkeys(held.kind for held in proof))[:MAX_HELD],
        extracted=tuple(_extracted(rule, seen)),
        manual=rule.manual,
    )


def sample(proof: Proof) -> str:
    """The words that the proof rests on, masked, at most ``MAX_SAMPLE`` bytes."""
    words = dict.fromkeys(_shown(held) for held in proof if held.kind in ("word", "regex", "bytes"))
    return _cut(excerpt(" … ".join(words)), MAX_SAMPLE)


def _shown(held: Held) -> str:
    """Words and bytes are those of the rule itself; what a pattern found is the site's."""
    return masked(held.words) if held.kind == "regex" else held.words


def masked(words: str) -> str:
    """One line without secrets: what the capture masks, values of settings, and long tokens but for their heads.

    Names and structure stay, so that a reader can check what was found; every value in quotes or behind a sign goes,
    but for the classes and links of markup, plain links of JSON, and numbers of three digits.
    """
    hidden = _PRIVATE_KEY.sub(r"\1 ***", words)
    hidden = _ASSIGNED.sub(_stars, hidden)
    hidden = _UNQUOTED.sub(_bare_value, hidden)
    hidden = _QUOTED.sub(_quoted, hidden)
    for told in (_TOLD, _ELEMENT, _USER_INFO):
        hidden = told.sub(_behind, hidden)
    return excerpt(_LONG_TOKEN.sub(lambda found: found[0][:_HEAD] + "*" * (len(found[0]) - _HEAD), hidden))


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])


def _behind(found: re.Match[str]) -> str:
    return found[1] + "*" * len(found[2])


def _bare_value(found: re.Match[str]) -> str:
    """A number or word of JSON: kept where it is short and its name tells of no secret."""
    plain = _SHORT.fullmatch(found[2]) and not _TELLS.search(found[1])
    return found[0] if plain else _behind(found)


def _quoted(found: re.Match[str]) -> str:
    """A string: kept where it is the name of something, or what holds a page together."""
    before, words = found.string[max(0, found.start() - _LOOK) : found.start()], found[2]
    named = _NAMES.match(found.string, found.end()) or _INDEX.search(before)
    name = named and _NAME.fullmatch(words) and not _MADE_UP.search(words)
    link = (_MARKUP.search(before) or _LINK.search(before)) and _PLAIN.fullmatch(words) and not _MADE_UP.search(words)
    shown = words if (name and found[3]) or link else "*" * len(words)
    return f"{found[1]}{shown}{found[3]}"


def _extracted(rule: Rule, seen: Response) -> Iterator[tuple[str, str]]:
    for one in rule.extract:
        words = masked(one.words(part_of(seen, one.part)))[:MAX_EXTRACTED]
        if words:
            yield one.name, words


def _headers(seen: Response) -> Iterator[tuple[str, str]]:
    for name in _KEPT_HEADERS:
        value = seen.header(name)
        if value:
            yield name, excerpt(value, _MAX_HEADER)


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
