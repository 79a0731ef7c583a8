"""What OCR read is put to a person: it accuses nobody, what it missed is not missing, and it says that it was OCR."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xuncha.api import (
    Backup,
    BackupPolicy,
    Classified,
    Declaration,
    DocumentKind,
    DocumentText,
    Emergency,
    EmergencyDrill,
    EmergencyPlan,
    EvidenceProblem,
    Fault,
    LogRetention,
    Measure,
    OffsiteCopy,
    Outsourcing,
    Part,
    Person,
    Piece,
    Protection,
    Reason,
    RestoreDrill,
    Staffing,
    StaffRegister,
    Status,
    Where,
)
from xuncha.model.evidence import Unvetted
from xuncha.model.fact import Gap
from xuncha.testing import SITE, FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.backup import paper_checks
from xuncha_plugins.backup.papers import drill_read as restore_read
from xuncha_plugins.backup.papers import offsite_read, policy_read
from xuncha_plugins.emergency import checks as emergency
from xuncha_plugins.emergency import reporting_checks
from xuncha_plugins.emergency.probes import drill_read, plan_read
from xuncha_plugins.evidence.checks import refused
from xuncha_plugins.protection import duty_checks, measure_checks
from xuncha_plugins.protection.probes import proofs
from xuncha_plugins.staffing import duty_checks as staff_duties
from xuncha_plugins.staffing import people_checks
from xuncha_plugins.staffing.contract import contract, outsourcing
from xuncha_plugins.staffing.register import register

FILE = "scan.pdf"
PLANS = Path(__file__).parents[1] / "emergency" / "plans"
GOOD = (PLANS / "01-bureau.txt").read_text("utf-8").partition("----\n")[2]
OPEN = {Status.MANUAL, Status.INCONCLUSIVE}


def scan(text, sure=97):
    return DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "1", text, confidence=(sure,) * (text.count("\n") + 1)),))


def handed_in(**sections):
    """The fact of a folder with one scan that OCR read."""
    given = evidence(Declaration(**sections), {FILE: b"%PDF-"}, looked=date(2026, 11, 23))
    return replace(given, files=tuple(replace(one, ocr=97) for one in given.files))


def outcome(check, probe, text, *more, site=None, **sections):
    """What a check says of a scan with this text; ``site`` is handed to the probe where it asks for one."""
    given = handed_in(**sections)
    tools = FakeFiles({FILE: b"%PDF-"}), FakeDocuments({FILE: scan(text)})
    fact = asyncio.run(probe(*([site] if site else []), given, *tools))
    return judge(check, given, fact, *more)


def keys(said):
    return {found.key for found in said.findings}


# The plan


def plan(check, text, **said):
    return outcome(check, plan_read, text, emergency=Emergency(EmergencyPlan((FILE,), **said)))


def test_a_plan_in_which_ocr_found_every_section_is_complete_and_says_who_read_it():
    said = plan(emergency.plan_complete, GOOD)
    assert said.status is Status.PASS
    assert {"OCR 97 %" in one.params["where"].value for one in said.notes} == {True}


def test_a_section_that_ocr_did_not_find_is_asked_about_and_not_missing():
    without = "\n".join(line for line in GOOD.split("\n") if "演练" not in line)
    said = plan(emergency.plan_complete, without)
    assert (said.status, keys(said)) == (Status.MANUAL, {"read-by-ocr"})


@pytest.mark.parametrize(
    "check", [reporting_checks.reporting, emergency.plan_current, emergency.plan_approved, emergency.contacts]
)
def test_dates_limits_and_numbers_that_ocr_read_do_not_pass_by_themselves(check):
    assert keys(plan(check, GOOD)) >= {"read-by-ocr"}
    assert plan(check, GOOD).status is Status.MANUAL


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (emergency.plan_current, "示例局网站应急预案\n示例局办公室\n2011年1月5日"),
        (emergency.plan_approved, "示例局网站应急预案（征求意见稿）\n一、总则\n联系人：×××\n电话：××××\n日期：××年"),
        (emergency.contacts, "示例局网站应急预案\n值班电话：XXXXXXX\n组长：张伟 电话 12345678901"),
        (reporting_checks.reporting, "示例局网站应急预案\n较大事件应在24小时内报告网信部门，最迟不超过72小时。"),
        (emergency.plan_complete, "关于举办职工运动会的通知\n请各科室积极报名。"),
    ],
)
def test_no_plan_fails_by_what_ocr_read(check, text):
    said = plan(check, text)
    assert said.status in OPEN
    assert all(found.excerpt.startswith("[OCR] ") for found in said.findings if found.excerpt)


def test_a_drill_is_no_failure_either():
    given = Emergency(drill=EmergencyDrill((FILE,)))
    said = outcome(emergency.drill, drill_read, "演练方案\n演练时间：2019年5月6日\n计划组织演练。", emergency=given)
    assert said.status is Status.MANUAL


# Backups


@pytest.mark.parametrize(
    ("check", "probe", "text", "backup"),
    [
        (paper_checks.policy, policy_read, "数据备份制度\n要妥善保管。", Backup(BackupPolicy((FILE,)))),
        (paper_checks.restore_drill, restore_read, "恢复演练记录\n2019年5月12日\n恢复失败。用时30小时",
         Backup(restore_drill=RestoreDrill((FILE,), rto_minutes=60))),
    ],
)  # fmt: skip
def test_no_backup_fails_by_what_ocr_read(check, probe, text, backup):
    said = outcome(check, probe, text, backup=backup)
    assert (said.status, said.failures_total) == (Status.MANUAL, 0)


@pytest.mark.parametrize(("last", "status"), [(None, Status.MANUAL), (date(2025, 1, 2), Status.FAIL)])
def test_an_old_copy_fails_by_the_list_and_not_by_ocr(last, status):
    backup = Backup(offsite=OffsiteCopy((FILE,), "政务云", last))
    said = outcome(
        paper_checks.off_site, offsite_read, "2025年1月2日复制至政务云。", Gap(Reason.NO_EVIDENCE), backup=backup
    )
    assert said.status is status


# Protection


def protection(check, text, *more, **sections):
    return outcome(check, proofs, text, *more, site=SITE, protection=Protection(**sections))


def test_a_licence_that_ended_by_ocr_is_asked_about():
    measure = Measure((FILE,), "明御Web应用防火墙", updated=date(2026, 11, 1))
    text = "明御Web应用防火墙\n授权截止日期：2024年6月30日"
    said = protection(measure_checks.anti_attack, text, Gap(Reason.NOT_SCANNED_YET), anti_attack=measure)
    assert (said.status, keys(said)) == (Status.MANUAL, {"licence-renewed", "read-by-ocr"})


def test_another_filing_number_or_level_that_ocr_read_contradicts_nobody():
    said = Classified((FILE,), 2, "11010199999-00001", assessed=date(2026, 5, 1))
    text = "信息系统安全等级保护备案证明\n证书编号：11010199999-00007\n等级：第三级"
    judged = protection(duty_checks.classified_protection, text, classified=said)
    assert (judged.status, keys(judged)) == (Status.MANUAL, {"read-by-ocr"})


def test_logs_that_are_kept_too_briefly_by_ocr_are_asked_about():
    logs = LogRetention((FILE,), kinds=("全部",), backed_up=True)
    said = protection(duty_checks.log_retention, "防火墙日志保存30天", logs=logs)
    assert (said.status, said.failures_total) == (Status.MANUAL, 0)


# People


def staff(check, text, **person):
    staffing = Staffing((Person("张伟", **person),), register=StaffRegister((FILE,)))
    given = Protection(classified=Classified(level=3))
    return outcome(check, register, text, staffing=staffing, protection=given)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (people_checks.team, "张伟\t安全管理员\t0571-88123401\t已调离"),
        (people_checks.telephone_numbers, "张伟\t安全管理员\t0571-88123407"),
        (staff_duties.security_administrator, "姓名\t职责\t是否专职\n张伟\t安全管理员\t是"),
        (staff_duties.security_administrator, "姓名\t职责\t是否专职\n张伟\t安全管理员、系统管理员\t否"),
        (staff_duties.register_current, "张伟\t安全管理员\n核对日期：2019年9月10日"),
    ],
)
def test_a_register_that_ocr_read_decides_nothing(check, text):
    said = staff(check, text, duty="安全管理员", telephone="0571-88123401", full_time=True)
    assert said.status is Status.MANUAL


def test_a_contract_that_ended_by_ocr_is_asked_about():
    said = Staffing(outsourcing=Outsourcing((FILE,), outsourced=True, contractor="示例科技有限公司", scope="运维"))
    text = "运维服务合同\n乙方：另一家科技有限公司\n合同期限：2022年1月1日至2023年12月31日"
    given = outcome(outsourcing, contract, text, staffing=said)
    assert (given.status, given.failures_total) == (Status.MANUAL, 0)


# What must not be here


def test_a_refusal_by_ocr_is_put_to_a_person():
    given = replace(handed_in(), problems=(EvidenceProblem(FILE, Fault.STATE_SECRET, Piece.TEAM, ocr=88),))
    said = judge(refused, given)
    assert (said.status, keys(said)) == (Status.MANUAL, {"state-secret"})


def test_what_ocr_looked_through_is_looked_through_by_a_person_too():
    given = replace(handed_in(), unvetted=(Unvetted(FILE, Reason.READ_BY_OCR),))
    assert keys(judge(refused, given)) == {"read-by-ocr"}


def test_without_the_extra_it_is_said_once_how_to_install_it():
    given = replace(handed_in(), unvetted=(Unvetted(FILE, Reason.OCR_MISSING), Unvetted("b.png", Reason.OCR_MISSING)))
    said = judge(refused, given)
    assert (said.status, keys(said)) == (Status.MANUAL, {"unread"})
    assert [(one.key, one.params["count"].value) for one in said.notes] == [("ocr-missing", 2)]
