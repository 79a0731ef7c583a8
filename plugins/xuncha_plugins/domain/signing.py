"""Verifies one DNSSEC signature (RFC 4034, 3.1.8.1) with the keys of one zone.

dnspython can do so only beside a newer ``cryptography`` than sslyze allows in the same environment.
"""

import struct
from collections.abc import Callable, Sequence

import dns.dnssec
import dns.name
import dns.rrset
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.RRSIG import RRSIG

_UNCOMPRESSED = b"\x04"
_LONG_EXPONENT = 3
_LONGEST_MODULUS = 512
"""Bytes (RFC 3110, 2)."""

_Verify = Callable[[bytes, bytes, bytes], None]
"""(key, signature, data); raises InvalidSignature for a bad one, ValueError for a key that is none."""


class UnreadableKeyError(ValueError):
    """The key could not be used here: nothing was verified, and nothing was refuted."""


def is_verified(rrset: dns.rrset.RRset, signature: RRSIG, keys: Sequence[DNSKEY]) -> bool:
    """Whether one of ``keys`` made ``signature`` over ``rrset``; its dates are not looked at.

    Raises UnreadableKeyError.
    """
    fitting = [
        key for key in keys if key.algorithm == signature.algorithm and int(dns.dnssec.key_id(key)) == signature.key_tag
    ]
    return any(_verifies(key, signature, _data(rrset, signature)) for key in fitting)


def _verifies(key: DNSKEY, signature: RRSIG, data: bytes) -> bool:
    try:
        ALGORITHMS[key.algorithm](key.key, signature.signature, data)
    except InvalidSignature:
        return False
    except (ValueError, IndexError, UnsupportedAlgorithm) as problem:
        raise UnreadableKeyError(str(problem)) from problem
    return True


def _data(rrset: dns.rrset.RRset, signature: RRSIG) -> bytes:
    """What was signed: the signature's own fields, then the records in canonical form and order."""
    fields = struct.pack(
        "!HBBIIIH",
        signature.type_covered,
        signature.algorithm,
        signature.labels,
        signature.original_ttl,
        signature.expiration,
        signature.inception,
        signature.key_tag,
    )
    owner = _owner(rrset.name, signature.labels).to_digestable()
    head = owner + struct.pack("!HHI", rrset.rdtype, rrset.rdclass, signature.original_ttl)
    bodies = sorted(record.to_digestable() for record in rrset)
    records = (head + struct.pack("!H", len(body)) + body for body in bodies)
    return fields + signature.signer.to_digestable() + b"".join(records)


def _owner(name: dns.name.Name, labels: int) -> dns.name.Name:
    """``*.a.example`` where the answer was made from a wildcard."""
    beyond = len(name.labels) - 1 - labels
    return dns.name.Name((b"*", *name.labels[beyond:])) if beyond > 0 else name


def _rsa(hashed: hashes.HashAlgorithm) -> _Verify:
    def verify(key: bytes, signature: bytes, data: bytes) -> None:
        length, begins = (key[0], 1) if key[0] else (int.from_bytes(key[1:3]), _LONG_EXPONENT)
        exponent, modulus = key[begins : begins + length], key[begins + length :]
        if len(modulus) > _LONGEST_MODULUS:
            raise ValueError("longer than RFC 3110 allows")
        numbers = rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus))
        numbers.public_key().verify(signature, data, padding.PKCS1v15(), hashed)

    return verify


def _ecdsa(curve: ec.EllipticCurve, hashed: hashes.HashAlgorithm) -> _Verify:
    def verify(key: bytes, signature: bytes, data: bytes) -> None:
        public = ec.EllipticCurvePublicKey.from_encoded_point(curve, _UNCOMPRESSED + key)
        half = len(signature) // 2
        both = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
        public.verify(encode_dss_signature(*both), data, ec.ECDSA(hashed))

    return verify


ALGORITHMS: dict[int, _Verify] = {
    5: _rsa(hashes.SHA1()),  # noqa: S303 - old zones are signed so, and theirs to answer for
    7: _rsa(hashes.SHA1()),  # noqa: S303
    8: _rsa(hashes.SHA256()),
    10: _rsa(hashes.SHA512()),
    13: _ecdsa(ec.SECP256R1(), hashes.SHA256()),
    14: _ecdsa(ec.SECP384R1(), hashes.SHA384()),
    15: lambda key, signature, data: ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, data),
    16: lambda key, signature, data: ed448.Ed448PublicKey.from_public_bytes(key).verify(signature, data),
}
"""By DNSSEC algorithm number. SM2 (17, RFC 9563) is none of them: such a zone is not called broken."""
