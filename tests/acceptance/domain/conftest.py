"""Knot as the name server of a parent and its children, signed with different keys, one of them known wrongly."""

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
{children}  - domain: unsigned.{parent}
  - domain: gov.cn
"""
CHILD = "  - domain: {name}.{parent}\n    dnssec-signing: on\n    dnssec-policy: own-keys\n"
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
    conf.write_text(CONF.format(port=port, folder=folder, user=user, parent=PARENT, children=children))
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
    for name in (*keys, "unsigned"):
        (folder / f"{name}.{PARENT}.zone").write_text(ZONE.format(parent=PARENT))
    glue = "".join(f"{name} NS ns1.{name}\nns1.{name} A 192.0.2.53\n" for name in (*keys, "unsigned"))
    head = "$TTL 60\n@ SOA ns1 admin 1 3600 600 86400 60\n@ NS ns1\nns1 A 192.0.2.53\n"
    (folder / f"{PARENT}.zone").write_text(head + glue + "".join(keys.values()))
    (folder / "gov.cn.zone").write_text(f"{head}www A 192.0.2.3\n")  # by which a network shows that it knows names


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
