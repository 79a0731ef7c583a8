"""Classified protection, the yearly assessment, the keeping of logs."""

from dataclasses import replace
from datetime import date

import pytest

from xuncha.api import Assessment, Classified, Evidence, Gap, LogRetention, Reason, SiteKind, Status
from xuncha.testing import judge
from xuncha_plugins.protection.duty_checks import classified_protection, log_retention, security_assessment

SITE = {"kind": SiteKind.PORTAL, "level": "地市级"}
CHECKS = (classified_protection, security_assessment, log_retention)


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_handed_in_waits_for_its_deadline_and_fails_after_it(unit, check):
    assert unit({}, due=date(2026, 12, 1)).judge(check).status is Status.NOT_RUN
    assert unit({}, due=date(2026, 10, 1)).keys(check) == {("not-handed-in", "fail")}


@pytest.mark.parametrize("check", CHECKS)
def test_a_declaration_with_mistakes_can_not_be_judged(check):
    assert judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE))).status is Status.INCONCLUSIVE


# ------------------------------------------------------------------ 等级保护

CERTIFICATE = """信息系统安全等级保护备案证明
证书编号：11010513001-24001
示例区民政局的第二级示例区民政局网站予以备案
"""
GRADED = Classified(level=2, filing_number="11010513001-24001", filed=date(2024, 5, 6), assessed=date(2025, 9, 1))


def graded(unit, text=CERTIFICATE, site=None, **said):
    entry = replace(GRADED, files=("protection/cert.pdf",) if text else (), **said)
    read = {"protection/cert.pdf": text} if text else {}
    return unit(read, classified=entry, **({"site": site} if site else {}))


def test_a_certificate_with_the_declared_number_and_level_passes(unit):
    assert graded(unit).judge(classified_protection).status is Status.PASS


def test_a_number_without_its_certificate_is_a_question(unit):
    assert graded(unit, "").keys(classified_protection) == {("unproven", "manual")}


def test_a_scanned_certificate_is_a_question(unit):
    said = graded(unit, Reason.DOCUMENT_SCANNED)
    assert said.keys(classified_protection) == {("unread", "manual")}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"level": None}, ("no-level", "warn")),
        ({"level": 7}, ("impossible-level", "fail")),
        ({"level": 3}, ("level-contradicts", "fail")),
        ({"filing_number": ""}, ("no-number", "fail")),
        ({"filing_number": "京ICP备05000001号-1"}, ("other-number", "fail")),
        ({"filing_number": "11010502000111"}, ("other-number", "fail")),
        ({"filing_number": "公备2024第18号"}, ("odd-number", "manual")),
        ({"filing_number": "11010513001-24002"}, ("number-contradicts", "fail")),
        ({"assessed": None}, ("assessed-unknown", "manual")),
        ({"level": 3, "assessed": None}, ("not-assessed", "fail")),
        ({"assessed": date(2027, 1, 1)}, ("ahead", "warn")),
        ({"assessed": date(2023, 1, 1)}, ("overdue", "fail")),
    ],
)
def test_what_is_declared_of_the_grading(unit, said, found):
    assert found in graded(unit, **said).keys(classified_protection)


def test_a_cycle_that_rests_on_custom_is_marked_unverified(unit):
    (found,) = graded(unit, assessed=date(2023, 1, 1)).judge(classified_protection).findings
    assert found.unverified


def test_level_three_is_assessed_every_year(unit):
    text = CERTIFICATE.replace("第二级", "第三级")
    said = {"level": 3, "assessed": date(2024, 6, 1)}
    assert graded(unit, text, **said).keys(classified_protection) == {("overdue", "fail")}


def test_an_assessment_of_last_year_may_be_repeated_before_this_one_is_over(unit):
    text = CERTIFICATE.replace("第二级", "第三级")
    said = {"level": 3, "assessed": date(2025, 6, 1)}
    assert graded(unit, text, **said).keys(classified_protection) == {("maybe-overdue", "manual")}


def test_level_one_is_neither_filed_nor_assessed(unit):
    said = unit({}, classified=Classified(level=1))
    assert said.judge(classified_protection).status is Status.PASS


def test_portals_of_prefectures_and_above_are_of_level_three(unit):
    site = replace(unit({}).site, **SITE)
    assert ("level-too-low", "fail") in graded(unit, site=site).keys(classified_protection)
    county = replace(site, level="县级")
    assert graded(unit, site=county).judge(classified_protection).status is Status.PASS


def test_another_level_than_the_inventory_says_is_a_question(unit):
    site = replace(unit({}).site, protection_level=3)
    assert graded(unit, site=site).keys(classified_protection) == {("level-differs", "manual")}


def test_a_document_without_the_number_is_a_question(unit):
    assert graded(unit, "关于定级备案的情况说明").keys(classified_protection) == {("number-unseen", "manual")}


# ------------------------------------------------------------------ 年度安全评估

REPORT = (
    "示例区民政局网站安全检测评估结论\n检测时间：2026年5月11日至5月15日\n实施单位：某某测评有限公司\n结论：风险可控"
)
HELD = Assessment(files=("a.docx",), held=date(2026, 5, 15), by="某某测评有限公司")


def assessed(unit, text=REPORT, **said):
    return unit({"a.docx": text}, assessment=replace(HELD, **said))


