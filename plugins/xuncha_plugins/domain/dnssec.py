"""Validates a zone's records against the DS records of its parent (RFC 4035). Pure: the answers are handed over.

What is proven is the step from the parent's DS down to the records; the parent itself is believed as the resolver gives
it. Everything is bounded: many keys and signatures that all fail would otherwise cost without end (CVE-2023-50387).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import dns.dnssec
import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.RRSIG import RRSIG

from xuncha.api import Answer, Reason
from xuncha_plugins.domain.facts import Chain, Dnssec, Fault
from xuncha_plugins.domain.signing import ALGORITHMS, UnreadableKeyError, is_verified

DIGESTS = {1: "SHA1", 2: "SHA256", 4: "SHA384"}

_MOST_KEYS = 16
_MOST_SIGNATURES = 8
_MOST_DS = 8
_ZONE_KEY, _REVOKED = 0x0100, 0x0080


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked for, with signatures: the parent's DS, the zone's keys, and records of the zone."""

    ds: Answer
    keys: Answer
    records: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    chain: Chain
    fault: Fault | None = None
    record: str = ""
    until: datetime | None = None
    reason: Reason | None = None


def judged(zone: str, answers: Answers, now: datetime, *, shared: bool) -> Dnssec:
    """The state of ``zone`` at ``now``."""
    try:
        verdict = _chain(zone, answers, now)
    except UnreadableKeyError:
        verdict = _unknown(Reason.NOT_SUPPORTED)
    except (dns.exception.DNSException, ValueError, OverflowError):
        verdict = _unknown(Reason.FACT_MISSING)
    return Dnssec(zone, shared, now, verdict.chain, verdict.fault, verdict.record, verdict.until, verdict.reason)


def _chain(zone: str, answers: Answers, now: datetime) -> _Verdict:
    delegated = cast("list[DS]", _rdatas(answers.ds, _MOST_DS))
    keys = cast("list[DNSKEY]", _rdatas(answers.keys, _MOST_KEYS))
    if not delegated:
        return _Verdict(Chain.ISLAND if keys else Chain.UNSIGNED)
    usable = [one for one in delegated if one.algorithm in ALGORITHMS and one.digest_type in DIGESTS]
    if not usable:
        return _unknown(Reason.NOT_SUPPORTED)
    if _is_cut(answers):
        return _unknown(Reason.TOO_LARGE)
    missing = Fault.NO_KEYS if not keys else Fault.UNSIGNED if not answers.keys.signatures else None
    if missing:  # a resolver that strips signatures strips those of the parent's DS too
        return _broken(missing, "DNSKEY") if answers.ds.signatures else _unknown(Reason.VANTAGE_UNFIT)
    anchored = [key for key in keys if any(_matches(zone, key, one) for one in usable)]
    if not anchored:
        return _broken(Fault.NO_MATCH, "DNSKEY")
    steps = ((answers.keys, anchored), *((answer, keys) for answer in answers.records if answer.values))
    verdicts = [_verified(zone, answer, by, now) for answer, by in steps]
    return next((one for one in verdicts if one.chain is not Chain.SECURE), _Verdict(Chain.SECURE))


def _is_cut(answers: Answers) -> bool:
    many_keys = len(answers.keys.values) > _MOST_KEYS or len(answers.ds.values) > _MOST_DS
    return many_keys or any(len(one.signatures) > _MOST_SIGNATURES for one in (answers.keys, *answers.records))


def _matches(zone: str, key: DNSKEY, delegated: DS) -> bool:
    if not key.flags & _ZONE_KEY or key.flags & _REVOKED or key.algorithm != delegated.algorithm:
        return False
    digest = DIGESTS[delegated.digest_type]
    made = dns.dnssec.make_ds(_name(zone), key, digest, policy=dns.dnssec.allow_all_policy)
    return made.key_tag == delegated.key_tag and made.digest == delegated.digest


def _verified(zone: str, answer: Answer, keys: Sequence[DNSKEY], now: datetime) -> _Verdict:
    """One good signature by one of ``keys`` is enough."""
    signatures = [one for one in _signatures(answer) if one.signer == _name(zone)]
    if not signatures:
        return _broken(Fault.UNSIGNED, answer.kind)
    rrset = _rrset(answer)
    if any(_is_current(one, now) and is_verified(rrset, one, keys) for one in signatures):
        return _Verdict(Chain.SECURE)
    if any(one.algorithm not in ALGORITHMS for one in signatures):
        return _unknown(Reason.NOT_SUPPORTED)
    until = datetime.fromtimestamp(max(one.expiration for one in signatures), UTC)
    if until < now:
        return _Verdict(Chain.BROKEN, Fault.EXPIRED, answer.kind, until)
    early = all(one.inception > now.timestamp() for one in signatures)
    return _broken(Fault.EARLY if early else Fault.INVALID, answer.kind)


def _is_current(signature: RRSIG, now: datetime) -> bool:
    return signature.inception <= now.timestamp() <= signature.expiration


def _rrset(answer: Answer) -> dns.rrset.RRset:
    return dns.rrset.from_text_list(answer.owner or answer.name, 0, "IN", answer.kind, answer.values)


def _rdatas(answer: Answer, most: int) -> list[dns.rdata.Rdata]:
    kind = dns.rdatatype.from_text(answer.kind)
    return [dns.rdata.from_text(dns.rdataclass.IN, kind, value) for value in answer.values[:most]]


def _signatures(answer: Answer) -> Iterator[RRSIG]:
    for text in answer.signatures[:_MOST_SIGNATURES]:
        yield cast("RRSIG", dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.RRSIG, text))


def _name(text: str) -> dns.name.Name:
    return dns.name.from_text(text)


def _broken(fault: Fault, record: str) -> _Verdict:
    return _Verdict(Chain.BROKEN, fault, record)


def _unknown(reason: Reason) -> _Verdict:
    return _Verdict(Chain.UNKNOWN, reason=reason)
