"""Knot as the name server of a parent and its children: signed with different keys, one of them known wrongly; or
without signatures, where mail, name servers and aliases are set up well and badly.
"""

import asyncio
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import dns.message
import dns.query
import pytest

from xuncha.api import Site, SiteKind
from xuncha.model.clock import system_clock
from xuncha.net.resolver import Resolver
from xuncha.testing import judge

PARENT = "gov.example"
ALGORITHMS = {"ecdsa": "ECDSAP256SHA256", "rsa": "RSASHA256", "ed": "ED25519", "mixed-up": "ECDSAP256SHA256"}
CONF = """\
server:
    listen: 127.0.0.1@{port}
    rundir: {folder}
    user: {user}
database:
    storage: {folder}/db
log:
  - target: stderr
    any: error
policy:
  - id: own-keys
    manual: on
    single-type-signing: on
    nsec3: on
template:
  - id: default
    storage: {folder}
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
zone:
  - domain: {parent}
    dnssec-signing: on
    dnssec-policy: own-keys
{children}{plain}  - domain: gov.cn
"""
CHILD = "  - domain: {name}.{parent}\n    dnssec-signing: on\n    dnssec-policy: own-keys\n"
PLAIN = {
    "unsigned": '_dmarc TXT "v=DMARC1; p=reject"\n@ NS ns2\nns2 A 198.51.100.53\n',
    "unreported": "@ NS ns2\nns2 A 192.0.2.54\n",
    "watching": '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@b.example"\n@ NS ns2\nns2 AAAA 2001:db8::53\n',
    "mistyped": '_dmarc TXT "DMARC1; p=reject"\n@ NS gone\n',
    "single": "",
}
"""Zones without signatures by name, and what each has beside an address, an SPF record and a first name server."""

BASE = """\
$TTL 60
@ SOA ns1 admin 1 3600 600 86400 60
@ NS ns1
@ TXT "v=spf1 -all"
ns1 A 192.0.2.53
www A 192.0.2.1
old CNAME www
lapsed CNAME shop.nobody-has-this.example.
released CNAME bucket.github.io.
lent CNAME ours.github.io.
"""
HEAD = "$TTL 60\n@ SOA ns1 admin 1 3600 600 86400 60\n@ NS ns1\nns1 A 192.0.2.53\n"
ELSEWHERE = {"example": "", "github.io": "ours A 192.0.2.9\n"}
"""Zones of others: no registered name ``nobody-has-this``, and a service where one of two names was given back."""

ZONE = """\
$TTL 60
@ SOA ns1 admin 1 3600 600 86400 60
@ NS ns1
@ NS ns2
@ CAA 0 issue "ca.example"
@ TXT "v=spf1 -all"
_dmarc TXT "v=DMARC1; p=reject"
ns1 A 192.0.2.53
ns2 A 198.51.100.53
www A 192.0.2.1
*.wild A 192.0.2.2
old CNAME gone.{parent}.
alive CNAME www
"""


class Names:
    """A net that knows only how to resolve, at Knot."""

    def __init__(self, port):
        self.resolver = Resolver((f"127.0.0.1:{port}",))

    async def resolve(self, name, kind="A", *, signed=False):
        return await self.resolver.resolve(name, kind, signed=signed)


@pytest.fixture(scope="session")
def knot(program, tmp_path_factory):
    """The port of a Knot that serves the zones; left out where it is not installed."""
    knotd, keymgr = program("knotd"), program("keymgr")
    folder, port = tmp_path_factory.mktemp("knot"), _free_port()
    children = "".join(CHILD.format(name=name, parent=PARENT) for name in ALGORITHMS)
    conf = folder / "knot.conf"
    (folder / "db").mkdir()
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    plain = "".join(f"  - domain: {name}\n" for name in (*(f"{one}.{PARENT}" for one in PLAIN), *ELSEWHERE))
    conf.write_text(CONF.format(port=port, folder=folder, user=user, parent=PARENT, children=children, plain=plain))
    keys = {name: _key(keymgr, conf, f"{name}.{PARENT}", algorithm) for name, algorithm in ALGORITHMS.items()}
    _key(keymgr, conf, PARENT, "ECDSAP256SHA256")
    keys["mixed-up"] = keys["ecdsa"].replace("ecdsa.", "mixed-up.")
    _write(folder, keys)
    with subprocess.Popen([knotd, "-c", str(conf)], stderr=subprocess.PIPE) as server:
        try:
            _wait(port, server)
            yield port
        finally:
            server.terminate()


def _key(keymgr, conf, zone, algorithm):
    """Make a key; its DS records."""
    base = [keymgr, "-c", str(conf), zone]
    subprocess.run([*base, "generate", f"algorithm={algorithm}", "ksk=yes", "zsk=yes"], check=True, capture_output=True)
    return subprocess.run([*base, "ds"], check=True, capture_output=True, text=True).stdout


def _write(folder: Path, keys):
    for name in keys:
        (folder / f"{name}.{PARENT}.zone").write_text(ZONE.format(parent=PARENT))
    for name, records in PLAIN.items():
        (folder / f"{name}.{PARENT}.zone").write_text(BASE + records)
    for name, records in ELSEWHERE.items():
        (folder / f"{name}.zone").write_text(f"{HEAD}{records}")
    glue = "".join(f"{name} NS ns1.{name}\nns1.{name} A 192.0.2.53\n" for name in (*keys, *PLAIN))
    (folder / f"{PARENT}.zone").write_text(HEAD + glue + "".join(keys.values()))
    (folder / "gov.cn.zone").write_text(f"{HEAD}www A 192.0.2.3\n")  # by which a network shows that it knows names


def _free_port():
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port, server):
    query = dns.message.make_query(f"mixed-up.{PARENT}", "DNSKEY", want_dnssec=True)
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        with suppress(Exception):
            if len(dns.query.udp(query, "127.0.0.1", port=port, timeout=0.5).answer) == 2:
                return
        time.sleep(0.1)
    server.terminate()
    pytest.fail(f"knotd does not serve: {server.stderr.read().decode()}")


@pytest.fixture
def gathered(knot):
    """What a probe finds about a child zone's site."""

    def run(probe, zone, *facts, host="www", clock=system_clock):
        url = f"http://{host}.{zone}.{PARENT}/"
        site = Site("a", "示例", (url,), kind=SiteKind.PORTAL, former_urls=(f"http://old.{zone}.{PARENT}/",))
        wants_clock = (clock,) if probe.__name__ == "signatures" else ()
        return asyncio.run(probe(site, *facts, Names(knot), *wants_clock))

    return run


@pytest.fixture
def keys(gathered):
    """What a check says of what a probe finds about a child zone's site: the keys of its messages."""

    def run(check, probe, zone, *facts, host="www"):
        return [found.key for found in judge(check, gathered(probe, zone, *facts, host=host)).findings]

    return run
