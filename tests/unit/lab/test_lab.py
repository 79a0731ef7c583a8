import csv
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime

import pytest

from xuncha.inventory import read_inventory
from xuncha.lab import CLEAN, DISTRICT, Lab, UnknownFaultError
from xuncha.lab import __main__ as lab_program
from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import Status
from xuncha.model.site import Mode, SiteStatus

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)


def test_the_inventory_is_true_whatever_a_site_shows(serve):
    site = serve("icp-missing", "code-missing").lab.sites[0]
    assert (site.icp, site.site_code, site.police) == ("鲁ICP备00000012号-1", "3702990012", "37029902000012")


def test_the_clock_dates_everything():
    with Lab(DISTRICT, clock=lambda: NOW) as lab:
        offline = lab.site("statistics")
    assert (offline.status, offline.status_until) == (SiteStatus.TEMPORARILY_OFFLINE, date(2026, 9, 9))


def test_a_child_names_its_parent_and_carries_its_filing():
    with Lab(DISTRICT) as lab:
        street = lab.site("street")
    assert (street.parent_site, street.icp) == ("portal", "鲁ICP备00000012号-1")


def test_the_inventory_reads_back_as_the_sites(tmp_path):
    with Lab(DISTRICT, ports="default") as lab:
        inventory = read_inventory(lab.inventory_csv(tmp_path / "sites.csv"), today=lab.now.date())
        assert not inventory.problems
        assert inventory.sites == tuple(replace(site, columns=()) for site in lab.sites)


def test_the_register_lacks_what_is_not_registered(tmp_path):
    sites = [CLEAN.having("icp-unregistered"), *DISTRICT[1:3]]
    with Lab(sites) as lab, lab.register_csv(tmp_path / "icp.csv").open(encoding="utf-8-sig") as file:
        assert [row["域名"] for row in csv.DictReader(file)] == [site.host for site in sites[1:]]


def test_expected_names_sites_checks_and_statuses():
    plain = replace(CLEAN, id="plain", host="plain.example", platform="", faults=frozenset({"https-missing"}))
    with Lab([CLEAN, plain]) as lab:
        assert lab.expected() == {("plain", "tls.https-offered", Status.FAIL)}


def test_what_only_probing_finds_is_expected_where_it_is_authorised():
    with Lab([CLEAN.having("renegotiation-open")]) as lab:
        assert (lab.sites[0].authorisation, lab.expected()) == (None, set())
    with Lab([CLEAN.having("renegotiation-open")], probing=True) as lab:
        assert Mode.PROBE in lab.sites[0].authorisation.modes
        assert lab.expected() == {("portal", "tls.known-vulnerabilities", Status.FAIL)}


def test_a_switched_fault_shows_and_goes_away(serve):
    site = serve()
    site.lab.switch("alone", "icp-missing")
    assert "ICP备" not in site.home().text
    assert site.lab.expected() == {("alone", "icp.filing-shown", Status.FAIL)}
    site.lab.switch("alone", "icp-missing", on=False)
    assert "ICP备" in site.home().text
    assert site.lab.expected() == set()


def test_a_switched_certificate_is_presented(serve):
    site = serve()
    assert site.home().status == 200
    site.lab.switch("alone", "certificate-expired")
    with pytest.raises(OSError, match="expired"):
        site.home()


def test_ports_open_and_shut_again(serve):
    site = serve()
    site.lab.switch("alone", "refuses-connections")
    with pytest.raises(ConnectionRefusedError):
        site.home()
    site.lab.switch("alone", "refuses-connections", on=False)
    assert site.home().status == 200


def test_only_faults_of_the_catalogue_can_be_switched(serve):
    with pytest.raises(UnknownFaultError):
        serve().lab.switch("alone", "typo")


def test_a_shared_port_can_not_be_shut(clean):
    with pytest.raises(ValueError, match="shares its ports"):
        clean.lab.switch("portal", "https-missing")


def test_default_ports_leave_urls_as_citizens_know_them():
    with Lab([CLEAN], ports="default") as lab:
        assert lab.sites[0].home == "https://www.shili.gov.example/"
        assert lab.connect_map["www.shili.gov.example", 443][1] != 443


def test_sites_have_addresses_of_their_own_unless_told_otherwise():
    with Lab(DISTRICT, spread=False) as lab:
        assert {address for address, _ in lab.connect_map.values()} == {"127.0.0.1"}


def test_served_by_itself_it_tells_that_scan_cannot_reach_it():
    with Lab([CLEAN]) as lab:
        assert any("xuncha demo" in line for line in lab_program._told(lab, None))


def test_afterwards_nobody_listens_any_more():
    with Lab([CLEAN]) as lab:
        places = set(lab.connect_map.values()) | {lab.whois}
    for place in places:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(place, timeout=5).close()


def test_it_closes_though_a_client_hangs_on():
    with Lab([CLEAN]) as lab:
        client = socket.create_connection(lab.connect_map["www.shili.gov.example", 80], timeout=5)
    with client:
        assert client.recv(1) == b""


def test_the_program_tells_how_to_reach_it_and_ends_on_interrupt():
    command = [sys.executable, "-m", "xuncha.lab", "--fault", "portal=icp-missing"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with subprocess.Popen(command, **pipes) as program:
        first = program.stdout.readline().decode()
        program.send_signal(signal.SIGINT)
        rest, trouble = program.communicate(timeout=20)
    assert "未标明备案号" in first
    assert b"DNS         127.0.0.1:" in rest
    assert (program.returncode, trouble) == (0, b"")


def test_nothing_is_unknown_of_a_site_whose_scripts_a_browser_ran():
    with Lab([CLEAN.having("scripted")]) as lab:
        assert {status for _, _, status in lab.expected()} == {Status.INCONCLUSIVE}
        assert {status for _, _, status in lab.expected({CLEAN.id})} == {Status.PASS}
