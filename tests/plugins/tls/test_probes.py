import asyncio
import json

import pytest
from pydantic import TypeAdapter

from xuncha.api import Finished, Gap, Lease, NetError, Reason, Site
from xuncha.testing import FakeNet
from xuncha.testing.net import page, redirect
from xuncha_plugins.tls import probes
from xuncha_plugins.tls.facts import HttpsEntries, TlcpScan, TlsScan, TlsVulnerabilities, Version
from xuncha_plugins.tls.sslyze_run import command

HOST = "www.example.gov.cn"
MISSING = Finished(1, b"", b"/usr/bin/python: No module named sslyze", 0.1)
SM2 = Finished(1, b"", b"cryptography.exceptions.UnsupportedAlgorithm: Curve 1.2.156.10197.1.301 is not supported", 0.1)


def scanned(site, now, stream, program=MISSING, depth="quick", **params) -> TlsScan:
    net = FakeNet(streams={(HOST, 443): stream}, programs={"sslyze": program})
    found = asyncio.run(probes.tls_scan(site, probes.ScanParams(depth=depth, **params), net, lambda: now))
    scanned.asked = net.asked
    return found


def test_certificates_of_sslyze_are_taken(site, now, fake_server, printed):
    found = scanned(site, now, fake_server(), Finished(0, printed("sound-certificates"), b"", 1.0))
    endpoint = found.endpoints[0]
    assert endpoint.offered
    assert any(one.trusted for one in endpoint.deployments[0].trust)
    assert found.observed_at == now


def test_without_sslyze_the_certificate_comes_from_our_own_hello(site, now, fake_server, issued):
    endpoint = scanned(site, now, fake_server(chain=issued())).endpoints[0]
    assert endpoint.deployments[0].leaf.names == (HOST,)
    assert endpoint.trust_reason is Reason.PROGRAM_MISSING
    assert any("pip install 'xuncha[tls]'" in note for note in endpoint.notes)


def test_without_sslyze_a_server_of_tls13_only_shows_no_certificate(site, now, fake_server, issued):
    endpoint = scanned(site, now, fake_server(versions=(0x0304,), chain=issued())).endpoints[0]
    assert endpoint.deployments == ()
    assert endpoint.chains_reason is Reason.PROGRAM_MISSING


def test_sm2_chain_is_read_by_our_own_hello(site, now, fake_server, issued):
    endpoint = scanned(site, now, fake_server(chain=issued()), SM2).endpoints[0]
    assert endpoint.deployments
    assert endpoint.trust_reason is Reason.NOT_SUPPORTED


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (Reason.TIMEOUT, Reason.TIMEOUT),
        (Reason.TOO_LARGE, Reason.TOO_LARGE),
        (Finished(0, b"usage: sslyze", b"", 0.1), Reason.PROGRAM_FAILED),
        (Finished(0, b"", b"", 0.1), Reason.PROGRAM_FAILED),
    ],
)
def test_a_run_that_ends_badly_leaves_its_reason(site, now, fake_server, issued, program, reason):
    assert scanned(site, now, fake_server(chain=issued()), program).endpoints[0].trust_reason is reason


def test_no_connectivity_of_sslyze_does_not_contradict_what_we_saw(site, now, fake_server, issued, printed):
    program = Finished(0, printed("no-connectivity"), b"", 1.0)
    endpoint = scanned(site, now, fake_server(chain=issued()), program).endpoints[0]
    assert endpoint.offered
    assert endpoint.deployments
    assert "could not find a TLS version" in endpoint.notes[0]


def test_sslyze_is_not_run_where_nobody_speaks_tls(site, now):
    scanned(site, now, Reason.TIMEOUT)
    assert [one.call for one in scanned.asked] == ["connect", "connect"]


def test_hellos_are_outside_the_lease_and_programs_inside(site, now, fake_server):
    scanned(site, now, fake_server(), depth="normal")
    calls = [one.call for one in scanned.asked]
    assert calls[calls.index("lease") :] == ["lease", "run", "run"]


def test_depth_chooses_the_commands(site, now, fake_server):
    scanned(site, now, fake_server(), depth="quick")
    assert sum(one.call == "run" for one in scanned.asked) == 1
    scanned(site, now, fake_server(), depth="deep")
    assert "--elliptic_curves" in scanned.asked[-1].what


def test_lease_that_is_not_given_leaves_what_we_heard(site, now, fake_server, issued):
    class Shut(FakeNet):
        def lease(self, *_, **__):
            raise NetError(Reason.RATE_LIMITED)

    net = Shut(streams={(HOST, 443): fake_server(chain=issued())})
    found = asyncio.run(probes.tls_scan(site, probes.ScanParams(), net, lambda: now))
    assert found.endpoints[0].deployments
    assert found.endpoints[0].trust_reason is Reason.RATE_LIMITED


def test_shut_port_of_a_declared_https_entry_may_be_a_bad_moment(site, now):
    assert scanned(site, now, Reason.REFUSED).endpoints[0].offered is None
    plain = Site("a", "示例局", (f"http://{HOST}/",))
    assert scanned(plain, now, Reason.REFUSED).endpoints[0].offered is False


def test_entries_beyond_the_limit_are_named_not_forgotten(now, fake_server):
    site = Site("a", "示例局", (f"https://{HOST}/", "https://b.gov.cn/", "https://c.gov.cn/"))
    found = scanned(site, now, fake_server(), entries=1)
    assert [one.reason for one in found.endpoints] == [None, Reason.BUDGET_REACHED, Reason.BUDGET_REACHED]


