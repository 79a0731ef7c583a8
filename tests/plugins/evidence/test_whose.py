"""Whose a paper is: another unit's is asked about, an abbreviated name is nobody else's."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.api import Declaration, DocumentLocator, Emergency, EmergencyPlan, Passage, Reason, Site, Status
from xuncha.testing import FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.evidence.own_papers import own_papers, papers_seen
from xuncha_plugins.evidence.whose import foreign

TENTH = Site("a", "十号局", ("http://s10.cp.example.gov.cn/",), "十号局")
CIVIL = Site("a", "区民政局网站", ("http://mzj.example.gov.cn/",), "昌平区民政局", undertaker="区民政信息中心")
REFORM = Site("a", "发展改革委门户网站", ("http://fgw.example.gov.cn/",), "昌平区发展和改革委员会")
THEIRS = {
    "a contract": "网站运维服务合同\n甲方：昌平区民政局\n乙方：某某科技有限公司",
    "a licence": "Web应用防火墙授权证明\n授权单位：昌平区民政局",
    "a plan": "昌平区民政局网站突发事件应急处置办法\n第一条 略\n昌平区民政局\n2026年3月20日",
    "a drill": "区民政局网站应急演练情况\n2026年10月14日下午",
    "a proof": "兹证明区民政局网站备份数据每周五送存昌平区政务云同城灾备中心",
}


def unit(text, site):
    found = foreign([Passage(one, DocumentLocator("a")) for one in text.split("\n")], site)
    return found.unit if found else ""


@pytest.mark.parametrize("text", THEIRS.values(), ids=THEIRS)
def test_another_units_paper_is_seen(text):
    assert unit(text, TENTH).endswith("民政局")


@pytest.mark.parametrize("text", THEIRS.values(), ids=THEIRS)
def test_the_units_own_paper_is_its_own(text):
    assert unit(text, CIVIL) == ""


@pytest.mark.parametrize(
    "text",
    [
        "昌平区发改委网站应急预案",
        "甲方：北京市昌平区发展和改革委员会",
        "授权单位：昌平发改委",
        "我局网站应急预案\n本单位网站备份制度",
        "备案证明\n北京市公安局昌平分局",
        "兹证明贵单位网站备份存于昌平区政务云运营中心",
        "WAF授权证明\n产品：明御\n授权编号：123",
        "应急预案\n向区委网信办报告，由市政府网站转发",
        "",
    ],
)
def test_abbreviations_and_others_in_their_own_roles_are_nothing(text):
    assert unit(text, REFORM) == ""


def test_the_same_office_of_another_region_is_seen():
    assert unit("甲方：海淀区民政局", CIVIL) == "海淀区民政局"


def test_an_office_that_every_unit_has_is_no_name_of_one():
    site = replace(TENTH, department="办公室", operator="某某科技有限公司")
    assert unit(THEIRS["a contract"] + "\n办公室负责验收。", site) == "昌平区民政局"


def test_a_site_without_names_is_asked_nothing():
    assert unit(THEIRS["a plan"], Site("a", "", (), "")) == ""


def judged(text, site=TENTH):
    said = Declaration(emergency=Emergency(EmergencyPlan(files=("plan.docx",))))
    given, files = evidence(said, {"plan.docx": b"x"}), FakeFiles({"plan.docx": b"x"})
    seen = asyncio.run(papers_seen(site, given, files, FakeDocuments({"plan.docx": text})))
    return judge(own_papers, given, seen, site=site)


def test_another_units_paper_is_a_question_never_a_failure():
    outcome = judged(THEIRS["a plan"])
    (found,) = outcome.findings
    assert (outcome.status, found.key, found.locator.place) == (Status.MANUAL, "other-unit", "emergency.plan")
    assert len(found.locator.sha256) == 64


def test_papers_of_the_unit_pass():
    outcome = judged(THEIRS["a plan"], CIVIL)
    assert (outcome.status, [one.key for one in outcome.notes]) == (Status.PASS, ["all-read"])


def test_what_nobody_read_proves_nothing():
    assert judged(Reason.DOCUMENT_DAMAGED).status is Status.INCONCLUSIVE


def test_where_nothing_was_handed_in_nothing_is_said():
    empty = evidence()
    seen = asyncio.run(papers_seen(TENTH, replace(empty, present=False), FakeFiles({}), FakeDocuments({})))
    assert judge(own_papers, replace(empty, present=False), seen, site=TENTH).status is Status.NOT_RUN
