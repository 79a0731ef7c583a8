"""Whether a reply says something: what is left of it beside courtesy and stock phrases (``words.yaml``)."""

import re
import unicodedata
from hashlib import sha256

from xuncha.api import masked_excerpt
from xuncha_plugins.interaction.facts import Hollow, Reply
from xuncha_plugins.interaction.lexicon import WORDS

MAX_READ = 5_000
_LONGEST_HOLLOW = 200
"""A longer reply is never called hollow."""

_SHORTEST = 2
"""Shorter clauses say nothing by themselves."""

_EXCERPT = 80
_CLAUSE = re.compile(r"[。！!？?；;，,：:\n…]+")
_TITLED = re.compile(r"(?i)^(?:[^，。：:\n]{0,20}(?:网友|市民|同志|先生|女士|群众|朋友))[：:，,]")


def reply(text: str) -> Reply:
    """What judging needs of a reply's text."""
    words = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text[:MAX_READ]))
    hollow = _hollow(text)
    return Reply(
        length=len(words),
        digest=sha256(words.encode("utf-8", "replace")).hexdigest()[:16] if words else "",
        hollow=hollow,
        excerpt=masked_excerpt(text, _EXCERPT) if hollow and words else "",
    )


def is_receipt(text: str) -> bool:
    """Whether a reply only says that the letter came, or will be dealt with."""
    return _hollow(text) in (Hollow.EMPTY, Hollow.RECEIPT)


def _hollow(text: str) -> Hollow | None:
    text = text.strip()
    if not text:
        return Hollow.EMPTY
    if len(text) > _LONGEST_HOLLOW:
        return None
    clauses = [clause for part in _CLAUSE.split(_TITLED.sub("", text)) if (clause := part.strip())]
    rest = [clause for clause in clauses if not _says_nothing(clause)]
    if not rest:
        return Hollow.RECEIPT
    elsewhere = all(WORDS.reply.elsewhere.search(one) or WORDS.reply.phone.search(one) for one in rest)
    return Hollow.ELSEWHERE if elsewhere and not WORDS.reply.concrete.search(text) else None


def _says_nothing(clause: str) -> bool:
    plain = clause.rstrip(".~ ")
    return len(plain) < _SHORTEST or bool(WORDS.reply.courtesy.search(plain) or WORDS.reply.receipt.search(plain))
