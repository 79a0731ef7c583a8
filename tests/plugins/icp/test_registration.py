"""The site in the register of filings."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

from xuncha.api import Gap, Reason, Registers, Site, Status
from xuncha.model.clock import SHANGHAI
from xuncha_plugins.icp.probes import Filings, Listed, filings
from xuncha_plugins.icp.registration import RegisterParams, registered, same_subject

OWN = Listed("www.a.gov.cn", "鲁ICP备12345678号-1", "示例局")
COMPLETE = RegisterParams(lists_all=True)


@pytest.fixture
def known() -> Filings:
    """A fresh register that knows nothing of the site."""
    return Filings("icp.csv", date(2026, 11, 1), date(2026, 11, 22), 100, "a.gov.cn", "鲁ICP备12345678号")


def keys(outcome):
    return outcome.status, [found.key for found in outcome.findings]


@pytest.mark.parametrize("where", ["by_host", "by_number", "above"])
def test_a_site_in_the_register_passes(judged, known, where):
    assert judged(registered, replace(known, **{where: (OWN,)})).status is Status.PASS


def test_absence_from_a_complete_register_is_a_finding(judged, known):
    assert keys(judged(registered, known, params=COMPLETE)) == (Status.FAIL, ["not-listed"])


def test_absence_from_a_register_of_unknown_extent_is_asked_about(judged, known):
    assert keys(judged(registered, known)) == (Status.MANUAL, ["not-listed-here"])


def test_an_old_register_proves_nothing(judged, known):
    old = replace(known, as_of=date(2025, 1, 1))
    assert keys(judged(registered, old, params=COMPLETE)) == (Status.MANUAL, ["not-listed-here"])


def test_a_website_filed_by_a_company(judged, known):
    entry = replace(OWN, subject="示例科技有限公司")
    assert keys(judged(registered, replace(known, by_host=(entry,)))) == (Status.FAIL, ["filed-by-company"])


def test_another_office_as_subject_is_asked_about(judged, known):
    entry = replace(OWN, subject="示例委员会")
    assert keys(judged(registered, replace(known, by_host=(entry,)))) == (Status.MANUAL, ["other-subject"])


def test_another_number_for_the_domain(judged, known):
    entry = replace(OWN, number="鲁ICP备87654321号")
    assert keys(judged(registered, replace(known, by_host=(entry,)))) == (Status.FAIL, ["other-number"])


def test_only_the_domain_above_is_asked_about(judged, known):
    entry = Listed("x.gov.cn", "鲁ICP备11111111号", "区政府办公室")
    assert keys(judged(registered, replace(known, above=(entry,)))) == (Status.MANUAL, ["domain-above"])


def test_a_sub_site_under_its_parents_number_is_carried_by_it(judged, known, site):
    entry = Listed("www.x.gov.cn", "鲁ICP备12345678号", "区政府办公室")
    outcome = judged(registered, replace(known, by_number=(entry,)), on=replace(site, parent_site="portal"))
    assert outcome.reason.code is Reason.CARRIED_BY_PARENT


def test_without_a_register_it_cannot_be_told(judged):
    outcome = judged(registered, (Filings, Gap(Reason.REGISTER_NOT_CONFIGURED)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.REGISTER_NOT_CONFIGURED)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例区教育局", "青山市示例区教育局", True),
        ("示例区人民政府办公室（示例区外事办）", "示例区人民政府办公室", True),
        ("示例区教育局", "示例区水利局", False),
        ("", "示例区水利局", False),
    ],
)
def test_names_of_one_body(one, other, same):
    assert same_subject(one, other) is same


def probed(tmp_path, rows: str, url: str = "http://www.jtj.x.gov.cn/") -> Filings:
    path = tmp_path / "icp.csv"
    path.write_text("域名,备案号,主办单位\n" + rows, "utf-8")
    site = Site("a", "示例局", (url,), icp="鲁ICP备12345678号-2")
    clock = lambda: datetime(2026, 11, 22, tzinfo=SHANGHAI)  # noqa: E731
    return asyncio.run(filings(site, Registers({"icp": str(path)}), clock))


def test_the_probe_looks_for_host_number_and_the_domains_above(tmp_path):
    found = probed(tmp_path, "jtj.x.gov.cn,1,甲\nx.gov.cn,2,乙\ngov.cn,3,丙\ny.cn,鲁ICP备12345678号,丁\n")
    subjects = [[one.subject for one in part] for part in (found.by_host, found.above, found.by_number)]
    assert subjects == [["甲"], ["乙"], ["丁"]]


def test_the_probe_without_a_register_leaves_a_gap():
    gap = asyncio.run(filings(Site("a", "", ("http://a.cn/",)), Registers(), lambda: None))
    assert gap.reason is Reason.REGISTER_NOT_CONFIGURED