def test_site_without_address_is_a_gap(now):
    nameless = Site("a", "示例局", ())
    assert scanned(nameless, now, Reason.REFUSED) == Gap(Reason.NO_ENTRY_URL)
    assert asyncio.run(probes.https_entries(nameless, probes.VisitParams(), FakeNet())) == Gap(Reason.NO_ENTRY_URL)


def test_command_names_the_leased_address_behind_a_double_dash():
    words = command(Lease(HOST, 443, "203.0.113.5", 2), ("--certinfo",), "/roots.pem")
    assert words[-2:] == ["--", "www.example.gov.cn:443{203.0.113.5}"]
    assert words[words.index("--certinfo_ca_file") + 1] == "/roots.pem"
    assert "--certinfo_ca_file" not in command(Lease(HOST, 443, "203.0.113.5", 2), ("--sslv2",), "/roots.pem")
    assert command(Lease("2001:db8::1", 443, "2001:db8::1", 2), ())[-1] == "[2001:db8::1]:443{2001:db8::1}"


def test_vulnerability_tests_need_the_program(site, now, fake_server, issued):
    net = FakeNet(programs={"sslyze": MISSING})
    scan = scanned(site, now, fake_server(chain=issued()))
    gap = asyncio.run(probes.tls_vulnerabilities(scan, probes.VulnerabilityParams(), net))
    assert gap == Gap(Reason.PROGRAM_MISSING, detail="pip install 'xuncha[tls]'")


def test_vulnerability_tests_are_read(site, now, fake_server, issued, printed):
    net = FakeNet(programs={"sslyze": Finished(0, printed("vulnerabilities-renegotiation"), b"", 1.0)})
    scan = scanned(site, now, fake_server(chain=issued()))
    found = asyncio.run(probes.tls_vulnerabilities(scan, probes.VulnerabilityParams(), net))
    assert found.endpoints[0].client_renegotiation


def visited(site, pages):
    net = FakeNet(pages)
    return asyncio.run(probes.https_entries(site, probes.VisitParams(), net)).entries[0]


def test_visits_keep_every_redirect_and_the_first_header(site):
    entry = visited(
        site,
        {
            f"http://{HOST}/": redirect(f"https://{HOST}/", 301),
            f"https://{HOST}/": redirect("/index.html"),
            f"https://{HOST}/index.html": page("你好", strict_transport_security="max-age=1"),
        },
    )
    assert entry.plain.final_url == f"https://{HOST}/index.html"
    assert entry.secure.hsts == ()
    assert [hop.to for hop in entry.secure.hops] == [f"https://{HOST}/index.html"]


def test_visit_that_fails_keeps_its_reason(site):
    entry = visited(site, {f"http://{HOST}/": Reason.TIMEOUT, f"https://{HOST}/": page("a")})
    assert (entry.plain.status, entry.plain.problem) == (0, Reason.TIMEOUT)
    assert entry.secure.opened


def test_endless_redirects_end(site):
    again = redirect(f"http://{HOST}/")
    entry = visited(site, {f"http://{HOST}/": again, f"https://{HOST}/": page("a")})
    assert entry.plain.problem is Reason.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    "body",
    [
        '<meta http-equiv="refresh" content="0; url=https://www.example.gov.cn/a">',
        "<script>window.location.href = 'https://www.example.gov.cn/a'</script>",
        "<script>location.replace('https://www.example.gov.cn/a')</script>",
    ],
)
def test_page_that_sends_its_visitors_on(site, body):
    entry = visited(site, {f"http://{HOST}/": page(body), f"https://{HOST}/": page("a")})
    assert entry.plain.refresh == f"https://{HOST}/a"


@pytest.mark.parametrize("location", ["javascript:alert(1)", "http://[", "", "mailto:a@b"])
def test_redirects_to_nowhere_are_the_end(site, location):
    entry = visited(site, {f"http://{HOST}/": redirect(location), f"https://{HOST}/": page("a")})
    assert entry.plain.status == 302
    assert entry.plain.final_url == f"http://{HOST}/"


def test_facts_survive_storage(site, now, fake_server, issued, printed):
    net = FakeNet(
        {f"http://{HOST}/": redirect(f"https://{HOST}/"), f"https://{HOST}/": page("a")},
        streams={(HOST, 443): fake_server(chain=issued())},
        programs={"sslyze": Finished(0, printed("stapled-revoked"), b"", 1.0)},
    )

    async def gather() -> list:
        scan = await probes.tls_scan(site, probes.ScanParams(), net, lambda: now)
        return [
            (TlsScan, scan),
            (HttpsEntries, await probes.https_entries(site, probes.VisitParams(), net)),
            (TlcpScan, await probes.tlcp_scan(site, probes.HelloParams(), net, lambda: now)),
            (TlsVulnerabilities, await probes.tls_vulnerabilities(scan, probes.VulnerabilityParams(), net)),
        ]

    for kind, fact in asyncio.run(gather()):
        stored = TypeAdapter(kind).dump_json(fact)
        assert json.loads(stored)
        assert TypeAdapter(kind).validate_json(stored) == fact


def test_versions_of_both_sources_are_joined(site, now, fake_server, printed):
    program = Finished(0, printed("old-protocols-suites"), b"", 1.0)
    endpoint = scanned(site, now, fake_server(), program, depth="normal").endpoints[0]
    assert endpoint.speaks(Version.TLS10)
    assert endpoint.speaks(Version.SSL3) is False
