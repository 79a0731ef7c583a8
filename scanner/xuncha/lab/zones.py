"""What the lab's name server says of the district's domains beyond addresses: servers, mail, CAA, aliases, signatures.

Every domain is signed, and its parent vouches for its key, as DNSSEC wants it. Addresses of name servers are those that
documents use (RFC 5737): nobody connects to them.
"""

import struct
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

import dns.dnssec
import dns.name
import dns.rdata
import dns.rrset
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dns.rdtypes.ANY.DNSKEY import DNSKEY

from xuncha.lab.spec import LabSite

SERVERS: Mapping[str, str] = {"ns1": "192.0.2.53", "ns2": "198.51.100.53"}
"""In different networks."""

GONE = "shili-old.cloud.example"
"""A name at a hosting provider that was given back; what still leads there is a danger."""

_TTL = 5
_MOMENT = "%Y%m%d%H%M%S"
_ECDSA_P256, _HALF = 13, 32
_MONTH = timedelta(days=30)
_LATE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Key:
    private: ec.EllipticCurvePrivateKey
    public: DNSKEY


class Zones:
    """The zones of the sites that ``sites`` tells at this moment. ``now`` is the lab's."""

    def __init__(self, sites: Callable[[], Iterable[LabSite]], now: datetime) -> None:
        self._sites = sites
        self._now = now
        self._key = cache(_new_key)
        self._records: Mapping[str, Callable[[str], tuple[str, ...]]] = {
            "NS": self._servers,
            "SOA": lambda domain: (f"ns1.{domain}. admin.{domain}. 1 3600 600 86400 5",),
            "CAA": lambda domain: self._unless("caa-missing", domain, '0 issue "ca.example"'),
            "TXT": lambda domain: self._unless("mail-open", domain, '"v=spf1 -all"'),
            "DNSKEY": lambda domain: (self._key(domain).public.to_text(),),
            "DS": self._delegation,
        }

    def lookup(self, name: str, kind: str) -> tuple[str, ...] | None:
        """The values; None for a name that this knows nothing of, which may be an address's."""
        domain = self._domain_of(name)
        if domain is None:
            return None
        if name == domain:
            return self._at_apex(domain, kind)
        label = name.removesuffix(f".{domain}")
        if label in SERVERS:
            return (SERVERS[label],) if kind == "A" else ()
        if label == "_dmarc":
            return self._unless("mail-open", domain, '"v=DMARC1; p=reject"') if kind == "TXT" else ()
        forgotten = {f"old.{site.host}" for site in self._sites() if "dns-dangling" in site.faults}
        return (f"{GONE}.",) if name in forgotten and kind == "CNAME" else None

    def sign(self, rrset: dns.rrset.RRset) -> dns.rrset.RRset | None:
        """The signature over ``rrset``, good at the lab's time and at the real one; None outside the zones."""
        name = rrset.name.to_text(omit_final_dot=True).lower()
        domain = self._domain_of(name)
        if domain is None:
            return None
        kind = rrset.rdtype.name
        zone = domain.partition(".")[2] if kind == "DS" else domain
        late = kind != "DS" and self._has("dnssec-broken", domain)
        moments = (self._now.astimezone(UTC), datetime.now(UTC))
        until = min(moments) - _LATE if late else max(moments) + _MONTH
        key = self._key(zone)
        return _signed(rrset, dns.name.from_text(zone), key, min(moments) - _MONTH, until)

    def _at_apex(self, domain: str, kind: str) -> tuple[str, ...]:
        make = self._records.get(kind)
        return make(domain) if make else ()

    def _servers(self, domain: str) -> tuple[str, ...]:
        labels = list(SERVERS)[:1] if self._has("dns-one-server", domain) else SERVERS
        return tuple(f"{label}.{domain}." for label in labels)

    def _delegation(self, domain: str) -> tuple[str, ...]:
        made = dns.dnssec.make_ds(dns.name.from_text(domain), self._key(domain).public, "SHA256")
        return (made.to_text(),)

    def _unless(self, fault_id: str, domain: str, value: str) -> tuple[str, ...]:
        return () if self._has(fault_id, domain) else (value,)

    def _has(self, fault_id: str, domain: str) -> bool:
        return any(fault_id in site.faults for site in self._sites() if site.domain == domain)

    def _domain_of(self, name: str) -> str | None:
        domains = {site.domain for site in self._sites()}
        return next((domain for domain in domains if name == domain or name.endswith(f".{domain}")), None)


def _new_key(_zone: str) -> _Key:
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    text = f"257 3 {_ECDSA_P256} {b64encode(point[1:]).decode()}"
    return _Key(private, cast("DNSKEY", dns.rdata.from_text("IN", "DNSKEY", text)))


def _signed(
    rrset: dns.rrset.RRset, zone: dns.name.Name, key: _Key, since: datetime, until: datetime
) -> dns.rrset.RRset:
    """RFC 4034, 3.1.8.1; dnspython signs only beside a newer ``cryptography`` than sslyze allows."""
    labels, tag = len(rrset.name) - 1, int(dns.dnssec.key_id(key.public))
    moments = int(until.timestamp()), int(since.timestamp())
    fields = struct.pack("!HBBIIIH", rrset.rdtype, _ECDSA_P256, labels, rrset.ttl, *moments, tag)
    head = rrset.name.to_digestable() + struct.pack("!HHI", rrset.rdtype, rrset.rdclass, rrset.ttl)
    bodies = sorted(record.to_digestable() for record in rrset)
    records = b"".join(head + struct.pack("!H", len(body)) + body for body in bodies)
    made = key.private.sign(fields + zone.to_digestable() + records, ec.ECDSA(SHA256()))
    signature = b64encode(b"".join(number.to_bytes(_HALF) for number in decode_dss_signature(made))).decode()
    kind = rrset.rdtype.name
    text = f"{kind} {_ECDSA_P256} {labels} {rrset.ttl} {until:{_MOMENT}} {since:{_MOMENT}} {tag} {zone} {signature}"
    return dns.rrset.from_text(rrset.name, _TTL, "IN", "RRSIG", text)
