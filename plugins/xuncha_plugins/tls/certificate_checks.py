"""Checks of the certificate: pure questions to what the scan saw, one chain at a time."""

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum, auto

from pydantic import Field

from xuncha.api import Finding, Gap, Params, Reason, check, day_of, finding, not_applicable, unsure, warning
from xuncha_plugins.tls.certificates import MAX_NAMES, covers
from xuncha_plugins.tls.each import Said, each_chain
from xuncha_plugins.tls.facts import Certificate, Deployment, Endpoint, HttpsEntries, PathProblem, TlsScan
from xuncha_plugins.tls.sslyze_report import SUPPLIED

_SHOWN_NAMES = 5


@check("tls.certificate-valid")
def certificate_valid(scan: TlsScan, visited: HttpsEntries | Gap) -> Iterator[Said]:
    """Within its dates and issued by an authority that browsers know; names and missing links have their own checks."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        dated = _outside_dates(scan, endpoint, deployment.leaf)
        if dated is not None:
            yield dated
        elif deployment.leaf.self_signed and not _trusting(deployment):
            yield finding(endpoint.place, "self-signed", distinct=deployment.leaf.key, subject=deployment.leaf.subject)
        else:
            yield from _trusted(endpoint, deployment, _second_opinion(endpoint, visited))

    return each_chain(scan, rule)


def _outside_dates(scan: TlsScan, endpoint: Endpoint, leaf: Certificate) -> Finding | None:
    if leaf.not_after < scan.observed_at:
        return finding(endpoint.place, "expired", distinct=leaf.key, until=day_of(leaf.not_after), issuer=leaf.issuer)
    if leaf.not_before > scan.observed_at:
        return finding(endpoint.place, "not-yet", distinct=leaf.key, since=day_of(leaf.not_before), issuer=leaf.issuer)
    return None


class Opinion(Enum):
    """What the verification of our own HTTPS client says: of use where sslyze's strict validator stopped early."""

    TRUSTED = auto()
    CHAIN_TRUSTED = auto()
    NONE = auto()


_PAST_THE_CHAIN = re.compile(r"hostname mismatch|ip address mismatch|has expired|not yet valid", re.IGNORECASE)


def _second_opinion(endpoint: Endpoint, visited: HttpsEntries | Gap) -> Opinion:
    """OpenSSL looks at names and dates only after it has found a trusted root."""
    entry = None if isinstance(visited, Gap) else visited.at(endpoint.host, endpoint.port)
    if entry is None or entry.secure.trusted is None:
        return Opinion.NONE
    if entry.secure.trusted:
        return Opinion.TRUSTED
    return Opinion.CHAIN_TRUSTED if _PAST_THE_CHAIN.search(entry.secure.trust_text) else Opinion.NONE


def _trusting(deployment: Deployment) -> list[str]:
    return [trust.store for trust in deployment.trust if trust.trusted]


def _trusted(endpoint: Endpoint, deployment: Deployment, opinion: Opinion) -> Iterator[Said]:
    """Whether any store accepts the chain; a validator that stopped for another reason leaves it open."""
    trusting = _trusting(deployment)
    rejecting = [trust.store for trust in deployment.trust if not trust.trusted and trust.store != SUPPLIED]
    problems = {trust.problem for trust in deployment.trust}
    found = PathProblem.FORM in {trust.problem for trust in deployment.trust if trust.store == SUPPLIED}
    leaf = deployment.leaf
    if trusting:
        if rejecting and SUPPLIED not in trusting:
            yes, no = ", ".join(trusting), ", ".join(rejecting)
            yield warning(endpoint.place, "some-stores", distinct=leaf.key, trusting=yes, rejecting=no)
    elif PathProblem.FORM in problems and opinion is Opinion.TRUSTED:
        text = next(trust.text for trust in deployment.trust if trust.problem is PathProblem.FORM)
        yield warning(endpoint.place, "odd-form", distinct=leaf.key, said=text)
    elif PathProblem.UNKNOWN_ISSUER in problems and not (found or _may_be_completed(deployment)):
        yield finding(endpoint.place, "unknown-issuer", distinct=leaf.key, issuer=_path(deployment)[-1].issuer)
    elif opinion is Opinion.NONE:
        yield unsure(endpoint.trust_reason or Reason.LOW_COVERAGE)


def _may_be_completed(deployment: Deployment) -> bool:
    """Whether the site's certificate came alone but says where its issuer's is: then some browsers fetch it."""
    path = _path(deployment)
    return len(path) == 1 and not path[0].self_signed and path[0].issuer_url


def _path(deployment: Deployment) -> list[Certificate]:
    """From the site's certificate along its issuers, as far as the server sent them, in whatever order."""
    path = [deployment.leaf]
    left = {one.subject: one for one in reversed(deployment.chain[1:])}
    while not path[-1].self_signed and path[-1].issuer in left:
        path.append(left.pop(path[-1].issuer))
    return path


class ExpiryParams(Params):
    """Warn when fewer ``days`` than this are left, but never before the last ``share`` of a short life."""

    days: int = Field(default=30, ge=1, le=365)
    share: float = Field(default=0.25, gt=0, le=1)


