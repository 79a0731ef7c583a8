from datetime import datetime
from functools import lru_cache

import pytest

from xuncha.lab import CLEAN, DISTRICT, FAULTS, UnknownFaultError, hosting, identity, tls
from xuncha.lab.content import resources
from xuncha.lab.faults import expectations, fault, only_in_browser, only_in_pictures
from xuncha.lab.layout import Setting
from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import Status

CHECKS = {
    "availability": "home-opens levels-open response-time soft-404 filing-block home-sampled ipv6",
    "links": "broken-internal broken-external broken-asset broken-attachment empty wrong-target private-target "
    "lapsed-domains",
    "icp": "filing-shown filing-format filing-linked police-shown police-format police-linked site-code conac-mark "
    "report-error consistent registered",
    "tls": "https-offered http-redirects certificate-valid certificate-expiry name-matches chain-complete key-strength "
    "signature protocols weak-suites known-vulnerabilities revocation hsts tlcp",
    "darklinks": "hidden scripted title-spam cloaking error-pages injected",
    "integrity": "defacement title injected redirected replaced picture-changed",
    "exposure": "version-control backups configuration keys listings consoles debug default-pages source-maps "
    "editor-files uploads cms",
    "freshness": "home-updated news-columns notice-columns overdue-columns blank-columns undated-columns annual-report "
    "date-anomalies volume",
    "content": "expired placeholder under-construction typos harmful personal-data secrecy-marks",
    "services": "search downloads forms systems guides-complete guides-catch-all guides-online",
    "interaction": "channel reply-rate reply-delay unanswered reply-quality activities",
    "headers": "csp framing sniffing referrer cors versions mixed-content sri",
    "cookies": "secure http-only same-site",
    "domain": "naming one-name expiry registrant",
    "dns": "name-servers dangling dnssec caa mail",
    "identity": "sponsor undertaker contact copyright site-map accessibility meta-tags old-domains",
}
KNOWN = {f"{plugin}.{name}" for plugin, names in CHECKS.items() for name in names.split()}
ELSEWHERE = {
    "refuses-connections",  # lab
    "https-missing",  # lab
    "name-denied",  # lab
    "ipv6-missing",  # lab
    "icp-unregistered",  # records
    "icp-of-another",  # records
    "old-domain-answers",  # records
    "service-search-blind",  # the search page
    "domain-expiring",  # whois
    "domain-of-another",  # whois
    "dns-one-server",  # zones, and those below
    "dns-dangling",
    "dnssec-broken",
    "caa-missing",
    "mail-open",
}
NOT_ON_PAGES = {*hosting.HANDLED, *tls.EDITS, *ELSEWHERE}
NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)


@lru_cache(maxsize=2)  # the one with the fault, and the one without
def site_with(*fault_ids):
    site = CLEAN.having(*fault_ids)
    true = identity.true_identity(site, site, "https://www.shili.gov.example/", "https://{}".format)
    shown = identity.shown_identity(true, site.faults)
    return resources(Setting(site, shown, "https://www.shili.gov.example", NOW, "https://{}".format))


@pytest.mark.parametrize("fault_id", sorted(FAULTS.keys() - NOT_ON_PAGES))
def test_a_fault_changes_what_the_site_shows(fault_id):
    assert site_with(fault_id) != site_with()


@pytest.mark.parametrize("fault_id", sorted(ELSEWHERE | hosting.HANDLED))
def test_other_faults_leave_the_pages_alone(fault_id):
    assert site_with(fault_id) == site_with()


def told(one):
    return {check for check, _ in (*one.expects, *(one.in_browser or ()), *one.pictured)}


def test_every_fault_expects_something_of_a_check_that_exists():
    assert all(map(told, FAULTS.values()))
    assert {check for one in FAULTS.values() for check in told(one)} <= KNOWN


def test_every_check_that_one_scan_can_fail_has_a_fault():
    impossible = {
        "availability.home-sampled",  # needs a week
        "tls.revocation",  # needs a stapling server
        "integrity.title",  # these five need a baseline
        "integrity.injected",
        "integrity.redirected",
        "integrity.replaced",
        "integrity.picture-changed",
        "freshness.volume",  # counts, and accuses nobody
        "domain.one-name",  # asks about what the inventory says
    }
    assert {check for one in FAULTS.values() for check, _ in one.expects} == KNOWN - impossible


def test_every_fault_has_both_titles():
    assert all(one.zh and one.en for one in FAULTS.values())


def test_an_unknown_fault_is_named_with_those_that_exist():
    with pytest.raises(UnknownFaultError, match=r"no fault 'typo'.*icp-missing"):
        fault("typo")


def test_a_faultless_site_expects_nothing():
    assert expectations(()) == set()


def test_a_closed_site_hides_its_other_faults():
    assert expectations({"refuses-connections", "icp-missing", "hsts-missing"}) == {
        ("availability.home-opens", Status.WARN)
    }


def test_a_challenge_leaves_tls_visible():
    found = expectations({"challenge-521", "icp-missing", "tlcp-missing"})
    assert found == {("availability.home-opens", Status.INCONCLUSIVE), ("tls.tlcp", Status.WARN)}


def test_who_has_a_browser_can_tell_what_scripts_write():
    hidden, shown = (expectations({"scripted", "icp-unlinked"}, in_browser=one) for one in (False, True))
    assert ("icp.filing-shown", Status.INCONCLUSIVE) in hidden
    assert {("icp.filing-shown", Status.PASS), ("icp.filing-linked", Status.FAIL)} <= shown
    assert ("icp.filing-linked", Status.FAIL) not in hidden


def test_what_only_a_browser_shows_is_expected_of_nobody_else():
    assert expectations({"overlay-drawn"}) == set()
    assert expectations({"overlay-drawn"}, in_browser=True) == {("integrity.defacement", Status.FAIL)}
    assert [one.id for one in only_in_browser({"overlay-drawn", "scripted", "icp-missing"})] == ["overlay-drawn"]


def test_what_only_pictures_show_is_expected_where_one_was_approved():
    faults = {"overlay-drawn", "banner-exchanged"}
    assert expectations({"banner-exchanged"}, in_browser=True) == set()
    assert ("integrity.picture-changed", Status.MANUAL) in expectations(faults, in_browser=True, pictured=True)
    assert [one.id for one in only_in_pictures(faults)] == ["banner-exchanged"]


def test_a_check_has_one_status_the_worst():
    found = expectations({"pages-down", "link-broken"})
    assert found == {("availability.levels-open", Status.WARN), ("links.broken-internal", Status.FAIL)}


def test_the_district_has_what_was_promised():
    faults = [site.faults for site in DISTRICT]
    assert sum(not one for one in faults) == 1
    assert len({one for one in faults if one}) >= 8


def test_sites_of_the_district_differ():
    for values in ([s.id for s in DISTRICT], [s.host for s in DISTRICT], [s.serial for s in DISTRICT]):
        assert len(set(values)) == len(values)
