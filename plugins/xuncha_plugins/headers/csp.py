"""Reads Content Security Policies as browsers do (W3C CSP Level 3) and says what they leave open. No I/O."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from xuncha_plugins.headers.facts import Answer

ENFORCED = "content-security-policy"
REPORTED = "content-security-policy-report-only"
UPGRADE = "upgrade-insecure-requests"

MAX_POLICIES = 20
MAX_DIRECTIVES = 200
MAX_SOURCES = 500

_BLANK = "\t\n\f\r "
_SOURCE_LISTS = frozenset((
    "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src", "manifest-src",
    "media-src", "object-src", "prefetch-src", "script-src", "script-src-attr", "script-src-elem", "style-src",
    "style-src-attr", "style-src-elem", "worker-src", "base-uri", "form-action", "frame-ancestors",
))  # fmt: skip
_KNOWN = _SOURCE_LISTS | {
    "sandbox", "report-uri", "report-to", "require-trusted-types-for", "trusted-types", UPGRADE,
    "block-all-mixed-content", "plugin-types", "navigate-to", "referrer", "reflected-xss", "require-sri-for", "webrtc",
}  # fmt: skip
_NOT_IN_META = frozenset(("frame-ancestors", "report-uri", "sandbox"))
_FALLBACK = {
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "script-src-attr": ("script-src-attr", "script-src", "default-src"),
    "script-src": ("script-src", "default-src"),
    "object-src": ("object-src", "default-src"),
}
_SEAL = re.compile(r"'(?:nonce-[A-Za-z0-9+/_-]+={0,2}|sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_NONCE = re.compile(r"'(nonce-[A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_SHORTEST_NONCE = 22
"""Characters of base64, six bits each, without the signs that only fill up."""

_UNQUOTED = re.compile(
    r"(?:none|self|unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|(?:nonce|sha256|sha384|sha512)-\S+)",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"\*|https?:|ftp:|data:|(?:[a-z][a-z0-9+.-]*://)?\*(?:\.\*)?(?:\.(?!gov|edu|mil)(?:[a-z]{2,}|(?:com|net|org)\.cn))?(?::[\d*]+)?/?"
)
"""Sources that anybody can put a script on: a scheme, any host, every host below a domain where all may register."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: its directives by lower-case name, and the directives that stood there again (they don't count)."""

    directives: Mapping[str, tuple[str, ...]]
    repeated: tuple[str, ...] = ()

    def sources(self, name: str) -> tuple[str, ...] | None:
        """The source list that governs ``name``, in lower case; None where nothing limits it."""
        for one in _FALLBACK.get(name, (name,)):
            if one in self.directives:
                return tuple(source.lower() for source in self.directives[one])
        return None

    @property
    def void(self) -> bool:
        """Whether no browser knows any of its directives."""
        return _KNOWN.isdisjoint(self.directives)


def parse(values: Iterable[str]) -> tuple[Policy, ...]:
    """The policies of a header (CSP Level 3, 2.2.2): separated by commas, repeated headers add to the list.

    At most ``MAX_POLICIES``, each of at most ``MAX_DIRECTIVES``, each of at most ``MAX_SOURCES``.
    """
    texts = (text for value in values for text in value.split(",", MAX_POLICIES)[:MAX_POLICIES])
    policies = (_policy(text) for text in texts)
    return tuple(islice((policy for policy in policies if policy.directives), MAX_POLICIES))


def _policy(text: str) -> Policy:
    """One serialised policy (2.2.1): what is not ASCII is skipped, and of equal names the first counts."""
    directives: dict[str, tuple[str, ...]] = {}
    repeated: dict[str, None] = {}
    for token in text.split(";", MAX_DIRECTIVES)[:MAX_DIRECTIVES]:
        words = _words(token)
        if not words or not token.isascii():
            continue
        name = words[0].lower()
        if name in directives:
            repeated[name] = None
        else:
            directives[name] = tuple(words[1:])
    return Policy(directives, tuple(repeated))


def _words(token: str) -> list[str]:
    """Split at ASCII white space only; other control characters belong to the words."""
    return [word for word in re.split(f"[{_BLANK}]+", token)[: MAX_SOURCES + 1] if word]


def enforced(answer: Answer) -> tuple[Policy, ...]:
    """All policies that browsers enforce; all of them must allow what is to happen."""
    return parse(answer.values(ENFORCED)) + _in_page(answer)


