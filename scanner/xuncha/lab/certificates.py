"""The lab's certificate authorities and the certificates they issue, good and bad, made at start."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_DECADE = timedelta(days=3650)
_SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")
_SHA1_WITH_RSA = bytes.fromhex("2a864886f70d010105")
_P256, _SM2 = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a811ccf5501822d")
_ECDSA_SHA256, _SM2_SM3 = bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a811ccf55018375")
# Public authorities say where their own certificate is to be had; that tells a forgotten chain from a private root.
_ISSUER_ADDRESS = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://pki.example/issuer.crt")
        )
    ]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a certificate shall be like. The window is when it is valid."""

    host: str
    begins: datetime
    ends: datetime
    key: Literal["ec", "rsa-1024"] = "ec"
    issuer: Literal["known", "unknown", "itself", "sha1"] = "known"
    with_chain: bool = True


@dataclass(frozen=True, slots=True)
class Issuer:
    """An authority: its certificate, its key, and what servers send along with certificates it issued."""

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()


class Authorities:
    """Root and intermediate of the lab, an unknown root, and an old RSA intermediate that signs with SHA-1.

    Keys are elliptic because they take a millisecond to make; the RSA ones are made only when a fault needs them.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())

    @cached_property
    def root(self) -> Issuer:
        """The root that clients of the lab trust."""
        return self._root("示例区检查实验根证书")

    @property
    def root_pem(self) -> bytes:
        """For the clients' trust store."""
        return self.root.certificate.public_bytes(Encoding.PEM)

    def issue(self, wanted: Wanted) -> tuple[bytes, bytes]:
        """The certificate with its chain, and its key, both in PEM."""
        key: PrivateKey = self._leaf_key if wanted.key == "ec" else self._weak_key
        issuer = self._issuer(wanted)
        leaf = _leaf(wanted, key, issuer)
        if wanted.issuer == "sha1":
            leaf = _signed_with_sha1(leaf, issuer)
        chain = (leaf, *issuer.chain) if issuer and wanted.with_chain else (leaf,)
        pem = b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)
        return pem, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sm2_chain(self, wanted: Wanted) -> tuple[bytes, ...]:
        """Signing, encryption and issuing certificates that name SM2, in DER."""
        usages = (_usage(digital_signature=True, content_commitment=True), _usage(key_encipherment=True))
        leaves = (_leaf(wanted, self._leaf_key, self.root, usage) for usage in usages)
        return tuple(_renamed_to_sm2(certificate) for certificate in (*leaves, self.root.certificate))

    def _issuer(self, wanted: Wanted) -> Issuer | None:
        match wanted.issuer:
            case "known":
                return self._intermediate
            case "unknown":
                return self._unknown_root
            case "sha1":
                return self._old_intermediate
            case "itself":
                return None

    def _root(self, name: str) -> Issuer:
        key = ec.generate_private_key(ec.SECP256R1())
        return Issuer(_authority(name, key, None, self._now), key)

    @cached_property
    def _unknown_root(self) -> Issuer:
        root = self._root("无人知晓的根证书")
        return replace(root, chain=(root.certificate,))

    @cached_property
    def _intermediate(self) -> Issuer:
        return self._below_root("示例区检查实验签发证书", ec.generate_private_key(ec.SECP256R1()))

    @cached_property
    def _old_intermediate(self) -> Issuer:
        return self._below_root("示例区检查实验旧签发证书", rsa.generate_private_key(65537, 2048))

    @cached_property
    def _weak_key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65537, 1024)  # noqa: S505 - the fault that a check must find

    def _below_root(self, name: str, key: PrivateKey) -> Issuer:
        certificate = _authority(name, key, self.root, self._now)
        return Issuer(certificate, key, (certificate,))


def _name(text: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Xuncha lab"),
            x509.NameAttribute(NameOID.COMMON_NAME, text),
        ]
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _builder(name: str, key: PrivateKey, issuer: Issuer | None) -> x509.CertificateBuilder:
    public = key.public_key()
    signer = issuer.key.public_key() if issuer else public
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _authority(name: str, key: PrivateKey, issuer: Issuer | None, now: datetime) -> x509.Certificate:
    """A certificate that strict validators accept: constraints and usage are critical."""
    builder = (
        _builder(name, key, issuer)
        .not_valid_before(now - _DECADE)
        .not_valid_after(now + _DECADE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    )
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def _leaf(
    wanted: Wanted, key: PrivateKey, issuer: Issuer | None, usage: x509.KeyUsage | None = None
) -> x509.Certificate:
    builder = _builder(wanted.host, key, issuer)
    if wanted.issuer in {"known", "sha1"}:
        builder = builder.add_extension(_ISSUER_ADDRESS, critical=False)
    builder = (
        builder.not_valid_before(wanted.begins)
        .not_valid_after(wanted.ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(wanted.host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage or _usage(digital_signature=True, key_encipherment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def _signed_with_sha1(certificate: x509.Certificate, issuer: Issuer | None) -> x509.Certificate:
    """The certificate signed again: the library no longer does it, and both algorithm names have the same length."""
    assert issuer is not None
    assert isinstance(issuer.key, rsa.RSAPrivateKey)
    signed = certificate.tbs_certificate_bytes
    renamed = signed.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
    signature = issuer.key.sign(renamed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the fault to be found
    whole = certificate.public_bytes(Encoding.DER).replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
    return x509.load_der_x509_certificate(whole[: -len(signature)] + signature)


def _renamed_to_sm2(certificate: x509.Certificate) -> bytes:
    data = certificate.public_bytes(Encoding.DER)
    return data.replace(_P256, _SM2).replace(_ECDSA_SHA256, _SM2_SM3)