def test_a_conclusion_of_this_year_passes(unit):
    assert assessed(unit).judge(security_assessment).status is Status.PASS


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        (REPORT.replace("2026年", "2024年"), {"held": date(2024, 5, 15)}, ("overdue", "fail")),
        (REPORT.replace("2026年", "2024年"), {}, ("date-contradicts", "fail")),
        (REPORT, {"held": date(2027, 5, 1)}, ("ahead", "warn")),
        (REPORT, {"by": ""}, ("no-assessor", "warn")),
        ("示例区民政局网站安全检测评估结论", {"held": None}, ("no-date", "manual")),
        ("示例区民政局网站安全检测评估结论", {}, ("date-unseen", "manual")),
        (REPORT.replace("示例区民政局", "某某镇"), {}, ("not-named", "manual")),
        ("会议签到表\n日期：2026年5月11日", {}, ("unrelated", "manual")),
        (Reason.DOCUMENT_SCANNED, {}, ("unread", "manual")),
    ],
)
def test_what_is_declared_of_the_assessment(unit, text, said, found):
    assert assessed(unit, text, **said).keys(security_assessment) == {found}


# ------------------------------------------------------------------ 日志留存

SETTING = "日志审计系统 保存策略\n日志保存期限：400天，每日异地备份"
LOGS = LogRetention(files=("logs.txt",), kept_days=400, kinds=("防火墙", "主机", "应用", "数据库"), backed_up=True)


def kept(unit, text=SETTING, **said):
    return unit({"logs.txt": text} if text else {}, logs=replace(LOGS, **said))


def test_a_year_of_all_logs_with_the_setting_as_proof_passes(unit):
    assert kept(unit).judge(log_retention).status is Status.PASS


@pytest.mark.parametrize("written", ["12个月", "一年", "1年", "365天", "十二个月"])
def test_a_year_is_a_year_however_it_is_written(unit, written):
    assert kept(unit, f"日志保存期限：{written}").judge(log_retention).status is Status.PASS


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        (SETTING, {"kept_days": 180}, ("too-short", "fail")),
        ("日志保存期限：180天", {}, ("proof-too-short", "fail")),
        ("日志保存期限：六个月", {"kept_days": None}, ("proof-too-short", "fail")),
        ("日志保存期限不少于6个月", {}, ("partly-short", "manual")),
        ("日志保存400天，数据库日志保存90天", {}, ("partly-short", "manual")),
        ("日志\t保存期限（天）\n主机\t400\n数据库\t90", {}, ("partly-short", "manual")),
        ("日志\t保存期限（月）\n主机\t6\n数据库\t6", {}, ("proof-too-short", "fail")),
        ("依据《网络安全法》日志留存不少于六个月", {}, ("unproven", "manual")),
        ("", {}, ("unproven", "manual")),
        ("", {"kept_days": None}, ("no-days", "warn")),
        (SETTING, {"kinds": ()}, ("no-kinds", "warn")),
        (SETTING, {"kinds": ("防火墙", "主机", "网站访问日志")}, ("lacks-database", "warn")),
        (SETTING, {"backed_up": False}, ("not-backed-up", "fail")),
        (SETTING, {"backed_up": None}, ("backup-unknown", "manual")),
        (Reason.DOCUMENT_UNSUPPORTED, {}, ("unread", "manual")),
    ],
)
def test_what_is_declared_of_the_logs(unit, text, said, found):
    assert kept(unit, text, **said).keys(log_retention) == {found}


def test_papers_that_deny_the_duty_are_asked_about(unit):
    text = "示例区民政局网站2026年6月12日原定的安全评估因经费不足没有进行。"
    said = unit({"a.docx": text}, assessment=Assessment(("a.docx",), date(2026, 6, 12), "本单位"))
    assert ("denied", "manual") in said.keys(security_assessment)
    logs = LogRetention(("l.docx",), 400, ("全部",), backed_up=True)
    assert ("denied", "manual") in unit({"l.docx": "日志保存400天。数据库日志尚未留存。"}, logs=logs).keys(
        log_retention
    )
    certificate = graded(unit, CERTIFICATE + "办公系统尚未备案。")
    assert ("denied", "manual") in certificate.keys(classified_protection)


def test_a_conclusion_without_weaknesses_denies_nothing(unit):
    text = "示例区民政局网站于2026年6月12日进行了安全评估，未发现高危问题，中危2项已整改。"
    said = unit({"a.docx": text}, assessment=Assessment(("a.docx",), date(2026, 6, 12), "本单位"))
    assert said.judge(security_assessment).status is Status.PASS


def test_a_certificate_that_passes_is_quoted_with_its_hash(unit):
    note = next(one for one in graded(unit).judge(classified_protection).notes if one.key == "rests-on")
    assert (note.params["words"].value, len(note.params["sha256"].value)) == ("信息系统安全等级保护备案证明", 64)


@pytest.mark.parametrize(
    "text",
    [
        "示例区民政局年度网络安全评估工作计划\n2026年5月10日",
        "示例区民政局网站拟于2026年12月委托第三方对局网站开展年度安全评估，经费8万元。\n2026年5月10日",
    ],
)
def test_a_plan_of_an_assessment_is_no_assessment(unit, text):
    said = Assessment(("a.docx",), date(2026, 5, 10), "第三方")
    assert ("planned", "manual") in unit({"a.docx": text}, assessment=said).keys(security_assessment)