@check("tls.certificate-expiry", params=ExpiryParams)
def certificate_expiry(scan: TlsScan, params: ExpiryParams) -> Iterator[Said]:
    """Not expired, and not about to."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        leaf = deployment.leaf
        left = leaf.not_after - scan.observed_at
        soon = min(timedelta(days=params.days), params.share * (leaf.not_after - leaf.not_before))
        if left < timedelta(0):
            yield finding(endpoint.place, "expired", distinct=leaf.key, until=day_of(leaf.not_after))
        elif left < soon:
            yield warning(endpoint.place, "soon", distinct=leaf.key, until=day_of(leaf.not_after), days=left.days)

    return each_chain(scan, rule)


@check("tls.name-matches")
def name_matches(scan: TlsScan) -> Iterator[Said]:
    """Made out for the host in the address, in the subjectAltName: browsers read no other (RFC 9525)."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        leaf = deployment.leaf
        if covers(leaf, endpoint.host):
            return
        if not leaf.extensions_readable:
            yield unsure(Reason.MALFORMED_REPLY)
        elif leaf.names_total > MAX_NAMES:
            yield unsure(Reason.TOO_LARGE)
        elif not leaf.names and not leaf.addresses:
            yield finding(endpoint.place, "no-names", distinct=leaf.key, host=endpoint.host, subject=leaf.subject)
        else:
            names = ", ".join((*leaf.names, *leaf.addresses)[:_SHOWN_NAMES])
            yield finding(endpoint.place, "other-names", distinct=leaf.key, host=endpoint.host, names=names)

    return each_chain(scan, rule)


@check("tls.chain-complete")
def chain_complete(scan: TlsScan, visited: HttpsEntries | Gap) -> Iterator[Said]:
    """The server sends every intermediate certificate, in order."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        last = _path(deployment)[-1]
        led_to_a_root = _trusting(deployment) or _second_opinion(endpoint, visited) is not Opinion.NONE
        if led_to_a_root or last.self_signed:
            if not deployment.linked:
                yield warning(endpoint.place, "disordered", distinct=deployment.leaf.key, count=len(deployment.chain))
        elif _may_be_completed(deployment) and _searched(deployment):
            yield finding(endpoint.place, "incomplete", distinct=deployment.leaf.key, issuer=last.issuer)
        else:
            yield unsure(endpoint.trust_reason or Reason.LOW_COVERAGE)

    return each_chain(scan, rule)


def _searched(deployment: Deployment) -> bool:
    """Whether a validator got as far as looking for the issuer, and found none."""
    return any(trust.problem is PathProblem.UNKNOWN_ISSUER for trust in deployment.trust)


class KeyParams(Params):
    """The smallest keys that pass, in bits."""

    rsa_bits: int = Field(default=2048, ge=512)
    ec_bits: int = Field(default=256, ge=112)


@check("tls.key-strength", params=KeyParams)
def key_strength(scan: TlsScan, params: KeyParams) -> Iterator[Said]:
    """The keys of the certificate and of the intermediates are long enough; a root is trusted as it is."""
    least = {"RSA": params.rsa_bits, "DSA": params.rsa_bits, "EC": params.ec_bits}

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        for one in _below_root(deployment):
            if 0 < one.key_bits < least.get(one.key, 0):
                which, key, bits, subject = _which(deployment, one), one.key, one.key_bits, one.subject
                enough = least[key]
                yield finding(
                    endpoint.place, "short", distinct=which, subject=subject, key=key, bits=bits, least=enough
                )
        if not deployment.leaf.key_bits:
            yield unsure(Reason.NOT_SUPPORTED)

    return each_chain(scan, rule)


_BROKEN_HASHES = frozenset({"md2", "md4", "md5", "sha1"})


@check("tls.signature")
def signature(scan: TlsScan) -> Iterator[Said]:
    """No certificate below the root is signed with a broken hash."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        for one in _below_root(deployment):
            if one.hash in _BROKEN_HASHES:
                which, hash_name = _which(deployment, one), one.hash.upper()
                yield finding(endpoint.place, "broken", distinct=which, subject=one.subject, hash=hash_name)
        if not deployment.leaf.hash:
            yield unsure(Reason.NOT_SUPPORTED)

    return each_chain(scan, rule)


def _below_root(deployment: Deployment) -> list[Certificate]:
    """The site's certificate and the intermediates that vouch for it; a root's own signature counts for nothing."""
    path = _path(deployment)
    return [one for place, one in enumerate(path) if place == 0 or not one.self_signed]


def _which(deployment: Deployment, one: Certificate) -> str:
    return deployment.leaf.key if one is deployment.leaf else f"{deployment.leaf.key} {one.subject}"


@check("tls.revocation")
def revocation(scan: TlsScan) -> Iterator[Said]:
    """A stapled OCSP answer does not say that the certificate is revoked. Where none is stapled nothing is asked."""

    def rule(endpoint: Endpoint, deployment: Deployment) -> Iterator[Said]:
        staple, leaf = deployment.staple, deployment.leaf
        if not deployment.staple_known:
            yield unsure(endpoint.trust_reason or Reason.FACT_MISSING)
        elif staple is None:
            yield from _without_staple(endpoint, leaf)
        elif staple.status == "REVOKED":
            say = warning if staple.trusted is False else finding
            since = staple.revoked_at or scan.observed_at
            yield say(endpoint.place, "revoked", distinct=leaf.key, serial=leaf.serial, since=since)
        elif staple.next_update is not None and staple.next_update < scan.observed_at:
            yield warning(endpoint.place, "stale", distinct=leaf.key, until=day_of(staple.next_update))

    return each_chain(scan, rule)


def _without_staple(endpoint: Endpoint, leaf: Certificate) -> Iterator[Said]:
    if leaf.must_staple:
        yield finding(endpoint.place, "must-staple", distinct=leaf.key)
    else:
        yield not_applicable(Reason.NOT_OFFERED)
