import pytest

from xuncha.api import Reason, SiteKind, Status
from xuncha_plugins.domain.naming_checks import naming, one_name


def test_departments_below_the_governments_domain_are_right(judged, site_at):
    assert judged(naming, on=site_at("http://slj.bd.gov.cn/")).status is Status.PASS


@pytest.mark.parametrize("url", ["http://www.bdslj.com/", "http://www.bdslj.com.cn/", "http://bdslj.org/"])
@pytest.mark.parametrize("kind", [SiteKind.PORTAL, SiteKind.DEPARTMENT])
def test_organs_have_no_commercial_suffix(judged, site_at, url, kind):
    assert judged(naming, on=site_at(url, kind=kind)).status is Status.FAIL


def test_the_finding_names_the_suffix(judged, site_at):
    found = judged(naming, on=site_at("http://www.bdslj.com/")).findings[0]
    assert (found.key, found.params["suffix"].value) == ("suffix", "com")


def test_chinese_government_names_are_right(judged, site_at):
    assert judged(naming, on=site_at("http://保定市.政务/", kind=SiteKind.DEPARTMENT)).status is Status.PASS


@pytest.mark.parametrize(
    ("kind", "url", "status"),
    [
        (SiteKind.PUBLIC_INSTITUTION, "http://www.dag.org.cn/", Status.PASS),
        (SiteKind.PUBLIC_INSTITUTION, "http://www.dag.com/", Status.FAIL),
        (SiteKind.PUBLIC_INSTITUTION, "http://www.dag.gov.cn/", Status.MANUAL),
        (SiteKind.PUBLIC_INSTITUTION, "http://dag.bd.gov.cn/", Status.PASS),
        (SiteKind.SCHOOL_OR_HOSPITAL, "http://www.slyy.com/", Status.MANUAL),
        (SiteKind.SCHOOL_OR_HOSPITAL, "http://www.sl.edu.cn/", Status.PASS),
        (SiteKind.STATE_ENTERPRISE, "http://www.slgs.com/", Status.PASS),
        (SiteKind.BUSINESS_SYSTEM, "http://www.slbs.cn/", Status.WARN),
        (SiteKind.TOPIC, "http://zt.bd.gov.cn/", Status.PASS),
        (None, "http://www.slj.com/", Status.WARN),
        (None, "http://slj.bd.gov.cn/", Status.PASS),
        (SiteKind.PORTAL, "http://192.0.2.1/", Status.WARN),
    ],
)
def test_each_kind_of_site_has_its_rule(judged, site_at, kind, url, status):
    assert judged(naming, on=site_at(url, kind=kind)).status is status


def test_a_portal_without_www_is_a_hint(keys, site_at):
    assert keys(naming, on=site_at("http://bd.gov.cn/", kind=SiteKind.PORTAL)) == ["portal-form"]
    assert keys(naming, on=site_at("http://bd.gov.cn/", "http://www.bd.gov.cn/", kind=SiteKind.PORTAL)) == []


@pytest.mark.parametrize(("level", "found"), [("区县级", ["own-domain"]), ("省部级", []), ("", [])])
def test_only_local_departments_are_told_of_a_domain_of_their_own(keys, site_at, level, found):
    assert keys(naming, on=site_at("http://www.slj.gov.cn/", level=level)) == found


@pytest.mark.parametrize("check", [naming, one_name])
@pytest.mark.parametrize("urls", [("http:///",), ("about:blank",)])
def test_without_an_address_nothing_can_be_told(judged, site_at, check, urls):
    outcome = judged(check, on=site_at(*urls))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NO_ENTRY_URL)


def test_a_site_without_a_domain_name_has_no_several(judged, site_at):
    outcome = judged(one_name, on=site_at("http://192.0.2.1/"))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.NO_DOMAIN_NAME)


@pytest.mark.parametrize(("url", "fields", "status"), [
    ("http://oa/", {}, Status.NOT_APPLICABLE),
    ("http://oa/", {"network": ("10.0.0.0/8",)}, Status.NOT_APPLICABLE),
])  # fmt: skip
def test_names_of_an_intranet_are_not_accused(judged, site_at, url, fields, status):
    assert judged(naming, on=site_at(url, **fields)).status is status


def test_one_english_and_one_chinese_name_are_allowed(judged, site_at):
    assert judged(one_name, on=site_at("http://www.bd.gov.cn/", "http://保定市.政务/")).status is Status.PASS


def test_several_hosts_of_one_domain_are_one_name(judged, site_at):
    assert judged(one_name, on=site_at("http://www.bd.gov.cn/", "https://bd.gov.cn/")).status is Status.PASS


def test_several_domains_are_a_question(judged, site_at):
    outcome = judged(one_name, on=site_at("http://slj.bd.gov.cn/", "http://www.bdslj.com/"))
    assert outcome.status is Status.MANUAL
    assert outcome.findings[0].params["names"].value == "bd.gov.cn、bdslj.com"
