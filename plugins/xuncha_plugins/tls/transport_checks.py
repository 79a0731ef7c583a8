"""Checks of the way to the site: HTTPS offered and insisted on, protocols, suites, vulnerabilities, TLCP."""

import re
from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from xuncha.api import (
    EndpointLocator,
    Gap,
    HeaderLocator,
    PageLocator,
    Params,
    Reason,
    Url,
    check,
    day_of,
    finding,
    host_of,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.tls import hsts
from xuncha_plugins.tls.each import Said, each_endpoint, is_foreign, no_tls
from xuncha_plugins.tls.facts import (
    Certificate,
    Endpoint,
    HttpsEntries,
    HttpsEntry,
    Robot,
    Suite,
    TlcpEndpoint,
    TlcpScan,
    TlsScan,
    TlsVulnerabilities,
    Version,
    Visit,
    Vulnerabilities,
)
from xuncha_plugins.tls.suites import Weakness, weakness

_ERRORS = 400
_SHOWN = 6


def _endpoint(scan: TlsScan | Gap, entry: HttpsEntry) -> Endpoint | None:
    found = () if isinstance(scan, Gap) else scan.endpoints
    return next((one for one in found if (one.host, one.port) == (entry.host, entry.port)), None)


def _offered(entry: HttpsEntry, endpoint: Endpoint | None) -> bool | None:
    """Whether HTTPS is offered; None where it can't be told.

    A shut port counts as a no only where the same host answers over HTTP: else the whole site may be out of reach.
    """
    if endpoint and is_foreign(endpoint):
        return False
    if entry.secure.status or entry.secure.problem is Reason.TLS_TOO_OLD or (endpoint and endpoint.offered):
        return True
    refused = entry.secure.problem in {Reason.REFUSED, Reason.NOT_TLS}
    refused = refused or (endpoint is not None and endpoint.offered is False)
    return False if refused and entry.plain.status else None


@check("tls.https-offered")
def https_offered(visited: HttpsEntries, scan: TlsScan | Gap) -> Iterator[Said]:
    """The site can be opened over HTTPS, with the content that HTTP shows."""
    for entry in visited.entries:
        endpoint = _endpoint(scan, entry)
        offered = _offered(entry, endpoint)
        if endpoint and is_foreign(endpoint):
            yield finding(entry.place, "other-site", host=entry.host, subject=endpoint.deployments[0].leaf.subject)
        elif offered is False:
            yield finding(entry.place, "not-offered", host=entry.host, port=entry.port)
        elif offered is None:
            yield unsure(entry.secure.problem or Reason.TLS_FAILED)
        elif entry.secure.final_url.startswith("http://"):
            yield finding(entry.place, "sent-back", url=Url(entry.secure.final_url))
        elif entry.plain.opened and _shows_nothing(entry.secure):
            yield warning(entry.place, "other-answer", url=Url(entry.secure.url), status=entry.secure.status)


@check("tls.http-redirects")
def http_redirects(visited: HttpsEntries, scan: TlsScan | Gap) -> Iterator[Said]:
    """Who comes over HTTP is sent to HTTPS by the server, where HTTPS has something to show."""
    for entry in visited.entries:
        offered = _offered(entry, _endpoint(scan, entry))
        if offered and _shows_nothing(entry.secure):
            offered = False
        yield from _redirected(entry) if offered else [no_tls(offered, entry.secure.problem)]


def _shows_nothing(secure: Visit) -> bool:
    """Whether a redirect to HTTPS would lead nowhere: to an error page, or back to HTTP."""
    return secure.final_url.startswith("http://") or (secure.status >= _ERRORS and not secure.challenge)


def _redirected(entry: HttpsEntry) -> Iterator[Said]:
    plain = entry.plain
    place = PageLocator(plain.url, 0)
    if plain.final_url.startswith("https://") or (plain.problem is Reason.REFUSED and not plain.hops):
        return  # sent on, or there is no plain HTTP at all
    if plain.challenge:
        yield unsure(Reason.CHALLENGED)
    elif plain.problem is not None:
        yield unsure(plain.problem)
    elif plain.status >= _ERRORS:
        yield unsure(Reason.SERVER_ERROR)
    elif plain.refresh.startswith("https://") and host_of(plain.refresh) == host_of(plain.url):
        yield warning(place, "by-page", url=Url(plain.refresh))
    else:
        yield finding(place, "stays", url=Url(plain.final_url))


class HstsParams(Params):
    """``least_days``: the shortest max-age that protects a visitor who doesn't come every week."""

    least_days: int = Field(default=180, ge=1)


@check("tls.hsts", params=HstsParams)
def strict_transport(visited: HttpsEntries, scan: TlsScan | Gap, params: HstsParams) -> Iterator[Said]:
    """The HTTPS answer carries a Strict-Transport-Security header that browsers keep."""
    for entry in visited.entries:
        offered = _offered(entry, _endpoint(scan, entry))
        if not offered:
            yield no_tls(offered, entry.secure.problem)
        elif entry.secure.challenge:
            yield unsure(Reason.CHALLENGED)
        elif not entry.secure.status:
            yield unsure(entry.secure.problem or Reason.TLS_FAILED)
        elif entry.secure.status >= _ERRORS and not entry.secure.hsts:  # error pages often lack a site's headers
            yield unsure(Reason.SERVER_ERROR)
        else:
            yield from _policy(entry, timedelta(days=params.least_days))


def _policy(entry: HttpsEntry, least: timedelta) -> Iterator[Said]:
    place = HeaderLocator(entry.secure.url, "strict-transport-security")
    policy = hsts.parse(entry.secure.hsts)
    if not entry.secure.hsts:
        yield warning(place, "missing", host=entry.host)
    elif policy is None:
        yield warning(place, "void", header=entry.secure.hsts[0])
    elif policy.max_age == 0:
        yield warning(place, "switched-off", host=entry.host)
    elif policy.max_age < least.total_seconds():
        yield warning(place, "short", days=policy.max_age // 86_400, least=least.days)


class ProtocolParams(Params):
    """``retired``: versions that must not be offered any more."""

    retired: tuple[Version, ...] = (Version.SSL2, Version.SSL3, Version.TLS10, Version.TLS11)


@check("tls.protocols", params=ProtocolParams)
def protocols(scan: TlsScan, params: ProtocolParams) -> Iterator[Said]:
    """Only current versions of TLS are offered."""

    def rule(endpoint: Endpoint) -> Iterator[Said]:
        for version in params.retired:
            offered = endpoint.speaks(version)
            if offered:
                key = "broken" if version in {Version.SSL2, Version.SSL3} else "retired"
                yield finding(endpoint.place, key, distinct=version, protocol=version)
            elif offered is None:
                yield unsure(_why_unknown(endpoint, version))
        if endpoint.speaks(Version.TLS12) is False and endpoint.speaks(Version.TLS13) is False:
            yield finding(endpoint.place, "none-current", distinct="none-current")

    return each_endpoint(scan, rule)


def _why_unknown(endpoint: Endpoint, version: Version) -> Reason:
    reasons = [one.reason for one in endpoint.protocols if one.version is version and one.reason]
    return reasons[0] if reasons else Reason.LOW_COVERAGE


class SuiteParams(Params):
    """Bits of the Diffie-Hellman group: below ``dh_broken`` it fails, below ``dh_short`` it is a hint.

    ``curve_bits``: the smallest elliptic curve for the key exchange.
    """

    dh_broken: int = Field(default=1024, ge=256)
    dh_short: int = Field(default=2048, ge=256)
    curve_bits: int = Field(default=224, ge=112)


_AGED = frozenset({Weakness.BLOCK64})


@check("tls.weak-suites", params=SuiteParams)
def weak_suites(scan: TlsScan, params: SuiteParams) -> Iterator[Said]:
    """No cipher suite or key exchange that is broken; SSL 2.0, broken as a whole, is named by another check."""

    def rule(endpoint: Endpoint) -> Iterator[Said]:
        known = [suite for suite in endpoint.suites.accepted if suite.version is not Version.SSL2]
        yield from _weak_kinds(endpoint.place, known)
        yield from _short_groups(endpoint.place, known, params)
        yield from _small_curves(endpoint, params.curve_bits)
        if endpoint.suites.reason:
            yield unsure(endpoint.suites.reason)

    return each_endpoint(scan, rule)


def _weak_kinds(place: EndpointLocator, known: list[Suite]) -> Iterator[Said]:
    for kind in Weakness:
        names = sorted({suite.name for suite in known if weakness(suite.name) is kind})
        if names:
            say = warning if kind in _AGED else finding
            yield say(place, kind.value, distinct=kind, count=len(names), suites=", ".join(names[:_SHOWN]))


def _short_groups(place: EndpointLocator, known: list[Suite], params: SuiteParams) -> Iterator[Said]:
    bits = min((suite.dh_bits for suite in known if suite.dh_bits), default=params.dh_short)
    if bits < params.dh_short:
        say = finding if bits < params.dh_broken else warning
        yield say(place, "short-group", distinct="short-group", bits=bits, least=params.dh_short)


_CURVE = re.compile(r"(?:sec[pt]|prime|brainpoolP)(\d+)")


def _small_curves(endpoint: Endpoint, least: int) -> Iterator[Said]:
    sizes = {name: int(match[1]) for name in endpoint.curves or () if (match := _CURVE.match(name))}
    small = sorted(name for name, bits in sizes.items() if bits < least)
    if small:
        yield warning(endpoint.place, "small-curve", distinct="small-curve", curves=", ".join(small[:_SHOWN]))


@check("tls.known-vulnerabilities")
def known_vulnerabilities(tests: TlsVulnerabilities, scan: TlsScan) -> Iterator[Said]:
    """None of the well-known attacks on TLS implementations works."""
    endpoints = {(one.host, one.port): one for one in scan.endpoints}
    for one in tests.endpoints:
        if not one.offered:
            yield no_tls(one.offered, one.reason)
            continue
        yield from _exploitable(one)
        yield from _risky(one, endpoints.get((one.host, one.port)))
        if one.reason:
            yield unsure(one.reason)
        elif one.robot is Robot.UNKNOWN:
            yield unsure(Reason.LOW_COVERAGE)


def _exploitable(one: Vulnerabilities) -> Iterator[Said]:
    found = {
        "heartbleed": one.heartbleed,
        "ccs-injection": one.ccs_injection,
        "robot": one.robot is Robot.STRONG,
        "client-renegotiation": one.client_renegotiation,
        "insecure-renegotiation": one.secure_renegotiation is False and one.client_renegotiation,
    }
    return (finding(one.place, key, distinct=key) for key, vulnerable in found.items() if vulnerable)


def _risky(one: Vulnerabilities, endpoint: Endpoint | None) -> Iterator[Said]:
    """What matters only together with something else, or needs very many tries."""
    versions = [protocol.version for protocol in endpoint.protocols if protocol.offered] if endpoint else []
    found = {
        "robot-weak": one.robot is Robot.WEAK,
        "compression": one.compression,
        "old-renegotiation": one.secure_renegotiation is False and not one.client_renegotiation,
        "no-fallback-guard": one.fallback_scsv is False and len(versions) > 1,
    }
    return (warning(one.place, key, distinct=key) for key, risky in found.items() if risky)


@check("tls.tlcp")
def tlcp(scanned: TlcpScan, scan: TlsScan | Gap) -> Iterator[Said]:
    """TLCP or TLS 1.3 with SM suites is offered. Advisory: browsers in common use speak neither."""
    seen = {} if isinstance(scan, Gap) else {(other.host, other.port): other for other in scan.endpoints}
    for one in scanned.endpoints:
        ordinary = seen.get((one.host, one.port))
        if one.tlcp:
            yield from _sm_certificates(one, scanned)
        elif one.tls13:
            continue
        elif ordinary and ordinary.offered is False:
            yield not_applicable(Reason.NO_HTTPS)
        elif ordinary and ordinary.offered is None:  # who answers no ordinary hello tells nothing by refusing this one
            yield unsure(ordinary.reason or Reason.TLS_FAILED)
        elif one.tlcp is None or one.tls13 is None:
            yield unsure(one.reason or Reason.TLS_FAILED)
        else:
            yield warning(one.place, "not-offered", host=one.host)


_ENCRYPTION = frozenset({"key_encipherment", "data_encipherment", "key_agreement"})


def _sm_certificates(one: TlcpEndpoint, scanned: TlcpScan) -> Iterator[Said]:
    """Two certificates, told apart by their use, both within their dates."""
    own = [found for found in one.certificates if found.key == "SM2" and "key_cert_sign" not in found.usages]
    if own and not any(_ENCRYPTION & set(found.usages) for found in own):
        yield warning(one.place, "one-certificate", distinct="one-certificate", count=len(own))
    for found in own:
        if not found.not_before <= scanned.observed_at <= found.not_after:
            key = f"{_use(found)}-outside-dates"
            yield warning(one.place, key, distinct=key, until=day_of(found.not_after))


def _use(found: Certificate) -> str:
    return "encryption" if _ENCRYPTION & set(found.usages) else "signing"