def _in_page(answer: Answer) -> tuple[Policy, ...]:
    """Those of ``<meta>``, without the directives that mean nothing there."""
    policies = (policy for content in answer.meta(ENFORCED) for policy in parse((content,)))
    kept = ({name: list_ for name, list_ in one.directives.items() if name not in _NOT_IN_META} for one in policies)
    return tuple(Policy(directives) for directives in kept if directives)


def upgrades(answer: Answer) -> bool:
    """Whether browsers load what the page names with ``http:`` over HTTPS."""
    return any(UPGRADE in policy.directives for policy in enforced(answer))


class Gap(StrEnum):
    """What a policy leaves open to an attacker who gets markup into the page."""

    UNLIMITED = "unlimited"
    INLINE = "inline"
    BROAD = "broad"
    EVAL = "eval"
    INSECURE = "insecure"
    OBJECTS = "objects"
    BASE = "base"


Gaps = dict[Gap, tuple[str, ...]]
"""Each gap with the sources that make it."""


def gaps(policies: tuple[Policy, ...], *, secure: bool) -> Gaps:
    """What is left open by all policies together; ``secure`` for a page over HTTPS."""
    found = [_gaps(policy, secure=secure) for policy in policies]
    return {gap: sources for gap, sources in found[0].items() if all(gap in one for one in found)} if found else {}


def _gaps(policy: Policy, *, secure: bool) -> Gaps:
    scripts = policy.sources("script-src-elem")
    if scripts is None:
        return dict.fromkeys(Gap, ())
    trusting = "'strict-dynamic'" in scripts
    hosts = () if trusting else scripts
    borrowed = any(map((_SEAL if trusting else _NONCE).fullmatch, scripts))  # by scripts of relative addresses
    found = {
        Gap.INLINE: _inline(scripts, policy.sources("script-src-attr")),
        Gap.BROAD: tuple(source for source in hosts if _EVERYWHERE.fullmatch(source)),
        Gap.EVAL: tuple(source for source in policy.sources("script-src") or () if source == "'unsafe-eval'"),
        Gap.INSECURE: tuple(source for source in hosts if secure and source.startswith("http://")),
        Gap.OBJECTS: _open_to_objects(policy),
        Gap.BASE: ("base-uri",) if borrowed and policy.sources("base-uri") is None else (),
    }
    return {gap: sources for gap, sources in found.items() if sources}


def _inline(scripts: tuple[str, ...], handlers: tuple[str, ...] | None) -> tuple[str, ...]:
    if handlers is None:
        return ("script-src-attr",)
    return ("'unsafe-inline'",) if _allows_inline(scripts) or _allows_inline(handlers) else ()


def _allows_inline(sources: tuple[str, ...]) -> bool:
    """CSP Level 3, 6.7.3.2: a nonce, a hash or strict-dynamic switches ``'unsafe-inline'`` off."""
    off = any(source == "'strict-dynamic'" or _SEAL.fullmatch(source) for source in sources)
    return "'unsafe-inline'" in sources and not off


def _open_to_objects(policy: Policy) -> tuple[str, ...]:
    sources = policy.sources("object-src")
    if sources is None:
        return ("object-src",)
    return tuple(source for source in sources if _EVERYWHERE.fullmatch(source))


def everywhere(source: str) -> bool:
    """Whether a source means every host."""
    return bool(_EVERYWHERE.fullmatch(source.lower()))


def nonces(policy: Policy) -> set[str]:
    """The nonces of its source lists."""
    words = (source for sources in policy.directives.values() for source in sources)
    return {match[1] for word in words if (match := _NONCE.fullmatch(word))}


def is_short(nonce: str) -> bool:
    """Whether it can't hold the 128 bits that CSP Level 3 (7.1) asks for, however it was made."""
    return len(nonce.partition("-")[2].rstrip("=")) < _SHORTEST_NONCE


def slips(policy: Policy) -> Iterator[str]:
    """What browsers ignore or read otherwise than it was meant, as it is written there."""
    yield from (name for name in policy.directives if name not in _KNOWN)
    yield from policy.repeated
    for name, sources in policy.directives.items():
        if name in _SOURCE_LISTS:
            yield from (source for source in sources if _UNQUOTED.fullmatch(source))


def bars_all_scripts(policy: Policy) -> bool:
    """Whether ``'strict-dynamic'`` stands there alone: hosts don't count beside it, and without a seal nothing runs."""
    sources = policy.sources("script-src-elem") or ()
    return "'strict-dynamic'" in sources and not any(map(_SEAL.fullmatch, sources))
