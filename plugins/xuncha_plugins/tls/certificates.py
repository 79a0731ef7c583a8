"""Certificates read by ourselves from DER, and the question whether one is made out for a host. No I/O."""

import ssl
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from ipaddress import ip_address
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from xuncha_plugins.tls.facts import Certificate

MAX_NAMES = 2_000
_MAX_TEXT = 300
_DER = Encoding.DER
SM2_CURVE = bytes.fromhex("06082A811CCF5501822D")
_EC_KEY = "1.2.840.10045.2.1"
# Signature algorithms that cryptography has no hash for.
_HASHES = {
    "1.2.156.10197.1.501": "sm3",
    "1.2.156.10197.1.504": "sm3",
    "1.2.840.113549.1.1.2": "md2",
    "1.2.840.113549.1.1.3": "md4",
    "1.2.840.113549.1.1.4": "md5",
    "1.2.840.113549.1.1.5": "sha1",
    "1.3.14.3.2.29": "sha1",
    "1.2.840.10040.4.3": "sha1",
    "1.2.840.10045.4.1": "sha1",
    "1.3.101.112": "ed25519",
    "1.3.101.113": "ed448",
}
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_E = TypeVar("_E", bound=x509.ExtensionType)


class UnreadableError(ValueError):
    """The bytes are not a certificate that can be read; the only error of ``read``."""


def read(der: bytes) -> Certificate:
    """The certificate in ``der``. Raises UnreadableError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about serial numbers and NULL parameters that old CAs got wrong
            return _certificate(x509.load_der_x509_certificate(der))
    except _UNREADABLE as error:
        raise UnreadableError(str(error)[:_MAX_TEXT]) from error


def read_pem(text: str) -> Certificate:
    """The certificate in a PEM block. Raises UnreadableError."""
    try:
        der = ssl.PEM_cert_to_DER_cert(text)
    except ValueError as error:
        raise UnreadableError(str(error)[:_MAX_TEXT]) from error
    return read(der)


def read_all(ders: Sequence[bytes]) -> tuple[tuple[Certificate, ...], int]:
    """Those that can be read, in order, and how many can't."""
    found = []
    for der in ders:
        with suppress(UnreadableError):
            found.append(read(der))
    return tuple(found), len(ders) - len(found)


def linked(chain: Sequence[Certificate]) -> bool:
    """Whether each certificate names the next one as its issuer."""
    return all(one.issuer == following.subject for one, following in pairwise(chain))


def covers(certificate: Certificate, host: str) -> bool:
    """Whether the certificate is made out for ``host``, as browsers read it (RFC 9525): subjectAltName only.

    A ``*`` stands for exactly one label, the leftmost; internationalised names are compared in Punycode.
    """
    try:
        return str(ip_address(host)) in certificate.addresses
    except ValueError:
        return any(matches(name, host) for name in certificate.names)


def matches(pattern: str, host: str) -> bool:
    """Whether a DNS name of a certificate, perhaps with a wildcard, names ``host``."""
    pattern, host = pattern.lower().rstrip("."), host.lower().rstrip(".")
    if not pattern.startswith("*."):
        return pattern == host
    label, dot, rest = host.partition(".")
    return bool(label and dot) and "." in rest and pattern[2:] == rest


def _certificate(found: x509.Certificate) -> Certificate:
    der = found.public_bytes(_DER)
    key, bits, curve = _key(found, der)
    base = Certificate(
        sha256=found.fingerprint(hashes.SHA256()).hex(),
        subject=_text(found.subject),
        issuer=_text(found.issuer),
        serial=f"{found.serial_number:x}",
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        common_name=_common_name(found.subject),
        key=key,
        key_bits=bits,
        curve=curve,
        hash=_hash(found),
        signature_oid=found.signature_algorithm_oid.dotted_string,
        self_signed=_self_signed(found),
    )
    try:
        return _extended(base, found.extensions)
    except _UNREADABLE:
        return replace(base, extensions_readable=False)


def _extended(base: Certificate, extensions: x509.Extensions) -> Certificate:
    alternative = _find(extensions, x509.SubjectAlternativeName)
    access = _find(extensions, x509.AuthorityInformationAccess) or ()
    names = alternative.get_values_for_type(x509.DNSName) if alternative else []
    addresses = alternative.get_values_for_type(x509.IPAddress) if alternative else []
    return replace(
        base,
        names=tuple(name[:_MAX_TEXT] for name in names[:MAX_NAMES]),
        names_total=len(names),
        addresses=tuple(str(address) for address in addresses[:MAX_NAMES]),
        usages=_usages(_find(extensions, x509.KeyUsage)),
        issuer_url=any(one.access_method == AuthorityInformationAccessOID.CA_ISSUERS for one in access),
        must_staple=x509.TLSFeatureType.status_request in (_find(extensions, x509.TLSFeature) or ()),
    )


def _find(extensions: x509.Extensions, kind: type[_E]) -> _E | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _usages(usage: x509.KeyUsage | None) -> tuple[str, ...]:
    return tuple(name for name in _USAGES if usage and bool(getattr(usage, name)))


def _text(name: x509.Name) -> str:
    return name.rfc4514_string()[:_MAX_TEXT]


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value)[:_MAX_TEXT] if found else ""


def _key(found: x509.Certificate, der: bytes) -> tuple[str, int, str]:
    """Kind, bits and curve of the public key. SM2 keys are known by their curve's OID, which nobody else uses."""
    oid = found.public_key_algorithm_oid.dotted_string
    if oid == _EC_KEY and SM2_CURVE in der:
        return "SM2", 256, "curveSM2"
    try:
        key = found.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return oid, 0, ""
    match key:
        case rsa.RSAPublicKey() | dsa.DSAPublicKey():
            return ("RSA" if isinstance(key, rsa.RSAPublicKey) else "DSA"), key.key_size, ""
        case ec.EllipticCurvePublicKey():
            return "EC", key.key_size, key.curve.name
        case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
            return ("Ed25519", 256, "") if isinstance(key, ed25519.Ed25519PublicKey) else ("Ed448", 456, "")
        case _:
            return oid, 0, ""


def _hash(found: x509.Certificate) -> str:
    known = _HASHES.get(found.signature_algorithm_oid.dotted_string)
    if known:
        return known
    try:
        algorithm = found.signature_hash_algorithm
    except (UnsupportedAlgorithm, ValueError):
        return ""
    return algorithm.name if algorithm else ""


def _self_signed(found: x509.Certificate) -> bool:
    if found.issuer != found.subject:
        return False
    try:
        found.verify_directly_issued_by(found)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError):
        return True  # its names say so, and nothing speaks against it
    return True
