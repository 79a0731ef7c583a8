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
_PRIVATE_KEY = re.compile(r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----).{1,65536}", re.DOTALL)
# The value of a setting, whatever its name says: a password can stand under any name.
_ASSIGNED = re.compile(r"(?<==)[^\s=&;,\"']{1,200}|(?<=[\"'])[^\"']{3,200}")
# What stands behind its name without a sign, as in .netrc.
_TOLD = re.compile(r"(?i)(\b(?:password|passwd|pwd|secret)[ \t:]{1,9})(\S{1,200})")


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
    """One line without secrets: what the capture masks, values of settings, and long tokens but for their heads."""
    hidden = _PRIVATE_KEY.sub(r"\1 ***", words)
    hidden = _ASSIGNED.sub(lambda found: "*" * len(found[0]), hidden)
    hidden = _TOLD.sub(lambda found: found[1] + "*" * len(found[2]), hidden)
    return excerpt(_LONG_TOKEN.sub(lambda found: found[0][:_HEAD] + "*" * (len(found[0]) - _HEAD), hidden))


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
